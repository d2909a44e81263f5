import { mayCarry, shipmentOf, tolerance } from "./instance.ts";
import { takeOut, type Routes } from "./routes.ts";

/**
 * Whether what the search chose for `v` holds: all times by one look at `latest`, loads only where something may leave
 * the vehicle's board later than it did. Number of stops and skills are not asked: taking out never breaks them.
 */
export function holds(routes: Routes, v: number): boolean {
  const { instance, latest, departs, drive } = routes;
  const base = v * routes.width;
  const first = instance.frozen[v]!;
  if (routes.length[v]! <= first) return true;
  const arrival = (first > 0 ? departs[base + first - 1]! : instance.leaves[v]!) + drive[base + first]!;
  if (arrival > latest[base + first]! + tolerance) return false;
  if (!instance.anyBound) return true;
  for (let k = first; k < routes.length[v]!; k++) if (overloaded(routes, v, k)) return false;
  return true;
}

/** The next shipment to take out of `v` to make it hold: the first that breaks a rule, or the last before the break; -1: it holds. */
export function culprit(routes: Routes, v: number): number {
  const { instance } = routes;
  const base = v * routes.width;
  const length = routes.length[v]!;
  let last = -1;
  for (let k = instance.frozen[v]!; k < length; k++) {
    const node = routes.stops[base + k]!;
    last = shipmentOf(node);
    if (routes.begins[base + k]! > instance.closes[node]! + tolerance || overloaded(routes, v, k)) return last;
    if (!mayCarry(instance, last, v) || k >= instance.maxStops[v]!) return last;
  }
  if (last < 0) return -1;
  const end = routes.departs[base + length - 1]! + routes.drive[base + length]!;
  return end > instance.returns[v]! + tolerance ? last : -1;
}

/** Whether the pickup at position `k` overloads the vehicle. */
export function overloaded(routes: Routes, v: number, k: number): boolean {
  const { dimensions, capacity, load } = routes.instance;
  const slot = v * routes.width + k;
  const node = routes.stops[slot]!;
  if ((node & 1) === 1) return false;
  for (let d = 0; d < dimensions; d++) {
    const onBoard = d === 0 ? routes.load[slot]! : routes.loads[slot * dimensions + d]!;
    if (load[shipmentOf(node) * dimensions + d]! > 0 && onBoard > capacity[v * dimensions + d]!) return true;
  }
  return false;
}

/** Takes out of every route what keeps it from holding; the frozen stops stay. */
export function mend(routes: Routes): void {
  const leaving = new Uint8Array(routes.instance.shipments);
  for (let v = 0; v < routes.instance.vehicles; v++) {
    for (let shipment = culprit(routes, v); shipment >= 0; shipment = culprit(routes, v)) {
      leaving[shipment] = 1;
      takeOut(routes, v, leaving);
      leaving[shipment] = 0;
    }
  }
}
