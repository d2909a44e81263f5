import type { Opening, VaultStore } from "../../domain/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Opened } from "./vault.ts";

/** So many lines go into the book at once. */
const most = 5000;

/**
 * Writes down who opened whose personal data. What comes while the pen is busy is written together at the next stroke, so that a
 * hundred openings at once cost two writes; each opener waits until its own lines are durable.
 */
export class OpeningBook {
  readonly #store: Pick<VaultStore, "recordOpenings">;
  readonly #clock: Clock;
  #next: { readonly lines: Opening[]; readonly written: Promise<void> } | null = null;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: Pick<VaultStore, "recordOpenings">, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Resolves when the lines are durable; rejects when they could not be written, and then nothing may be shown. */
  async write({ scope: { by, viewer }, purpose, kind, records }: Opened): Promise<void> {
    const at = this.#clock.now();
    const lines = records.map(({ subject, owner }): Opening => ({ at, by, viewer, purpose, kind, subject, owner }));
    if (lines.length === 0) return;
    if (this.#next && this.#next.lines.length + lines.length <= most) this.#next.lines.push(...lines);
    else this.#begin(lines);
    await this.#next!.written;
  }

  #begin(lines: Opening[]): void {
    const written = this.#writing.then(() => {
      if (this.#next?.lines === lines) this.#next = null;
      return this.#store.recordOpenings(lines);
    });
    this.#next = { lines, written };
    // One stroke that failed is told to its own openers; the next begins all the same.
    this.#writing = written.catch(() => undefined);
  }
}
