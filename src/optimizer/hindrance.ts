import type { Change, Hindrance } from "./answers.ts";
import { newPlaceSearch } from "./delivery-detours.ts";
import { leastChange } from "./least-change.ts";
import { mayCarry, missingSkills } from "./instance.ts";
import { cheapestPlace } from "./place-search.ts";
import type { Routes } from "./routes.ts";
import { isCall } from "./types.ts";

/** What stands against `shipment` in the route of `v`, which has no place for it. See `Change` for what `by` says. */
export function hindrance(routes: Routes, shipment: number, v: number): Hindrance {
  const bound = routes.instance.bound[shipment]!;
  if (bound >= 0 && bound !== v) return { vehicle: v, constraint: "skill", by: 1, dimension: null, also: [] };
  const [first, ...also] = [...barred(routes, shipment, v), ...misfit(routes, shipment, v)];
  return { vehicle: v, ...first!, also };
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
function misfit(routes: Routes, shipment: number, v: number): readonly Change[] {
  const search = newPlaceSearch();
  const fits = (): boolean => cheapestPlace(search, routes, shipment, v) < Infinity;
  if (!mayCarry(routes.instance, shipment, v) && fits()) return [];
  const thawed = thaw(routes, shipment, v, fits);
  return thawed > 0 ? [change("frozen", thawed)] : leastChange(routes, shipment, v);
}

/** How many of the last frozen stops would have to be free for the shipment to fit; 0 when that does not help. */
function thaw({ instance }: Routes, shipment: number, v: number, fits: () => boolean): number {
  const { frozen, problem } = instance;
  const all = frozen[v]!;
  const ownPickup = problem.vehicles[v]!.frozen.findIndex((stop) => isCall(stop) && stop.shipment === shipment);
  let answer = 0;
  for (let kept = all - 1; kept > ownPickup && answer === 0; kept--) {
    frozen[v] = kept;
    if (fits()) answer = all - kept;
  }
  frozen[v] = all;
  return answer;
}
