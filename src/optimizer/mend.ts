import { deliveryOf, mayCarry, pickupOf, shipmentOf, tolerance } from "./instance.ts";
import { loadWalk, type Routes } from "./routes.ts";
import { takeOut } from "./take-out.ts";
import { walkRoute, type Walk } from "./walk.ts";

/**
 * Whether what the search chose for `v` holds: all times by one look at `latest`, loads only where something may leave
 * the vehicle's board later than it did. Number of stops and skills are not asked: taking out never breaks them.
 */
export function holds(routes: Routes, v: number): boolean {
  const { instance, latest, departs, drive, terms, broken } = routes;
  if (terms.judged[v] === 1 || broken[v]! > tolerance) return broken[v]! <= tolerance;
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
  const { instance, walk, width, stops } = routes;
  const base = v * width;
  const length = routes.length[v]!;
  let last = -1;
  let found = -1;
  loadWalk(routes, v);
  for (let k = 0; k < length; k++) {
    const node = (walk.nodes[k] = stops[base + k]!);
    if (k < instance.frozen[v]! || node >= instance.calls) continue;
    last = shipmentOf(node);
    if (!mayCarry(instance, last, v)) return last;
  }
  walk.length = length;
  let seen = -1;
  walkRoute(walk, Infinity, {
    stop: ({ node, chosen, broken }: Walk) => {
      if (node >= 0 && node < instance.calls && chosen) seen = shipmentOf(node);
      if (found < 0 && broken > tolerance) found = seen < 0 ? last : seen;
    },
  });
  return walk.broken <= tolerance ? -1 : found < 0 ? last : found;
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

/** Whether the shipment would meet one in route `v` that it must be kept from; two that are begun there both do not count. */
export function meets(routes: Routes, shipment: number, v: number): boolean {
  const { apart, bound } = routes.instance;
  for (const other of apart[shipment]!) {
    const begun = bound[shipment] === v && bound[other] === v;
    if (!begun && meetsOne(routes, other, v)) return true;
  }
  return false;
}

/** Whether `other` is in route `v`, or on board there. */
const meetsOne = ({ instance, routeOf }: Routes, other: number, v: number): boolean =>
  instance.bound[other] === v || routeOf[pickupOf(other)] === v || routeOf[deliveryOf(other)] === v;

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
