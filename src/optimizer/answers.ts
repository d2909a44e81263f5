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
 * Why a vehicle cannot take a shipment, and the smallest change that would let it.
 * - `skill`: `by` skills are missing (for goods on board of another vehicle too: 1).
 * - `unreachable`: no way to or from one of its places; `by` is 1.
 * - `stops`: `by` stops more than `maxStops`.
 * - `capacity`: `by` units too much in `dimension`, in the place where the excess is least.
 * - `frozen`: it would fit if the last `by` frozen stops were free.
 * - `window`: `by` seconds too late in all, at the shipment's own stops or those it delays, in the place where that is least.
 * - `shift`: `by` seconds too late at the end of the shift, while all windows hold.
 * - `forbidden`: the shipment names this vehicle; `apart`: `by` shipments in its route that it must not meet.
 * - `meters`, `travel`, `duty`, `ride`: `by` metres or seconds over the limit of that name.
 * - `break`: a break finds no place; `energy`: `by` units missing. In both `by` is 1 at least.
 */
export interface Hindrance {
  readonly vehicle: number;
  readonly constraint: Constraint;
  readonly by: number;
  /** The dimension of load for `capacity`, else null. */
  readonly dimension: number | null;
}

export interface Insertions {
  /** Cheapest first (then by vehicle), one for each vehicle, at most as many as asked for. */
  readonly candidates: readonly Candidate[];
  /** One for each vehicle that cannot, by vehicle. */
  readonly hindrances: readonly Hindrance[];
}
