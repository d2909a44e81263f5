import { invariant } from "../kernel/invariant.ts";
import type { Matrix, Objective, Problem, Shipment, Vehicle, Visit, Window } from "./types.ts";

/**
 * Latest instant where the caller left it open: 68 years, so that an arrival over an `unreachable` way (136 years)
 * is too late like any other, and the walks need no branch for it.
 */
const openEnd = 2 ** 31;
/** The price of leaving out what has no price: above any cost of carrying it. */
const mandatory = 1e9;
/** What a vehicle counts for when fewest vehicles come first: more metres than any route has, less than a shipment. */
const perVehicle = 1e6;
/** Backward and forward sums of the same fractions differ in their last bits. Whole seconds never need it. */
export const tolerance = 1e-9;

export type Travel = Uint32Array | Float64Array;

/**
 * A problem as arrays. Shipment `s` has the nodes `2 s` (pickup) and `2 s + 1` (delivery); the places of a vehicle
 * are -1 where the caller said null. The objective is already worked into prices, so the search knows none.
 */
export interface Instance {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly shipments: number;
  readonly vehicles: number;
  readonly locations: number;
  readonly dimensions: number;

  // by node
  readonly place: Int32Array;
  /** Opening of the first and closing of the last window; it closes before it opens where service can never begin. */
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  /** All windows of node `x`: `windowOpens` and `windowCloses` from `windowFrom[x]` to before `windowFrom[x + 1]`. */
  readonly windowFrom: Int32Array;
  readonly windowOpens: Float64Array;
  readonly windowCloses: Float64Array;
  readonly service: Float64Array;
  readonly due: Float64Array;
  readonly lateCost: Float64Array;
  /** Whether any node has several windows; any has a price for lateness. Both spare the common case the work. */
  readonly gaps: boolean;
  readonly soft: boolean;

  // by shipment
  readonly load: Float64Array;
  readonly penalty: Float64Array;
  /** The only vehicle for it, because it is on board or its pickup is frozen; else -1. Then only its delivery moves. */
  readonly bound: Int32Array;
  readonly anyBound: boolean;
  /** 0 when its delivery is frozen: nothing of it moves. */
  readonly movable: Uint8Array;

  // by vehicle
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly leaves: Float64Array;
  readonly returns: Float64Array;
  readonly capacity: Float64Array;
  /** Load on board before the first stop. */
  readonly aboard: Float64Array;
  readonly fixed: Float64Array;
  /** Added for each vehicle in use to the whole, not where a shipment looks for its place: there it would only blind. */
  readonly perVehicle: number;
  readonly maxStops: Int32Array;
  readonly frozen: Int32Array;
  readonly seconds: readonly Travel[];
  /** A way's cost is `factor * price + factor2 * price2`; `factor2` is 0 where one array is enough. */
  readonly price: readonly Travel[];
  readonly factor: Float64Array;
  readonly price2: readonly Travel[];
  readonly factor2: Float64Array;
}

export const pickupOf = (shipment: number): number => 2 * shipment;
export const deliveryOf = (shipment: number): number => 2 * shipment + 1;
export const shipmentOf = (node: number): number => node >> 1;

/**
 * Throws BrokenInvariant when indices or lengths do not agree. `combine`: whether time and distance prices are summed up
 * in a matrix of their own, which pays for a long search and not for a single question.
 */
export function compile(problem: Problem, objective: Objective, combine: boolean): Instance {
  const locations = problem.matrices[0]?.size ?? 0;
  const dimensions = problem.vehicles[0]?.capacity.length ?? problem.shipments[0]?.load.length ?? 0;
  const shape = { locations, dimensions };
  checkShape(problem, shape);
  const bound = boundVehicles(problem);
  return {
    problem,
    objective,
    perVehicle: objective === "vehicles" ? perVehicle : 0,
    ...shape,
    shipments: problem.shipments.length,
    vehicles: problem.vehicles.length,
    ...nodeArrays(problem.shipments, objective),
    load: flat(
      problem.shipments.map((s) => s.load),
      dimensions,
    ),
    penalty: Float64Array.from(problem.shipments, (s) => (objective === "cost" ? (s.penalty ?? mandatory) : mandatory)),
    ...bound,
    ...vehicleArrays(problem, objective, dimensions),
    ...prices(problem, objective, combine),
  };
}

const compiled = new WeakMap<Problem, Instance>();

/** `compile` by cost, kept for as long as the problem lives: one question about it is seldom the only one. */
export function compiledOnce(problem: Problem): Instance {
  const known = compiled.get(problem) ?? compile(problem, "cost", false);
  compiled.set(problem, known);
  return known;
}

function checkShape(problem: Problem, { locations, dimensions }: { locations: number; dimensions: number }): void {
  const inside = (index: number, count: number): boolean => Number.isInteger(index) && index >= 0 && index < count;
  for (const m of problem.matrices) {
    invariant(m.size === locations, "all matrices must have the same size");
    invariant(m.seconds.length >= m.size * m.size && m.meters.length >= m.size * m.size, "a matrix is too short");
  }
  problem.vehicles.forEach((v, i) => {
    invariant(inside(v.matrix, problem.matrices.length), `vehicle ${i}: no matrix ${v.matrix}`);
    for (const place of [v.start, v.end])
      invariant(place === null || inside(place, locations), `vehicle ${i}: no location ${place}`);
    invariant(v.capacity.length === dimensions, `vehicle ${i}: capacity needs ${dimensions} dimensions`);
  });
  problem.shipments.forEach((s, i) => {
    invariant((s.pickup === null) === (s.onBoard !== null), `shipment ${i}: on board if and only if it has no pickup`);
    invariant(
      s.onBoard === null || inside(s.onBoard, problem.vehicles.length),
      `shipment ${i}: no vehicle ${s.onBoard}`,
    );
    for (const visit of [s.pickup, s.delivery]) {
      invariant(visit === null || inside(visit.location, locations), `shipment ${i}: no location ${visit?.location}`);
    }
    invariant(s.load.length === dimensions, `shipment ${i}: load needs ${dimensions} dimensions`);
  });
}

function flat(rows: readonly (readonly number[])[], width: number): Float64Array {
  const out = new Float64Array(rows.length * width);
  rows.forEach((row, i) => out.set(row, i * width));
  return out;
}

function nodeArrays(shipments: readonly Shipment[], objective: Objective) {
  const nodes = shipments.length * 2;
  const float = (): Float64Array => new Float64Array(nodes);
  const windowOpens: number[] = [];
  const windowCloses: number[] = [];
  const arrays = {
    place: new Int32Array(nodes).fill(-1),
    opens: float(),
    closes: float(),
    service: float(),
    due: float().fill(Infinity),
    lateCost: float(),
    windowFrom: new Int32Array(nodes + 1),
  };
  let gaps = false;
  let soft = false;
  const put = (node: number, visit: Visit | null, release: number | null): void => {
    arrays.windowFrom[node] = windowOpens.length;
    if (visit === null) return;
    const windows = windowsOf(visit.windows, release);
    for (const w of windows) {
      windowOpens.push(w[0]);
      windowCloses.push(w[1]);
    }
    arrays.place[node] = visit.location;
    arrays.opens[node] = windows[0]![0];
    arrays.closes[node] = windows.at(-1)![1];
    arrays.service[node] = visit.service;
    gaps ||= windows.length > 1;
    if (objective !== "cost" || visit.due === null || visit.costPerLateSecond <= 0) return;
    arrays.due[node] = visit.due;
    arrays.lateCost[node] = visit.costPerLateSecond;
    soft = true;
  };
  shipments.forEach((s, i) => {
    put(pickupOf(i), s.pickup, s.release);
    put(deliveryOf(i), s.delivery, null);
  });
  arrays.windowFrom[nodes] = windowOpens.length;
  return {
    ...arrays,
    gaps,
    soft,
    windowOpens: Float64Array.from(windowOpens),
    windowCloses: Float64Array.from(windowCloses),
  };
}

/** The windows in numbers, without what lies before `release`; when nothing is left, one that opens after it has closed. */
function windowsOf(windows: readonly Window[], release: number | null): [number, number][] {
  const all: readonly Window[] = windows.length > 0 ? windows : [{ earliest: null, latest: null }];
  const clipped = all.map((w): [number, number] => [
    Math.max(w.earliest ?? -openEnd, release ?? -openEnd),
    w.latest ?? openEnd,
  ]);
  const left = clipped.filter(([earliest, latest]) => earliest <= latest);
  return left.length > 0 ? left : clipped.slice(-1);
}

function boundVehicles(problem: Problem): Pick<Instance, "bound" | "anyBound" | "movable"> {
  const bound = Int32Array.from(problem.shipments, (s) => s.onBoard ?? -1);
  const movable = new Uint8Array(problem.shipments.length).fill(1);
  problem.vehicles.forEach((vehicle, v) => {
    for (const { shipment, visit } of vehicle.frozen) {
      invariant(shipment >= 0 && shipment < bound.length, `vehicle ${v}: no shipment ${shipment} to freeze`);
      if (visit === "delivery") {
        invariant(bound[shipment] === v, `vehicle ${v}: delivery of ${shipment} is frozen before it is on board`);
        movable[shipment] = 0;
      } else {
        invariant(bound[shipment] === -1, `vehicle ${v}: pickup of ${shipment} is frozen twice, or it is on board`);
        bound[shipment] = v;
      }
    }
  });
  return { bound, movable, anyBound: bound.some((v) => v >= 0) };
}

function vehicleArrays({ vehicles, shipments }: Problem, objective: Objective, dimensions: number) {
  const aboard = new Float64Array(vehicles.length * dimensions);
  for (const s of shipments) {
    if (s.onBoard === null) continue;
    for (let d = 0; d < dimensions; d++) aboard[s.onBoard * dimensions + d]! += s.load[d]!;
  }
  return {
    aboard,
    from: Int32Array.from(vehicles, (v) => v.start ?? -1),
    to: Int32Array.from(vehicles, (v) => v.end ?? -1),
    leaves: Float64Array.from(vehicles, (v) => v.shift.earliest),
    returns: Float64Array.from(vehicles, (v) => v.shift.latest ?? openEnd),
    capacity: flat(
      vehicles.map((v) => v.capacity),
      dimensions,
    ),
    fixed: Float64Array.from(vehicles, (v) => (objective === "cost" ? v.fixedCost : 0)),
    maxStops: Int32Array.from(vehicles, (v) => v.maxStops ?? 2 ** 30),
    frozen: Int32Array.from(vehicles, (v) => v.frozen.length),
  };
}

/** The vehicles that differ in nothing, together: one empty one stands for all of its class. */
export function classesOf({ vehicles, shipments }: Problem): number[][] {
  const carrying = new Set(shipments.map((s) => s.onBoard));
  const classes = new Map<string, number[]>();
  vehicles.forEach((v, i) => {
    const { skills, frozen, ...rest } = v;
    const own = frozen.length > 0 || carrying.has(i) ? i : null;
    const key = JSON.stringify([rest, [...new Set(skills)].sort((a, b) => a - b), own]);
    const members = classes.get(key);
    if (members) members.push(i);
    else classes.set(key, [i]);
  });
  return [...classes.values()];
}

type Prices = Pick<Instance, "seconds" | "price" | "factor" | "price2" | "factor2">;

function prices({ vehicles, matrices }: Problem, objective: Objective, combine: boolean): Prices {
  const combined = new Map<string, Float64Array>();
  const rows = vehicles.map((v) => {
    const matrix = matrices[v.matrix]!;
    const [perSecond, perMeter] = objective === "cost" ? [v.costPerSecond, v.costPerMeter] : [0, 1];
    const one = (price: Travel, factor: number) => ({
      seconds: matrix.seconds,
      price,
      factor,
      price2: price,
      factor2: 0,
    });
    if (perMeter === 0) return one(matrix.seconds, perSecond);
    if (perSecond === 0) return one(matrix.meters, perMeter);
    if (!combine) return { ...one(matrix.seconds, perSecond), price2: matrix.meters, factor2: perMeter };
    const key = `${v.matrix} ${perSecond} ${perMeter}`;
    const known = combined.get(key) ?? weighted(matrix, perSecond, perMeter);
    combined.set(key, known);
    return one(known, 1);
  });
  return {
    seconds: rows.map((r) => r.seconds),
    price: rows.map((r) => r.price),
    factor: Float64Array.from(rows, (r) => r.factor),
    price2: rows.map((r) => r.price2),
    factor2: Float64Array.from(rows, (r) => r.factor2),
  };
}

function weighted({ seconds, meters }: Matrix, perSecond: number, perMeter: number): Float64Array {
  const out = new Float64Array(seconds.length);
  for (let i = 0; i < out.length; i++) out[i] = perSecond * seconds[i]! + perMeter * meters[i]!;
  return out;
}

/** Whether the vehicle has every skill the shipment needs; one that has it on board is not asked, no other can help. */
export function mayCarry(instance: Instance, shipment: number, vehicle: number): boolean {
  const bound = instance.bound[shipment]!;
  if (bound >= 0) return bound === vehicle;
  return missingSkills(instance.problem.shipments[shipment]!, instance.problem.vehicles[vehicle]!) === 0;
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
  return t;
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
