import type { SealedRecord } from "../../domain/index.ts";
import type { SubjectId } from "../../kernel/id.ts";

interface Opened {
  readonly of: SealedRecord;
  readonly content: unknown;
}

/**
 * The records opened last. One is found only by who holds the sealed record itself, so that nothing is answered from here that
 * the store would not give any more.
 */
export class OpenedRecords {
  readonly #limit: number;
  /** A Map keeps the order of insertion: the first is the one not asked for longest. */
  readonly #records = new Map<string, Opened>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(record: SealedRecord, open: (record: SealedRecord) => unknown): unknown {
    const name = nameOf(record);
    const known = this.#records.get(name);
    this.#records.delete(name);
    const content = known !== undefined && isSame(known.of, record) ? known.content : open(record);
    this.#records.set(name, { of: record, content });
    if (this.#records.size > this.#limit) this.#records.delete(this.#records.keys().next().value!);
    return content;
  }

  forget(subject: SubjectId): void {
    for (const [name, { of }] of this.#records) if (of.subject === subject) this.#records.delete(name);
  }
}

const nameOf = ({ subject, kind }: SealedRecord): string => `${subject} ${kind}`;

const isSame = (a: SealedRecord, b: SealedRecord): boolean =>
  a.owner === b.owner &&
  Buffer.compare(a.ciphertext, b.ciphertext) === 0 &&
  Buffer.compare(a.wrappedKey, b.wrappedKey) === 0;
