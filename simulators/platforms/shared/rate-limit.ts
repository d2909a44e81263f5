import type { Clock } from "../../../src/kernel/clock.ts";

export interface RateLimit {
  readonly requests: number;
  readonly per_s: number;
}

/** A sliding window over the accepted requests of one key. Refused ones do not count. */
export class RateLimiter {
  readonly #limit: RateLimit | null;
  readonly #clock: Clock;
  readonly #taken: number[] = [];

  constructor(limit: RateLimit | null, clock: Clock) {
    this.#limit = limit;
    this.#clock = clock;
  }

  /** Takes one of the allowed requests; false when none is left. */
  take(): boolean {
    if (this.#limit === null) return true;
    const now = this.#clock.now();
    while (this.#taken.length > 0 && this.#taken[0]! <= now - this.#limit.per_s * 1000) this.#taken.shift();
    if (this.#taken.length >= this.#limit.requests) return false;
    this.#taken.push(now);
    return true;
  }
}
