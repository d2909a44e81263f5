import type { ConnectionHealth } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import type { Instant } from "../../../kernel/quantity.ts";
import { Failures } from "./failures.ts";

/** So many of the latest latencies make the percentiles. */
const remembered = 512;
/** So many different unknown words are counted apart; a platform gone mad fills no memory. */
const distinctWords = 200;

/** Counts how a connection fares. Wire calls give latency; what a whole operation came to gives refusals and outages. */
export class HealthCounter {
  /** As they stood on the wire. */
  readonly failures = new Failures();
  readonly #clock: Clock;
  readonly #latencies: number[] = [];
  readonly #unknown = new Map<string, number>();
  #calls = 0;
  #refusals = 0;
  #outages = 0;
  #webhooks = 0;
  #webhooksRefused = 0;
  #lastAnswerAt: Instant | null = null;
  #lastFailure: ConnectionHealth["lastFailure"] = null;
  #failureBefore: ConnectionHealth["lastFailure"] = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** One request went out at `since` and was answered, or not. */
  called(since: Instant, answered: boolean): void {
    const now = this.#clock.now();
    this.#latencies[this.#calls++ % remembered] = Math.max(0, now - since);
    if (answered) this.#lastAnswerAt = now;
  }

  refused(operation: string, words: string): void {
    this.#refusals++;
    this.#failed(operation, words);
  }

  outage(operation: string, reason: string): void {
    this.#outages++;
    this.#failed(operation, reason);
  }

  webhook(refusal: string | null): void {
    this.#webhooks++;
    if (refusal === null) return;
    this.#webhooksRefused++;
    this.#failed("webhook", refusal);
  }

  /** The webhook that was refused just now was right after all: signed by credentials that were replaced lately. */
  pardon(): void {
    this.#webhooks--;
    this.#webhooksRefused--;
    this.#lastFailure = this.#failureBefore;
  }

  /** Words, as `field=value`, that the tables of the connector do not hold. */
  unknown(words: readonly string[]): void {
    for (const word of words) {
      const name = this.#unknown.has(word) || this.#unknown.size < distinctWords ? word : "(others)";
      this.#unknown.set(name, (this.#unknown.get(name) ?? 0) + 1);
    }
  }

  snapshot(): ConnectionHealth {
    return {
      calls: this.#calls,
      refusals: this.#refusals,
      outages: this.#outages,
      webhooks: this.#webhooks,
      webhooksRefused: this.#webhooksRefused,
      lastAnswerAt: this.#lastAnswerAt,
      lastFailure: this.#lastFailure,
      latency: this.#latency(),
      unknown: Object.fromEntries(this.#unknown),
    };
  }

  #latency(): ConnectionHealth["latency"] {
    if (this.#latencies.length === 0) return null;
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
    return { p50_ms: at(0.5), p99_ms: at(0.99) };
  }

  #failed(operation: string, what: string): void {
    this.#failureBefore = this.#lastFailure;
    this.#lastFailure = { at: this.#clock.now(), operation, what };
  }
}
