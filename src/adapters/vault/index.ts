export { cipherWith, openCipher, type Cipher } from "./cipher.ts";
export type { RandomBytes } from "./envelope.ts";
export { VaultKeyError } from "./vault-key-error.ts";
export { openVault, type Opening, type VaultParts } from "./vault.ts";
