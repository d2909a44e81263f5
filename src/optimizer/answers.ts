/** What the optimizer answers besides a solution: when a route happens, where a shipment fits, and why it does not. */
import type { Cost, Stop } from "./types.ts";

/** One stop as it will happen: `arrival` + `wait` = `start`, `start` + setup + service = `departure`. */
export type ScheduledStop = Stop & {
  /** Null for a break: it is taken on the way. */
  readonly location: number | null;
  readonly arrival: number;
  readonly wait: number;
  readonly start: number;
  readonly departure: number;
  /** Seconds that service begins after `due`; 0 when in time. */
  readonly lateness: number;
  /** On board when it leaves. */
  readonly load: readonly number[];
};

export interface Schedule {
  readonly stops: readonly ScheduledStop[];
  /** When it sets off, and when it is at its end or has left its last stop; `shift.earliest` when it has no stop. */
  readonly begin: number;
  readonly end: number;
  /** Travel alone. */
  readonly seconds: number;
  readonly meters: number;
  /** `unassigned` is 0: a schedule knows its own stops only. */
  readonly cost: Cost;
}

/** The best place for a shipment in one vehicle's route. */
export interface Candidate {
  readonly vehicle: number;
  /** Index of the pickup in the route once all stops are in; null when only the delivery is placed. */
  readonly pickupAt: number | null;
  /** Index of the delivery in the route once all stops are in; null when only the pickup is placed. */
  readonly deliveryAt: number | null;
  /** The route with the shipment in it, and with the breaks and stations that it makes necessary. */
  readonly route: readonly Stop[];
  /** By how much the vehicle's cost grows, in full: fixed cost when it was unused, lateness it causes to others. */
  readonly addedCost: number;
  readonly addedSeconds: number;
  readonly addedMeters: number;
  /** Null for the visit that is not placed. */
  readonly pickupArrival: number | null;
  readonly pickupStart: number | null;
  readonly deliveryArrival: number | null;
  readonly deliveryStart: number | null;
  /** Seconds that the shipment's own two stops begin after their `due`. */
  readonly lateness: number;
  /** Seconds of lateness added to the other stops. */
  readonly addedLateness: number;
}

export type Constraint =
  | "skill"
  | "forbidden"
  | "apart"
  | "unreachable"
  | "stops"
  | "capacity"
  | "frozen"
  | "window"
  | "shift"
  | "meters"
  | "travel"
  | "duty"
  | "ride"
  | "break"
  | "break-load"
  | "energy";

/**
 * One constraint that would have to give way, and by how much:
 * - `skill`: `by` skills more in the vehicle (nothing helps where it is on board of another, `by` 1).
 * - `forbidden`: the shipment must not name this vehicle; `apart`: nor `by` of those that it would meet there.
 * - `stops`: `maxStops` greater by `by`; `meters`, `travel`, `duty`, `shift`: that limit later or greater by `by`.
 * - `capacity`: `by` units more room in `dimension`; `break-load`: `by` units more allowed at breaks in `dimension`.
 * - `window`: the last windows of all stops closed `by` seconds later; `break`: those of the breaks.
 * - `ride`: `by` seconds more on board for everything; `energy`: a store greater by `by`, and so much fuller at the start.
 * - `frozen`: the last `by` frozen stops free.
 * - `unreachable`: no way to or from one of its places; nothing helps, `by` is 1.
 */
export interface Change {
  readonly constraint: Constraint;
  readonly by: number;
  /** The dimension of load, for constraints on load; else null. */
  readonly dimension: number | null;
}

/**
 * Why a vehicle cannot take a shipment, and the smallest change that would let it: of all places the one against which the
 * fewest constraints stand, and of those by least in sum. It is admitted when this and all in `also` have given way, and not
 * when one of them gives way by less (but a vehicle whose duty counts and that leaves later for it may do with less, and so may one with fewer frozen stops).
 */
export interface Hindrance extends Change {
  readonly vehicle: number;
  readonly also: readonly Change[];
}

export interface Insertions {
  /** Cheapest first (then by vehicle), one for each vehicle, at most as many as asked for. */
  readonly candidates: readonly Candidate[];
  /** One for each vehicle that cannot, by vehicle. */
  readonly hindrances: readonly Hindrance[];
}
