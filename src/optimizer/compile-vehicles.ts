import { openEnd } from "./compile-nodes.ts";
import type { Matrix, Objective, Problem } from "./types.ts";

export type Travel = Uint32Array | Float64Array;

/** Whatever is known of a vehicle; see `Instance`. */
export interface Vehicles {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly leaves: Float64Array;
  readonly returns: Float64Array;
  /** The latest setting off. */
  readonly leavesBy: Float64Array;
  readonly capacity: Float64Array;
  /** Load on board before the first stop, without what comes from the depot. */
  readonly aboard: Float64Array;
  readonly fixed: Float64Array;
  readonly maxStops: Int32Array;
  readonly frozen: Int32Array;
  /** Cost of a second of duty, its most, and what those after `overtimeAfter` cost more. */
  readonly dutyPrice: Float64Array;
  readonly dutyLongest: Float64Array;
  readonly overtimeAfter: Float64Array;
  readonly overtimePrice: Float64Array;
  readonly seconds: readonly Travel[];
  /** A way's cost is `factor * price + factor2 * price2`; `factor2` is 0 where one array is enough. */
  readonly price: readonly Travel[];
  readonly factor: Float64Array;
  readonly price2: readonly Travel[];
  readonly factor2: Float64Array;
  /** Cost of a second and of a metre of travel, by the objective. */
  readonly perSecond: Float64Array;
  readonly perMeter: Float64Array;
}

/**
 * `combine`: whether time and distance prices are summed up in a matrix of their own, which pays for a long search and
 * not for a single question.
 */
export function compileVehicles(
  problem: Problem,
  objective: Objective,
  dimensions: number,
  combine: boolean,
): Vehicles {
  const { vehicles, shipments } = problem;
  const aboard = new Float64Array(vehicles.length * dimensions);
  for (const s of shipments) {
    if (s.onBoard === null) continue;
    for (let d = 0; d < dimensions; d++) aboard[s.onBoard * dimensions + d]! += s.load[d]!;
  }
  const byCost = objective === "cost";
  return {
    aboard,
    from: Int32Array.from(vehicles, (v) => v.start ?? -1),
    to: Int32Array.from(vehicles, (v) => v.end ?? -1),
    leaves: Float64Array.from(vehicles, (v) => v.shift.earliest),
    returns: Float64Array.from(vehicles, (v) => v.shift.latest ?? openEnd),
    leavesBy: Float64Array.from(vehicles, (v) => v.shift.leaveBy ?? Infinity),
    capacity: flat(
      vehicles.map((v) => v.capacity),
      dimensions,
    ),
    fixed: Float64Array.from(vehicles, (v) => (byCost ? v.fixedCost : 0)),
    maxStops: Int32Array.from(vehicles, (v) => v.maxStops ?? 2 ** 30),
    frozen: Int32Array.from(vehicles, (v) => v.frozen.length),
    dutyPrice: Float64Array.from(vehicles, ({ duty }) => (byCost ? (duty?.costPerSecond ?? 0) : 0)),
    dutyLongest: Float64Array.from(vehicles, ({ duty }) => duty?.longest ?? Infinity),
    overtimeAfter: Float64Array.from(vehicles, ({ duty }) => duty?.overtimeAfter ?? Infinity),
    overtimePrice: Float64Array.from(vehicles, ({ duty }) => (byCost ? (duty?.overtimePerSecond ?? 0) : 0)),
    perSecond: Float64Array.from(vehicles, (v) => (byCost ? v.costPerSecond : 0)),
    perMeter: Float64Array.from(vehicles, (v) => (byCost ? v.costPerMeter : 1)),
    ...prices(problem, objective, combine),
  };
}

/** Rows of equal length one behind the other. */
export function flat(rows: readonly (readonly number[])[], width: number): Float64Array {
  const out = new Float64Array(rows.length * width);
  rows.forEach((row, i) => out.set(row, i * width));
  return out;
}

type Prices = Pick<Vehicles, "seconds" | "price" | "factor" | "price2" | "factor2">;

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

/** The vehicles that differ in nothing, together: one empty one stands for all of its class. */
export function classesOf({ vehicles, shipments }: Problem): number[][] {
  const special = new Set(shipments.flatMap((s) => [s.onBoard, s.held?.vehicle ?? null, ...(s.forbidden ?? [])]));
  const classes = new Map<string, number[]>();
  vehicles.forEach((v, i) => {
    const { skills, frozen, ...rest } = v;
    const own = frozen.length > 0 || special.has(i) ? i : null;
    const key = JSON.stringify([rest, [...new Set(skills)].sort((a, b) => a - b), own]);
    const members = classes.get(key);
    if (members) members.push(i);
    else classes.set(key, [i]);
  });
  return [...classes.values()];
}
