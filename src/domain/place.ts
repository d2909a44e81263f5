import type { SubjectId } from "../kernel/id.ts";
import type { Zone } from "../kernel/local-time.ts";
import type { Point } from "../kernel/point.ts";
import type { Instant } from "../kernel/quantity.ts";

/** An H3 cell index (h3geo.org) in hexadecimal; resolution 8, about 0.7 km², unless said otherwise. */
export type Cell = string;

/**
 * Where something is fetched or brought. Who lives there, the address line, phone and notes are in the vault under `subject`;
 * `point` too: it is kept here in memory only, and the stores write the cell in its stead.
 */
export interface Place {
  readonly subject: SubjectId;
  readonly point: Point;
  readonly cell: Cell;
  readonly zone: Zone;
  /** ISO 3166-1 alpha-2 code, or -2 code, of the law that holds there. */
  readonly jurisdiction: string;
}

/**
 * The span in which service at a Stop may begin.
 *
 * Both ends are inside: arriving at exactly `latest` is on time. An open end is `null`, never a very large number.
 *
 * Source: the convention of VROOM's `time_windows` (docs/API.md), so that results compare.
 */
export interface TimeWindow {
  readonly earliest: Instant | null;
  readonly latest: Instant | null;
}

export const contains = ({ earliest, latest }: TimeWindow, at: Instant): boolean =>
  (earliest === null || at >= earliest) && (latest === null || at <= latest);

/** What the vault keeps of a person at a place. */
export interface Contact {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  /** One line as the recipient wrote or confirmed it. */
  readonly address: string;
  readonly notes: string | null;
  readonly point: Point;
}
