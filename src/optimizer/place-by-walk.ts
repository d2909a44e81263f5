import { kinds } from "./compile-nodes.ts";
import { deliveryOf, pickupOf } from "./instance.ts";
import { loadWalk, place, setRoute, type Routes } from "./routes.ts";
import { walkRoute, type Walk } from "./walk.ts";

/** Places in a route, as the gaps they are in; -1 for what is not placed. */
export interface Gaps {
  pickupGap: number;
  deliveryGap: number;
  /** The whole route as it will be, where breaks or stations make the place possible; null: the gaps say it all. */
  route: Int32Array | null;
}

/** What `shipment` in gaps `i` and `j` adds to the cost of route `v`, found by walking; Infinity when it does not hold. */
export function walkedCost(routes: Routes, shipment: number, v: number, i: number, j: number, below: number): number {
  const before = routes.cost[v]!;
  compose(routes, shipment, v, i, j, -1);
  return walkRoute(routes.walk, before + below) - before;
}

/** Writes the route of `v`, without its stop `left` (-1: with all), and with the shipment in gaps `i` and `j`, into the walk. */
export function compose(routes: Routes, shipment: number, v: number, i: number, j: number, left: number): void {
  const { walk, stops, width, length } = routes;
  loadWalk(routes, v);
  const { nodes } = walk;
  const base = v * width;
  let n = 0;
  for (let k = 0; k <= length[v]!; k++) {
    if (k === i) nodes[n++] = pickupOf(shipment);
    if (k === j) nodes[n++] = deliveryOf(shipment);
    if (k < length[v]! && k !== left) nodes[n++] = stops[base + k]!;
  }
  walk.length = n;
}

/**
 * The least cost that `shipment` adds to route `v` when that is under `below`, else Infinity: every pair of gaps is walked,
 * and when none holds, every one with a break moved, with a break or a station more, or with all breaks that are missing.
 */
export function cheapestByWalk(gaps: Gaps, routes: Routes, shipment: number, v: number, below: number): number {
  const best = eachPair(routes, shipment, v, below, (i, j, limit) => {
    const added = walkedCost(routes, shipment, v, i, j, limit);
    if (added < limit) {
      gaps.pickupGap = i;
      gaps.deliveryGap = j;
    }
    return added;
  });
  if (best < below) return best;
  return withHelper(gaps, routes, shipment, v, below);
}

/**
 * Calls `attempt` for each pair of gaps that may hold, with the best so far, and answers the least that it answered. Gaps
 * that come too late whatever the ways are left out, and so are those behind a stop that failed already.
 */
function eachPair(
  { instance, departs, width, length, walk }: Routes,
  shipment: number,
  v: number,
  below: number,
  attempt: (i: number, j: number, limit: number) => number,
): number {
  const { single, frozen, closes } = instance;
  const only = single[shipment]!;
  const [pickup, delivery] = [pickupOf(shipment), deliveryOf(shipment)];
  const base = v * width;
  let best = below;
  for (let i = frozen[v]!; i <= length[v]!; i++) {
    const t = i > 0 ? departs[base + i - 1]! : instance.leaves[v]!;
    if (only >= 0) {
      if (t > closes[only]!) break;
      const isPickup = only === pickup;
      best = Math.min(best, attempt(isPickup ? i : -1, isPickup ? -1 : i, best));
      continue;
    }
    if (t > closes[pickup]!) break;
    for (let j = i; j <= length[v]!; j++) {
      if (j > i && departs[base + j - 1]! > closes[delivery]!) break;
      const added = attempt(i, j, best);
      if (added < best) best = added;
      else if (walk.k <= j) break;
    }
  }
  return best;
}

/** Every pair of gaps for the shipment in route `v`, -1 for what is not placed. */
export function gapPairs({ instance, length }: Routes, shipment: number, v: number): [number, number][] {
  const only = instance.single[shipment]!;
  const pairs: [number, number][] = [];
  for (let i = instance.frozen[v]!; i <= length[v]!; i++) {
    if (only >= 0) pairs.push(only === pickupOf(shipment) ? [i, -1] : [-1, i]);
    else for (let j = i; j <= length[v]!; j++) pairs.push([i, j]);
  }
  return pairs;
}

/** As `cheapestByWalk`, with helpers put in wherever they help most, whether or not the shipment fits without. */
export function withHelper(gaps: Gaps, routes: Routes, shipment: number, v: number, below: number): number {
  const { instance, walk, cost } = routes;
  let best = below;
  for (const { set, moved } of helperSets(routes, v)) {
    best = eachPair(routes, shipment, v, best, (i, j, limit) => {
      let least = limit;
      compose(routes, shipment, v, i, j, moved);
      slipEach(walk, set, 0, instance.frozen[v]!, () => {
        const added = walkRoute(walk, cost[v]! + least) - cost[v]!;
        if (added >= least) return;
        least = added;
        gaps.route = walk.nodes.slice(0, walk.length);
      });
      // Whatever stopped the last walk says nothing about the gaps behind.
      walk.k = Infinity;
      return least;
    });
  }
  return best;
}

/** What may be slipped in: all breaks that are missing at once, by when they must begin, or one helper; `moved`: where that one is until now, else -1. */
export function helperSets(routes: Routes, v: number): { readonly set: readonly number[]; readonly moved: number }[] {
  const { instance, positionOf, routeOf } = routes;
  const isRest = (node: number): boolean => instance.kind[node] === kinds.rest;
  const helpers = helpersOf(routes, v);
  const missing = helpers
    .filter((node) => isRest(node) && routeOf[node] !== v)
    .toSorted((a, b) => instance.closes[a]! - instance.closes[b]!);
  const sets = missing.length > 1 ? [missing, ...helpers.map((node) => [node])] : helpers.map((node) => [node]);
  return sets
    .map((set) => ({ set, moved: isRest(set[0]!) && routeOf[set[0]!] === v ? positionOf[set[0]!]! : -1 }))
    .filter(({ moved }) => moved < 0 || moved >= instance.frozen[v]!);
}

/** The helpers from the `n`th on, in their order, each in every gap of the walk from `from` on: `look` sees every such route. */
export function slipEach(walk: Walk, helpers: readonly number[], n: number, from: number, look: () => void): void {
  if (n === helpers.length) return look();
  for (let at = from; at <= walk.length; at++) {
    slipIn(walk, helpers[n]!, at);
    slipEach(walk, helpers, n + 1, at + 1, look);
    slipOut(walk, at);
  }
}

/** Puts the shipment where `gaps` says, helpers and all. */
export function enter(routes: Routes, shipment: number, v: number, gaps: Readonly<Gaps>): void {
  if (gaps.route === null) place(routes, shipment, v, gaps.pickupGap, gaps.deliveryGap);
  else setRoute(routes, v, gaps.route);
}

function slipOut(walk: Walk, at: number): void {
  walk.nodes.copyWithin(at, at + 1, walk.length);
  walk.length--;
}

function slipIn(walk: Walk, node: number, at: number): void {
  walk.nodes.copyWithin(at + 1, at, walk.length);
  walk.nodes[at] = node;
  walk.length++;
}

/** The breaks of `v` and the stations that it may use, as nodes. */
function helpersOf({ instance }: Routes, v: number): number[] {
  const { calls, kind, helper, helperOf, problem } = instance;
  const { stations = [], energy } = problem.vehicles[v]!;
  const found: number[] = [];
  for (let node = calls; node < kind.length; node++) {
    if (helperOf[node]! >= 0 ? helperOf[node] === v : stations.includes(helper[node]!)) {
      if (kind[node] !== kinds.charge || (energy?.store ?? null) !== null) found.push(node);
    }
  }
  return found;
}
