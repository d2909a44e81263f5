import type { FoundPlace } from "../../domain/ports.ts";
import { greatCircle, onTheWay, type Point } from "../../kernel/point.ts";
import type { Gazetteer, HouseEntry, PlaceEntry, StreetEntry } from "./gazetteer.ts";

const line = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== "").join(", ");

export function foundHouse(
  gazetteer: Gazetteer,
  house: HouseEntry,
  confidence: number,
  precision: "house" | "near" = "house",
): FoundPlace {
  const city = house.city ?? gazetteer.cityAt(house.point);
  return {
    point: house.point,
    label: line(`${house.street.name} ${house.houseNumber}`, city),
    street: house.street.name,
    houseNumber: house.houseNumber,
    city,
    postcode: house.postcode,
    precision,
    confidence,
  };
}

export function foundStreet(gazetteer: Gazetteer, street: StreetEntry, point: Point, confidence: number): FoundPlace {
  const city = street.houses[0]?.city ?? gazetteer.cityAt(point);
  const label = line(street.name, city);
  return {
    point,
    label,
    street: street.name,
    houseNumber: null,
    city,
    postcode: null,
    precision: "street",
    confidence,
  };
}

export function foundPlace(gazetteer: Gazetteer, place: PlaceEntry, confidence: number): FoundPlace {
  const city = place.city ?? gazetteer.cityAt(place.point);
  const street =
    place.street === null ? null : place.houseNumber === null ? place.street : `${place.street} ${place.houseNumber}`;
  return {
    point: place.point,
    label: line(place.name, street, city === place.name ? null : city),
    street: place.street,
    houseNumber: place.houseNumber,
    city,
    postcode: place.postcode,
    precision: "place",
    confidence,
  };
}

/**
 * A number the data lacks: along the run that has it; else between the two neighbours on its side of the street, as far
 * along as the number is. Null when it lies outside the known numbers, or the neighbours are more than 150 metres apart.
 */
export function interpolated(
  street: StreetEntry,
  number: number,
): { readonly house: HouseEntry; readonly sure: number } | null {
  const run = street.runs.find(
    ({ low, high, step }) => low.number! < number && number < high.number! && (number - low.number!) % step === 0,
  );
  if (run !== undefined) {
    const share = (number - run.low.number!) / (run.high.number! - run.low.number!);
    return { house: numbered(run.low, number, alongLine(run.line, share)), sure: 0.95 };
  }
  const side = street.houses.filter((house) => house.number !== null && house.number % 2 === number % 2);
  const below = extreme(side, (house) => (house.number! < number ? house.number! : -Infinity));
  const above = extreme(side, (house) => (house.number! > number ? -house.number! : -Infinity));
  if (below === null || above === null || greatCircle(below.point, above.point) > 150) return null;
  const share = (number - below.number!) / (above.number! - below.number!);
  return { house: numbered(below, number, onTheWay(below.point, above.point, share)), sure: 0.9 };
}

const numbered = (like: HouseEntry, number: number, point: Point): HouseEntry => ({
  ...like,
  houseNumber: String(number),
  number,
  point,
});

function alongLine(line: readonly Point[], share: number): Point {
  const lengths = line.slice(1).map((to, i) => Math.hypot(...flat(line[i]!, to)));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) return onTheWay(line[i]!, line[i + 1]!, left / length);
    left -= length;
  }
  return line.at(-1)!;
}

/** Degrees to the east and north, the same size both. */
const flat = (from: Point, to: Point): [number, number] => [
  (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180),
  to[1] - from[1],
];

function extreme(houses: readonly HouseEntry[], rate: (house: HouseEntry) => number): HouseEntry | null {
  let best: HouseEntry | null = null;
  let most = -Infinity;
  for (const house of houses) if (rate(house) > most) [best, most] = [house, rate(house)];
  return best;
}

/** A point on the street about half way along: the one nearest to the middle of all its points. Houses where it has no lines. */
export function middleOf(street: StreetEntry): Point {
  const points = street.lines.length > 0 ? street.lines.flat() : street.houses.map((house) => house.point);
  const lon = points.reduce((sum, p) => sum + p[0], 0) / points.length;
  const lat = points.reduce((sum, p) => sum + p[1], 0) / points.length;
  const off = (p: Point): number => (p[0] - lon) ** 2 + (p[1] - lat) ** 2;
  return points.reduce((best, p) => (off(p) < off(best) ? p : best));
}
