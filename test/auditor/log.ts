/** What happened, as the log tells it: a type, and facts under names. The auditor takes nothing for granted about them. */
export interface Fact {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** One line of the log. `at` is milliseconds since 1970 UTC, or RFC 3339. */
export interface Line {
  readonly id: string;
  readonly at: number | string;
  readonly owner: string;
  readonly order: string;
  readonly sequence: number;
  readonly seq: number;
  readonly prevHash: string;
  readonly hash: string;
  readonly event: Fact;
}

export const millis = (at: Line["at"]): number => (typeof at === "number" ? at : Date.parse(at));
export const iso = (at: Line["at"]): string => new Date(millis(at)).toISOString();
export const text = (fact: Fact, name: string): string => String(fact[name]);

/** The lines of each value of a field, in the order of the log. */
export function groupBy(log: readonly Line[], field: "owner" | "order"): ReadonlyMap<string, readonly Line[]> {
  return Map.groupBy(log, (line) => line[field]);
}
