import type { Rng } from "../kernel/rng.ts";
import type { Travel } from "./compile-vehicles.ts";
import { deliveryOf, opening, pickupOf, tolerance, type Instance } from "./instance.ts";
import type { Gaps } from "./place-by-walk.ts";
import type { Routes } from "./routes.ts";

/**
 * Finds the cheapest gaps of a route for a shipment's stops. Holds the two gaps it found and its scratch space, so that
 * nothing is allocated while searching.
 *
 * Each gap is judged in constant time by the route's `latest`. For a pair, the detour of the delivery is first taken for
 * each gap as if the pickup were nowhere: it can only come later than that, so a gap that fails already is out, and the
 * least detour from each gap on ends the walks that cannot win any more. On routes of 100 stops this spares most of them.
 *
 * Lateness has no constant time, but a bound that has: its own, come as early as can be, and what the delay makes of those
 * behind by their `urgency`. The delays of pickup and delivery add up, so their bounds may be added too.
 */
export interface PlaceSearch extends Gaps {
  /** By gap: what the delivery adds there without lateness; the least that it makes with it; the least of that from the gap on. */
  detour: Float64Array;
  bound: Float64Array;
  least: Float64Array;
  first: number;
  last: number;
  /** What the vehicle costs for being used, and for carrying what is promised to another: wherever the place is. */
  surcharge: number;
  /** When set, each gap is overlooked with `gapBlink`; where routes are walked, each without a break or a station more. */
  overlooking: Rng | null;
}

/** Share of gaps that an overlooking search does not see. */
export const gapBlink = 0.3;

export const newPlaceSearch = (): PlaceSearch => ({
  pickupGap: -1,
  deliveryGap: -1,
  route: null,
  detour: new Float64Array(64),
  bound: new Float64Array(64),
  least: new Float64Array(64),
  first: 0,
  last: -1,
  surcharge: 0,
  overlooking: null,
});

/** Scratch for a route of `length` stops. */
export function reserveGaps(search: PlaceSearch, length: number): void {
  if (search.detour.length > length) return;
  search.detour = new Float64Array(length * 2 + 2);
  search.bound = new Float64Array(length * 2 + 2);
  search.least = new Float64Array(length * 2 + 2);
}

/**
 * Fills `detour` and `least` from `first` to `last`, the outermost gaps that can hold the delivery; false when none can.
 * Most gaps fall by the times kept in the route, which stand beside each other, before a matrix is looked at.
 */
export function deliveryDetours(search: PlaceSearch, routes: Routes, shipment: number, v: number): boolean {
  const { instance, at, arc, drive, departs, latest, urgency } = routes;
  const { locations, gaps, soft } = instance;
  const { detour, bound, least, overlooking } = search;
  const seconds = instance.seconds[v]!;
  const price = instance.price[v]!;
  const price2 = instance.price2[v]!;
  const factor = instance.factor[v]!;
  const factor2 = instance.factor2[v]!;
  const node = instance.single[shipment]! < 0 ? deliveryOf(shipment) : instance.single[shipment]!;
  const here = instance.place[node]!;
  const opens = instance.opens[node]!;
  const closes = instance.closes[node]!;
  const service = instance.service[node]!;
  const due = instance.due[node]!;
  const lateCost = instance.lateCost[node]!;
  const base = v * routes.width;
  const length = routes.length[v]!;
  const frozen = instance.frozen[v]!;
  const earliest = earliestDelivery(instance, shipment, seconds);
  let cheapest = Infinity;
  let last = -1;
  let j = length;
  for (; j >= frozen; j--) {
    const slot = base + j;
    const limit = (j < length ? latest[slot]! : instance.returns[v]!) + tolerance;
    if (limit < earliest + service) break;
    detour[j] = Infinity;
    bound[j] = Infinity;
    least[j] = cheapest;
    let t = j > 0 ? departs[slot - 1]! : instance.leaves[v]!;
    if (t > closes || t + drive[slot]! + service > limit) continue;
    const next = j < length ? at[slot]! : instance.to[v]!;
    const on = here * locations + next;
    const toNext = service + (next < 0 ? 0 : seconds[on]!);
    if ((t > earliest ? t : earliest) + toNext > limit) continue;
    const previous = j > 0 ? at[slot - 1]! : instance.from[v]!;
    const there = previous * locations + here;
    if (previous >= 0) t += seconds[there]!;
    if (t > closes || (overlooking !== null && overlooking.next() < gapBlink)) continue;
    const arrival = t + toNext;
    if (t < opens) t = opens;
    else if (gaps) t = opening(instance, node, t);
    if (t + toNext > limit) continue;
    let added = -arc[slot]!;
    if (previous >= 0) added += factor * price[there]! + (factor2 === 0 ? 0 : factor2 * price2[there]!);
    if (next >= 0) added += factor * price[on]! + (factor2 === 0 ? 0 : factor2 * price2[on]!);
    detour[j] = added;
    if (last < 0) last = j;
    if (soft) {
      const begin = t > earliest ? t : earliest;
      if (begin > due) added += (begin - due) * lateCost;
      // Not from when service begins: a wait for the opening may take up the pickup's delay, and must not be counted twice.
      if (j < length)
        added += urgency[slot]! * (arrival - drive[slot]! - (j > 0 ? departs[slot - 1]! : instance.leaves[v]!));
    }
    bound[j] = added;
    if (added < cheapest) least[j] = cheapest = added;
  }
  search.first = j + 1;
  search.last = last;
  return last >= 0;
}

/** No delivery begins earlier, wherever its pickup stands. */
function earliestDelivery(instance: Instance, shipment: number, seconds: Travel): number {
  const { opens, service, place, locations, single } = instance;
  const [pickup, delivery] = [pickupOf(shipment), deliveryOf(shipment)];
  if (single[shipment]! >= 0) return opens[single[shipment]!]!;
  const way = seconds[place[pickup]! * locations + place[delivery]!]!;
  return Math.max(opens[delivery]!, opens[pickup]! + service[pickup]! + way);
}
