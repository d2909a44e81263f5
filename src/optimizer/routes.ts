import {
  deliveryOf,
  lastOpening,
  nodeOf,
  opening,
  pickupOf,
  priceToTake,
  shipmentOf,
  type Instance,
} from "./instance.ts";
import { measureSpans, newSpans, type Spans } from "./spans.ts";
import { termsOf, type Terms } from "./terms/index.ts";
import { newWalk, walkRoute, type Observer, type Walk } from "./walk.ts";

/**
 * The routes of all vehicles, as slices of parallel arrays: vehicle `v` has its stops at `v * width` and on. Everything
 * that an insertion must know to judge a place in constant time is kept beside the stops and made anew by `rebuild`.
 */
export interface Routes extends Spans {
  readonly instance: Instance;
  readonly terms: Terms;
  /** For those who walk a route; holds nothing between two of them. */
  readonly walk: Walk;
  /** Slots of a slice; one more than the stops it can hold, for the way to the end. Grows when a route needs it. */
  width: number;
  /** Nodes in order. */
  stops: Int32Array;
  /** Where they are. */
  at: Int32Array;
  /** Seconds and cost of the way to each; in slot `length` those of the way to the end. */
  drive: Float64Array;
  arc: Float64Array;
  /** When service begins; when it is over, however early the vehicle leaves. */
  begins: Float64Array;
  departs: Float64Array;
  /** The latest arrival with which all that follows still holds. */
  latest: Float64Array;
  /** On board after each stop; `load` the first dimension, `loads` all. */
  load: Float64Array;
  loads: Float64Array;
  /** Cost of lateness up to and including each stop. */
  late: Float64Array;
  /** Cost of each second by which the arrival is later, at this stop and at those behind that are pushed with it: no less. */
  urgency: Float64Array;

  // by vehicle
  readonly length: Int32Array;
  /** On board when it sets off, by dimension. */
  readonly start: Float64Array;
  /** All that the route costs. */
  readonly cost: Float64Array;
  /** What is too much in it, where it had to be walked to know; else 0. */
  readonly broken: Float64Array;
  /** Changes with the route, so that what was computed for a version can be kept. */
  readonly version: Int32Array;

  // by node
  /** Vehicle that visits it, -1 when none does, and the position there. */
  readonly routeOf: Int32Array;
  readonly positionOf: Int32Array;

  /** Vehicles in use, densely, and where each stands in that list (-1: unused). */
  readonly used: Int32Array;
  readonly usedAt: Int32Array;
  usedCount: number;
  stamp: number;
}

const widths = (width: number, instance: Instance, { anySpanned }: Terms) => {
  const size = width * instance.vehicles;
  const float = (): Float64Array => new Float64Array(size);
  return {
    stops: new Int32Array(size),
    at: new Int32Array(size),
    drive: float(),
    arc: float(),
    begins: float(),
    departs: float(),
    latest: float(),
    load: float(),
    loads: new Float64Array(size * instance.dimensions),
    late: float(),
    urgency: float(),
    ...newSpans(anySpanned ? size : 0),
  };
};

/** Routes with nothing but the frozen stops in them. */
export function openRoutes(instance: Instance): Routes {
  const { vehicles, problem } = instance;
  const longest = problem.vehicles.reduce((most, v) => Math.max(most, v.frozen.length), 0);
  const width = longest + 24;
  const terms = termsOf(instance);
  const routes: Routes = {
    instance,
    terms,
    walk: newWalk(instance, terms.byVehicle),
    width,
    ...widths(width, instance, terms),
    length: new Int32Array(vehicles),
    start: Float64Array.from(instance.aboard),
    cost: new Float64Array(vehicles),
    broken: new Float64Array(vehicles),
    version: new Int32Array(vehicles),
    routeOf: new Int32Array(instance.kind.length).fill(-1),
    positionOf: new Int32Array(instance.kind.length),
    used: new Int32Array(vehicles),
    usedAt: new Int32Array(vehicles).fill(-1),
    usedCount: 0,
    stamp: 0,
  };
  clearRoutes(routes);
  return routes;
}

/** Every vehicle with its frozen stops alone. */
export function clearRoutes(routes: Routes): void {
  const { instance } = routes;
  routes.routeOf.fill(-1);
  for (let v = 0; v < instance.vehicles; v++) {
    const { frozen } = instance.problem.vehicles[v]!;
    const nodes = frozen.map((stop) => nodeOf(instance, v, stop));
    setRoute(routes, v, nodes);
  }
}

/** Makes `nodes` the route of `v`. What the route held before must have been given up by the caller. */
export function setRoute(routes: Routes, v: number, nodes: ArrayLike<number>): void {
  reserve(routes, nodes.length);
  routes.stops.set(nodes, v * routes.width);
  routes.length[v] = nodes.length;
  rebuild(routes, v);
}

/** As `setRoute`: the first `kept` stops of route `v`, then `count` of `nodes`, from `from` on. */
export function goOn(routes: Routes, v: number, kept: number, nodes: Int32Array, from: number, count: number): void {
  reserve(routes, kept + count);
  const slot = v * routes.width + kept;
  for (let k = 0; k < count; k++) routes.stops[slot + k] = nodes[from + k]!;
  routes.length[v] = kept + count;
  rebuild(routes, v);
}

/** Makes room for a route of `length` stops. */
function reserve(routes: Routes, length: number): void {
  if (length < routes.width) return;
  const old = { ...routes };
  const width = Math.max(length + 1, routes.width * 2);
  Object.assign(routes, widths(width, routes.instance, routes.terms), { width });
  for (let v = 0; v < routes.instance.vehicles; v++) {
    routes.stops.set(old.stops.subarray(v * old.width, v * old.width + routes.length[v]!), v * width);
    rebuild(routes, v, routes.version[v]);
  }
}

/** Recomputes what is kept beside the stops of `v`, in one walk there and one back. */
export function rebuild(routes: Routes, v: number, version = ++routes.stamp): void {
  const { terms } = routes;
  if (terms.bent[v] === 0) {
    forward(routes, v);
    backward(routes, v);
  }
  if (terms.judged[v] === 1) lookAt(routes, v);
  else if (terms.spanned[v] === 1) measureSpans(routes, v);
  routes.version[v] = version;
  markUse(routes, v);
}

function forward(routes: Routes, v: number): void {
  const { instance, width, stops, at, drive, arc, begins, departs, load, loads, late, routeOf, positionOf } = routes;
  const { place, opens, service, due, lateCost, gaps, soft, dimensions, locations, anyHeld, anchor } = instance;
  const seconds = instance.seconds[v]!;
  const price = instance.price[v]!;
  const price2 = instance.price2[v]!;
  const factor = instance.factor[v]!;
  const factor2 = instance.factor2[v]!;
  const base = v * width;
  const length = routes.length[v]!;
  let t = instance.leaves[v]!;
  let previous = instance.from[v]!;
  let travel = 0;
  let lateness = 0;
  let held = 0;
  if (instance.anyDepot) loadStart(routes, v);
  let onBoard = dimensions > 0 ? routes.start[v * dimensions]! : 0;
  for (let k = 0; k <= length; k++) {
    const slot = base + k;
    const node = k < length ? stops[slot]! : -1;
    const here = node < 0 ? instance.to[v]! : place[node]!;
    const way = previous * locations + here;
    const none = previous < 0 || here < 0 || length === 0;
    const cost = none ? 0 : factor * price[way]! + (factor2 === 0 ? 0 : factor2 * price2[way]!);
    drive[slot] = none ? 0 : seconds[way]!;
    arc[slot] = cost;
    travel += cost;
    if (node < 0) break;
    t += drive[slot];
    if (t < opens[node]!) t = opens[node]!;
    else if (gaps) t = opening(instance, node, t);
    begins[slot] = t;
    if (soft && t > due[node]!) lateness += (t - due[node]!) * lateCost[node]!;
    late[slot] = lateness;
    t += service[node]!;
    departs[slot] = t;
    if (dimensions > 0) {
      const amount = instance.load[shipmentOf(node) * dimensions]!;
      onBoard += (node & 1) === 0 ? amount : -amount;
      load[slot] = onBoard;
      if (dimensions > 1) moreLoads(routes, v, k, node, loads);
    }
    if (anyHeld && anchor[shipmentOf(node)] === node) held += priceToTake(instance, shipmentOf(node), v);
    at[slot] = here;
    routeOf[node] = v;
    positionOf[node] = k;
    previous = here;
  }
  routes.cost[v] = travel + lateness + held + (length > 0 ? instance.fixed[v]! : 0);
}

/** What is on board when the vehicle sets off, with what the depot gives. */
function loadStart({ instance, length, width, stops, start }: Routes, v: number): void {
  const { dimensions, aboard, depot, load } = instance;
  for (let d = 0; d < dimensions; d++) start[v * dimensions + d] = aboard[v * dimensions + d]!;
  for (let slot = v * width, end = slot + length[v]!; slot < end; slot++) {
    const shipment = shipmentOf(stops[slot]!);
    if (depot[shipment] !== 1) continue;
    for (let d = 0; d < dimensions; d++) start[v * dimensions + d]! += load[shipment * dimensions + d]!;
  }
}

function moreLoads(routes: Routes, v: number, k: number, node: number, loads: Float64Array): void {
  const { instance, start } = routes;
  const { dimensions, load } = instance;
  const slot = (v * routes.width + k) * dimensions;
  const sign = (node & 1) === 0 ? 1 : -1;
  const amounts = shipmentOf(node) * dimensions;
  for (let d = 0; d < dimensions; d++) {
    const before = k === 0 ? start[v * dimensions + d]! : loads[slot - dimensions + d]!;
    loads[slot + d] = before + sign * load[amounts + d]!;
  }
}

function backward(routes: Routes, v: number): void {
  const { instance, stops, drive, latest, begins, departs, urgency } = routes;
  const { closes, service, gaps, soft, due, lateCost } = instance;
  const base = v * routes.width;
  let limit = instance.returns[v]!;
  let pressing = 0;
  for (let slot = base + routes.length[v]! - 1; slot >= base; slot--) {
    const node = stops[slot]!;
    limit -= drive[slot + 1]! + service[node]!;
    if (limit > closes[node]!) limit = closes[node]!;
    else if (gaps) limit = lastOpening(instance, node, limit);
    latest[slot] = limit;
    if (!soft) continue;
    if (begins[slot]! >= due[node]!) pressing += lateCost[node]!;
    const arrival = (slot > base ? departs[slot - 1]! : instance.leaves[v]!) + drive[slot]!;
    // Who waits here for the opening pushes nobody behind, at first.
    if (arrival < begins[slot]!) pressing = 0;
    urgency[slot] = pressing;
  }
}

/** Walks the route and keeps what it costs and what is too much in it; where a term bends the times, those as well. */
function lookAt(routes: Routes, v: number): void {
  const { walk, stops, width, length } = routes;
  loadWalk(routes, v);
  for (let slot = v * width, k = 0; k < length[v]!; slot++, k++) {
    const node = (walk.nodes[k] = stops[slot]!);
    routes.routeOf[node] = v;
    routes.positionOf[node] = k;
  }
  walk.length = length[v]!;
  keeper.routes = routes;
  routes.cost[v] = walkRoute(walk, Infinity, keeper);
  routes.broken[v] = walk.broken;
}

/** Stops that a shipment may bring beside what is in the route: its own two, and the helpers that it needs. */
const spare = 16;

/** Makes the walk ready for a route of `v` that is a few stops longer than now. */
export function loadWalk(routes: Routes, v: number): void {
  const { walk } = routes;
  walk.v = v;
  if (walk.nodes.length < routes.width + spare) walk.nodes = new Int32Array(routes.width * 2 + spare);
}

const keeper: Observer & { routes: Routes | null } = {
  routes: null,
  stop(walk) {
    const routes = this.routes!;
    if (walk.node < 0 || routes.terms.bent[walk.v] === 0) return;
    const slot = walk.v * routes.width + walk.k;
    routes.at[slot] = walk.here;
    routes.begins[slot] = walk.begins;
    // Who leaves as late as it can would leave earlier for one more stop: what is kept is the earliest.
    routes.departs[slot] = walk.departs - (walk.begin - routes.instance.leaves[walk.v]!);
    const { dimensions } = routes.instance;
    for (let d = 0; d < dimensions; d++) routes.loads[slot * dimensions + d] = walk.load[d]!;
    if (dimensions > 0) routes.load[slot] = walk.load[0]!;
  },
};

function markUse(routes: Routes, v: number): void {
  const { used, usedAt } = routes;
  const where = usedAt[v]!;
  if (routes.length[v]! > 0 === where >= 0) return;
  if (where < 0) {
    usedAt[v] = routes.usedCount;
    used[routes.usedCount++] = v;
    return;
  }
  const last = used[--routes.usedCount]!;
  used[where] = last;
  usedAt[last] = where;
  usedAt[v] = -1;
}

/**
 * Puts the shipment's delivery into gap `j` and its pickup into gap `i` of the route as it is now (`i` ≤ `j`); -1 for the
 * one that is not placed.
 */
export function place(routes: Routes, shipment: number, v: number, i: number, j: number): void {
  const length = routes.length[v]!;
  const added = i < 0 || j < 0 ? 1 : 2;
  reserve(routes, length + added);
  const { stops } = routes;
  const base = v * routes.width;
  const last = j < 0 ? i : j;
  stops.copyWithin(base + last + added, base + last, base + length);
  stops[base + last + added - 1] = j < 0 ? pickupOf(shipment) : deliveryOf(shipment);
  if (added === 2) {
    stops.copyWithin(base + i + 1, base + i, base + j);
    stops[base + i] = pickupOf(shipment);
  }
  routes.length[v] = length + added;
  rebuild(routes, v);
}
