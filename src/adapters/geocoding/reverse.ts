import Flatbush from "flatbush";
import type { Places } from "../../domain/ports.ts";
import type { Point } from "../../kernel/point.ts";
import { foundHouse, foundStreet } from "./found.ts";
import type { Gazetteer, HouseEntry, StreetEntry } from "./gazetteer.ts";

/** A house as near as this answers, whatever street is nearer, metres. */
const atTheDoor = 40;
/** Farther away there is no answer, metres. */
const limit = 200;
const metresPerDegree = 111_195.08;

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** The nearest house within 200 metres, or the street when that is nearer than any house. */
export function openReverse(gazetteer: Gazetteer): Places["at"] {
  const houses = gazetteer.streets.flatMap((street) => street.houses);
  const origin = houses[0]?.point ?? gazetteer.streets[0]?.lines[0]?.[0] ?? [0, 0];
  const shrink = Math.cos((origin[1] * Math.PI) / 180);
  const flat = ([lon, lat]: Point): Spot => ({
    x: (lon - origin[0]) * metresPerDegree * shrink,
    y: (lat - origin[1]) * metresPerDegree,
  });
  const houseAt = nearestHouse(houses, flat);
  const streetAt = nearestStretch(gazetteer.streets, flat);
  return (point) => {
    const spot = flat(point);
    const [house, street] = [houseAt(spot), streetAt(spot)];
    if (house !== null && (house.far <= atTheDoor || street === null || house.far < street.far))
      return foundHouse(gazetteer, house.item, nearness(house.far));
    if (street === null) return null;
    const onStreet: Point = [street.x / metresPerDegree / shrink + origin[0], street.y / metresPerDegree + origin[1]];
    return foundStreet(gazetteer, street.item, onStreet, nearness(street.far));
  };
}

const nearness = (far: number): number => Math.round((1 - far / (limit * 1.25)) * 1000) / 1000;

function nearestHouse(
  houses: readonly HouseEntry[],
  flat: (p: Point) => Spot,
): (at: Spot) => { item: HouseEntry; far: number } | null {
  if (houses.length === 0) return () => null;
  const spots = houses.map((house) => flat(house.point));
  const tree = new Flatbush(houses.length);
  for (const { x, y } of spots) tree.add(x, y);
  tree.finish();
  return ({ x, y }) => {
    const found = tree.neighbors(x, y, 1, limit)[0];
    return found === undefined
      ? null
      : { item: houses[found]!, far: Math.hypot(spots[found]!.x - x, spots[found]!.y - y) };
  };
}

type OnStreet = Spot & { item: StreetEntry; far: number };

function nearestStretch(streets: readonly StreetEntry[], flat: (p: Point) => Spot): (at: Spot) => OnStreet | null {
  const stretches = streets.flatMap((item) =>
    item.lines.flatMap((line) => line.slice(1).map((to, i) => ({ item, a: flat(line[i]!), b: flat(to) }))),
  );
  if (stretches.length === 0) return () => null;
  const tree = new Flatbush(stretches.length);
  for (const { a, b } of stretches)
    tree.add(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y));
  tree.finish();
  return (at) => {
    // Boxes come by distance, and no stretch is nearer than its box: eight are enough to meet the nearest in any but a knot of streets.
    let best: OnStreet | null = null;
    for (const found of tree.neighbors(at.x, at.y, 8, limit)) {
      const { item, a, b } = stretches[found]!;
      const on = nearestOn(a, b, at);
      const far = Math.hypot(on.x - at.x, on.y - at.y);
      if (far <= limit && (best === null || far < best.far)) best = { item, ...on, far };
    }
    return best;
  };
}

function nearestOn(a: Spot, b: Spot, at: Spot): Spot {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((at.x - a.x) * dx + (at.y - a.y) * dy) / square));
  return { x: a.x + dx * share, y: a.y + dy * share };
}
