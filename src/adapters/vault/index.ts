export { cipherWith, openCipher, type Cipher } from "./cipher.ts";
export type { RandomBytes } from "./envelope.ts";
export { VaultKeyError } from "./vault-key-error.ts";
export { OpeningBook } from "./opening-book.ts";
export { openVault, type Opened, type VaultParts } from "./vault.ts";
