import { compiledOnce, deliveryOf, pickupOf, type Instance } from "./instance.ts";
import { openRoutes, setRoute, type Routes } from "./routes.ts";
import type { Cost, Problem, Schedule, ScheduledStop, Stop } from "./types.ts";

/** How `stops` will happen when `vehicle` makes them, each as early as it can, whether or not the plan holds. */
export function schedule(problem: Problem, vehicle: number, stops: readonly Stop[]): Schedule {
  const routes = openRoutes(compiledOnce(problem));
  setRoute(
    routes,
    vehicle,
    stops.map((s) => (s.visit === "pickup" ? pickupOf : deliveryOf)(s.shipment)),
  );
  return scheduleOf(routes, vehicle);
}

/** The schedule of a route that is loaded already. */
export function scheduleOf(routes: Routes, v: number): Schedule {
  const { instance } = routes;
  const { meters } = instance.problem.matrices[instance.problem.vehicles[v]!.matrix]!;
  const base = v * routes.width;
  const length = routes.length[v]!;
  const stops: ScheduledStop[] = [];
  let t = instance.leaves[v]!;
  let seconds = 0;
  let distance = 0;
  let here = instance.from[v]!;
  for (let k = 0; k <= length; k++) {
    const next = k < length ? routes.at[base + k]! : instance.to[v]!;
    t += routes.drive[base + k]!;
    seconds += routes.drive[base + k]!;
    if (length > 0 && here >= 0 && next >= 0) distance += meters[here * instance.locations + next]!;
    here = next;
    if (k === length) break;
    stops.push(stopOf(routes, v, k, t));
    t = routes.departs[base + k]!;
  }
  return { stops, end: t, seconds, meters: distance, cost: costOf(instance, v, stops, seconds, distance) };
}

function stopOf(routes: Routes, v: number, k: number, arrival: number): ScheduledStop {
  const { instance } = routes;
  const slot = v * routes.width + k;
  const node = routes.stops[slot]!;
  const start = routes.begins[slot]!;
  const { dimensions } = instance;
  const load = Array.from({ length: dimensions }, (_, d) =>
    dimensions > 1 ? routes.loads[slot * dimensions + d]! : routes.load[slot]!,
  );
  const shipment = node >> 1;
  const visit = (node & 1) === 0 ? "pickup" : "delivery";
  const due = instance.problem.shipments[shipment]![visit]?.due ?? null;
  return {
    shipment,
    visit,
    location: routes.at[slot]!,
    arrival,
    wait: start - arrival,
    start,
    departure: routes.departs[slot]!,
    lateness: due === null ? 0 : Math.max(0, start - due),
    load,
  };
}

function costOf(instance: Instance, v: number, stops: readonly ScheduledStop[], seconds: number, meters: number): Cost {
  const vehicle = instance.problem.vehicles[v]!;
  const fixed = stops.length > 0 ? vehicle.fixedCost : 0;
  const time = seconds * vehicle.costPerSecond;
  const distance = meters * vehicle.costPerMeter;
  const lateness = stops.reduce((sum, s) => {
    const visit = instance.problem.shipments[s.shipment]![s.visit];
    return sum + s.lateness * (visit?.costPerLateSecond ?? 0);
  }, 0);
  return { fixed, time, distance, lateness, unassigned: 0, total: fixed + time + distance + lateness };
}
