import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

// A prepared file: 8 bytes of name, then format version, header length and checksum of all that follows (32 bits each,
// little endian) and 4 bytes of nothing, then the header as JSON, then the arrays, each at a multiple of 8 bytes. The
// header is the value itself, with `{ "$array": [kind, offset, length] }` where a typed array stood.

const magic = "MILEROAD";
const preface = 24;
const kinds = { Int32Array, Uint32Array, Uint8Array, Float64Array } as const;
type Kind = keyof typeof kinds;
type ArrayKind = new (buffer: SharedArrayBuffer, offset: number, length: number) => Arrays;
type Arrays = InstanceType<(typeof kinds)[Kind]>;

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Writes a plain value with typed arrays in it beside `path`, then renames: readers see a whole file or none. */
export function writePrepared(path: string, version: number, value: object): void {
  const bytes = encode(version, value);
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.part`;
  try {
    writeFileSync(beside, bytes);
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

/**
 * The value written, its arrays as views of one piece of memory that all threads can see; null when the file is missing,
 * of another version, cut short or damaged.
 */
export function readPrepared(path: string, version: number): unknown {
  try {
    return decode(readShared(path), version);
  } catch {
    return null;
  }
}

function readShared(path: string): Uint8Array<SharedArrayBuffer> {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(file).size));
    for (let at = 0; at < bytes.length;) {
      const count = readSync(file, bytes, at, bytes.length - at, at);
      if (count === 0) break;
      at += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}

function encode(version: number, value: object): Uint8Array {
  const arrays: Arrays[] = [];
  let offset = 0;
  const header = JSON.stringify(value, (_, part: unknown) => {
    const kind = kindOf(part);
    if (kind === null) return part;
    const at = offset;
    arrays.push(part as Arrays);
    offset += aligned((part as Arrays).byteLength);
    return { $array: [kind, at, (part as Arrays).length] };
  });
  const text = new TextEncoder().encode(header);
  const body = preface + aligned(text.length);
  const bytes = new Uint8Array(body + offset);
  bytes.set(new TextEncoder().encode(magic));
  bytes.set(text, preface);
  let at = body;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += aligned(array.byteLength);
  }
  const view = new DataView(bytes.buffer);
  view.setUint32(8, version, true);
  view.setUint32(12, text.length, true);
  view.setUint32(16, crc32(bytes.subarray(preface)), true);
  return bytes;
}

function decode(file: Uint8Array<SharedArrayBuffer>, version: number): unknown {
  const view = new DataView(file.buffer);
  const text = (from: number, to: number): string => new TextDecoder().decode(file.slice(from, to));
  if (text(0, 8) !== magic || view.getUint32(8, true) !== version) return null;
  if (view.getUint32(16, true) !== crc32(file.subarray(preface))) return null;
  const header = view.getUint32(12, true);
  const body = preface + aligned(header);
  return JSON.parse(text(preface, preface + header), (_, part: unknown) => {
    const place = (part as { $array?: [Kind, number, number] } | null)?.$array;
    return place === undefined ? part : new (kinds[place[0]] as ArrayKind)(file.buffer, body + place[1], place[2]);
  });
}

function kindOf(part: unknown): Kind | null {
  for (const [kind, array] of Object.entries(kinds)) if (part instanceof array) return kind as Kind;
  return null;
}
