import type { PlatformConnector } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { ok, outage } from "../../../kernel/result.ts";
import { Remembered } from "./remembered.ts";

/** So many orders that named no key are asked about. */
const mostStrangers = 50;

/**
 * What is known of orders at a platform that can neither be asked by our key nor takes one twice. Whether a creation that was not answered
 * made an order is told by a webhook, or, in the end, by none.
 */
export class KnownOrders {
  readonly #clock: Clock;
  readonly #unheard_ms: number;
  readonly #triedAt = new Remembered<Instant | null>();
  readonly #references = new Remembered<string>();
  readonly #keys = new Remembered<string>();
  readonly #strangers = new Set<string>();

  /** `unheard_ms`: after so long without a word a creation counts as not made. */
  constructor(clock: Clock, unheard_ms: number) {
    this.#clock = clock;
    this.#unheard_ms = unheard_ms;
  }

  tried(key: string): void {
    this.#triedAt.set(key, this.#clock.now());
  }

  /** The platform said that it made nothing. */
  notMade(key: string): void {
    this.#triedAt.set(key, null);
  }

  wasTried(key: string): boolean {
    return (this.#triedAt.get(key) ?? null) !== null;
  }

  /** An order was told of: under our key, under none (null), or under one that is not ours (empty). */
  heard(key: string | null, reference: string): void {
    if (key === null) {
      if (this.#keys.get(reference) === undefined && this.#strangers.size < mostStrangers)
        this.#strangers.add(reference);
      return;
    }
    this.#strangers.delete(reference);
    this.#keys.set(reference, key);
    if (this.#references.get(key) === undefined) this.#references.set(key, reference);
  }

  reference(key: string): string | null {
    return this.#references.get(key) ?? null;
  }

  key(reference: string): string | null {
    return this.#keys.get(reference) || null;
  }

  strangers(): readonly string[] {
    return [...this.#strangers];
  }

  /** What `find` answers of an order nobody told of. After a start it is not known when it was tried, so the wait begins then. */
  silence(key: string): Awaited<ReturnType<PlatformConnector["find"]>> {
    const triedAt = this.#triedAt.get(key) ?? null;
    if (triedAt === null) this.tried(key);
    const waited = this.#clock.now() - (triedAt ?? this.#clock.now());
    return waited >= this.#unheard_ms ? ok(null) : outage("no word on it yet", true);
  }
}
