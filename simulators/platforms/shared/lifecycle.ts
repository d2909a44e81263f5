import type { Clock } from "../../../src/kernel/clock.ts";
import { invariant } from "../../../src/kernel/invariant.ts";
import type { Instant, Minor } from "../../../src/kernel/quantity.ts";
import type { DeliveryTruth } from "../wire.ts";

type Charge = DeliveryTruth["charges"][number];

/** The states of one delivery, in a table of what may follow what, and what it will cost. A state that nothing follows is an end. */
export class Lifecycle<State extends string> {
  readonly created: Instant;
  readonly history: { readonly state: State; readonly at: Instant }[] = [];
  readonly charges: Charge[] = [];
  state: State;
  updated: Instant;
  readonly #clock: Clock;
  readonly #next: Readonly<Record<State, readonly State[]>>;

  constructor(clock: Clock, next: Readonly<Record<State, readonly State[]>>, start: State) {
    this.#clock = clock;
    this.#next = next;
    this.state = start;
    this.created = this.updated = clock.now();
    this.history.push({ state: start, at: this.created });
  }

  get over(): boolean {
    return this.#next[this.state].length === 0;
  }

  /** When it came into `state` last; null when it never did. */
  reached(state: State): Instant | null {
    return this.history.findLast((entry) => entry.state === state)?.at ?? null;
  }

  touch(): void {
    this.updated = this.#clock.now();
  }

  become(state: State): void {
    invariant(this.#next[this.state].includes(state), `${this.state} cannot become ${state}`);
    this.state = state;
    this.touch();
    this.history.push({ state, at: this.updated });
  }

  /** Nothing is charged for an amount of 0. */
  charge(what: Charge["what"], amount: Minor): void {
    if (amount > 0) this.charges.push({ what, amount, at: this.updated });
  }

  /** The part of the truth that needs nothing but states and charges. */
  truth(): Pick<DeliveryTruth, "state" | "charges" | "createdAt" | "endedAt" | "history"> {
    return {
      state: this.state,
      charges: [...this.charges],
      createdAt: this.created,
      endedAt: this.over ? this.history.at(-1)!.at : null,
      history: [...this.history],
    };
  }
}
