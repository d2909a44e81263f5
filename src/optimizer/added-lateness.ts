import { deliveryOf, opening, pickupOf } from "./instance.ts";
import type { Routes } from "./routes.ts";

/**
 * Cost of lateness at the shipment's stops in gaps `i` (-1: no pickup) and `j`, and of what they add to the others'.
 *
 * Only costs under `below` are wanted: Infinity says that it is no less. Lateness behind a delay grows at least by the stops'
 * `urgency`, so where much is late already the first stop behind tells enough, and the walk to the end of the route is spared.
 */
export function addedLateness(
  routes: Routes,
  shipment: number,
  v: number,
  i: number,
  j: number,
  below: number,
): number {
  const { instance, stops, begins, departs, late, drive, urgency } = routes;
  const { from, leaves, due, lateCost, service, place, locations } = instance;
  const seconds = instance.seconds[v]!;
  const base = v * routes.width;
  const length = routes.length[v]!;
  const first = i < 0 ? j : i;
  const before = first > 0 ? late[base + first - 1]! : 0;
  let here = first > 0 ? routes.at[base + first - 1]! : from[v]!;
  let t = first > 0 ? departs[base + first - 1]! : leaves[v]!;
  let added = 0;
  let start = t;
  const visit = (node: number): void => {
    const there = place[node]!;
    start = opening(instance, node, here < 0 ? t : t + seconds[here * locations + there]!);
    if (start > due[node]!) added += (start - due[node]!) * lateCost[node]!;
    t = start + service[node]!;
    here = there;
  };
  for (let k = first; ; k++) {
    if (k === i) visit(pickupOf(shipment));
    if (k === j) visit(deliveryOf(shipment));
    if (k === length) return added - (length > 0 ? late[base + length - 1]! : 0) + before;
    const slot = base + k;
    const was = k > first ? late[slot - 1]! - before : 0;
    if (k === i || k === j) {
      const arrival = here < 0 ? t : t + seconds[here * locations + routes.at[slot]!]!;
      const delay = arrival - drive[slot]! - (k > 0 ? departs[slot - 1]! : leaves[v]!);
      if (delay >= 0 && added - was + delay * urgency[slot]! >= below) return Infinity;
    }
    visit(stops[slot]!);
    // Once the delay is waited off, everything behind is as it was.
    if (k >= j && start === begins[slot]!) return added - late[slot]! + before;
  }
}
