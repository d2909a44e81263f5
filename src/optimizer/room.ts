import type { Instance } from "./instance.ts";
import type { Routes } from "./routes.ts";

/** How much may be on board, in the first dimension, for the shipment still to fit. */
export function roomFor(instance: Instance, shipment: number, v: number): number {
  const { dimensions, capacity, load } = instance;
  const amount = dimensions > 0 ? load[shipment * dimensions]! : 0;
  return amount > 0 ? capacity[v * dimensions]! - amount : Infinity;
}

/** On board when the vehicle sets off, in the first dimension. */
export function startLoad(routes: Routes, v: number): number {
  const { dimensions } = routes.instance;
  return dimensions > 0 ? loadAfter(routes, v, -1, 0) : 0;
}

/** On board after position `k` (-1: at the start). */
function loadAfter({ instance, load, loads, width, start }: Routes, v: number, k: number, d: number): number {
  if (k < 0) return start[v * instance.dimensions + d]!;
  const slot = v * width + k;
  return d === 0 ? load[slot]! : loads[slot * instance.dimensions + d]!;
}

/** Whether the shipment fits beside what is on board after position `k`, in every dimension from `first` on. */
export function hasRoom(routes: Routes, shipment: number, v: number, k: number, first = 0): boolean {
  const { dimensions, capacity, load } = routes.instance;
  for (let d = first; d < dimensions; d++) {
    const amount = load[shipment * dimensions + d]!;
    if (amount > 0 && loadAfter(routes, v, k, d) + amount > capacity[v * dimensions + d]!) return false;
  }
  return true;
}

/** Whether what comes from the depot fits when the vehicle sets off, and what goes there when it is back; else it fits nowhere. */
export function hasRoomAtDepot(routes: Routes, shipment: number, v: number): boolean {
  const side = routes.instance.depot[shipment]!;
  return side === 0 || hasRoom(routes, shipment, v, side === 1 ? -1 : routes.length[v]! - 1);
}

/** Whether the shipment fits beside what is on board before each of the first `j` stops, and after them. */
export function roomUpTo(routes: Routes, shipment: number, v: number, j: number): boolean {
  for (let k = -1; k < j; k++) if (!hasRoom(routes, shipment, v, k)) return false;
  return true;
}
