import type { OrderRequest } from "../../src/journey/intake/index.ts";
import type { Requirement } from "../../src/domain/index.ts";
import { toLocal, type Zone } from "../../src/kernel/local-time.ts";
import type { Point } from "../../src/kernel/point.ts";
import type { Currency } from "../../src/kernel/money.ts";
import { money } from "../../src/kernel/money.ts";
import { after, grams, instant, liters, minutes, type Instant } from "../../src/kernel/quantity.ts";
import type { Rng } from "../../src/kernel/rng.ts";
import type { CityPlaces, Door, Shop } from "./millport/index.ts";

/** An order to come: when it is placed, and by which of the city's shippers (0 sells meals and groceries, 1 goods). */
export interface Wish {
  readonly at: Instant;
  readonly shipper: number;
  readonly request: OrderRequest;
}

export interface Demand {
  readonly orders: number;
  readonly from: Instant;
  readonly until: Instant;
  readonly zone: Zone;
  readonly currency: Currency;
}

/** How busy each hour of the local day is, relative to the others: two meal peaks over a working day. */
const byHour = [1, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 2, 3, 4, 5, 7, 9, 7, 5, 5, 6, 8, 10, 9, 7, 5, 3, 2] as const;

/**
 * The share of orders that go to where people work, by the hour of the local day; the others go home. So at noon the
 * districts of shops, offices and sheds ask, in the evening those of flats.
 */
const toWork = [
  0.05, 0.05, 0.05, 0.05, 0.05, 0.1, 0.15, 0.25, 0.35, 0.45, 0.5, 0.55, 0.55, 0.5, 0.45, 0.4, 0.35, 0.2, 0.1, 0.06,
  0.05, 0.05, 0.05, 0.05,
] as const;

const meals = new Set([
  "restaurant",
  "fast_food",
  "cafe",
  "pub",
  "bakery",
  "supermarket",
  "convenience",
  "greengrocer",
]);
const firstNames = [
  "Ada",
  "Bo",
  "Cleo",
  "Dina",
  "Edgar",
  "Finn",
  "Greta",
  "Hugo",
  "Iris",
  "Jonas",
  "Kira",
  "Liam",
  "Mona",
  "Nils",
  "Olga",
  "Pia",
  "Rafe",
  "Sven",
  "Tess",
  "Uma",
  "Vera",
  "Will",
  "Yara",
  "Zeno",
] as const;
const lastNames = [
  "Ashford",
  "Brook",
  "Carver",
  "Dale",
  "Easton",
  "Fisher",
  "Garrow",
  "Hale",
  "Ingram",
  "Jarvis",
  "Keel",
  "Lock",
  "Marsh",
  "Norton",
  "Oakes",
  "Perrin",
  "Quay",
  "Reeve",
  "Sands",
  "Thorne",
  "Vane",
  "Wharf",
] as const;
const goods = [
  "books",
  "running shoes",
  "a lamp",
  "printer paper",
  "a jacket",
  "spare parts",
  "flowers",
  "toys",
] as const;

/** A day's orders in the order of their placing, drawn from the city's shops, homes and workplaces: the same seed, the same day. */
export function wishes(places: CityPlaces, { orders, from, until, zone, currency }: Demand, rng: Rng): readonly Wish[] {
  const when = rng.fork("when");
  const what = rng.fork("what");
  const [home, work] = [weighted(places.homes, what), weighted(places.workplaces, what)];
  const [kitchens, stores] = split(places.shops);
  const hourOf = (at: number): number => toLocal(instant(at), zone).hour;
  const busy = (at: number): number => byHour[hourOf(at)]!;
  const anyDoor = (at: Instant): Door =>
    places.workplaces.length > 0 && what.next() < toWork[hourOf(at)]! ? work() : home();
  /** Nobody orders from the house they are in; a town that has no other door orders nothing that could be brought. */
  const doorAt = (at: Instant, { point }: Shop): Door => {
    let door = anyDoor(at);
    for (let tries = 0; tries < 100 && isAt(door, point); tries++) door = anyDoor(at);
    return door;
  };
  const instants = Array.from({ length: orders }, () => drawInstant(from, until, busy, when)).toSorted((a, b) => a - b);
  return instants.map((at, index) => {
    const shipper = what.next() < 0.6 ? 0 : 1;
    const shop = what.pick(shipper === 0 ? kitchens : stores);
    const door = doorAt(at, shop);
    const request = shipper === 0 ? meal(at, index, shop, door, what) : parcel(at, index, shop, door, currency, what);
    return { at, shipper, request };
  });
}

const isAt = (door: Door, [longitude, latitude]: Point): boolean =>
  door.point[0] === longitude && door.point[1] === latitude;

function split(shops: readonly Shop[]): readonly [readonly Shop[], readonly Shop[]] {
  const kitchens = shops.filter(({ kind }) => meals.has(kind));
  const stores = shops.filter(({ kind }) => !meals.has(kind));
  return [kitchens.length > 0 ? kitchens : shops, stores.length > 0 ? stores : shops];
}

/** Rejection sampling against the busiest hour. */
function drawInstant(from: Instant, until: Instant, busy: (at: number) => number, rng: Rng): Instant {
  const busiest = Math.max(...byHour);
  for (;;) {
    const at = Math.floor(rng.between(from, until));
    if (rng.next() * busiest <= busy(at)) return instant(at);
  }
}

function weighted(homes: readonly Door[], rng: Rng): () => Door {
  const ends: number[] = [];
  let total = 0;
  for (const { weight } of homes) ends.push((total += weight));
  return () => {
    const mark = rng.next() * total;
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]! <= mark) low = middle + 1;
      else high = middle;
    }
    return homes[low]!;
  };
}

const doorOf = ({ point, street, houseNumber }: Door, rng: Rng): OrderRequest["dropoff"] => ({
  name: `${rng.pick(firstNames)} ${rng.pick(lastNames)}`,
  phone: `+3512${String(rng.below(100_000_000)).padStart(8, "0")}`,
  email: null,
  address: houseNumber ? `${street} ${houseNumber}` : street,
  point,
  notes: rng.next() < 0.2 ? `floor ${1 + rng.below(6)}` : null,
});

const counterOf = ({ name, point, address }: Shop, rng: Rng): OrderRequest["pickup"] => ({
  name,
  phone: `+3513${String(rng.below(100_000_000)).padStart(8, "0")}`,
  email: null,
  address: address ?? name,
  point,
  notes: null,
});

/** A meal or groceries: at once, within the hour. */
function meal(at: Instant, index: number, shop: Shop, door: Door, rng: Rng): OrderRequest {
  const readyAt = after(at, minutes(rng.between(5, 20)));
  return {
    reference: `M-${index + 1}`,
    pickup: counterOf(shop, rng),
    dropoff: doorOf(door, rng),
    pickupWindow: { earliest: readyAt, latest: null },
    dropoffWindow: { earliest: null, latest: after(readyAt, minutes(50)) },
    readyAt,
    parcels: [{ weight: grams(400 + rng.below(5000)), volume: liters(4 + rng.below(18)), contents: "food" }],
    value: null,
    requirements: rng.next() < 0.05 ? ["age_check"] : [],
    serviceLevel: "on_demand",
    ifUndeliverable: "return",
  };
}

/** Goods from a store: this day, in a window of two hours. */
function parcel(at: Instant, index: number, shop: Shop, door: Door, currency: Currency, rng: Rng): OrderRequest {
  const opens = after(at, minutes(rng.between(30, 180)));
  const requirements: Requirement[] = rng.next() < 0.1 ? ["signature"] : [];
  const count = rng.next() < 0.8 ? 1 : 2;
  const contents = rng.pick(goods);
  return {
    reference: `G-${index + 1}`,
    pickup: counterOf(shop, rng),
    dropoff: doorOf(door, rng),
    pickupWindow: { earliest: null, latest: null },
    dropoffWindow: { earliest: opens, latest: after(opens, minutes(120)) },
    readyAt: after(at, minutes(10)),
    parcels: Array.from({ length: count }, () => ({
      weight: grams(300 + rng.below(9000)),
      volume: liters(3 + rng.below(35)),
      contents,
    })),
    value: money(1500 + rng.below(20_000), currency),
    requirements,
    serviceLevel: null,
    ifUndeliverable: requirements.length === 0 ? "leave_safe" : "return",
  };
}
