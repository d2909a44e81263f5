import { deliveryOf, mayCarry, openEnd, pickupOf, shipmentOf, tolerance, type Instance } from "./instance.ts";
import { rebuild, setRoute, takeOut, type Routes } from "./routes.ts";
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

/** Takes out of each route what keeps it from holding, the first culprit first; the frozen stops stay. */
export function mend(routes: Routes): void {
  const leaving = new Uint8Array(routes.instance.shipments);
  for (let v = 0; v < routes.instance.vehicles; v++) {
    for (let culprit = firstCulprit(routes, v); culprit >= 0; culprit = firstCulprit(routes, v)) {
      leaving[culprit] = 1;
      takeOut(routes, v, leaving);
      leaving[culprit] = 0;
    }
  }
  for (let v = 0; v < routes.instance.vehicles; v++) rebuild(routes, v);
}

/** A movable shipment whose stop breaks a rule, or else the last one before the break; -1 when the route holds. */
function firstCulprit(routes: Routes, v: number): number {
  const { instance } = routes;
  const base = v * routes.width;
  const length = routes.length[v]!;
  const first = instance.frozen[v]!;
  let movable = -1;
  for (let k = first; k < length; k++) {
    const shipment = shipmentOf(routes.stops[base + k]!);
    movable = shipment;
    if (breaks(routes, v, k)) return shipment;
  }
  if (length > instance.maxStops[v]!) return movable;
  const end = length > 0 ? routes.departs[base + length - 1]! + routes.drive[base + length]! : -Infinity;
  return end > instance.returns[v]! + tolerance ? movable : -1;
}

function breaks(routes: Routes, v: number, k: number): boolean {
  const { instance } = routes;
  const slot = v * routes.width + k;
  const node = routes.stops[slot]!;
  if (routes.begins[slot]! > Math.min(instance.closes[node]!, openEnd) + tolerance) return true;
  if ((node & 1) === 1) return false;
  if (!mayCarry(instance, shipmentOf(node), v)) return true;
  const { dimensions, capacity, load } = instance;
  for (let d = 0; d < dimensions; d++) {
    const onBoard = d === 0 ? routes.load[slot]! : routes.loads[slot * dimensions + d]!;
    if (load[shipmentOf(node) * dimensions + d]! > 0 && onBoard > capacity[v * dimensions + d]!) return true;
  }
  return false;
}

/** The routes as a plan. */
export const toPlan = (routes: Routes): Plan => ({
  routes: Array.from({ length: routes.instance.vehicles }, (_, v) => {
    const base = v * routes.width;
    return Array.from(routes.stops.subarray(base, base + routes.length[v]!), toStop);
  }),
});

export const toStop = (node: number): Stop => ({
  shipment: shipmentOf(node),
  visit: (node & 1) === 0 ? "pickup" : "delivery",
});
