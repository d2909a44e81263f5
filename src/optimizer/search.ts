import { seeded, type Rng } from "../kernel/rng.ts";
import { compile, type Instance } from "./instance.ts";
import { loadPlan } from "./load-plan.ts";
import { mend } from "./mend.ts";
import { newNeighbours } from "./neighbours.ts";
import { recombine } from "./recombine.ts";
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
export function openSearch(problem: Problem, options: Omit<SolveOptions, "budget">): Search {
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
  countAbsent(search);
  beginStep(search.undo);
  keepAsBest(search);
  recreate(search.recreate, routes, search.undo, search.absent, instance.vehicles, search.rng, Infinity, {
    blinks: false,
    ...options,
  });
  if (totalCost(search) < search.best.cost) keepAsBest(search);
  else returnToBest(search);
  search.way = meanWay(routes);
  return search;
}

/**
 * Makes what is better in `plan` part of the best solution, and that the current one. Answers whether anything was better;
 * else all is as before.
 */
export function adopt(search: Search, plan: Plan): boolean {
  const { routes, best } = search;
  const current = snapshot(search);
  clearRoutes(routes);
  loadPlan(routes, plan);
  mend(routes);
  recombine(routes, best.routes);
  countAbsent(search);
  const better = totalCost(search) < best.cost - 1e-7;
  if (better) keepAsBest(search);
  else restore(search, current);
  return better;
}

/** Notes which shipments are in no route. */
function countAbsent({ routes: { routeOf }, instance: { anchor, shipments }, absent }: Search): void {
  absent.count = 0;
  for (let s = 0; s < shipments; s++) if (routeOf[anchor[s]!]! < 0) absent.list[absent.count++] = s;
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

function snapshot(search: Search): Snapshot {
  const { routes, absent, instance } = search;
  return {
    routes: Array.from({ length: instance.vehicles }, (_, v) =>
      routes.stops.slice(v * routes.width, v * routes.width + routes.length[v]!),
    ),
    absent: absent.list.slice(0, absent.count),
    cost: totalCost(search),
    vehicles: routes.usedCount,
  };
}

function restore({ routes, absent }: Search, from: Snapshot): void {
  clearRoutes(routes);
  from.routes.forEach((nodes, v) => setRoute(routes, v, nodes));
  absent.list.set(from.absent);
  absent.count = from.absent.length;
}

export const keepAsBest = (search: Search): unknown => Object.assign(search.best, snapshot(search));

/** Makes the best solution the current one. */
export const returnToBest = (search: Search): void => restore(search, search.best);

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
