/**
 * What the optimizer is asked and what it answers. Indices, seconds and metres only: who the courier is and which order
 * the shipment stands for, the caller knows.
 *
 * All instants are seconds after an origin the caller chooses, all durations seconds, all distances metres. Live plans
 * use whole numbers; benchmark instances may use fractions, in a `Float64Array`.
 */

/** The entry of a matrix for a pair with no way between. Anything at or above it counts as unreachable. */
export const unreachable = 0xffffffff;

/**
 * Travel between locations for one profile: from `i` to `j` stands at `i * size + j`, `unreachable` where there is no way.
 * The search expects ways to be shortest (going through a third place is never quicker); where they are not it may miss
 * a better place for a stop, but it never accepts one that does not hold. `seconds` and `meters` may be the same array.
 */
export interface Matrix {
  readonly size: number;
  readonly seconds: Uint32Array | Float64Array;
  readonly meters: Uint32Array | Float64Array;
}

/** Service may begin from `earliest` to `latest`, both inside; null where that side is open. */
export interface Window {
  readonly earliest: number | null;
  readonly latest: number | null;
}

export interface Vehicle {
  /** Where it is when the shift begins (for a running courier: now). Null: it begins at its first stop. */
  readonly start: number | null;
  /** Where it must be when the shift ends. Null: it ends at its last stop. */
  readonly end: number | null;
  /** Leaves `start` at `earliest` or later; has reached `end`, or has left its last stop, by `latest` (null: whenever). */
  readonly shift: { readonly earliest: number; readonly latest: number | null };
  /** One number for each dimension of load; as many as the shipments' `load`. */
  readonly capacity: readonly number[];
  /** Which of the problem's matrices it travels by. */
  readonly matrix: number;
  /** Cost of using it at all. A vehicle without stops costs nothing. */
  readonly fixedCost: number;
  /** Cost of each second of travel; waiting and service are not counted. */
  readonly costPerSecond: number;
  readonly costPerMeter: number;
  /** What it can do, as numbers the caller gives out; order and repetition do not matter. */
  readonly skills: readonly number[];
  /** How many stops its route may have, frozen ones included; null: no limit. */
  readonly maxStops: number | null;
  /**
   * Stops it is committed to, in this order, before anything else. They stay first whatever the search does; a hard
   * window they miss is not held against the plan, because nobody can mend it.
   */
  readonly frozen: readonly Stop[];
}

/** One end of a shipment. */
export interface Visit {
  readonly location: number;
  /** When service may begin: ordered, not overlapping. Empty: at any time. */
  readonly windows: readonly Window[];
  /** How long service takes. */
  readonly service: number;
  /** Beginning service later than this costs `costPerLateSecond` for each second; null: never late. */
  readonly due: number | null;
  readonly costPerLateSecond: number;
}

/** A pickup and its delivery by the same vehicle. */
export interface Shipment {
  /** Null when the goods are already on board of vehicle `onBoard`. */
  readonly pickup: Visit | null;
  readonly delivery: Visit;
  /** The only vehicle that can deliver this; not null exactly when `pickup` is null. */
  readonly onBoard: number | null;
  /** One number for each dimension of load, not negative. */
  readonly load: readonly number[];
  /** Skills the vehicle must have, all of them. */
  readonly needs: readonly number[];
  /** When the goods are ready: pickup service does not begin earlier. Null: they are. */
  readonly release: number | null;
  /** Cost of leaving it out. Null: it is left out only when nothing else is possible. */
  readonly penalty: number | null;
}

/** Must not change once it has been asked about: what was worked out for it is kept. */
export interface Problem {
  /** All of the same size: the number of locations. */
  readonly matrices: readonly Matrix[];
  readonly vehicles: readonly Vehicle[];
  readonly shipments: readonly Shipment[];
}

/** One visit of a route. */
export interface Stop {
  readonly shipment: number;
  readonly visit: "pickup" | "delivery";
}

/** The ordered stops of each vehicle, by its index; an empty list for a vehicle that stays. */
export interface Plan {
  readonly routes: readonly (readonly Stop[])[];
}

/**
 * What the search makes small. `cost`: the sum of `Cost`. `distance`: metres alone. `vehicles`: vehicles used, then
 * metres, as Li & Lim compare. Leaving out as little as possible comes before all of them (`cost`: at its price).
 */
export type Objective = "cost" | "distance" | "vehicles";

/** In the caller's unit of cost; `total` is the sum of the others. Shipments without a penalty add nothing when left out. */
export interface Cost {
  readonly fixed: number;
  readonly time: number;
  readonly distance: number;
  readonly lateness: number;
  readonly unassigned: number;
  readonly total: number;
}

export interface Solution extends Plan {
  /** Shipments left out, ascending. */
  readonly unassigned: readonly number[];
  readonly cost: Cost;
  /** How many vehicles have stops. */
  readonly vehicles: number;
  /** Travel of all vehicles. */
  readonly meters: number;
  readonly seconds: number;
  readonly iterations: number;
}

/**
 * How long to search. `iterations`: exactly so many, so that a seed gives the same answer on any machine. `spent`: the
 * share of the budget that is used up, from 0 to 1, asked every few iterations; the search cools by it and ends at 1.
 * The clock stays with the caller, and to stop early is to answer 1.
 */
export type Budget = { readonly iterations: number } | { readonly spent: () => number };

export interface SolveOptions {
  readonly seed: number;
  readonly budget: Budget;
  readonly objective: Objective;
  /**
   * The plan to begin from; what does not hold in it is taken out and placed anew. Then the search begins cool, so that
   * the plan is improved, not thrown away. Without it: from nothing.
   */
  readonly start?: Plan;
  /** Called with each new best. Building a solution costs a copy: ask for little. */
  readonly onBest?: (best: Solution) => void;
}

/** One stop as it will happen: `arrival` + `wait` = `start`, `start` + service = `departure`. */
export interface ScheduledStop extends Stop {
  readonly location: number;
  readonly arrival: number;
  readonly wait: number;
  readonly start: number;
  readonly departure: number;
  /** Seconds that service begins after `due`; 0 when in time. */
  readonly lateness: number;
  /** On board when it leaves. */
  readonly load: readonly number[];
}

export interface Schedule {
  readonly stops: readonly ScheduledStop[];
  /** When the vehicle is at its end, or has left its last stop; `shift.earliest` when it has no stop. */
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
  /** Index of the pickup in the route once both stops are in; null when the goods are on board. */
  readonly pickupAt: number | null;
  /** Index of the delivery in the route once both stops are in. */
  readonly deliveryAt: number;
  /** By how much the vehicle's cost grows, in full: fixed cost when it was unused, lateness it causes to others. */
  readonly addedCost: number;
  readonly addedSeconds: number;
  readonly addedMeters: number;
  /** Null when the goods are on board. */
  readonly pickupArrival: number | null;
  readonly pickupStart: number | null;
  readonly deliveryArrival: number;
  readonly deliveryStart: number;
  /** Seconds that the shipment's own two stops begin after their `due`. */
  readonly lateness: number;
  /** Seconds of lateness added to the other stops. */
  readonly addedLateness: number;
}

/**
 * Why a vehicle cannot take a shipment, and the smallest change that would let it.
 * - `skill`: `by` skills are missing (for goods on board of another vehicle too: 1).
 * - `unreachable`: no way to or from one of its places; `by` is 1.
 * - `stops`: `by` stops more than `maxStops`.
 * - `capacity`: `by` units too much in `dimension`, in the place where the excess is least.
 * - `frozen`: it would fit if the last `by` frozen stops were free.
 * - `window`: `by` seconds too late in all, at the shipment's own stops or those it delays, in the place where that is least.
 * - `shift`: `by` seconds too late at the end of the shift, while all windows hold.
 */
export interface Hindrance {
  readonly vehicle: number;
  readonly constraint: "skill" | "unreachable" | "stops" | "capacity" | "frozen" | "window" | "shift";
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

/** A rule that a solution breaks. */
export interface Violation {
  readonly rule:
    | "shape"
    | "served-once"
    | "same-vehicle"
    | "order"
    | "on-board"
    | "frozen"
    | "skill"
    | "capacity"
    | "window"
    | "shift"
    | "stops"
    | "unreachable"
    | "unassigned"
    | "cost";
  readonly vehicle: number | null;
  readonly shipment: number | null;
  /** By how much, in the unit of the rule: seconds, load, stops, cost. */
  readonly by: number;
  readonly message: string;
}
