import { createCipheriv, createDecipheriv } from "node:crypto";

/** AES-256-GCM (NIST SP 800-38D): 96-bit nonce, 128-bit tag, laid out as nonce, tag, ciphertext. */
const nonceLength = 12;
const tagLength = 16;

/** Uniformly random bytes, as many as asked. */
export type RandomBytes = (count: number) => Uint8Array;

/** Encrypts under `key`; `context` is not secret, but the same is needed to open. */
export function encrypt(key: Uint8Array, content: Uint8Array, context: string, random: RandomBytes): Buffer {
  const nonce = random(nonceLength);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(content), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Throws when a bit was changed, or another key or context was used. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, context: string): Buffer {
  const body = nonceLength + tagLength;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(nonceLength, body));
  return Buffer.concat([decipher.update(sealed.subarray(body)), decipher.final()]);
}
