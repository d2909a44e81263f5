import { invariant } from "../kernel/invariant.ts";
import { compileNodes, kinds, type Nodes } from "./compile-nodes.ts";
import { compileVehicles, flat, type Vehicles } from "./compile-vehicles.ts";
import { isCall, type Objective, type Problem, type Shipment, type Stop, type Vehicle } from "./types.ts";

/** The least price of leaving out what has no price: above what carrying it usually costs. */
const mandatory = 1e9;

/**
 * The price of leaving out what has no price. It must outweigh whatever else may be saved: fixed costs, and all the
 * shipments that have a price. Fractions of a cost stay exact up to some 1e12 of it.
 */
function priceOfLeavingOut({ vehicles, shipments }: Problem): number {
  const fixed = vehicles.reduce((sum, { fixedCost }) => sum + fixedCost, 0);
  const optional = shipments.reduce((sum, { penalty, held }) => sum + (penalty ?? 0) + (held?.price ?? 0), 0);
  return mandatory + fixed + optional;
}
/** What a vehicle counts for when fewest vehicles come first: more metres than any route has, less than a shipment. */
const perVehicle = 1e6;
/** Backward and forward sums of the same fractions differ in their last bits. Whole seconds never need it. */
export const tolerance = 1e-9;

/**
 * A problem as arrays: by node, by shipment, by vehicle. Places that the caller left null are -1. The objective is
 * already worked into prices, so the search knows none.
 */
export interface Instance extends Nodes, Vehicles {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly shipments: number;
  readonly vehicles: number;
  readonly locations: number;
  readonly dimensions: number;
  /** Added for each vehicle in use to the whole, not where a shipment looks for its place: there it would only blind. */
  readonly perVehicle: number;

  // by shipment
  readonly load: Float64Array;
  /** Cost of leaving it out, with what it costs to break the promise. */
  readonly penalty: Float64Array;
  /** The only vehicle for it, because it is on board or its pickup is frozen; else -1. Then only its delivery moves. */
  readonly bound: Int32Array;
  readonly anyBound: boolean;
  /** The one node that is placed, where it is not a pair; else -1. */
  readonly single: Int32Array;
  /** The node that is in a route when the shipment is. */
  readonly anchor: Int32Array;
  /** 1: comes from the depot; -1: goes there; else 0. */
  readonly depot: Int8Array;
  readonly anyDepot: boolean;
  /** As `load`, what comes on board at the delivery for the depot; null: nothing anywhere. */
  readonly collects: Float64Array | null;
  /** 0 when it is frozen as a whole: nothing of it moves. */
  readonly movable: Uint8Array;
  /** Shipments it must not meet; null: any. */
  readonly apart: readonly (readonly number[] | null)[];
  /** The vehicle it is promised to (-1: none), and what it costs to take it away. */
  readonly heldBy: Int32Array;
  readonly heldPrice: Float64Array;
  readonly anyHeld: boolean;
}

export const pickupOf = (shipment: number): number => 2 * shipment;
export const deliveryOf = (shipment: number): number => 2 * shipment + 1;
/** Of a call; helpers have none. */
export const shipmentOf = (node: number): number => node >> 1;

/** Throws BrokenInvariant when indices or lengths do not agree. `combine` as for `compileVehicles`. */
export function compile(problem: Problem, objective: Objective, combine: boolean): Instance {
  const locations = problem.matrices[0]?.size ?? 0;
  const dimensions = problem.vehicles[0]?.capacity.length ?? problem.shipments[0]?.load.length ?? 0;
  checkShape(problem, locations, dimensions);
  return {
    problem,
    objective,
    perVehicle: objective === "vehicles" ? perVehicle : 0,
    locations,
    dimensions,
    shipments: problem.shipments.length,
    vehicles: problem.vehicles.length,
    ...compileNodes(problem, objective),
    ...compileShipments(problem, objective, dimensions),
    ...compileVehicles(problem, objective, dimensions, combine),
  };
}

const compiled = new WeakMap<Problem, Instance>();

/** `compile` by cost, kept for as long as the problem lives: one question about it is seldom the only one. */
export function compiledOnce(problem: Problem): Instance {
  const known = compiled.get(problem) ?? compile(problem, "cost", false);
  compiled.set(problem, known);
  return known;
}

const inside = (index: number, count: number): boolean => Number.isInteger(index) && index >= 0 && index < count;

function checkShape(problem: Problem, locations: number, dimensions: number): void {
  const { matrices, vehicles, shipments, stations = [] } = problem;
  for (const m of matrices) invariant(m.size === locations, "all matrices must have the same size");
  vehicles.forEach((v, i) => {
    for (const place of [v.start, v.end]) {
      invariant(place === null || inside(place, locations), `vehicle ${i}: no location ${place}`);
    }
    for (const matrix of [v.matrix, ...(v.slices ?? []).map((slice) => slice.matrix)]) {
      invariant(inside(matrix, matrices.length), `vehicle ${i}: no matrix ${matrix}`);
    }
    for (const s of v.stations ?? []) invariant(inside(s, stations.length), `vehicle ${i}: no station ${s}`);
    invariant(v.capacity.length === dimensions, `vehicle ${i}: capacity needs ${dimensions} dimensions`);
  });
  stations.forEach((s, i) => invariant(inside(s.location, locations), `station ${i}: no location ${s.location}`));
  shipments.forEach((s, i) => checkShipment(problem, s, i, locations, dimensions));
}

function checkShipment(
  { vehicles, shipments }: Problem,
  s: Shipment,
  i: number,
  locations: number,
  dimensions: number,
) {
  invariant(s.pickup !== null || s.delivery !== null, `shipment ${i}: needs a visit`);
  const { onBoard } = s;
  invariant(
    onBoard === null || (s.pickup === null && inside(onBoard, vehicles.length)),
    `shipment ${i}: on board of whom?`,
  );
  for (const visit of [s.pickup, s.delivery]) {
    invariant(visit === null || inside(visit.location, locations), `shipment ${i}: no location ${visit?.location}`);
  }
  for (const other of s.apart ?? []) invariant(inside(other, shipments.length), `shipment ${i}: no shipment ${other}`);
  for (const amounts of [s.load, s.collects ?? s.load])
    invariant(amounts.length === dimensions, `shipment ${i}: load needs ${dimensions} dimensions`);
}

function compileShipments(problem: Problem, objective: Objective, dimensions: number) {
  const { shipments } = problem;
  const byCost = objective === "cost";
  const { bound, movable } = boundVehicles(problem);
  const heldPrice = Float64Array.from(shipments, (s) => (byCost ? (s.held?.price ?? 0) : 0));
  const dearest = byCost ? priceOfLeavingOut(problem) : mandatory;
  const leaveOut = (s: Shipment): number =>
    byCost && s.penalty !== null ? s.penalty : dearest * (1 + (s.penalty === null ? (s.priority ?? 0) : 0));
  const single = Int32Array.from(shipments, (s, i) =>
    bound[i]! >= 0 || s.pickup === null ? deliveryOf(i) : s.delivery === null ? pickupOf(i) : -1,
  );
  const collects = shipments.some((s) => s.collects?.some((amount) => amount > 0) === true)
    ? flat(
        shipments.map((s) => (s.delivery === null ? [] : (s.collects ?? []))),
        dimensions,
      )
    : null;
  const depot = Int8Array.from(shipments, (s) =>
    s.delivery === null ? -1 : s.pickup === null && s.onBoard === null ? 1 : 0,
  );
  return {
    load: flat(
      shipments.map((s) => s.load),
      dimensions,
    ),
    penalty: Float64Array.from(shipments, (s, i) => leaveOut(s) + heldPrice[i]!),
    bound,
    anyBound: bound.some((v) => v >= 0),
    movable,
    single,
    anchor: Int32Array.from(shipments, (s, i) => (s.delivery === null ? pickupOf(i) : deliveryOf(i))),
    depot,
    anyDepot: depot.some((side) => side !== 0) || collects !== null,
    collects,
    apart: apartLists(shipments),
    heldBy: Int32Array.from(shipments, (s) => s.held?.vehicle ?? -1),
    heldPrice,
    anyHeld: heldPrice.some((price) => price > 0),
  };
}

function boundVehicles({ vehicles, shipments }: Problem): Pick<Instance, "bound" | "movable"> {
  const bound = Int32Array.from(shipments, (s) => s.onBoard ?? -1);
  const movable = new Uint8Array(shipments.length).fill(1);
  vehicles.forEach(({ frozen }, v) => {
    for (const stop of frozen.filter(isCall)) {
      const shipment = shipments[stop.shipment];
      invariant(shipment?.[stop.visit], `vehicle ${v}: no visit of ${stop.shipment} to freeze`);
      const last = stop.visit === "delivery" || shipment.delivery === null;
      const known = bound[stop.shipment]!;
      const fits = last && shipment.onBoard === null && (shipment.pickup === null || shipment.delivery === null);
      if (stop.visit === "delivery" && !fits)
        invariant(known === v, `vehicle ${v}: delivery of ${stop.shipment} is frozen before it is on board`);
      else invariant(known === -1, `vehicle ${v}: ${stop.shipment} is frozen twice, or it is on board`);
      bound[stop.shipment] = v;
      if (last) movable[stop.shipment] = 0;
    }
  });
  return { bound, movable };
}

/** What one side names, both know. */
function apartLists(shipments: readonly Shipment[]): (readonly number[] | null)[] {
  const lists = shipments.map(() => new Set<number>());
  shipments.forEach(({ apart = [] }, s) => {
    for (const other of apart) {
      if (other === s) continue;
      lists[s]!.add(other);
      lists[other]!.add(s);
    }
  });
  return lists.map((list) => (list.size > 0 ? [...list] : null));
}

/** What it costs that `vehicle` carries the shipment, when that is promised to another. */
export function priceToTake({ anyHeld, heldBy, heldPrice }: Instance, shipment: number, vehicle: number): number {
  return anyHeld && heldBy[shipment]! >= 0 && heldBy[shipment] !== vehicle ? heldPrice[shipment]! : 0;
}

/** Whether `vehicle` may ever carry the shipment; one that has it on board is not asked, no other can help. */
export function mayCarry(instance: Instance, shipment: number, vehicle: number): boolean {
  const bound = instance.bound[shipment]!;
  if (bound >= 0) return bound === vehicle;
  const asked = instance.problem.shipments[shipment]!;
  if (asked.forbidden?.includes(vehicle) === true) return false;
  return missingSkills(asked, instance.problem.vehicles[vehicle]!) === 0;
}

export const missingSkills = (shipment: Shipment, vehicle: Vehicle): number =>
  shipment.needs.reduce((missing, skill) => missing + (vehicle.skills.includes(skill) ? 0 : 1), 0);

/** When service at `node` can begin for one who arrives at `t`; later than `closes` when it cannot. */
export function opening(instance: Instance, node: number, t: number): number {
  const { windowFrom, windowOpens, windowCloses } = instance;
  const last = windowFrom[node + 1]!;
  for (let w = windowFrom[node]!; w < last; w++) {
    if (t <= windowCloses[w]!) return Math.max(t, windowOpens[w]!);
  }
  // Goods that are ready only after the last window has closed are waited for, nevertheless.
  return Math.max(t, windowOpens[last - 1]!);
}

/** The latest instant at or before `t` at which service at `node` can begin; -Infinity when there is none. */
export function lastOpening(instance: Instance, node: number, t: number): number {
  const { windowFrom, windowOpens, windowCloses } = instance;
  const first = windowFrom[node]!;
  for (let w = windowFrom[node + 1]! - 1; w >= first; w--) {
    if (t >= windowOpens[w]!) return Math.min(t, windowCloses[w]!);
  }
  return -Infinity;
}

/** The node of a stop of vehicle `v`; -1 when there is no such thing. */
export function nodeOf({ problem, calls, kind, helper, helperOf }: Instance, v: number, stop: Stop): number {
  if (isCall(stop)) {
    const there = (problem.shipments[stop.shipment]?.[stop.visit] ?? null) !== null;
    return there ? (stop.visit === "pickup" ? pickupOf : deliveryOf)(stop.shipment) : -1;
  }
  const wanted = stop.visit === "break" ? kinds.rest : kinds[stop.visit];
  const index = stop.visit === "break" ? stop.break : stop.station;
  const whose = stop.visit === "break" ? v : -1;
  for (let node = calls; node < kind.length; node++) {
    if (kind[node] === wanted && helper[node] === index && helperOf[node] === whose) return node;
  }
  return -1;
}

export function toStop({ calls, kind, helper }: Instance, node: number): Stop {
  if (node < calls) return { shipment: shipmentOf(node), visit: (node & 1) === 0 ? "pickup" : "delivery" };
  if (kind[node] === kinds.rest) return { visit: "break", break: helper[node]! };
  return { visit: kind[node] === kinds.reload ? "reload" : "charge", station: helper[node]! };
}
