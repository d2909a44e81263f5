import { seeded, type Rng } from "../kernel/rng.ts";
import { compile, type Instance } from "./instance.ts";
import { loadPlan } from "./load-plan.ts";
import { mend } from "./mend.ts";
import { newNeighbours } from "./neighbours.ts";
import { newRecreate, recreate, type Recreate } from "./recreate.ts";
import { clearRoutes, openRoutes, setRoute, type Routes } from "./routes.ts";
import { newRuin, type Absent, type Ruin } from "./ruin.ts";
import type { Plan, Problem, SolveOptions } from "./types.ts";
import { beginStep, newUndo, type Undo } from "./undo.ts";

/** Everything one search works on. The routes and `absent` are the current solution, together complete at every step's end. */
export interface Search {
  readonly instance: Instance;
  readonly routes: Routes;
  readonly undo: Undo;
  readonly ruin: Ruin;
  readonly recreate: Recreate;
  readonly absent: Absent;
  /** `absent` as it was before the step. */
  readonly absentBefore: Absent;
  readonly best: Snapshot;
  readonly rng: Rng;
  /** Mean cost of a way in the first plan: what temperatures are counted in. */
  way: number;
  iterations: number;
}

/** A copy of a solution. */
export interface Snapshot {
  routes: Int32Array[];
  absent: Int32Array;
  cost: number;
  vehicles: number;
}

const newAbsent = (instance: Instance): Absent => ({ list: new Int32Array(instance.shipments), count: 0 });

/** Loads the starting plan, or nothing, and places what is absent. */
export function openSearch(problem: Problem, options: Pick<SolveOptions, "objective" | "seed" | "start">): Search {
  const instance = compile(problem, options.objective, true);
  const routes = openRoutes(instance);
  if (options.start) {
    loadPlan(routes, options.start);
    mend(routes);
  }
  const neighbours = newNeighbours(instance);
  const search: Search = {
    instance,
    routes,
    undo: newUndo(instance.vehicles),
    ruin: newRuin(neighbours),
    recreate: newRecreate(neighbours),
    absent: newAbsent(instance),
    absentBefore: newAbsent(instance),
    best: { routes: [], absent: new Int32Array(0), cost: Infinity, vehicles: 0 },
    rng: seeded(options.seed),
    way: 1,
    iterations: 0,
  };
  for (let s = 0; s < instance.shipments; s++) {
    if (routes.routeOf[instance.anchor[s]!]! < 0) search.absent.list[search.absent.count++] = s;
  }
  beginStep(search.undo);
  keepAsBest(search);
  recreate(search.recreate, routes, search.undo, search.absent, instance.vehicles, search.rng, false);
  if (totalCost(search) < search.best.cost) keepAsBest(search);
  else returnToBest(search);
  search.way = meanWay(routes);
  return search;
}

/** Makes `plan` the current solution, and the best, when it is better than that. Answers whether it is. */
export function adopt(search: Search, plan: Plan): boolean {
  const { routes, absent, instance, best } = search;
  clearRoutes(routes);
  loadPlan(routes, plan);
  mend(routes);
  absent.count = 0;
  for (let s = 0; s < instance.shipments; s++) {
    if (routes.routeOf[instance.anchor[s]!]! < 0) absent.list[absent.count++] = s;
  }
  const better = totalCost(search) < best.cost;
  if (better) keepAsBest(search);
  else returnToBest(search);
  return better;
}

/** Cost of the current solution by the objective, what is left out included. */
export function totalCost({ routes, absent, instance }: Search): number {
  let cost = instance.perVehicle * routes.usedCount;
  for (let k = 0; k < routes.usedCount; k++) cost += routes.cost[routes.used[k]!]!;
  return cost + penaltyOf(instance, absent);
}

export function penaltyOf({ penalty }: Instance, { list, count }: Absent): number {
  let cost = 0;
  for (let k = 0; k < count; k++) cost += penalty[list[k]!]!;
  return cost;
}

export function copyAbsent(from: Absent, to: Absent): void {
  for (let k = 0; k < from.count; k++) to.list[k] = from.list[k]!;
  to.count = from.count;
}

export function keepAsBest(search: Search): void {
  const { routes, absent, best, instance } = search;
  best.routes = Array.from({ length: instance.vehicles }, (_, v) =>
    routes.stops.slice(v * routes.width, v * routes.width + routes.length[v]!),
  );
  best.absent = absent.list.slice(0, absent.count);
  best.cost = totalCost(search);
  best.vehicles = routes.usedCount;
}

/** Makes the best solution the current one. */
export function returnToBest({ routes, absent, best }: Search): void {
  clearRoutes(routes);
  best.routes.forEach((nodes, v) => setRoute(routes, v, nodes));
  absent.list.set(best.absent);
  absent.count = best.absent.length;
}

/** Mean cost of a way in the current routes, lateness and fixed cost left out. */
function meanWay(routes: Routes): number {
  let cost = 0;
  let ways = 0;
  for (let k = 0; k < routes.usedCount; k++) {
    const base = routes.used[k]! * routes.width;
    const length = routes.length[routes.used[k]!]!;
    for (let slot = base; slot <= base + length; slot++) cost += routes.arc[slot]!;
    ways += length + 1;
  }
  return ways === 0 ? 1 : cost / ways;
}
