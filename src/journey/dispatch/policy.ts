/** By which rule candidates are ranked. Stands in every Decision, so that it can be replayed. */
export interface Policy {
  readonly name: string;
  readonly version: number;
  /** What a minute of lateness at the door is taken to cost, minor units. */
  readonly latenessPerMinute: number;
}

/** D1: the cheapest that keeps the window; when none does, the least expected cost with lateness priced in. */
export const cheapestInWindow: Policy = { name: "cheapest_in_window", version: 1, latenessPerMinute: 200 };
