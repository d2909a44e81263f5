import { hindrance, type Place } from "./hindrance.ts";
import { compiledOnce, mayCarry, toStop } from "./instance.ts";
import { loadPlan } from "./load-plan.ts";
import { newPlaceSearch, type PlaceSearch } from "./delivery-detours.ts";
import { cheapestPlace } from "./place-search.ts";
import { enter } from "./place-by-walk.ts";
import { openRoutes, setRoute, type Routes } from "./routes.ts";
import { scheduleOf } from "./schedule.ts";
import type { Candidate, Hindrance, Insertions, Schedule } from "./answers.ts";
import { isCall, type Plan, type Problem, type Stop } from "./types.ts";

/**
 * The best place for `shipment` in each vehicle's route, cheapest first, at most `limit`; and for each vehicle that cannot
 * take it, what stands against it. The other stops keep their order and their vehicle. `shipment` must not be in `plan`.
 */
export function insertions(problem: Problem, plan: Plan, shipment: number, limit: number): Insertions {
  const instance = compiledOnce(problem);
  const routes = openRoutes(instance);
  loadPlan(routes, plan);
  const search = newPlaceSearch();
  const places: Place[] = [];
  const hindrances: Hindrance[] = [];
  for (let vehicle = 0; vehicle < instance.vehicles; vehicle++) {
    const found = bestPlace(search, routes, shipment, vehicle) ?? hindrance(routes, shipment, vehicle);
    if ("gaps" in found) places.push(found);
    else hindrances.push(found);
  }
  places.sort((a, b) => a.added - b.added || a.vehicle - b.vehicle);
  return { candidates: places.slice(0, limit).map((found) => candidate(routes, shipment, found)), hindrances };
}

/** The place of least cost in one vehicle, when that is under `below`. */
export function bestPlace(
  search: PlaceSearch,
  routes: Routes,
  shipment: number,
  vehicle: number,
  below = Infinity,
): Place | null {
  const { instance } = routes;
  if (!mayCarry(instance, shipment, vehicle)) return null;
  const added = cheapestPlace(search, routes, shipment, vehicle, below);
  if (added >= below) return null;
  const { pickupGap, deliveryGap, route } = search;
  return { vehicle, added, gaps: { pickupGap, deliveryGap, route } };
}

/** Puts the stops in, reads what becomes of the route, and takes them out again. */
export function candidate(routes: Routes, shipment: number, { vehicle, gaps }: Place): Candidate {
  const before = scheduleOf(routes, vehicle);
  const nodes = routes.stops.slice(vehicle * routes.width, vehicle * routes.width + routes.length[vehicle]!);
  enter(routes, shipment, vehicle, gaps);
  const after = scheduleOf(routes, vehicle);
  const { stops: entered, width, length, instance } = routes;
  const stops = Array.from(entered.subarray(vehicle * width, vehicle * width + length[vehicle]!), (node) =>
    toStop(instance, node),
  );
  for (const node of entered.subarray(vehicle * width, vehicle * width + length[vehicle]!)) routes.routeOf[node] = -1;
  setRoute(routes, vehicle, nodes);

  const find = (visit: Stop["visit"]): number | null => {
    const k = after.stops.findIndex((stop) => isCall(stop) && stop.shipment === shipment && stop.visit === visit);
    return k < instance.frozen[vehicle]! ? null : k;
  };
  const [pickupAt, deliveryAt] = [find("pickup"), find("delivery")];
  const pickup = pickupAt === null ? null : after.stops[pickupAt]!;
  const delivery = deliveryAt === null ? null : after.stops[deliveryAt]!;
  const own = (pickup?.lateness ?? 0) + (delivery?.lateness ?? 0);
  return {
    vehicle,
    pickupAt,
    deliveryAt,
    route: stops,
    addedCost: after.cost.total - before.cost.total,
    addedSeconds: after.seconds - before.seconds,
    addedMeters: after.meters - before.meters,
    pickupArrival: pickup?.arrival ?? null,
    pickupStart: pickup?.start ?? null,
    deliveryArrival: delivery?.arrival ?? null,
    deliveryStart: delivery?.start ?? null,
    lateness: own,
    addedLateness: lateness(after) - lateness(before) - own,
  };
}

const lateness = (schedule: Schedule): number => schedule.stops.reduce((sum, stop) => sum + stop.lateness, 0);

/** The plan with `shipment` where `candidate` puts it. */
export function insert(
  plan: Plan,
  shipment: number,
  candidate: Pick<Candidate, "vehicle" | "pickupAt" | "deliveryAt">,
): Plan {
  const route = [...(plan.routes[candidate.vehicle] ?? [])];
  if (candidate.pickupAt !== null) route.splice(candidate.pickupAt, 0, { shipment, visit: "pickup" });
  if (candidate.deliveryAt !== null) route.splice(candidate.deliveryAt, 0, { shipment, visit: "delivery" });
  return { routes: plan.routes.map((r, v) => (v === candidate.vehicle ? route : r)) };
}
