import { deliveryOf, pickupOf, shipmentOf, type Instance } from "./instance.ts";
import { setRoute, type Routes } from "./routes.ts";
import type { Plan, Stop } from "./types.ts";

const nodeOf = (stop: Stop): number => (stop.visit === "pickup" ? pickupOf : deliveryOf)(stop.shipment);

/**
 * Puts a plan into `routes`, as it stands: frozen stops first, then the plan's others in its order. Stops that cannot mean
 * anything (a delivery before its pickup or without it, a shipment twice, one on board elsewhere) are left away.
 */
export function loadPlan(routes: Routes, plan: Plan): void {
  const { instance } = routes;
  const seen = new Set<number>(instance.problem.vehicles.flatMap((v) => v.frozen.map(nodeOf)));
  for (let v = 0; v < instance.vehicles; v++) {
    const frozen = instance.problem.vehicles[v]!.frozen.map(nodeOf);
    const rest = meaningful(
      instance,
      v,
      (plan.routes[v] ?? []).map(nodeOf).filter((node) => !seen.has(node)),
    );
    if (rest.some((node) => seen.has(node))) continue;
    for (const node of rest) seen.add(node);
    if (rest.length > 0) setRoute(routes, v, [...frozen, ...rest]);
  }
}

function meaningful(instance: Instance, v: number, nodes: readonly number[]): number[] {
  const position = new Map<number, number>();
  nodes.forEach((node, k) => position.has(node) || position.set(node, k));
  return nodes.filter((node, k) => {
    const shipment = shipmentOf(node);
    if (shipment >= instance.shipments || position.get(node) !== k) return false;
    const bound = instance.bound[shipment]!;
    if (bound >= 0) return bound === v && (node & 1) === 1;
    const [from, to] = [position.get(pickupOf(shipment)), position.get(deliveryOf(shipment))];
    return from !== undefined && to !== undefined && from < to;
  });
}

export const toStop = (node: number): Stop => ({
  shipment: shipmentOf(node),
  visit: (node & 1) === 0 ? "pickup" : "delivery",
});
