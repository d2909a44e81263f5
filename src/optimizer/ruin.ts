import type { Rng } from "../kernel/rng.ts";
import { shipmentOf } from "./instance.ts";
import { culprit, holds } from "./mend.ts";
import { neighboursOf, type Neighbours } from "./neighbours.ts";
import type { Routes } from "./routes.ts";
import { takeOut } from "./take-out.ts";
import { tidy } from "./tidy.ts";
import { touch, type Undo } from "./undo.ts";

/** Mean number of stops taken out, and the longest string; the values of the paper. */
const meanRemoved = 10;
const longestString = 10;
/** How often a string is taken with a gap left standing in it, and how often that gap grows no more. */
const splitShare = 0.5;
const splitStop = 0.5;

/** Shipments that are in no route: a list with its length, and a mark for each. */
export interface Absent {
  readonly list: Int32Array;
  count: number;
}

export interface Ruin {
  readonly neighbours: Neighbours;
  readonly leaving: Uint8Array;
  readonly routeSeen: Int32Array;
  epoch: number;
}

export const newRuin = (neighbours: Neighbours): Ruin => ({
  neighbours,
  leaving: new Uint8Array(neighbours.instance.shipments),
  routeSeen: new Int32Array(neighbours.instance.vehicles),
  epoch: 0,
});

/**
 * Takes strings of neighbouring stops out of routes that pass near `seed`, and adds their shipments to `absent`.
 *
 * Source: adjacent string removal, Christiaens & Vanden Berghe, "Slack Induction by String Removals for Vehicle Routing
 * Problems", Transportation Science 2020, doi 10.1287/trsc.2019.0914.
 */
export function ruin(ruin: Ruin, routes: Routes, undo: Undo, absent: Absent, seed: number, rng: Rng): void {
  const { nodes } = ruin.neighbours;
  if (routes.usedCount === 0 || nodes.length === 0) return;
  const here = 1 - absent.count / routes.instance.shipments;
  const meanLength = (nodes.length * here) / routes.usedCount;
  const cap = Math.min(longestString, meanLength);
  const strings = Math.floor(rng.next() * ((4 * meanRemoved) / (1 + cap) - 1) + 1);
  const row = neighboursOf(ruin.neighbours, seed);
  const before = absent.count;
  ruin.epoch++;
  for (let k = 0, taken = 0; k < row.length && taken < strings; k++) {
    const node = row[k]!;
    const v = routes.routeOf[node]!;
    if (v < 0 || ruin.leaving[shipmentOf(node)] === 1 || ruin.routeSeen[v] === ruin.epoch) continue;
    ruin.routeSeen[v] = ruin.epoch;
    taken++;
    markString(ruin, routes, v, routes.positionOf[node]!, cap, absent, rng);
  }
  removeMarked(ruin, routes, undo, absent, before);
}

/** Any stop. */
export const anySeed = ({ neighbours: { nodes } }: Ruin, rng: Rng): number => nodes[rng.below(nodes.length)]!;

/** A stop of one of the absent, so that room is made where they would be served. */
export function absentSeed({ neighbours: { instance } }: Ruin, { list, count }: Absent, rng: Rng): number {
  const shipment = list[rng.below(count)]!;
  const single = instance.single[shipment]!;
  return single >= 0 ? single : 2 * shipment + rng.below(2);
}

function markString(
  ruin: Ruin,
  routes: Routes,
  v: number,
  position: number,
  cap: number,
  absent: Absent,
  rng: Rng,
): void {
  const first = routes.instance.frozen[v]!;
  const length = routes.length[v]!;
  const free = length - first;
  const size = Math.min(free, Math.floor(rng.next() * Math.min(free, cap) + 1));
  let kept = 0;
  if (size > 1 && size < free && rng.next() < splitShare) {
    do kept++;
    while (size + kept < free && rng.next() >= splitStop);
  }
  const span = size + kept;
  const low = Math.max(first, position - span + 1);
  const high = Math.min(position, length - span);
  const start = low + rng.below(high - low + 1);
  const skipFrom = kept > 0 ? start + 1 + rng.below(size - 1) : -1;
  for (let k = start; k < start + span; k++) {
    if (kept > 0 && k >= skipFrom && k < skipFrom + kept) continue;
    const node = routes.stops[v * routes.width + k]!;
    if (node >= routes.instance.calls) continue;
    const shipment = shipmentOf(node);
    if (ruin.leaving[shipment] === 1 || routes.instance.movable[shipment] === 0) continue;
    ruin.leaving[shipment] = 1;
    absent.list[absent.count++] = shipment;
  }
}

function removeMarked(ruin: Ruin, routes: Routes, undo: Undo, absent: Absent, before: number): void {
  for (let k = before; k < absent.count; k++) {
    const v = routes.routeOf[routes.instance.anchor[absent.list[k]!]!]!;
    if (v < 0) continue;
    touch(undo, routes, v);
    takeOut(routes, v, ruin.leaving);
    if (!holds(routes, v)) shed(ruin, routes, v, absent);
    tidy(routes, v);
  }
  for (let k = before; k < absent.count; k++) ruin.leaving[absent.list[k]!] = 0;
}

/**
 * Takes out what no longer holds. It happens where goods would stay on board longer than planned, and where rounded
 * travel times make the direct way a second longer than the one over a stop.
 */
function shed(ruin: Ruin, routes: Routes, v: number, absent: Absent): void {
  for (let shipment = culprit(routes, v); shipment >= 0; shipment = culprit(routes, v)) {
    ruin.leaving[shipment] = 1;
    absent.list[absent.count++] = shipment;
    takeOut(routes, v, ruin.leaving);
  }
}

/** Takes all movable shipments out of route `v`. */
export function emptyRoute(ruin: Ruin, routes: Routes, v: number, absent: Absent): void {
  const before = absent.count;
  for (let slot = v * routes.width, end = slot + routes.length[v]!; slot < end; slot++) {
    const node = routes.stops[slot]!;
    const { calls, anchor, movable } = routes.instance;
    if (node >= calls || anchor[shipmentOf(node)] !== node || movable[shipmentOf(node)] === 0) continue;
    ruin.leaving[shipmentOf(node)] = 1;
    absent.list[absent.count++] = shipmentOf(node);
  }
  takeOut(routes, v, ruin.leaving);
  tidy(routes, v);
  for (let k = before; k < absent.count; k++) ruin.leaving[absent.list[k]!] = 0;
}
