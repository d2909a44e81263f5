import type { OsmData, OsmTags } from "../../../src/kernel/osm.ts";
import { greatCircle, type Point } from "../../../src/kernel/point.ts";
import { NearIndex, type Vec } from "./plane.ts";

export interface NamedPlace {
  readonly name: string;
  readonly point: Point;
  /** One line, null where the data has no address for it. */
  readonly address: string | null;
}

export interface Shop extends NamedPlace {
  /** The value of `shop` or `amenity`, e.g. `bakery`, `restaurant`. */
  readonly kind: string;
}

export interface Home {
  readonly point: Point;
  readonly street: string;
  /** Null in cities whose data has too few house numbers: then the point lies on the street. */
  readonly houseNumber: string | null;
  readonly district: string;
  /** How many households are behind this door: what demand is drawn by. */
  readonly weight: number;
}

export interface CityDistrict {
  readonly name: string;
  readonly centre: Point;
  /** Its share of all households; the shares add up to 1. */
  readonly demand: number;
}

/** Where orders begin and end in a city. */
export interface CityPlaces {
  readonly depots: readonly NamedPlace[];
  readonly hubs: readonly NamedPlace[];
  readonly pickupPoints: readonly NamedPlace[];
  readonly shops: readonly Shop[];
  readonly homes: readonly Home[];
  readonly districts: readonly CityDistrict[];
}

/** With fewer addresses than this the homes are taken from the streets. */
const enough = 500;
const sells = new Set(["restaurant", "fast_food", "cafe", "pub", "pharmacy", "bar"]);
const livedIn = new Set(["residential", "living_street", "tertiary", "unclassified"]);

interface Tagged {
  readonly tags: OsmTags;
  readonly point: Point;
}

/** Finds depots, shops and homes by their tags in any city; what the data lacks is taken from its streets, in the data's order. */
export function readPlaces(data: OsmData): CityPlaces {
  const at = new Map<number, Point>(data.nodes.map((node) => [node.id, [node.lon, node.lat]]));
  const things = tagged(data, at);
  const named = (fits: (tags: OsmTags) => boolean): NamedPlace[] =>
    things.filter(({ tags }) => fits(tags) && tags.name !== undefined).map(placeOf);
  const streets = onStreets(data, at);
  const districtAt = districtFinder(things);
  const homes = homesFrom(things, streets, districtAt);
  const shops = things.filter(({ tags }) => tags.name !== undefined && tradeOf(tags) !== null);
  const depots = named((tags) => tags.industrial === "depot" || tags.amenity === "post_depot");
  const hubs = named((tags) => tags.logistics === "hub");
  return {
    depots: depots.length > 0 ? depots : standIns("Depot", streets.main, 3),
    hubs: hubs.length > 0 ? hubs : standIns("Hub", streets.main, 5).slice(3),
    pickupPoints: named((tags) => tags.amenity === "parcel_locker" || tags.amenity === "post_office"),
    shops: shops.map((thing) => ({ ...placeOf(thing), kind: tradeOf(thing.tags)! })),
    homes,
    districts: districtsOf(homes, things),
  };
}

function tagged(data: OsmData, at: ReadonlyMap<number, Point>): Tagged[] {
  const things: Tagged[] = [];
  for (const node of data.nodes)
    if (node.tags !== undefined) things.push({ tags: node.tags, point: [node.lon, node.lat] });
  for (const way of data.ways) {
    if (way.tags === undefined || way.tags.highway !== undefined) continue;
    const ring = way.refs
      .slice(0, -1)
      .map((ref) => at.get(ref))
      .filter((point) => point !== undefined);
    if (ring.length === 0) continue;
    const sum = ring.reduce<Vec>(([x, y], [lon, lat]) => [x + lon, y + lat], [0, 0]);
    things.push({ tags: way.tags, point: [sum[0] / ring.length, sum[1] / ring.length] });
  }
  return things;
}

const tradeOf = (tags: OsmTags): string | null =>
  tags.shop ?? (tags.amenity !== undefined && sells.has(tags.amenity) ? tags.amenity : null);

function placeOf({ tags, point }: Tagged): NamedPlace {
  const street = tags["addr:street"];
  const number = tags["addr:housenumber"];
  const parts = [
    street === undefined ? undefined : number === undefined ? street : `${street} ${number}`,
    tags["addr:city"],
  ];
  return {
    name: tags.name!,
    point,
    address: street === undefined ? null : parts.filter((part) => part !== undefined).join(", "),
  };
}

function homesFrom(things: readonly Tagged[], streets: Streets, districtAt: (p: Point) => string): Home[] {
  const doors = things.filter(
    ({ tags }) => tags["addr:housenumber"] !== undefined && tags["addr:street"] !== undefined && isHome(tags),
  );
  if (doors.length < enough && streets.lived.length > doors.length)
    return streets.lived.map(({ name, point }) => ({
      point,
      street: name,
      houseNumber: null,
      district: districtAt(point),
      weight: 1,
    }));
  return doors.map(({ tags, point }) => ({
    point,
    street: tags["addr:street"]!,
    houseNumber: tags["addr:housenumber"]!,
    district: tags["addr:suburb"] ?? districtAt(point),
    weight: Math.max(1, Number(tags["building:flats"] ?? 1) || 1),
  }));
}

/** An address with a shop below may well have flats above; sheds and depots have none. */
const isHome = (tags: OsmTags): boolean =>
  tags.industrial === undefined && tags.logistics === undefined && tags.amenity !== "post_office";

interface Streets {
  readonly lived: readonly { readonly name: string; readonly point: Point }[];
  readonly main: readonly { readonly name: string; readonly point: Point }[];
}

/** A point every forty metres or so along the streets people live in, and on the main roads. */
function onStreets(data: OsmData, at: ReadonlyMap<number, Point>): Streets {
  const [lived, main]: { name: string; point: Point }[][] = [[], []];
  for (const { tags, refs } of data.ways) {
    if (tags?.highway === undefined || tags.name === undefined || tags.area === "yes") continue;
    const list = livedIn.has(tags.highway)
      ? lived!
      : tags.highway === "secondary" || tags.highway === "primary"
        ? main!
        : null;
    let last: Point | null = null;
    for (const ref of list === null ? [] : refs) {
      const point = at.get(ref);
      if (point === undefined || (last !== null && greatCircle(last, point) < 40)) continue;
      list!.push({ name: tags.name, point });
      last = point;
    }
  }
  return { lived: lived!, main: main! };
}

/** Where the data knows none: points spread evenly over the list of main roads. */
const standIns = (name: string, streets: Streets["main"], count: number): NamedPlace[] =>
  Array.from({ length: Math.min(count, streets.length) }, (_, i) => {
    const { point, name: street } = streets[Math.floor(((i + 0.5) * streets.length) / count)]!;
    return { name: `${name} ${street}`, point, address: street };
  });

const parts = new Set(["suburb", "quarter", "neighbourhood"]);

/** Which named part of town a point belongs to: the one whose name is written nearest. */
function districtFinder(things: readonly Tagged[]): (p: Point) => string {
  const centres = things.filter(({ tags }) => parts.has(tags.place ?? "") && tags.name !== undefined);
  const index = new NearIndex<Tagged>(1);
  for (const centre of centres) index.add([centre.point[0] * 100, centre.point[1] * 100], centre);
  return (p) => {
    let [best, far] = ["", Infinity];
    const look = (thing: Tagged): void => {
      const off = Math.hypot((thing.point[0] - p[0]) * Math.cos((p[1] * Math.PI) / 180), thing.point[1] - p[1]);
      if (off < far) [best, far] = [thing.tags.name!, off];
    };
    index.visit([p[0] * 100, p[1] * 100], [p[0] * 100, p[1] * 100], 1.5, look);
    if (best === "") centres.forEach(look);
    return best;
  };
}

function districtsOf(homes: readonly Home[], things: readonly Tagged[]): CityDistrict[] {
  const all = homes.reduce((sum, home) => sum + home.weight, 0);
  const weights = new Map<string, number>();
  for (const { district, weight } of homes) weights.set(district, (weights.get(district) ?? 0) + weight);
  return things.flatMap(({ tags, point }) => {
    const weight = parts.has(tags.place ?? "") ? weights.get(tags.name ?? "") : undefined;
    if (weight === undefined) return [];
    weights.delete(tags.name!);
    return [{ name: tags.name!, centre: point, demand: weight / all }];
  });
}
