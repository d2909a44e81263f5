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
  const { instance, stops, at, begins, departs, late, drive, urgency } = routes;
  const { due, lateCost, service, place, locations } = instance;
  const seconds = instance.seconds[v]!;
  const base = v * routes.width;
  const length = routes.length[v]!;
  const first = i < 0 ? j : i;
  const before = first > 0 ? late[base + first - 1]! : 0;
  let here = first > 0 ? at[base + first - 1]! : instance.from[v]!;
  let t = first > 0 ? departs[base + first - 1]! : instance.leaves[v]!;
  let added = 0;
  /** The shipment's stop that comes next, -1 once all are passed; whether the last one passed was its own. */
  let own = i < 0 ? deliveryOf(shipment) : pickupOf(shipment);
  let detoured = false;
  for (let k = first; ;) {
    if (own >= 0 && k === (own === deliveryOf(shipment) ? j : i)) {
      const there = place[own]!;
      t = opening(instance, own, here < 0 ? t : t + seconds[here * locations + there]!);
      if (t > due[own]!) added += (t - due[own]!) * lateCost[own]!;
      t += service[own]!;
      here = there;
      own = own === deliveryOf(shipment) ? -1 : deliveryOf(shipment);
      detoured = true;
      continue;
    }
    if (k === length) return added - (length > 0 ? late[base + length - 1]! : 0) + before;
    const slot = base + k++;
    const arrival = t + (detoured && here >= 0 ? seconds[here * locations + at[slot]!]! : drive[slot]!);
    const delay = arrival - drive[slot]! - (slot > base ? departs[slot - 1]! : instance.leaves[v]!);
    const passed = slot > base ? late[slot - 1]! - before : 0;
    if (delay >= 0 && added - passed + delay * urgency[slot]! >= below) return Infinity;
    const node = stops[slot]!;
    const start = opening(instance, node, arrival);
    // Once the delay is waited off, everything behind is as it was.
    if (own < 0 && start === begins[slot]!) return added - passed;
    if (start > due[node]!) added += (start - due[node]!) * lateCost[node]!;
    t = start + service[node]!;
    here = at[slot]!;
    detoured = false;
  }
}
