import { deliveryOf, pickupOf, tolerance } from "./instance.ts";
import type { Routes } from "./routes.ts";
import { dutyCost, dutyOf, goOnTo, type Span } from "./spans.ts";

const span: Span = { duty: 0, leavesBy: 0 };

/**
 * Cost of the duty that the shipment's stops in gaps `i` and `j` (-1: not placed) add to route `v`; Infinity when that gets
 * too long. Both places hold in time.
 */
export function addedDuty(routes: Routes, shipment: number, v: number, i: number, j: number): number {
  const { instance } = routes;
  const { dutyLongest, dutyPrice, overtimePrice } = instance;
  const duty = dutyWith(routes, shipment, v, i, j);
  if (duty > dutyLongest[v]! + tolerance) return Infinity;
  if (dutyPrice[v] === 0 && overtimePrice[v] === 0) return 0;
  return dutyCost(instance, v, duty) - dutyCost(instance, v, dutyOf(routes, v));
}

function dutyWith(routes: Routes, shipment: number, v: number, i: number, j: number): number {
  const { instance, stops, drive, at, dutyTo, leavesBy, dutyFrom, beginsAt } = routes;
  const base = v * routes.width;
  const first = i < 0 ? j : i;
  const before = base + first - 1;
  span.duty = first > 0 ? dutyTo[before]! : 0;
  span.leavesBy = first > 0 ? leavesBy[before]! : instance.leavesBy[v]!;
  let here = first > 0 ? at[before]! : instance.from[v]!;
  if (i >= 0) here = call(routes, v, here, pickupOf(shipment));
  if (i >= 0) {
    for (let slot = base + i; slot < base + j; slot++) {
      const way = slot === base + i ? secondsTo(routes, v, here, at[slot]!) : drive[slot]!;
      goOnTo(span, instance, stops[slot]!, way);
      here = at[slot]!;
    }
  }
  if (j >= 0) here = call(routes, v, here, deliveryOf(shipment));
  const last = j < 0 ? i : j;
  const slot = base + last;
  const arrives = span.duty + secondsTo(routes, v, here, last < routes.length[v]! ? at[slot]! : instance.to[v]!);
  return arrives + Math.max(0, beginsAt[slot]! - arrives - span.leavesBy) + dutyFrom[slot]!;
}

/** Goes on to the node, and answers where that is. */
function call(routes: Routes, v: number, here: number, node: number): number {
  const there = routes.instance.place[node]!;
  goOnTo(span, routes.instance, node, secondsTo(routes, v, here, there));
  return there;
}

const secondsTo = ({ instance: { seconds, locations } }: Routes, v: number, here: number, there: number): number =>
  here < 0 || there < 0 ? 0 : seconds[v]![here * locations + there]!;
