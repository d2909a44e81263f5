import { crc32 } from "node:zlib";
import type { Instant } from "../../kernel/quantity.ts";
import { asUsual, type RoadConditions } from "../../roads/index.ts";

/** Conditions as journeys of some hour find them. */
export interface State {
  /** Two of the same name hold the same; `usual` holds nothing. */
  readonly name: string;
  readonly conditions: RoadConditions;
}

export const usualState: State = { name: "usual", conditions: asUsual };

/** What of some conditions is left for journeys that depart later. */
export class Outlook {
  /** For who departs now, or does not say when: everything. */
  readonly now: State;
  readonly #conditions: RoadConditions;
  /** Rising; each closes a span of departures. */
  readonly #ends: readonly Instant[];
  /** By how many of the ends lie behind a departure. */
  readonly #states = new Map<number, State>();

  constructor(conditions: RoadConditions) {
    this.#conditions = conditions;
    this.now = stateOf(conditions);
    const ends = [...conditions.closures, ...conditions.slowdowns].map(({ until }) => until);
    this.#ends = [...new Set(ends)].filter((end) => end !== null).sort((one, other) => one - other);
    this.#states.set(0, this.now);
  }

  at(departure: Instant): State {
    const behind = this.#ends.filter((end) => end <= departure).length;
    const known = this.#states.get(behind);
    if (known !== undefined) return known;
    const holds = ({ until }: { readonly until: Instant | null }): boolean => until === null || departure < until;
    const { closures, slowdowns } = this.#conditions;
    const state = stateOf({ closures: closures.filter(holds), slowdowns: slowdowns.filter(holds) });
    this.#states.set(behind, state);
    return state;
  }
}

/** Named by what holds, and not by how long: a report that is only renewed changes no answer. */
function stateOf(conditions: RoadConditions): State {
  if (conditions.closures.length + conditions.slowdowns.length === 0) return usualState;
  const words = JSON.stringify(conditions, (key, value: unknown) => (key === "until" ? undefined : value));
  return { name: crc32(words).toString(16), conditions };
}
