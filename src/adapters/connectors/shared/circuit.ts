import type { CircuitView } from "../../../journey/dispatch/ports.ts";
import type { Clock } from "../../../kernel/clock.ts";
import { instant, type Instant } from "../../../kernel/quantity.ts";
import type { Rng } from "../../../kernel/rng.ts";

export interface CircuitSettings {
  /** So many outages in a row open it. */
  readonly outages: number;
  /** How long it stays open the first time; twice as long after each trial that fails, up to `longestRest_ms`. Half of it is chance. */
  readonly rest_ms: number;
  readonly longestRest_ms: number;
}

const circuitDefaults: CircuitSettings = { outages: 6, rest_ms: 5000, longestRest_ms: 120_000 };

/** A trial of which nobody says how it ended is given up after so long: it must not keep the circuit open for ever. */
const longestTrial_ms = 60_000;

/**
 * Keeps calls from a platform that does not answer. Closed: all pass. Open: none, until the rest is over. Half open: one, whose outcome
 * closes or opens it again. A refusal is an answer and opens nothing: a platform that says no is well.
 *
 * Source: M. Nygard, Release It!, 2nd ed., "Circuit Breaker".
 */
export class Circuit {
  readonly #clock: Clock;
  readonly #rng: Rng;
  readonly #settings: CircuitSettings;
  #inARow = 0;
  #trips = 0;
  #rests = 0;
  #until: Instant | null = null;
  /** When the trial that is under way counts as lost; null when none is. */
  #trialEnds: Instant | null = null;

  constructor(clock: Clock, rng: Rng, settings: CircuitSettings = circuitDefaults) {
    this.#clock = clock;
    this.#rng = rng;
    this.#settings = settings;
  }

  /** Whether a call may go out. After a yes, one of `answered` and `failed` is to follow. */
  admits(): boolean {
    if (this.#until === null) return true;
    const now = this.#clock.now();
    if (now < this.#until || (this.#trialEnds !== null && now < this.#trialEnds)) return false;
    this.#trialEnds = instant(now + longestTrial_ms);
    return true;
  }

  answered(): void {
    // A late answer to a call from before it opened says nothing of now; the trial does.
    if (this.#until !== null && this.#trialEnds === null) return;
    this.#inARow = 0;
    this.#rests = 0;
    this.#until = null;
    this.#trialEnds = null;
  }

  failed(): void {
    this.#inARow++;
    const opens = this.#until === null ? this.#inARow >= this.#settings.outages : this.#trialEnds !== null;
    if (opens) this.#open();
  }

  view(): CircuitView {
    const state = this.#until === null ? "closed" : this.#clock.now() >= this.#until ? "half_open" : "open";
    return { state, until: this.#until, inARow: this.#inARow, trips: this.#trips };
  }

  #open(): void {
    const { rest_ms, longestRest_ms } = this.#settings;
    if (this.#until === null) this.#trips++;
    const rest = Math.min(longestRest_ms, rest_ms * 2 ** this.#rests++);
    this.#until = instant(this.#clock.now() + Math.round(rest / 2 + this.#rng.between(0, rest / 2)));
    this.#trialEnds = null;
  }
}
