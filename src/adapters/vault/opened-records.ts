import type { SealedRecord } from "../../domain/index.ts";
import type { SubjectId } from "../../kernel/id.ts";

interface Opened {
  readonly of: SealedRecord;
  readonly content: unknown;
  readonly bytes: number;
}

/** What a record takes beside its text, in bytes: names, objects, its place in the map. */
const overhead = 500;

/**
 * The records opened last. One is found only by who holds the sealed record itself, so that nothing is answered from here that
 * the store would not give any more.
 */
export class OpenedRecords {
  readonly #limit_bytes: number;
  /** A Map keeps the order of insertion: the first is the one not asked for longest. */
  readonly #records = new Map<string, Opened>();
  #bytes = 0;

  /** Holds about so many bytes at most: a proof may be a picture, of which few fit where thousands of names do. */
  constructor(limit_bytes: number) {
    this.#limit_bytes = limit_bytes;
  }

  get size(): number {
    return this.#records.size;
  }

  get(record: SealedRecord, open: (record: SealedRecord) => unknown): unknown {
    const name = nameOf(record);
    const known = this.#drop(name);
    const kept = known !== undefined && isSame(known.of, record) ? known : keeping(record, open(record));
    this.#records.set(name, kept);
    this.#bytes += kept.bytes;
    for (const oldest of this.#records.keys()) {
      if (this.#bytes <= this.#limit_bytes) break;
      this.#drop(oldest);
    }
    return kept.content;
  }

  forget(subject: SubjectId): void {
    for (const [name, { of }] of this.#records) if (of.subject === subject) this.#drop(name);
  }

  #drop(name: string): Opened | undefined {
    const known = this.#records.get(name);
    if (known === undefined) return undefined;
    this.#records.delete(name);
    this.#bytes -= known.bytes;
    return known;
  }
}

/** Bytes of their own: what the store hands out are windows on its buffers, and a window of a hundred bytes would hold all 64 kB of its buffer. */
function keeping(record: SealedRecord, content: unknown): Opened {
  const [ciphertext, wrappedKey] = [new Uint8Array(record.ciphertext), new Uint8Array(record.wrappedKey)];
  const of = { ...record, ciphertext, wrappedKey };
  return { of, content, bytes: 2 * ciphertext.length + wrappedKey.length + overhead };
}

const nameOf = ({ subject, kind }: SealedRecord): string => `${subject} ${kind}`;

const isSame = (a: SealedRecord, b: SealedRecord): boolean =>
  a.owner === b.owner &&
  Buffer.compare(a.ciphertext, b.ciphertext) === 0 &&
  Buffer.compare(a.wrappedKey, b.wrappedKey) === 0;
