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
    if (this.left() === 0) return false;
    if (this.#limit !== null) this.#taken.push(this.#clock.now());
    return true;
  }

  /** How many more would be let through now. */
  left(): number {
    if (this.#limit === null) return Infinity;
    const now = this.#clock.now();
    while (this.#taken.length > 0 && this.#taken[0]! <= now - this.#limit.per_s * 1000) this.#taken.shift();
    return this.#limit.requests - this.#taken.length;
  }

  /** Whole seconds until one that was taken no longer counts, rounded up; 0 when none does. */
  reset_s(): number {
    const [oldest] = this.#taken;
    if (this.#limit === null || oldest === undefined) return 0;
    return Math.max(0, Math.ceil((oldest - this.#clock.now()) / 1000) + this.#limit.per_s);
  }
}
