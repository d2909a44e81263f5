import type { Instance } from "./instance.ts";
import { setRoute, type Routes } from "./routes.ts";

/** Part of a solution, by vehicle: its stops and what it costs. */
interface Whole {
  readonly routes: readonly Int32Array[];
  readonly cost: Float64Array;
  /** By shipment: its vehicle, -1 where it is left out. */
  readonly vehicleOf: Int32Array;
}

/**
 * Makes the best of two solutions the current one: `routes`, where one is loaded, and `others`. Vehicles that carry the same
 * shipments in both, taken together, are independent of all others, so each such group is taken from where it is cheaper. Two
 * searches that have gone apart from one plan mend it in different places, and this keeps what both have mended. Answers
 * whether anything was taken from `others`.
 *
 * Source: partition crossover of Whitley, Hains & Howe, "A hybrid genetic algorithm for the traveling salesman problem
 * using generalized partition crossover", PPSN XI, 2010, with routes in the place of cut edges.
 */
export function recombine(routes: Routes, others: readonly Int32Array[]): boolean {
  const { instance } = routes;
  const mine = wholeOf(routes);
  load(routes, others);
  const theirs = wholeOf(routes);
  const group = groups(instance, mine, theirs);
  const gain = gains(instance, mine, theirs, group);
  let taken = false;
  const chosen = mine.routes.map((nodes, v) => {
    if (gain[group[v]!]! <= 1e-7) return nodes;
    taken = true;
    return theirs.routes[v]!;
  });
  load(routes, chosen);
  return taken;
}

function load(routes: Routes, all: readonly Int32Array[]): void {
  routes.routeOf.fill(-1);
  for (let v = 0; v < all.length; v++) setRoute(routes, v, all[v]!);
}

function wholeOf({ instance, stops, width, length, cost, routeOf }: Routes): Whole {
  return {
    routes: Array.from({ length: instance.vehicles }, (_, v) => stops.slice(v * width, v * width + length[v]!)),
    cost: cost.slice(),
    vehicleOf: Int32Array.from({ length: instance.shipments }, (_, s) => routeOf[instance.anchor[s]!]!),
  };
}

/** By vehicle, the lowest numbered of its group: vehicles that exchange shipments from one solution to the other are together. */
function groups({ vehicles, shipments }: Instance, mine: Whole, theirs: Whole): Int32Array {
  const group = Int32Array.from({ length: vehicles }, (_, v) => v);
  const find = (v: number): number => {
    let root = v;
    while (group[root] !== root) root = group[root] = group[group[root]!]!;
    return root;
  };
  for (let s = 0; s < shipments; s++) {
    const [a, b] = [mine.vehicleOf[s]!, theirs.vehicleOf[s]!];
    if (a < 0 || b < 0) continue;
    const [one, other] = [find(a), find(b)];
    group[Math.max(one, other)] = Math.min(one, other);
  }
  for (let v = 0; v < vehicles; v++) group[v] = find(v);
  return group;
}

/** By group, how much cheaper it is in `theirs`, with what is left out on either side. */
function gains(instance: Instance, mine: Whole, theirs: Whole, group: Int32Array): Float64Array {
  const { vehicles, shipments, penalty, perVehicle } = instance;
  const gain = new Float64Array(vehicles);
  const used = (whole: Whole, v: number): number => (whole.routes[v]!.length > 0 ? perVehicle : 0);
  for (let v = 0; v < vehicles; v++)
    gain[group[v]!]! += mine.cost[v]! - theirs.cost[v]! + used(mine, v) - used(theirs, v);
  for (let s = 0; s < shipments; s++) {
    const [a, b] = [mine.vehicleOf[s]!, theirs.vehicleOf[s]!];
    if (a >= 0 && b < 0) gain[group[a]!]! -= penalty[s]!;
    if (a < 0 && b >= 0) gain[group[b]!]! += penalty[s]!;
  }
  return gain;
}
