import type { Rng } from "../kernel/rng.ts";
import { shipmentOf } from "./instance.ts";
import { culprit, holds } from "./mend.ts";
import { neighboursOf, type Neighbours } from "./neighbours.ts";
import { goOn, type Routes } from "./routes.ts";
import { touch, type Undo } from "./undo.ts";

/** Share of exchanges of whole routes; the others cut both between stops that are near each other. */
const wholeShare = 0.5;
/** Share of the routes for an unused vehicle that it takes over from some stop on, not as a whole. */
const splitShare = 0.5;
/** Among how many neighbours of a stop the one to go on with is drawn. */
const nearStops = 30;

/**
 * Lets two vehicles exchange what they do from some stop on, where the cuts leave nothing on board. Cut before the first
 * stop they exchange their routes, or an unused vehicle takes one over: what ruining strings hardly ever brings about,
 * because each shipment by itself goes to where the others still are.
 *
 * Not for vehicles with breaks or stations: those are put where one vehicle needs them, not where another did.
 *
 * Answers whether both routes hold and cost less than `below` more. Either way the caller decides, and takes back.
 *
 * Source: 2-opt* of Potvin & Rousseau, "An Exchange Heuristic for Routeing Problems with Time Windows", Journal of the
 * Operational Research Society 46(12), 1995.
 */
export function exchangeTails(routes: Routes, undo: Undo, neighbours: Neighbours, below: number, rng: Rng): boolean {
  if (routes.usedCount === 0 || neighbours.nodes.length === 0) return false;
  const exchanged = rng.next() < wholeShare ? wholes(routes, undo, rng) : tails(routes, undo, neighbours, rng);
  if (exchanged === null) return false;
  const { v, w, change } = exchanged;
  if (change >= below || !holds(routes, v) || !holds(routes, w)) return false;
  return culprit(routes, v) < 0 && culprit(routes, w) < 0;
}

/** Which routes have been exchanged, and what that costs; null: none was. */
type Exchanged = { readonly v: number; readonly w: number; readonly change: number } | null;

/** A route for a route, or a part of one for an unused vehicle. */
function wholes(routes: Routes, undo: Undo, rng: Rng): Exchanged {
  const { frozen, vehicles } = routes.instance;
  const { length } = routes;
  const v = routes.used[rng.below(routes.usedCount)]!;
  const w = rng.below(vehicles);
  const splits = length[w] === frozen[w] && rng.next() < splitShare;
  const i = frozen[v]! + (splits ? rng.below(length[v]! - frozen[v]! + 1) : 0);
  return exchange(routes, undo, v, i, w, frozen[w]!);
}

/** After a stop, its vehicle goes on with what another does from a near stop on. */
function tails(routes: Routes, undo: Undo, neighbours: Neighbours, rng: Rng): Exchanged {
  const { instance, routeOf, positionOf, departs, width } = routes;
  const { seconds, place, locations, closes } = instance;
  const node = neighbours.nodes[rng.below(neighbours.nodes.length)]!;
  const row = neighboursOf(neighbours, node);
  const next = row[rng.below(Math.min(nearStops, row.length))]!;
  const [v, w] = [routeOf[node]!, routeOf[next]!];
  if (v < 0 || w < 0) return null;
  const way = seconds[v]![place[node]! * locations + place[next]!]!;
  if (departs[v * width + positionOf[node]!]! + way > closes[next]!) return null;
  return exchange(routes, undo, v, positionOf[node]! + 1, w, positionOf[next]!);
}

/** What `v` does from position `i` on and `w` from position `j` on. */
function exchange(routes: Routes, undo: Undo, v: number, i: number, w: number, j: number): Exchanged {
  const { instance, length, cost } = routes;
  const { frozen } = instance;
  if (v === w || i < frozen[v]! || j < frozen[w]!) return null;
  if (!isClean(routes, v, i) || !isClean(routes, w, j)) return null;
  const before = cost[v]! + cost[w]!;
  touch(undo, routes, v);
  touch(undo, routes, w);
  const [mine, theirs] = [length[v]! - i, length[w]! - j];
  goOn(routes, v, i, undo.stops, w * undo.width + j, theirs);
  goOn(routes, w, j, undo.stops, v * undo.width + i, mine);
  return { v, w, change: cost[v]! + cost[w]! - before };
}

/** Whether no pair of route `v` stands on both sides of position `i`. */
function isClean({ instance, stops, width, routeOf, positionOf }: Routes, v: number, i: number): boolean {
  for (let slot = v * width, end = slot + i; slot < end; slot++) {
    const node = stops[slot]!;
    const isPickup = (node & 1) === 0 && instance.single[shipmentOf(node)] !== node;
    if (isPickup && routeOf[node + 1] === v && positionOf[node + 1]! >= i) return false;
  }
  return true;
}
