import type { Rng } from "../kernel/rng.ts";
import { emptyOf, newEmpties, orderFor, type Empties } from "./empties.ts";
import { deliveryOf, mayCarry, pickupOf, type Instance } from "./instance.ts";
import { neighboursOf, type Neighbours } from "./neighbours.ts";
import { enter } from "./place-by-walk.ts";
import { newPlaceSearch, type PlaceSearch } from "./delivery-detours.ts";
import { cheapestPlace } from "./place-search.ts";
import { place, setRoute, type Routes } from "./routes.ts";
import { tidy } from "./tidy.ts";
import type { Absent } from "./ruin.ts";
import { touch, type Undo } from "./undo.ts";

/** Share of routes that are overlooked for a shipment, so that the same ruin is not always healed the same way. */
const blink = 0.01;
/** The same for unused vehicles that differ: the best for the first shipment need not be the best for all. */
const emptyBlink = 0.02;
/**
 * Share of the times that a vehicle's fixed cost, or a shipment's penalty, is not looked at. Alone, a shipment may not be
 * worth a vehicle that two together are; one that is only ever placed when it pays would never bring the other.
 */
const boldShare = 0.1;
/** Share of placements in another gap of the chosen vehicle than the cheapest. */
const secondBest = 0.02;
/** With more routes than this, a shipment asks only those that visit one of so many neighbours of its stops. */
const manyRoutes = 20;
const nearStops = 40;
/** Cheapest places by shipment and vehicle, each kept until the route's version changes. */
export interface Recreate {
  readonly instance: Instance;
  readonly search: PlaceSearch;
  readonly mayCarry: Uint8Array;
  readonly cost: Float64Array;
  /** Of the route that `cost` was worked out for; its complement where `cost` is a lower bound and there is no place yet. */
  readonly version: Int32Array;
  readonly pickupGap: Int16Array;
  readonly deliveryGap: Int16Array;
  /** Places that need a break or a station are rare, so they are kept as whole routes; null: by the gaps alone. */
  readonly helped: (Int32Array | null)[];
  /** How far off a shipment is, and how far its windows are open: two of the orders to insert in. */
  readonly far: Float64Array;
  readonly open: Float64Array;
  readonly key: Float64Array;
  /** Scratch: vehicles whose place for the shipment at hand is not known. */
  readonly unknown: Int32Array;
  readonly neighbours: Neighbours;
  /** Scratch: vehicles that pass near the shipment at hand, and at which look each was seen last. */
  readonly near: Int32Array;
  readonly seenIn: Int32Array;
  look: number;
  readonly empties: Empties;
  /** This time the fixed cost of an unused vehicle is not looked at. */
  openFreely: boolean;
  blinks: boolean;
}

export function newRecreate(neighbours: Neighbours): Recreate {
  const { instance } = neighbours;
  const { shipments, vehicles } = instance;
  const pairs = shipments * vehicles;
  const carry = new Uint8Array(pairs);
  for (let s = 0; s < shipments; s++)
    for (let v = 0; v < vehicles; v++) carry[s * vehicles + v] = mayCarry(instance, s, v) ? 1 : 0;
  return {
    instance,
    search: newPlaceSearch(),
    mayCarry: carry,
    cost: new Float64Array(pairs),
    version: new Int32Array(pairs).fill(-1),
    pickupGap: new Int16Array(pairs),
    deliveryGap: new Int16Array(pairs),
    helped: instance.calls < instance.kind.length ? Array.from({ length: pairs }, () => null) : [],
    far: Float64Array.from({ length: shipments }, (_, s) => (vehicles > 0 ? farness(instance, s) : 0)),
    open: Float64Array.from({ length: shipments }, (_, s) => openness(instance, s)),
    key: new Float64Array(shipments),
    unknown: new Int32Array(vehicles),
    neighbours,
    near: new Int32Array(vehicles),
    seenIn: new Int32Array(vehicles),
    look: 0,
    empties: newEmpties(instance),
    openFreely: false,
    blinks: true,
  };
}

/** Seconds by the first vehicle: from the common start over both places, or between them where vehicles start apart. */
function farness(instance: Instance, s: number): number {
  const [from, to] = [instance.place[pickupOf(s)]!, instance.place[deliveryOf(s)]!];
  const start = instance.from[0] ?? -1;
  const together = instance.from.every((place) => place === start);
  const way = (a: number, b: number): number =>
    a < 0 || b < 0 ? 0 : instance.seconds[0]![a * instance.locations + b]!;
  return together && start >= 0 ? way(start, from) + way(start, to) : way(from, to);
}

const openness = ({ opens, closes }: Instance, s: number): number =>
  closes[pickupOf(s)]! - opens[pickupOf(s)]! + closes[deliveryOf(s)]! - opens[deliveryOf(s)]!;

/**
 * Places the absent shipments one after the other, each where it is cheapest, in at most `mostVehicles` vehicles; those
 * without a place, or dearer than their penalty, stay in `absent`, and so do the rest once it is stopped. Without `blinks`,
 * nothing but the order is left to chance.
 *
 * Once that costs `below` it is given up, and the answer is false: the caller takes the step back.
 */
export function recreate(
  recreate: Recreate,
  routes: Routes,
  undo: Undo,
  absent: Absent,
  mostVehicles: number,
  rng: Rng,
  below = Infinity,
  { blinks = true, isStopped }: { readonly blinks?: boolean; readonly isStopped?: () => boolean } = {},
): boolean {
  sortAbsent(recreate, absent, rng);
  recreate.empties.first.fill(0);
  recreate.blinks = blinks;
  recreate.openFreely = blinks && rng.next() < boldShare;
  const insist = blinks && rng.next() < boldShare;
  const { penalty, perVehicle, vehicles } = recreate.instance;
  let left = 0;
  let added = 0;
  for (let k = 0; k < absent.count; k++) {
    const shipment = absent.list[k]!;
    const v = isStopped?.() === true ? -1 : bestVehicle(recreate, routes, shipment, mostVehicles, rng);
    const pair = shipment * vehicles + v;
    if (v < 0 || (!insist && recreate.cost[pair]! > penalty[shipment]!)) {
      absent.list[left++] = shipment;
      continue;
    }
    touch(undo, routes, v);
    added -= routes.cost[v]! + perVehicle * routes.usedCount;
    if (!blinks || rng.next() >= secondBest || !placeElsewhere(recreate.search, routes, shipment, v, rng)) {
      const helped = recreate.helped[pair] ?? null;
      if (helped === null) place(routes, shipment, v, recreate.pickupGap[pair]!, recreate.deliveryGap[pair]!);
      else setRoute(routes, v, helped);
    }
    tidy(routes, v);
    added += routes.cost[v]! + perVehicle * routes.usedCount;
    if (added >= below) return false;
  }
  absent.count = left;
  return true;
}

/** Places the shipment in its vehicle, but with gaps overlooked; false when it finds no place so. */
function placeElsewhere(search: PlaceSearch, routes: Routes, shipment: number, v: number, rng: Rng): boolean {
  search.overlooking = rng;
  const found = cheapestPlace(search, routes, shipment, v) < Infinity;
  search.overlooking = null;
  if (found) enter(routes, shipment, v, search);
  return found;
}

function bestVehicle(recreate: Recreate, routes: Routes, shipment: number, mostVehicles: number, rng: Rng): number {
  const { usedCount } = routes;
  const few = usedCount <= manyRoutes;
  const near = few ? usedCount : nearRoutes(recreate, routes, shipment);
  let chosen = bestAmong(recreate, routes, shipment, few ? routes.used : recreate.near, near, rng);
  if (chosen < 0 && near < usedCount) chosen = bestAmong(recreate, routes, shipment, routes.used, usedCount, rng);
  if (usedCount >= mostVehicles) return chosen;
  return emptyUnder(recreate, routes, shipment, chosen, rng);
}

/** An unused vehicle for the shipment when one is cheaper than `chosen` (-1: none), else `chosen`. */
function emptyUnder(recreate: Recreate, routes: Routes, shipment: number, chosen: number, rng: Rng): number {
  const { instance, empties, openFreely, blinks } = recreate;
  const { vehicles, fixed } = instance;
  const { classes, least } = orderFor(empties, routes, shipment);
  let best = chosen < 0 ? Infinity : recreate.cost[shipment * vehicles + chosen]!;
  let found = chosen;
  let overlooked = blinks && empties.classes.length > 1 ? lookAwayAfter(rng, emptyBlink) : -1;
  for (let k = 0; k < classes.length; k++) {
    if (k === overlooked) {
      overlooked += 1 + lookAwayAfter(rng, emptyBlink);
      continue;
    }
    const c = classes[k]!;
    // Those behind cost more, unless it does not count what they cost.
    if (least[c]! >= best && !openFreely) return found;
    const v = emptyOf(empties, routes, c);
    if (v < 0) continue;
    const waived = openFreely ? fixed[v]! : 0;
    if (least[c]! - waived >= best) continue;
    const cost = costIn(recreate, routes, shipment, v, best + waived) - waived;
    // With fractions, a fixed cost added and taken away again may make a bound a hair smaller: that is no place yet.
    if (cost >= best || recreate.version[shipment * vehicles + v] !== routes.version[v]) continue;
    best = cost;
    found = v;
  }
  return found;
}

/** Writes the routes that pass near the shipment's stops into `near`, nearest first, and answers how many. */
function nearRoutes(recreate: Recreate, { routeOf }: Routes, shipment: number): number {
  const { neighbours, near, seenIn, instance } = recreate;
  const single = instance.single[shipment]!;
  const look = ++recreate.look;
  let count = 0;
  for (let side = 0; side < (single < 0 ? 2 : 1); side++) {
    const row = neighboursOf(neighbours, single < 0 ? 2 * shipment + side : single);
    for (let k = 0; k < nearStops && k < row.length; k++) {
      const v = routeOf[row[k]!]!;
      if (v < 0 || seenIn[v] === look) continue;
      seenIn[v] = look;
      near[count++] = v;
    }
  }
  return count;
}

/** The cheapest of `count` routes in use, some of them overlooked; -1: none. */
function bestAmong(
  recreate: Recreate,
  routes: Routes,
  shipment: number,
  among: Int32Array,
  count: number,
  rng: Rng,
): number {
  const { instance, unknown, blinks } = recreate;
  let best = Infinity;
  let chosen = -1;
  let overlooked = blinks ? lookAwayAfter(rng, blink) : -1;
  // First what is known: with a low bound from there, most of the rest is found wanting without a search to the end.
  let unknownCount = 0;
  for (let k = 0; k < count; k++) {
    if (k === overlooked) {
      overlooked += 1 + lookAwayAfter(rng, blink);
      continue;
    }
    const v = among[k]!;
    const pair = shipment * instance.vehicles + v;
    if (recreate.version[pair] !== routes.version[v]) {
      unknown[unknownCount++] = v;
    } else if (recreate.cost[pair]! < best) {
      best = recreate.cost[pair]!;
      chosen = v;
    }
  }
  for (let k = 0; k < unknownCount; k++) {
    const v = unknown[k]!;
    const cost = costIn(recreate, routes, shipment, v, best);
    if (cost < best) {
      best = cost;
      chosen = v;
    }
  }
  return chosen;
}

/** How many are looked at before one is overlooked: one draw for all, not one for each. */
const lookAwayAfter = (rng: Rng, share: number): number => Math.floor(Math.log(1 - rng.next()) / Math.log(1 - share));

/** The shipment's least cost in route `v`; when that is not under `below`, something between `below` and it. */
function costIn(recreate: Recreate, routes: Routes, shipment: number, v: number, below: number): number {
  const pair = shipment * recreate.instance.vehicles + v;
  const version = routes.version[v]!;
  const seen = recreate.version[pair]!;
  if (seen === version || (seen === ~version && recreate.cost[pair]! >= below)) return recreate.cost[pair]!;
  const allowed = recreate.mayCarry[pair] === 1;
  const cost = allowed ? cheapestPlace(recreate.search, routes, shipment, v, below) : Infinity;
  recreate.cost[pair] = cost;
  recreate.version[pair] = cost < below || cost === Infinity ? version : ~version;
  if (cost >= below) return cost;
  recreate.pickupGap[pair] = recreate.search.pickupGap;
  recreate.deliveryGap[pair] = recreate.search.deliveryGap;
  if (recreate.helped.length > 0) recreate.helped[pair] = recreate.search.route;
  return cost;
}

/** Orders the absent by one of six keys: by chance, heaviest, farthest, nearest, tightest or soonest due first; half of the times what is on board before all. */
function sortAbsent({ instance, key, far, open }: Recreate, absent: Absent, rng: Rng): void {
  const { list, count } = absent;
  const { load, dimensions, closes, bound, anchor } = instance;
  const by = rng.below(15);
  const boundFirst = instance.anyBound && rng.next() < 0.5;
  for (let k = 0; k < count; k++) {
    const s = list[k]!;
    if (boundFirst && bound[s]! >= 0) key[s] = -Infinity;
    else if (by < 4) key[s] = rng.next();
    else if (by < 8) key[s] = dimensions > 0 ? -load[s * dimensions]! : 0;
    else if (by < 10) key[s] = -far[s]!;
    else if (by < 11) key[s] = far[s]!;
    else if (by < 13) key[s] = open[s]!;
    else key[s] = closes[anchor[s]!]!;
  }
  if (count > 60) list.subarray(0, count).sort((a, b) => key[a]! - key[b]!);
  else insertionSort(list, count, key);
}

/** For a dozen numbers, quicker than a call into the engine. */
function insertionSort(list: Int32Array, count: number, key: Float64Array): void {
  for (let k = 1; k < count; k++) {
    const item = list[k]!;
    const value = key[item]!;
    let to = k;
    for (; to > 0 && key[list[to - 1]!]! > value; to--) list[to] = list[to - 1]!;
    list[to] = item;
  }
}
