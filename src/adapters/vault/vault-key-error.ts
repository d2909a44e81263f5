/** The key file does not do; `message` is one sentence for the person who starts the program. */
export class VaultKeyError extends Error {
  override readonly name = "VaultKeyError";
}
