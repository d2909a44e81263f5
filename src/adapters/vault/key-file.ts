import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  chmodSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { VaultKeyError } from "./vault-key-error.ts";

/** AES-256: 32 bytes. */
export const keyLength = 32;
const mark = "milepool-vault-key-1:";

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";

/** The network's key, or null where there is no file. Takes away others' right to read it, which a restored copy may have brought. */
export function readKeyFile(path: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  } catch (error) {
    if (isMissing(error)) return null;
    throw new VaultKeyError(`The key file ${path} cannot be read (${(error as Error).message}).`);
  }
  const key = text.startsWith(mark) ? Buffer.from(text.slice(mark.length), "base64url") : Buffer.alloc(0);
  if (key.length !== keyLength)
    throw new VaultKeyError(`The file ${path} is not a vault key: restore it from its copy.`);
  return key;
}

/** Writes a new key so that it is there whole or not at all; when another process was first, that one's key counts. */
export function createKeyFile(path: string, key: Uint8Array): Buffer {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  try {
    const file = openSync(draft, "w", 0o600);
    writeSync(file, `${mark}${Buffer.from(key).toString("base64url")}\n`);
    fsyncSync(file);
    closeSync(file);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new VaultKeyError(`The key file ${path} cannot be written (${(error as Error).message}).`);
    }
  } finally {
    removed(draft);
  }
  syncFolder(dirname(path));
  const written = readKeyFile(path);
  if (written === null) throw new VaultKeyError(`The key file ${path} vanished while it was being made.`);
  return written;
}

function removed(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

/** A new name is only durable when its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, "r");
  fsyncSync(folder);
  closeSync(folder);
}
