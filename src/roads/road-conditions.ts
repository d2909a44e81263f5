import type { Instant } from "../kernel/quantity.ts";
import type { Point } from "../kernel/point.ts";
import type { RoadClass } from "./road-graph.ts";
import type { ProfileName } from "./vehicle.ts";

/** What is not as usual on the roads. Each report replaces the one before, as a whole. */
export interface RoadConditions {
  readonly closures: readonly RoadClosure[];
  readonly slowdowns: readonly Slowdown[];
}

/** Journeys that depart at this moment or later are not concerned any more; null: nobody says when it ends. */
type End = Instant | null;

/**
 * Where something is: OpenStreetMap ways; or along a line, whatever runs within 15 m of it in its direction or against
 * it; or whatever touches an area (its ring, closed or not).
 */
export type RoadPlace =
  | { readonly kind: "ways"; readonly ways: readonly number[] }
  | { readonly kind: "line"; readonly line: readonly Point[] }
  | { readonly kind: "area"; readonly ring: readonly Point[] };

/** Nobody drives there, in either direction. */
export interface RoadClosure {
  readonly where: RoadPlace;
  /** Whom it stops; null: all. */
  readonly profiles: readonly ProfileName[] | null;
  readonly until: End;
}

/** Traffic keeps only a share of what is usual at that hour. Where several hold, the smallest counts. */
export interface Slowdown {
  /** Null: everywhere. */
  readonly where: RoadPlace | null;
  /** Null: roads of all kinds. */
  readonly classes: readonly RoadClass[] | null;
  readonly profiles: readonly ProfileName[] | null;
  /** Of the usual speed: above 0; more than 1 where it is better than usual. */
  readonly share: number;
  readonly until: End;
}

export const asUsual: RoadConditions = { closures: [], slowdowns: [] };
