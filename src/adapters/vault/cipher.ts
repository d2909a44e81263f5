import { randomBytes } from "node:crypto";
import type { SealedRecord } from "../../domain/index.ts";
import { decrypt, encrypt, type RandomBytes } from "./envelope.ts";
import { createKeyFile, keyLength, readKeyFile } from "./key-file.ts";
import { VaultKeyError } from "./vault-key-error.ts";

/** A record before it is sealed: everything but what the cipher makes. */
export type Plain = Omit<SealedRecord, "wrappedKey" | "ciphertext"> & { readonly content: unknown };

/** Seals and opens. Each record has a key of its own, wrapped by the network's; who holds no record can open nothing. */
export interface Cipher {
  seal(plain: Plain): SealedRecord;
  /** What was sealed. Throws when a bit was changed or the key is another network's. */
  open(record: SealedRecord): unknown;
  /** Seals bytes under the network's key itself, e.g. a webhook's signing secret; `context` ties them to their row. */
  sealBytes(context: string, bytes: Uint8Array): Uint8Array;
  openBytes(context: string, sealed: Uint8Array): Uint8Array;
}

/** Ties a record to its place: moved to another subject, kind or owner, it does not open. */
const contextOf = ({ subject, kind, owner }: Pick<SealedRecord, "subject" | "kind" | "owner">): string =>
  `${subject}|${kind}|${owner}`;

/** With `random` from a seed, a simulated day seals the same bytes again; in production it is the operating system's. */
export function cipherWith(key: Uint8Array, random: RandomBytes = randomBytes): Cipher {
  return {
    seal({ content, ...rest }) {
      const context = contextOf(rest);
      const own = random(keyLength);
      const ciphertext = encrypt(own, Buffer.from(JSON.stringify(content)), context, random);
      return { ...rest, wrappedKey: encrypt(key, own, context, random), ciphertext };
    },
    open(record) {
      const context = contextOf(record);
      const own = decrypt(key, record.wrappedKey, context);
      return JSON.parse(decrypt(own, record.ciphertext, context).toString());
    },
    sealBytes: (context, bytes) => encrypt(key, bytes, `bytes|${context}`, random),
    openBytes: (context, sealed) => decrypt(key, sealed, `bytes|${context}`),
  };
}

/**
 * The cipher of the key file, which is made when there is none. `sample` is any record of the store (null: it has none): the
 * file must open it. Throws VaultKeyError.
 */
export function openCipher(keyFile: string, sample: SealedRecord | null): Cipher {
  const found = readKeyFile(keyFile);
  if (found === null && sample !== null) {
    throw new VaultKeyError(
      `The store holds personal data, but its key file ${keyFile} is missing: restore the file, without it the data cannot be read.`,
    );
  }
  const cipher = cipherWith(found ?? createKeyFile(keyFile, randomBytes(keyLength)));
  if (sample !== null) tryOn(cipher, sample, keyFile);
  return cipher;
}

function tryOn(cipher: Cipher, sample: SealedRecord, keyFile: string): void {
  try {
    cipher.open(sample);
  } catch {
    throw new VaultKeyError(`The key file ${keyFile} is not the one with which this store was written.`);
  }
}
