import type { Rng } from "../kernel/rng.ts";
import { addedLateness } from "./added-lateness.ts";
import { deliveryOf, opening, pickupOf, tolerance, type Instance, type Travel } from "./instance.ts";
import { overloaded } from "./mend.ts";
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
export interface PlaceSearch {
  /** Gap of the pickup; -1 when the shipment has only its delivery to place. Both as `place` takes them. */
  pickupGap: number;
  deliveryGap: number;
  /** By gap: what the delivery adds there without lateness; the least that it makes with it; the least of that from the gap on. */
  detour: Float64Array;
  bound: Float64Array;
  least: Float64Array;
  first: number;
  last: number;
  /** When set, each gap is overlooked with `gapBlink`. */
  overlooking: Rng | null;
}

/** Share of gaps that an overlooking search does not see. */
const gapBlink = 0.3;

export const newPlaceSearch = (): PlaceSearch => ({
  pickupGap: -1,
  deliveryGap: -1,
  detour: new Float64Array(64),
  bound: new Float64Array(64),
  least: new Float64Array(64),
  first: 0,
  last: -1,
  overlooking: null,
});

/**
 * The least cost that `shipment` adds to route `v` (with the fixed cost when that is unused), Infinity when it fits
 * nowhere. The caller has made sure that the vehicle may carry it. Where it stands is left in `search`.
 *
 * Only costs under `below` are wanted: any answer from there on says that the cost is no less than the answer, and leaves
 * no place. That is found out much sooner.
 */
export function cheapestPlace(
  search: PlaceSearch,
  routes: Routes,
  shipment: number,
  v: number,
  below = Infinity,
): number {
  const { bound, maxStops, fixed } = routes.instance;
  const length = routes.length[v]!;
  const isPair = bound[shipment]! < 0;
  if (length + (isPair ? 2 : 1) > maxStops[v]!) return Infinity;
  if (search.detour.length <= length) {
    search.detour = new Float64Array(length * 2 + 2);
    search.bound = new Float64Array(length * 2 + 2);
    search.least = new Float64Array(length * 2 + 2);
  }
  if (!deliveryDetours(search, routes, shipment, v)) return Infinity;
  const opening = length === 0 ? fixed[v]! : 0;
  // Nothing is cheaper than the delivery alone: to come by for the pickup as well is never a short cut.
  const least = search.least[search.first]! + opening;
  if (least >= below) return least;
  const place = isPair ? placePair : placeDelivery;
  return place(search, routes, shipment, v, below - opening) + opening;
}

/**
 * Fills `detour` and `least` from `first` to `last`, the outermost gaps that can hold the delivery; false when none can.
 * Most gaps fall by the times kept in the route, which stand beside each other, before a matrix is looked at.
 */
function deliveryDetours(search: PlaceSearch, routes: Routes, shipment: number, v: number): boolean {
  const { instance, at, arc, drive, departs, latest, urgency } = routes;
  const { locations, gaps, soft } = instance;
  const { detour, bound, least, overlooking } = search;
  const seconds = instance.seconds[v]!;
  const price = instance.price[v]!;
  const price2 = instance.price2[v]!;
  const factor = instance.factor[v]!;
  const factor2 = instance.factor2[v]!;
  const node = deliveryOf(shipment);
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
  const { opens, service, place, locations, bound } = instance;
  const [pickup, delivery] = [pickupOf(shipment), deliveryOf(shipment)];
  if (bound[shipment]! >= 0) return opens[delivery]!;
  const way = seconds[place[pickup]! * locations + place[delivery]!]!;
  return Math.max(opens[delivery]!, opens[pickup]! + service[pickup]! + way);
}

function placeDelivery(search: PlaceSearch, routes: Routes, shipment: number, v: number, below: number): number {
  const { soft, frozen } = routes.instance;
  const { detour, bound } = search;
  let best = below;
  for (let j = frozen[v]!; j <= search.last; j++) {
    // Behind a pickup that overloads because this is still on board, it comes too late.
    if (j > frozen[v]! && overloaded(routes, v, j - 1)) break;
    if (j < search.first) continue;
    if (bound[j]! >= best) continue;
    let added = detour[j]!;
    if (soft) added += addedLateness(routes, shipment, v, -1, j, best - added);
    if (added >= best) continue;
    best = added;
    search.pickupGap = -1;
    search.deliveryGap = j;
  }
  return best;
}

function placePair(search: PlaceSearch, routes: Routes, shipment: number, v: number, below: number): number {
  const { instance, at, drive, arc, departs, latest, load, urgency } = routes;
  const { locations, gaps, soft, dimensions, opens, service } = instance;
  const { least, overlooking } = search;
  const seconds = instance.seconds[v]!;
  const price = instance.price[v]!;
  const price2 = instance.price2[v]!;
  const factor = instance.factor[v]!;
  const factor2 = instance.factor2[v]!;
  const pickup = pickupOf(shipment);
  const delivery = deliveryOf(shipment);
  const from = instance.place[pickup]!;
  const to = instance.place[delivery]!;
  const closesTo = instance.closes[delivery]!;
  const opensTo = opens[delivery]!;
  const serviceTo = service[delivery]!;
  const returns = instance.returns[v]!;
  const room = roomFor(instance, shipment, v);
  const between = from * locations + to;
  const betweenSeconds = seconds[between]!;
  const betweenCost = factor * price[between]! + (factor2 === 0 ? 0 : factor2 * price2[between]!);
  const base = v * routes.width;
  const length = routes.length[v]!;
  const { first, last } = search;
  const opensFrom = opens[pickup]!;
  const serviceFrom = service[pickup]!;
  const closes = Math.min(instance.closes[pickup]!, closesTo - betweenSeconds - serviceFrom + tolerance);
  if (opensFrom > instance.closes[pickup]!) return Infinity;
  let best = below;

  for (let i = instance.frozen[v]!; i <= last; i++) {
    const slot = base + i;
    let t = i > 0 ? departs[slot - 1]! : instance.leaves[v]!;
    if (t > closes) break;
    const limit = (i < length ? latest[slot]! : returns) + tolerance;
    if (t + drive[slot]! + serviceFrom > limit) continue;
    const next = i < length ? at[slot]! : instance.to[v]!;
    const on = from * locations + next;
    const toNext = serviceFrom + (next < 0 ? 0 : seconds[on]!);
    if ((t > opensFrom ? t : opensFrom) + toNext > limit) continue;
    const previous = i > 0 ? at[slot - 1]! : instance.from[v]!;
    let toPickup = 0;
    if (previous >= 0) {
      const way = previous * locations + from;
      t += seconds[way]!;
      toPickup = factor * price[way]! + (factor2 === 0 ? 0 : factor2 * price2[way]!);
    }
    if (t > closes) break;
    if (overlooking !== null && overlooking.next() < gapBlink) continue;
    if (!(i > 0 ? load[slot - 1]! <= room : startLoad(instance, v) <= room)) continue;
    if (dimensions > 1 && !roomAfter(routes, shipment, v, i - 1)) continue;
    if (t < opensFrom) t = opensFrom;
    else if (gaps) t = opening(instance, pickup, t);
    if (t + toNext > limit) continue;
    t += serviceFrom;

    // Both in this gap.
    let begin = t + betweenSeconds;
    if (begin <= closesTo) {
      if (begin < opensTo) begin = opensTo;
      else if (gaps) begin = opening(instance, delivery, begin);
      let arrival = begin + serviceTo;
      let added = toPickup + betweenCost - arc[slot]!;
      if (next >= 0) {
        const way = to * locations + next;
        arrival += seconds[way]!;
        added += factor * price[way]! + (factor2 === 0 ? 0 : factor2 * price2[way]!);
      }
      if (added < best && arrival <= limit) {
        if (soft) added += addedLateness(routes, shipment, v, i, i, best - added);
        best = keep(search, i, i, added, best);
      }
    }

    if (i >= last) continue;
    const pickupDetour = toPickup - arc[slot]! + factor * price[on]! + (factor2 === 0 ? 0 : factor2 * price2[on]!);
    t += seconds[on]!;
    let lateness = 0;
    if (soft) lateness = urgency[slot]! * (t - drive[slot]! - (i > 0 ? departs[slot - 1]! : instance.leaves[v]!));
    if (pickupDetour + lateness + least[i + 1 < first ? first : i + 1]! >= best) continue;
    best = placeApart(search, routes, shipment, v, i, t, pickupDetour, lateness, best);
  }
  return best;
}

/**
 * The pickup in gap `i`, which adds `pickupDetour` and no less than `pickupLateness`, and lets the vehicle arrive at the stop
 * behind it at `t`, and the delivery in a later gap, when that is cheaper than `best`.
 */
function placeApart(
  search: PlaceSearch,
  routes: Routes,
  shipment: number,
  v: number,
  i: number,
  t: number,
  pickupDetour: number,
  pickupLateness: number,
  best: number,
): number {
  const { instance, stops, at, drive, latest, load } = routes;
  const { locations, gaps, dimensions, opens, service } = instance;
  const { detour, bound, least, first, last } = search;
  const pickupBound = pickupDetour + pickupLateness;
  const seconds = instance.seconds[v]!;
  const node = deliveryOf(shipment);
  const here = instance.place[node]!;
  const closes = instance.closes[node]!;
  const opensHere = opens[node]!;
  const serviceHere = service[node]!;
  const room = roomFor(instance, shipment, v);
  const base = v * routes.width;
  const length = routes.length[v]!;
  for (let k = i; ; k++) {
    const slot = base + k;
    if (t > latest[slot]! + tolerance || load[slot]! > room) break;
    if (dimensions > 1 && !roomAfter(routes, shipment, v, k)) break;
    const passed = stops[slot]!;
    if (t < opens[passed]!) t = opens[passed]!;
    else if (gaps) t = opening(instance, passed, t);
    t += service[passed]!;
    const j = k + 1;
    if (j >= first && pickupBound + bound[j]! < best) {
      let added = pickupDetour + detour[j]!;
      let begin = t + seconds[at[slot]! * locations + here]!;
      if (begin > closes) break;
      if (begin < opensHere) begin = opensHere;
      else if (gaps) begin = opening(instance, node, begin);
      const next = j < length ? at[slot + 1]! : instance.to[v]!;
      const arrival = begin + serviceHere + (next < 0 ? 0 : seconds[here * locations + next]!);
      if (arrival <= (j < length ? latest[slot + 1]! : instance.returns[v]!) + tolerance) {
        if (instance.soft) added += addedLateness(routes, shipment, v, i, j, best - added);
        best = keep(search, i, j, added, best);
      }
    }
    if (j >= last || pickupBound + least[j + 1 < first ? first : j + 1]! >= best) return best;
    t += drive[slot + 1]!;
  }
  return best;
}

/** Notes the gaps when they are the best so far; answers what is the best then. */
function keep(search: PlaceSearch, i: number, j: number, added: number, best: number): number {
  if (added >= best) return best;
  search.pickupGap = i;
  search.deliveryGap = j;
  return added;
}

/** How much may be on board, in the first dimension, for the shipment still to fit. */
function roomFor(instance: Instance, shipment: number, v: number): number {
  const { dimensions, capacity, load } = instance;
  const amount = dimensions > 0 ? load[shipment * dimensions]! : 0;
  return amount > 0 ? capacity[v * dimensions]! - amount : Infinity;
}

const startLoad = (instance: Instance, v: number): number =>
  instance.dimensions > 0 ? instance.aboard[v * instance.dimensions]! : 0;

/** Whether the shipment fits beside what is on board after position `k` (-1: at the start), in every dimension but the first. */
function roomAfter(routes: Routes, shipment: number, v: number, k: number): boolean {
  const { dimensions, aboard, capacity, load } = routes.instance;
  for (let d = 1; d < dimensions; d++) {
    const amount = load[shipment * dimensions + d]!;
    const there = k < 0 ? aboard[v * dimensions + d]! : routes.loads[(v * routes.width + k) * dimensions + d]!;
    if (amount > 0 && there + amount > capacity[v * dimensions + d]!) return false;
  }
  return true;
}
