import { addedDuty } from "./added-duty.ts";
import { addedLateness } from "./added-lateness.ts";
import { deliveryDetours, gapBlink, reserveGaps, type PlaceSearch } from "./delivery-detours.ts";
import { deliveryOf, opening, pickupOf, priceToTake, tolerance } from "./instance.ts";
import { meets, overloaded } from "./mend.ts";
import { cheapestByWalk, walkedCost, withHelper } from "./place-by-walk.ts";
import { hasRoom, hasRoomAtDepot, roomFor, roomUpTo, startLoad } from "./room.ts";
import type { Routes } from "./routes.ts";
import { callsOf } from "./tidy.ts";

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
  const { instance, terms } = routes;
  const { single, maxStops, fixed, apart } = instance;
  const length = routes.length[v]!;
  const isPair = single[shipment]! < 0;
  if (callsOf(routes, v) + (isPair ? 2 : 1) > maxStops[v]!) return Infinity;
  if (apart[shipment] !== null && meets(routes, shipment, v)) return Infinity;
  search.route = null;
  search.surcharge = (length === 0 ? fixed[v]! : 0) + priceToTake(instance, shipment, v);
  if (terms.bent[v] === 1)
    return (search.overlooking === null ? cheapestByWalk : withHelper)(search, routes, shipment, v, below);
  if (!hasRoomAtDepot(routes, shipment, v)) return Infinity;
  reserveGaps(search, length);
  if (!deliveryDetours(search, routes, shipment, v)) return Infinity;
  // Nothing is cheaper than the delivery alone: to come by for the pickup as well is never a short cut.
  const least = search.least[search.first]! + search.surcharge;
  if (least >= below) return least;
  const place = isPair ? placePair : placeSingle;
  const limit = below - search.surcharge;
  const added = place(search, routes, shipment, v, limit);
  // Not by the sum: with fractions, what was taken off `below` and added again may end a hair under it.
  return added < limit ? added + search.surcharge : below;
}

/** What a place that holds in time costs in full, without `surcharge`; `added` is the part that ways cost. */
function settle(
  search: PlaceSearch,
  routes: Routes,
  shipment: number,
  v: number,
  i: number,
  j: number,
  added: number,
  best: number,
): number {
  if (routes.terms.judged[v] === 1) {
    return walkedCost(routes, shipment, v, i, j, best + search.surcharge) - search.surcharge;
  }
  if (routes.terms.spanned[v] === 1) return added + addedDuty(routes, shipment, v, i, j);
  return routes.instance.soft ? added + addedLateness(routes, shipment, v, i, j, best - added) : added;
}

/** Whether a place costs, or forbids, more than the ways say. */
const addsMore = ({ instance, terms }: Routes, v: number): boolean =>
  instance.soft || terms.judged[v] === 1 || terms.spanned[v] === 1;

/** For what has one stop only: on board already, from the depot, to the depot, or a service. */
function placeSingle(search: PlaceSearch, routes: Routes, shipment: number, v: number, below: number): number {
  const { frozen, depot } = routes.instance;
  const { detour, bound } = search;
  const length = routes.length[v]!;
  const first = frozen[v]!;
  // To the depot: on board from here to the end.
  let from = first;
  if (depot[shipment] === -1) for (from = length; from > first && hasRoom(routes, shipment, v, from - 1);) from--;
  let best = below;
  for (let j = first; j <= search.last; j++) {
    // From the depot: on board from the beginning to here.
    if (
      depot[shipment] === 1 &&
      !(j === first ? roomUpTo(routes, shipment, v, j) : hasRoom(routes, shipment, v, j - 1))
    )
      break;
    // Behind a pickup that overloads because this is still on board, it comes too late.
    if (depot[shipment] === 0 && j > first && overloaded(routes, v, j - 1)) break;
    if (j < search.first || j < from || bound[j]! >= best) continue;
    if (depot[shipment] === -1 && !hasRoom(routes, shipment, v, j - 1)) continue;
    const isPickup = depot[shipment] === -1;
    const added = settle(search, routes, shipment, v, isPickup ? j : -1, isPickup ? -1 : j, detour[j]!, best);
    if (added >= best) continue;
    best = added;
    search.pickupGap = isPickup ? j : -1;
    search.deliveryGap = isPickup ? -1 : j;
  }
  return best;
}

function placePair(search: PlaceSearch, routes: Routes, shipment: number, v: number, below: number): number {
  const { instance, at, drive, arc, departs, latest, load, urgency } = routes;
  const { locations, gaps, soft, dimensions, opens, service } = instance;
  const { least, overlooking } = search;
  const unsettled = addsMore(routes, v);
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
    if (!(i > 0 ? load[slot - 1]! <= room : startLoad(routes, v) <= room)) continue;
    if (dimensions > 1 && !hasRoom(routes, shipment, v, i - 1, 1)) continue;
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
        if (unsettled) added = settle(search, routes, shipment, v, i, i, added, best);
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
  const unsettled = addsMore(routes, v);
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
    if (dimensions > 1 && !hasRoom(routes, shipment, v, k, 1)) break;
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
        if (unsettled) added = settle(search, routes, shipment, v, i, j, added, best);
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
