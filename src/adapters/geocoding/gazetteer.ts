import type { OsmData, OsmTags } from "../../kernel/osm.ts";
import { greatCircle, type Point } from "../../kernel/point.ts";

/** A house as the data has it. */
export interface HouseEntry {
  readonly street: StreetEntry;
  readonly houseNumber: string;
  /** The number's leading digits; null when it has none. */
  readonly number: number | null;
  readonly point: Point;
  readonly city: string | null;
  readonly postcode: string | null;
}

export interface StreetEntry {
  readonly kind: "street";
  readonly name: string;
  readonly lines: Point[][];
  readonly houses: HouseEntry[];
  /** Where the data says between which numbers the others lie, and along which line. */
  readonly runs: HouseRun[];
}

/** A line of houses of which only the ends are known (`addr:interpolation`). */
export interface HouseRun {
  readonly low: HouseEntry;
  readonly high: HouseEntry;
  /** 2 where the numbers of one side run, 1 where all do. */
  readonly step: 1 | 2;
  /** From `low` to `high`. */
  readonly line: readonly Point[];
}

/** A shop, a park, a part of town: anything with a name and a place that is no street. */
export interface PlaceEntry {
  readonly kind: "place";
  readonly name: string;
  readonly point: Point;
  readonly street: string | null;
  readonly houseNumber: string | null;
  readonly city: string | null;
  readonly postcode: string | null;
}

export interface Gazetteer {
  readonly streets: readonly StreetEntry[];
  readonly places: readonly PlaceEntry[];
  /** The nearest town that reaches as far as a point, for what has no `addr:city`; null when the data names none. */
  cityAt(point: Point): string | null;
}

/** What a name on the map must also have to be a place people send parcels to. */
const placeKeys = [
  "shop",
  "amenity",
  "tourism",
  "leisure",
  "office",
  "craft",
  "place",
  "building",
  "industrial",
  "logistics",
  "historic",
  "railway",
  "healthcare",
  "public_transport",
  "man_made",
  "landuse",
];
/** How far from the dot of its name a town reaches, metres. */
const reaches: Readonly<Record<string, number>> = { city: 15_000, town: 6000, village: 1500 };
const nearby = 600;

/** Collects streets, houses and places. Streets of one name that lie apart are several streets. */
export function readGazetteer(data: OsmData): Gazetteer {
  const at = new Map<number, Point>(data.nodes.map((node) => [node.id, [node.lon, node.lat]]));
  const streets = new Map<string, StreetEntry[]>();
  for (const way of data.ways) {
    const name = way.tags?.highway === undefined ? undefined : way.tags.name;
    const line = name === undefined ? [] : way.refs.map((ref) => at.get(ref)).filter((point) => point !== undefined);
    if (name !== undefined && line.length > 0) layInto(streets, name, line);
  }
  const places: PlaceEntry[] = [];
  const cities: { name: string; point: Point; reach: number }[] = [];
  for (const { tags, point } of things(data, at)) {
    const reach = reaches[tags.place ?? ""];
    if (tags.name !== undefined && reach !== undefined) cities.push({ name: tags.name, point, reach });
    const number = tags["addr:housenumber"];
    const street = tags["addr:street"];
    if (number !== undefined && street !== undefined) addHouses(streets, street, number, point, tags);
    if (tags.name !== undefined && placeKeys.some((key) => tags[key] !== undefined))
      places.push(placeOf(tags.name, tags, point));
  }
  addRuns(data, at, [...streets.values()].flat());
  const cityAt = (point: Point): string | null => {
    const around = cities.filter((city) => greatCircle(city.point, point) <= city.reach);
    return nearest(around, point, (city) => city.point)?.name ?? null;
  };
  return { streets: [...streets.values()].flat(), places, cityAt };
}

function* things(data: OsmData, at: ReadonlyMap<number, Point>): Generator<{ tags: OsmTags; point: Point }> {
  for (const node of data.nodes) if (node.tags !== undefined) yield { tags: node.tags, point: [node.lon, node.lat] };
  for (const { tags, refs } of data.ways) {
    if (
      tags === undefined ||
      tags.highway !== undefined ||
      (tags.name === undefined && tags["addr:housenumber"] === undefined)
    )
      continue;
    const ring = [...new Set(refs)].map((ref) => at.get(ref)).filter((point) => point !== undefined);
    if (ring.length > 0) yield { tags, point: middleOf(ring) };
  }
}

const middleOf = (points: readonly Point[]): Point => [
  points.reduce((sum, [lon]) => sum + lon, 0) / points.length,
  points.reduce((sum, [, lat]) => sum + lat, 0) / points.length,
];

/** Ways of one name within 600 metres of each other are one street. */
function layInto(streets: Map<string, StreetEntry[]>, name: string, line: Point[]): void {
  const known = streets.get(name) ?? [];
  const mine = known.filter((street) => street.lines.some((other) => close(other, line)));
  const street = mine[0] ?? { kind: "street" as const, name, lines: [], houses: [], runs: [] };
  street.lines.push(line);
  for (const other of mine.slice(1)) street.lines.push(...other.lines);
  const rest = known.filter((other) => !mine.includes(other));
  streets.set(name, [...rest, street]);
}

/** Measured between the ends of the ways, in flat degrees: it is asked for every pair of ways that share a name. */
function close(a: readonly Point[], b: readonly Point[]): boolean {
  const reach = nearby / 111_195;
  return [a[0]!, a[a.length - 1]!].some((p) =>
    [b[0]!, b[b.length - 1]!].some((q) => {
      const north = p[1] - q[1];
      if (Math.abs(north) > reach) return false;
      return Math.hypot(north, (p[0] - q[0]) * Math.cos((p[1] * Math.PI) / 180)) <= reach;
    }),
  );
}

/** One tag may hold several numbers (`12;14` or `12,14`). A house whose street has no way of that name gets one without lines. */
function addHouses(
  streets: Map<string, StreetEntry[]>,
  name: string,
  numbers: string,
  point: Point,
  tags: OsmTags,
): void {
  const known = streets.get(name) ?? [];
  const found = nearest(
    known,
    point,
    (street) => nearest(street.lines.flat(), point, (p) => p) ?? street.houses[0]!.point,
  );
  const street = found ?? { kind: "street" as const, name, lines: [], houses: [], runs: [] };
  if (found === undefined) streets.set(name, [street]);
  for (const houseNumber of numbers
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== "")) {
    const digits = /^\d{1,6}/.exec(houseNumber);
    street.houses.push({
      street,
      houseNumber,
      number: digits === null ? null : Number(digits[0]),
      point,
      city: tags["addr:city"] ?? null,
      postcode: tags["addr:postcode"] ?? null,
    });
  }
}

/** Source: wiki.openstreetmap.org, "Key:addr:interpolation"; runs by letter are left out. */
function addRuns(data: OsmData, at: ReadonlyMap<number, Point>, streets: readonly StreetEntry[]): void {
  const steps: Readonly<Record<string, 1 | 2>> = { odd: 2, even: 2, all: 1 };
  const runs = data.ways.filter(({ tags }) => steps[tags?.["addr:interpolation"] ?? ""] !== undefined);
  if (runs.length === 0) return;
  const houses = new Map(
    streets.flatMap((street) => street.houses.map((house) => [house.point.join(), house] as const)),
  );
  for (const { refs, tags } of runs) {
    const line = refs.map((ref) => at.get(ref)).filter((point) => point !== undefined);
    const met = line.flatMap((point, i) => {
      const house = houses.get(point.join());
      return house === undefined || house.number === null ? [] : [{ i, house, number: house.number }];
    });
    met.slice(1).forEach((to, i) => {
      const from = met[i]!;
      const between = line.slice(from.i, to.i + 1);
      if (from.house.street !== to.house.street || from.number === to.number) return;
      const step = steps[tags!["addr:interpolation"]!]!;
      const run = from.number < to.number;
      const [low, high] = run ? [from.house, to.house] : [to.house, from.house];
      from.house.street.runs.push({ low, high, step, line: run ? between : between.reverse() });
    });
  }
}

const placeOf = (name: string, tags: OsmTags, point: Point): PlaceEntry => ({
  kind: "place",
  name,
  point,
  street: tags["addr:street"] ?? null,
  houseNumber: tags["addr:housenumber"] ?? null,
  city: tags["addr:city"] ?? null,
  postcode: tags["addr:postcode"] ?? null,
});

/** By great circle; undefined for none. With a single candidate nothing is measured. */
function nearest<Item>(items: readonly Item[], point: Point, at: (item: Item) => Point): Item | undefined {
  if (items.length <= 1) return items[0];
  let best: Item | undefined;
  let far = Infinity;
  const shrink = Math.cos((point[1] * Math.PI) / 180);
  for (const item of items) {
    const [lon, lat] = at(item);
    const off = ((lon - point[0]) * shrink) ** 2 + (lat - point[1]) ** 2;
    if (off < far) [best, far] = [item, off];
  }
  return best;
}
