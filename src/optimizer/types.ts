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
  /** Metres climbed on the way, for `Energy.perAscent`. */
  readonly ascent?: Uint32Array | Float64Array;
}

/** Service may begin from `earliest` to `latest`, both inside; null where that side is open. */
export interface Window {
  readonly earliest: number | null;
  readonly latest: number | null;
}

/** When a vehicle's driver rests. A break interrupts a way: what can be driven before it opens is driven. */
export interface Break {
  /** When it may begin: ordered, not overlapping. */
  readonly windows: readonly Window[];
  readonly duration: number;
  /** What may be on board meanwhile, by dimension; left out: anything. */
  readonly maxLoad?: readonly number[];
}

/** A place where a vehicle reloads or charges. Any number of vehicles may, any number of times. */
export interface Station {
  readonly location: number;
  readonly windows: readonly Window[];
  /** How long a stop there takes; charging adds the time until the store is full. */
  readonly service: number;
  /** Units of energy a second; null where nothing can be charged. */
  readonly power: number | null;
  /** Whether this is a hub where vehicles end one trip and begin the next. */
  readonly hub: boolean;
}

/** What a vehicle uses up, in the caller's unit (kWh, litres), and what that costs. Going down gives nothing back. */
export interface Energy {
  readonly perMeter: number;
  /** More for each metre and unit of load on board in dimension `dimension`. */
  readonly perMeterAndLoad: number;
  readonly dimension: number;
  /** For each metre of `Matrix.ascent`, whatever the load. */
  readonly perAscent: number;
  readonly costPerUnit: number;
  /** Cost of what a unit emits. */
  readonly emissionCostPerUnit: number;
  /** What it can store, has at the start, and must not fall below; null: it never runs out. */
  readonly store: { readonly capacity: number; readonly atStart: number; readonly reserve: number } | null;
}

/** Travel by another of the problem's matrices for those who set off at `from` or later, until the next slice. */
export interface Slice {
  readonly from: number;
  readonly matrix: number;
}

export interface Vehicle {
  /** Where it is when the shift begins (for a running courier: now). Null: it begins at its first stop. */
  readonly start: number | null;
  /** Where it must be when the shift ends. Null: it ends at its last stop. */
  readonly end: number | null;
  /**
   * Leaves `start` at `earliest` or later, and by `leaveBy` (left out: whenever); has reached `end`, or has left its last
   * stop, by `latest` (null: whenever).
   */
  readonly shift: { readonly earliest: number; readonly latest: number | null; readonly leaveBy?: number };
  /** One number for each dimension of load; as many as the shipments' `load`. */
  readonly capacity: readonly number[];
  /** Which of the problem's matrices it travels by. */
  readonly matrix: number;
  /** Matrices by time of day, ascending; `matrix` holds before the first. Leaving later must not mean arriving earlier. */
  readonly slices?: readonly Slice[];
  /** Cost of using it at all. A vehicle without stops costs nothing. */
  readonly fixedCost: number;
  /** Cost of each second of travel; waiting and service are not counted. */
  readonly costPerSecond: number;
  readonly costPerMeter: number;
  /** Cost of each second of set-up and service at customers. */
  readonly costPerServiceSecond?: number;
  /** As a number the caller gives out: what `Visit.byKind` speaks of. */
  readonly kind?: number;
  /**
   * Duty: from leaving to the end, waiting and service included. Once it costs, or is limited, the vehicle leaves as late
   * as it can without ending later or being late anywhere (one that travels by slices leaves at `shift.earliest`).
   */
  readonly duty?: {
    readonly costPerSecond: number;
    /** Seconds of duty after which each costs `overtimePerSecond` more; null: never. */
    readonly overtimeAfter: number | null;
    readonly overtimePerSecond: number;
    readonly longest: number | null;
  };
  /** How far it may go, and how long it may be under way between stops. */
  readonly maxMeters?: number;
  readonly maxTravel?: number;
  readonly energy?: Energy;
  /** It must have begun each break before the last window of the break closes, unless its route has ended by then. */
  readonly breaks?: readonly Break[];
  /** The stations it may use. */
  readonly stations?: readonly number[];
  /** What it can do, as numbers the caller gives out; order and repetition do not matter. */
  readonly skills: readonly number[];
  /** How many pickups and deliveries its route may have, frozen ones included; null: no limit. */
  readonly maxStops: number | null;
  /**
   * Stops it is committed to, in this order, before anything else. They stay first whatever the search does; a limit
   * that they break by themselves is not held against the plan, because nobody can mend it.
   */
  readonly frozen: readonly Stop[];
}

/** One end of a shipment. */
export interface Visit {
  readonly location: number;
  /** When work may begin: ordered, not overlapping. Empty: at any time. */
  readonly windows: readonly Window[];
  /** How long service takes. */
  readonly service: number;
  /** Work begins with this many seconds more when the vehicle comes from another place: parking, the gate. */
  readonly setup?: number;
  /** Where it takes vehicles of some kinds longer or shorter: what is left out is as for all others. */
  readonly byKind?: readonly { readonly kind: number; readonly service?: number; readonly setup?: number }[];
  /** Beginning work later than this costs `costPerLateSecond` for each second; null: never late. */
  readonly due: number | null;
  readonly costPerLateSecond: number;
}

/**
 * What one vehicle does for one customer. With both visits: a pickup and its delivery. With the delivery alone: goods
 * from the depot, on board since its trip began; or, with `onBoard`, those a running vehicle carries already. With the
 * pickup alone: goods to the depot, on board until its trip ends. One visit without load is a service.
 */
export interface Shipment {
  readonly pickup: Visit | null;
  readonly delivery: Visit | null;
  /** The only vehicle that can deliver this: it is on board. Null: it is not (yet). */
  readonly onBoard: number | null;
  /** One number for each dimension of load, not negative. */
  readonly load: readonly number[];
  /** What is collected at the delivery, in the same stop, as `load`: on board from there to the end of the trip. */
  readonly collects?: readonly number[];
  /** Skills the vehicle must have, all of them. */
  readonly needs: readonly number[];
  /** When the goods are ready: pickup service does not begin earlier. Null: they are. */
  readonly release: number | null;
  /** Cost of leaving it out. Null: it is left out only when nothing else is possible. */
  readonly penalty: number | null;
  /** Of those without a penalty, one of priority `p` counts as much as `1 + p` of priority 0. */
  readonly priority?: number;
  /** Vehicles that must not take it, whatever their skills. */
  readonly forbidden?: readonly number[];
  /** Shipments that must not be in the same route; to name it on one side is enough. */
  readonly apart?: readonly number[];
  /** Seconds on board at most: from the end of the pickup to the beginning of the delivery. */
  readonly maxRide?: number;
  /** The vehicle it was promised to; taking it from there costs `price`. */
  readonly held?: { readonly vehicle: number; readonly price: number };
}

/** Must not change once it has been asked about: what was worked out for it is kept. */
export interface Problem {
  /** All of the same size: the number of locations. */
  readonly matrices: readonly Matrix[];
  readonly vehicles: readonly Vehicle[];
  readonly shipments: readonly Shipment[];
  readonly stations?: readonly Station[];
  /** Adds `price` times the square of each vehicle's pickups and deliveries, or of its seconds of travel: even routes are cheapest. */
  readonly balance?: { readonly of: "stops" | "seconds"; readonly price: number };
}

/** A visit to a customer. */
export interface Call {
  readonly visit: "pickup" | "delivery";
  readonly shipment: number;
}

/** A rest, by its index among the vehicle's breaks. */
export interface Rest {
  readonly visit: "break";
  readonly break: number;
}

/** A stop at one of the problem's stations. `reload`: goods for the depot leave, those from it come on board. */
export interface Halt {
  readonly visit: "reload" | "charge";
  readonly station: number;
}

/** One stop of a route. */
export type Stop = Call | Rest | Halt;

export const isCall = (stop: Stop): stop is Call => stop.visit === "pickup" || stop.visit === "delivery";

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
  /** Set-up and service. */
  readonly service: number;
  readonly duty: number;
  readonly overtime: number;
  readonly energy: number;
  readonly emission: number;
  readonly lateness: number;
  readonly balance: number;
  /** For shipments that were promised to another vehicle. */
  readonly held: number;
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
 * The clock stays with the caller.
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
  /** Asked at each step, and for each shipment of the first plan: once true, what there is by then is the answer. */
  readonly isStopped?: () => boolean;
  /** Called with each new best, which is built when it is asked for. */
  readonly onBest?: (best: () => Solution) => void;
  /**
   * Searches side by side tell each other their best: asked now and then for what another has found since (null:
   * nothing), and every second time that this is better, the search goes on from there. Then the others' progress decides
   * too, and the same seed no longer gives the same answer.
   */
  readonly take?: () => Plan | null;
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
    | "meters"
    | "travel"
    | "duty"
    | "ride"
    | "break"
    | "break-load"
    | "energy"
    | "station"
    | "forbidden"
    | "apart"
    | "unreachable"
    | "unassigned"
    | "cost";
  readonly vehicle: number | null;
  readonly shipment: number | null;
  /** By how much, in the unit of the rule: seconds, load, stops, cost. */
  readonly by: number;
  readonly message: string;
}
