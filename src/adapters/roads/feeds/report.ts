import type { Instant } from "../../../kernel/quantity.ts";
import type { RoadClosure, Slowdown } from "../../../roads/index.ts";

/** When something holds: from the first moment on, and no longer at the second; null is an open end. */
export interface Span {
  readonly from: Instant | null;
  readonly until: Instant | null;
}

/** What one source says of the roads: takes the place of all that it said before. */
export interface ConditionsReport {
  /** Who says so, e.g. `city-traffic-centre`. */
  readonly source: string;
  readonly observedAt: Instant;
  /** Without a newer report nothing of this one holds from then on. */
  readonly validUntil: Instant;
  readonly closures: readonly (RoadClosure & Span)[];
  readonly slowdowns: readonly (Slowdown & Span)[];
}

/** A report that is not understood is left whole: what holds, goes on holding. */
export interface UnreadableReport {
  readonly code: "ROAD_REPORT_UNREADABLE";
  /** What is wrong, for whoever sends it. */
  readonly reason: string;
  /** Where: a path in the document (`slowdowns[3].share`), or `line 12`. */
  readonly at: string;
}
