import { kinds } from "./compile-nodes.ts";
import { deliveryOf, nodeOf, pickupOf, shipmentOf, type Instance } from "./instance.ts";
import { setRoute, type Routes } from "./routes.ts";
import type { Plan } from "./types.ts";

/**
 * Puts a plan into `routes`, as it stands: frozen stops first, then the plan's others in its order. Stops that cannot mean
 * anything (a delivery before its pickup or without it, a shipment twice, one on board elsewhere) are left away.
 */
export function loadPlan(routes: Routes, plan: Plan): void {
  const { instance } = routes;
  const { vehicles } = instance.problem;
  const frozen = vehicles.map((vehicle, v) => vehicle.frozen.map((stop) => nodeOf(instance, v, stop)));
  const seen = new Set<number>(frozen.flat().filter((node) => node < instance.calls));
  for (let v = 0; v < instance.vehicles; v++) {
    const nodes = (plan.routes[v] ?? []).map((stop) => nodeOf(instance, v, stop));
    const same = frozen[v]!.every((node, k) => nodes[k] === node);
    const behind = same ? nodes.slice(frozen[v]!.length) : nodes;
    const rest = meaningful(
      instance,
      v,
      behind.filter((node) => node >= 0 && !seen.has(node)),
    );
    for (const node of rest) if (node < instance.calls) seen.add(node);
    if (rest.some((node) => node < instance.calls)) setRoute(routes, v, [...frozen[v]!, ...rest]);
  }
}

function meaningful(instance: Instance, v: number, nodes: readonly number[]): number[] {
  const position = new Map<number, number>();
  nodes.forEach((node, k) => position.has(node) || position.set(node, k));
  return nodes.filter((node, k) => {
    if (node >= instance.calls) return instance.kind[node] !== kinds.rest || position.get(node) === k;
    const shipment = shipmentOf(node);
    if (position.get(node) !== k) return false;
    const bound = instance.bound[shipment]!;
    if (bound >= 0) return bound === v && node === instance.single[shipment];
    if (instance.single[shipment]! >= 0) return true;
    const [from, to] = [position.get(pickupOf(shipment)), position.get(deliveryOf(shipment))];
    return from !== undefined && to !== undefined && from < to;
  });
}
