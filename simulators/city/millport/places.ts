import type { OsmData, OsmTags } from "../../../src/kernel/osm.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { workFinder } from "./land-use.ts";
import { around, readStreets, sector, type OnStreet, type Streets } from "./stand-ins.ts";

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

/** A door that orders go to. */
export interface Door {
  readonly point: Point;
  readonly street: string;
  /** Null in cities whose data has too few house numbers: then the point lies on the street. */
  readonly houseNumber: string | null;
  readonly district: string;
  /** How many households or workplaces are behind it: what demand is drawn by. */
  readonly weight: number;
}

export interface CityDistrict {
  readonly name: string;
  readonly centre: Point;
  /** Its share of all households; the shares add up to 1. */
  readonly homes: number;
  /** Its share of all workplaces; the shares add up to 1, or to 0 where nobody works. */
  readonly work: number;
}

/** Where orders begin and end in a city. */
export interface CityPlaces {
  readonly depots: readonly NamedPlace[];
  readonly hubs: readonly NamedPlace[];
  readonly pickupPoints: readonly NamedPlace[];
  readonly shops: readonly Shop[];
  readonly homes: readonly Door[];
  readonly workplaces: readonly Door[];
  readonly districts: readonly CityDistrict[];
}

/** With fewer addresses than this the homes are taken from the streets; likewise the shops. */
const [enoughHomes, enoughShops] = [500, 20];
const sells = new Set(["restaurant", "fast_food", "cafe", "pub", "pharmacy", "bar"]);
/** What stands in for shops, in turn: enough of each kind for a day of meals and parcels. */
const standInTrades = [
  "restaurant",
  "convenience",
  "fast_food",
  "books",
  "pharmacy",
  "bakery",
  "clothes",
  "electronics",
] as const;

interface Tagged {
  readonly tags: OsmTags;
  readonly point: Point;
}

/** Finds depots, shops and homes by their tags in any city; what the data lacks is taken from its streets, in the data's order. */
export function readPlaces(data: OsmData): CityPlaces {
  const things = tagged(data);
  const streets = readStreets(data);
  const parts = things.filter(({ tags }) => partsOfTown.has(tags.place ?? "") && tags.name !== undefined);
  const districtAt = (point: Point): string => nearestName(parts, point) ?? sector(streets.centre, point);
  const homes = homesFrom(things, streets, districtAt);
  const shops = shopsFrom(things, streets);
  const named = (fits: (tags: OsmTags) => boolean): NamedPlace[] =>
    things.filter(({ tags }) => tags.name !== undefined && fits(tags)).map(placeOf);
  const found = {
    depots: named((tags) => tags.industrial === "depot" || tags.amenity === "post_depot"),
    hubs: named((tags) => tags.logistics === "hub"),
    pickupPoints: named((tags) => tags.amenity === "parcel_locker" || tags.amenity === "post_office"),
  };
  const workplaces = workplacesFrom(things, shops, workFinder(data), districtAt);
  const on = (count: number, far: number, turn: number): OnStreet[] => around(streets, streets.main, count, far, turn);
  return {
    depots: found.depots.length > 0 ? found.depots : on(3, 2600, 0.1).map(standIn("Depot")),
    hubs: found.hubs.length > 0 ? found.hubs : on(2, 900, 0.35).map(standIn("Hub")),
    pickupPoints: found.pickupPoints.length > 0 ? found.pickupPoints : on(12, 1800, 0.7).map(standIn("Locker")),
    shops,
    homes,
    workplaces,
    districts: districtsOf(homes, workplaces, parts),
  };
}

function tagged(data: OsmData): Tagged[] {
  const at = new Map<number, Point>(data.nodes.map((node) => [node.id, [node.lon, node.lat]]));
  const things: Tagged[] = [];
  for (const node of data.nodes) if (node.tags !== undefined) things.push({ tags: node.tags, point: at.get(node.id)! });
  for (const way of data.ways) {
    if (way.tags === undefined || way.tags.highway !== undefined) continue;
    if (way.tags.name === undefined && way.tags["addr:housenumber"] === undefined) continue;
    const corners = way.refs
      .slice(1)
      .map((ref) => at.get(ref))
      .filter((point) => point !== undefined);
    if (corners.length === 0) continue;
    const mean = (axis: 0 | 1): number => corners.reduce((sum, point) => sum + point[axis], 0) / corners.length;
    things.push({ tags: way.tags, point: [mean(0), mean(1)] });
  }
  return things;
}

const tradeOf = (tags: OsmTags): string | null =>
  tags.shop ?? (tags.amenity !== undefined && sells.has(tags.amenity) ? tags.amenity : null);

function placeOf({ tags, point }: Tagged): NamedPlace {
  const street = tags["addr:street"];
  const number = tags["addr:housenumber"];
  if (street === undefined) return { name: tags.name!, point, address: null };
  const line = number === undefined ? street : `${street} ${number}`;
  return { name: tags.name!, point, address: tags["addr:city"] === undefined ? line : `${line}, ${tags["addr:city"]}` };
}

const standIn =
  (what: string) =>
  ({ name, point }: OnStreet): NamedPlace => ({ name: `${what} ${name}`, point, address: name });

function shopsFrom(things: readonly Tagged[], streets: Streets): Shop[] {
  const found = things
    .filter(({ tags }) => tags.name !== undefined && tradeOf(tags) !== null)
    .map((thing) => ({ ...placeOf(thing), kind: tradeOf(thing.tags)! }));
  return found.length >= enoughShops ? found : [...found, ...standInShops(streets)];
}

/** Shops along the main roads, denser towards the centre: three rings of forty, in turn of every trade. */
function standInShops(streets: Streets): Shop[] {
  const spots = [500, 1100, 2000].flatMap((far) => around(streets, streets.main, 40, far, 0.5));
  return [...new Map(spots.map((spot) => [spot.point, spot])).values()].map((spot, i) => {
    const kind = standInTrades[i % standInTrades.length]!;
    return { ...standIn(kind.replace("_", " "))(spot), kind };
  });
}

function homesFrom(things: readonly Tagged[], streets: Streets, districtAt: (p: Point) => string): Door[] {
  const doors = things.filter(
    ({ tags }) => tags["addr:housenumber"] !== undefined && tags["addr:street"] !== undefined && isHome(tags),
  );
  if (doors.length < enoughHomes && streets.lived.length > doors.length)
    return streets.lived.map(({ name, point }) => ({
      point,
      street: name,
      houseNumber: null,
      district: districtAt(point),
      weight: 1,
    }));
  return doors.map(({ tags, point }) => ({
    ...addressOf({ tags, point }, districtAt),
    weight: Math.max(1, Number(tags["building:flats"] ?? 1) || 1),
  }));
}

const addressOf = ({ tags, point }: Tagged, districtAt: (p: Point) => string): Omit<Door, "weight"> => ({
  point,
  street: tags["addr:street"]!,
  houseNumber: tags["addr:housenumber"]!,
  district: tags["addr:suburb"] ?? districtAt(point),
});

/** Shops, offices, and every address on ground that people work on; in data without addresses the shops alone. */
function workplacesFrom(
  things: readonly Tagged[],
  shops: readonly Shop[],
  workAt: (point: Point) => number,
  districtAt: (p: Point) => string,
): Door[] {
  const doors = things.flatMap((thing): Door[] => {
    if (thing.tags["addr:housenumber"] === undefined || thing.tags["addr:street"] === undefined) return [];
    const weight = workAt(thing.point) + workIn(thing.tags);
    return weight === 0 ? [] : [{ ...addressOf(thing, districtAt), weight }];
  });
  if (doors.length >= enoughShops) return doors;
  return shops.map(({ name, point, address }) => ({
    point,
    street: address ?? name,
    houseNumber: null,
    district: districtAt(point),
    weight: 1,
  }));
}

const workIn = (tags: OsmTags): number => (tags.office !== undefined ? 4 : tradeOf(tags) !== null ? 2 : 0);

/** An address with a shop below may well have flats above; sheds and depots have none. */
const isHome = (tags: OsmTags): boolean =>
  tags.industrial === undefined &&
  tags.logistics === undefined &&
  tags.amenity !== "post_office" &&
  tags["building:flats"] !== "0";

const partsOfTown = new Set(["suburb", "quarter", "neighbourhood"]);

/** The part of town whose name is written nearest, within some three kilometres; null when there is none. */
function nearestName(parts: readonly Tagged[], [lon, lat]: Point): string | null {
  let [best, least]: [string | null, number] = [null, 0.027];
  const shrink = Math.cos((lat * Math.PI) / 180);
  for (const { tags, point } of parts) {
    const off = Math.hypot((point[0] - lon) * shrink, point[1] - lat);
    if (off < least) [best, least] = [tags.name!, off];
  }
  return best;
}

/** Every district somebody lives or works in, at its written name, else in the middle of its doors. */
function districtsOf(homes: readonly Door[], workplaces: readonly Door[], parts: readonly Tagged[]): CityDistrict[] {
  const sum = (doors: readonly Door[]): number => doors.reduce((all, door) => all + door.weight, 0);
  const [people, work] = [sum(homes), sum(workplaces)];
  const [lived, worked] = [homes, workplaces].map((doors) => Map.groupBy(doors, (door) => door.district));
  return [...new Set([...lived!.keys(), ...worked!.keys()])].map((name) => {
    const [ours, theirs] = [lived!.get(name) ?? [], worked!.get(name) ?? []];
    const its = ours.length > 0 ? ours : theirs;
    const written = parts.find(({ tags }) => tags.name === name)?.point;
    const mean = (axis: 0 | 1): number => its.reduce((all, door) => all + door.point[axis], 0) / its.length;
    return {
      name,
      centre: written ?? [mean(0), mean(1)],
      homes: people === 0 ? 0 : sum(ours) / people,
      work: work === 0 ? 0 : sum(theirs) / work,
    };
  });
}
