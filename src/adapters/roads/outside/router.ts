import type { Profile, TravelStep } from "../../../domain/ports.ts";
import type { Point } from "../../../kernel/point.ts";
import type { Outage } from "../../../kernel/result.ts";

/** A route as a server has it: unrounded, in seconds and metres. */
export interface ServedRoute {
  readonly seconds: number;
  readonly meters: number;
  /** Two points at least. */
  readonly shape: readonly Point[];
  /** Seconds from the start at each point of `shape`. */
  readonly elapsed: readonly number[];
  readonly steps: readonly TravelStep[];
}

/** Row by row; null where there is no way. */
export interface ServedBlock {
  readonly seconds: readonly (number | null)[];
  readonly meters: readonly (number | null)[];
}

/** A routing server. Points are on roads; each question stays within the server's bounds. */
export interface Router {
  /** Whether it knows this way of moving. */
  serves(profile: Profile): boolean;
  /** Whether a block of so many sources and targets may be asked at once. */
  fits(sources: number, targets: number): boolean;
  /** Null where there is no way. */
  route(from: Point, to: Point, profile: Profile): Promise<ServedRoute | Outage | null>;
  block(sources: readonly Point[], targets: readonly Point[], profile: Profile): Promise<ServedBlock | Outage>;
}
