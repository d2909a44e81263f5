import { invariant } from "../kernel/invariant.ts";
import type { Change, Hindrance } from "./answers.ts";
import { newPlaceSearch } from "./delivery-detours.ts";
import { leastChange, type Least } from "./least-change.ts";
import { compile, mayCarry, missingSkills, toStop } from "./instance.ts";
import { loadPlan } from "./load-plan.ts";
import type { Gaps } from "./place-by-walk.ts";
import { cheapestPlace } from "./place-search.ts";
import { openRoutes, type Routes } from "./routes.ts";
import { isCall } from "./types.ts";

/** Where a shipment goes, and what that adds to the cost of the route. */
export interface Place {
  readonly vehicle: number;
  readonly added: number;
  readonly gaps: Gaps;
}

/**
 * What stands against `shipment` in the route of `v`, where the search finds no place for it. See `Change` for what `by`
 * says. Or the place, after all.
 */
export function hindrance(routes: Routes, shipment: number, v: number): Hindrance | Place {
  const bound = routes.instance.bound[shipment]!;
  if (bound >= 0 && bound !== v) return { vehicle: v, constraint: "skill", by: 1, dimension: null, also: [] };
  const { changes, place } = misfit(routes, shipment, v);
  const [first, ...also] = [...barred(routes, shipment, v), ...changes];
  if (first !== undefined) return { vehicle: v, ...first, also };
  invariant(place !== null, "where nothing stands against it there is a place");
  return { vehicle: v, added: place.added, gaps: { pickupGap: -1, deliveryGap: -1, route: place.route } };
}

const change = (constraint: Change["constraint"], by: number): Change => ({ constraint, by, dimension: null });

/** What would stand against it in any route of this vehicle. */
function barred({ instance }: Routes, shipment: number, v: number): Change[] {
  if (instance.bound[shipment]! >= 0 || mayCarry(instance, shipment, v)) return [];
  const asked = instance.problem.shipments[shipment]!;
  const missing = missingSkills(asked, instance.problem.vehicles[v]!);
  const isForbidden = asked.forbidden?.includes(v) === true;
  return [...(missing > 0 ? [change("skill", missing)] : []), ...(isForbidden ? [change("forbidden", 1)] : [])];
}

/** What stands against it in this route; nothing where it fits, and only must not. */
function misfit(routes: Routes, shipment: number, v: number): Least {
  const search = newPlaceSearch();
  const fits = (): boolean => cheapestPlace(search, routes, shipment, v) < Infinity;
  if (!mayCarry(routes.instance, shipment, v) && fits()) return { changes: [], place: null };
  const least = leastChange(routes, shipment, v);
  if (least.place !== null) return least;
  const thawed = thaw(routes, shipment, v, fits);
  return thawed > 0 ? { changes: [change("frozen", thawed)], place: null } : least;
}

/** How many of the last frozen stops would have to be free for the shipment to fit; 0 when that does not help. */
function thaw(routes: Routes, shipment: number, v: number, fits: () => boolean): number {
  const { frozen, problem } = routes.instance;
  const all = frozen[v]!;
  const ownPickup = problem.vehicles[v]!.frozen.findIndex((stop) => isCall(stop) && stop.shipment === shipment);
  let answer = 0;
  for (let kept = all - 1; kept > ownPickup && answer === 0; kept--) {
    frozen[v] = kept;
    if (fits() && fitsThawed(routes, shipment, v, kept)) answer = all - kept;
  }
  frozen[v] = all;
  return answer;
}

/**
 * Whether it really fits when only `kept` stops are frozen: what is free must hold by itself, too, and a pickup whose
 * delivery is in no route is made no more. The plan is loaded anew for that, so it is asked last.
 */
function fitsThawed({ instance, stops, width, length }: Routes, shipment: number, v: number, kept: number): boolean {
  const { problem } = instance;
  const vehicles = problem.vehicles.map((one, k) => (k === v ? { ...one, frozen: one.frozen.slice(0, kept) } : one));
  const thawed = openRoutes(compile({ ...problem, vehicles }, instance.objective, false));
  const nodes = stops.subarray(v * width, v * width + length[v]!);
  loadPlan(thawed, { routes: vehicles.map((_, k) => (k === v ? Array.from(nodes, (n) => toStop(instance, n)) : [])) });
  return cheapestPlace(newPlaceSearch(), thawed, shipment, v) < Infinity;
}
