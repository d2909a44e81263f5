import { deliveryOf, opening, pickupOf } from "./instance.ts";
import type { Routes } from "./routes.ts";

/** Cost of lateness at the shipment's stops in gaps `i` (-1: no pickup) and `j`, and of what they add to the others'. */
export function addedLateness(routes: Routes, shipment: number, v: number, i: number, j: number): number {
  const { instance, stops, begins, departs, late } = routes;
  const { from, leaves, due, lateCost } = instance;
  const base = v * routes.width;
  const length = routes.length[v]!;
  const first = i < 0 ? j : i;
  let here = first > 0 ? routes.at[base + first - 1]! : from[v]!;
  let t = first > 0 ? departs[base + first - 1]! : leaves[v]!;
  let added = 0;
  const visit = (node: number): number => {
    const way = here < 0 ? 0 : instance.seconds[v]![here * instance.locations + instance.place[node]!]!;
    t = opening(instance, node, t + way);
    const start = t;
    if (t > due[node]!) added += (t - due[node]!) * lateCost[node]!;
    t += instance.service[node]!;
    here = instance.place[node]!;
    return start;
  };
  for (let k = first; ; k++) {
    if (k === i) visit(pickupOf(shipment));
    if (k === j) visit(deliveryOf(shipment));
    if (k === length) return added - (length > 0 ? late[base + length - 1]! : 0) + lateBefore(routes, v, first);
    const start = visit(stops[base + k]!);
    // Once the delay is waited off, everything behind is as it was.
    if (k >= j && start === begins[base + k]!) return added - late[base + k]! + lateBefore(routes, v, first);
  }
}

const lateBefore = (routes: Routes, v: number, k: number): number =>
  k > 0 ? routes.late[v * routes.width + k - 1]! : 0;
