import type { Rng } from "../../../src/kernel/rng.ts";
import { perFlat, type House } from "./houses.ts";
import { shuffled } from "./names.ts";
import { outlineOf } from "./outlines.ts";
import type { OsmDraft } from "./osm-draft.ts";
import { add, apart, minus, NearIndex, polar, times, unit, type Vec } from "./plane.ts";
import { kindOf } from "./streets.ts";
import type { Terrain } from "./terrain.ts";
import { rank } from "./graph.ts";
import { districtWords, streetWords, surnames, trades } from "./words.ts";

export interface District {
  readonly name: string;
  readonly centre: Vec;
  readonly postcode: string;
}

/** Divides the town into districts; the middle of each is where its name is written on the map. */
function divide(rng: Rng, terrain: Terrain, doors: NearIndex<House>): District[] {
  const spots: { name: string; centre: Vec }[] = [
    { name: "Old Town", centre: [-0.05 * terrain.radius, -0.11 * terrain.radius] },
    {
      name: "Docks",
      centre: [
        terrain.docks[0] * 0.55 + terrain.docks[1] * 0.45,
        terrain.coast(terrain.docks[0]) + 0.14 * terrain.radius,
      ],
    },
  ];
  const lay = (names: readonly string[], ring: number, from: number, to: number): void => {
    shuffled(rng, names).forEach((name, i) => {
      const angle = from + ((to - from) * (i + 0.5)) / names.length;
      spots.push({ name, centre: polar(angle, terrain.radius * ring * rng.between(0.92, 1.08)) });
    });
  };
  const places = Math.min(districtWords.suburb.length, Math.max(3, Math.round(terrain.radius / 190)));
  lay(districtWords.inner.slice(0, Math.max(3, Math.round(places * 0.5))), 0.38, 0.12, Math.PI * 1.1);
  lay(districtWords.suburb.slice(0, places), 0.78, 0.02, Math.PI * 1.02);
  // Larger towns have more rings of districts, each called after what was there before.
  const more = shuffled(rng.fork("more"), streetWords);
  for (let ring = 0.28, at = 0; terrain.radius > 3600 && ring < 1; ring += 1100 / terrain.radius) {
    const count = Math.round((ring * terrain.radius * Math.PI) / 1300);
    lay(
      more.slice(at, (at += count)).map((word, i) => `${word}${endings[i % endings.length]!}`),
      ring,
      0.05,
      Math.PI,
    );
  }
  const near = Math.min(700, 0.2 * terrain.radius);
  const settled = spots.filter(({ centre }) => {
    let found = 0;
    doors.visit(centre, centre, near, ({ door }) => void (apart(door, centre) < near && found++));
    return found > 6;
  });
  return settled.map((spot, i) => ({ ...spot, postcode: `MP${1 + Math.floor(i / 2)} ${1 + (i % 2) * 4}AA` }));
}

const endings = ["field", " Hill", "ton", " Green", "ham", " Park", "wick", " End", "bury", " Cross"] as const;

/** Whose middle is nearest: large towns have hundreds of districts, and millions of doors ask. */
function districtFinder(districts: readonly District[]): (p: Vec) => District {
  const index = new NearIndex<District>(1000);
  for (const district of districts) index.add(district.centre, district);
  return (p) => index.nearest(p, ({ centre }) => centre)!;
}

/** Buildings, addresses, shops, depots, hubs, lockers and the names of districts. */
export function drawTown(
  draft: OsmDraft,
  rng: Rng,
  terrain: Terrain,
  houses: readonly House[],
  names: readonly (string | null)[],
): void {
  const doors = new NearIndex<House>(200);
  for (const house of houses) doors.add(house.door, house);
  const districts = divide(rng.fork("districts"), terrain, doors);
  const people = new Map<District, number>(districts.map((district) => [district, 0]));
  const [trade, shape] = [rng.fork("trade"), rng.fork("shape")];
  const sites = chooseSites(terrain, doors);
  const districtOf = districtFinder(districts);
  for (const house of houses) {
    const district = districtOf(house.door);
    people.set(district, people.get(district)! + house.flats * perFlat);
    draft.area(outlineOf(shape, house.quarter, house.corners), buildingTags(house));
    const address = draft.node(house.door, addressTags(house, names[house.street.number] ?? "", district));
    const site = sites.get(house);
    if (site !== undefined) draft.tag(address, site);
    else if (trade.next() < tradeShare(house)) draft.tag(address, shopTags(trade, house));
  }
  drawLockers(draft, rng.fork("lockers"), houses);
  for (const [district, count] of people)
    draft.node(district.centre, { place: "suburb", name: district.name, population: String(Math.round(count)) });
}

const buildingTags = (house: House): Record<string, string> =>
  house.quarter === "harbour"
    ? { building: "warehouse" }
    : {
        building: house.flats > 2 ? "apartments" : house.quarter === "suburb" ? "detached" : "house",
        "building:flats": String(house.flats),
      };

function addressTags(house: House, street: string, district: District): Record<string, string> {
  return {
    "addr:city": "Millport",
    "addr:housenumber": String(house.number),
    "addr:postcode": district.postcode,
    "addr:street": street,
    "addr:suburb": district.name,
    ...(house.flats === 1 ? {} : { "building:flats": String(house.flats) }),
  };
}

/** The share of houses with a shop on the ground floor. */
function tradeShare(house: House): number {
  const main = rank(kindOf(house.street)) <= rank("tertiary") || kindOf(house.street) === "pedestrian";
  if (house.quarter === "old town") return main ? 0.75 : 0.16;
  if (house.quarter === "inner") return main ? 0.16 : 0.015;
  return house.quarter === "suburb" ? (main ? 0.035 : 0.004) : 0;
}

function shopTags(rng: Rng, house: House): Record<string, string> {
  const all = trades.reduce((sum, trade) => sum + trade.often, 0);
  let draw = rng.between(0, all);
  const trade = trades.find(({ often }) => (draw -= often) < 0) ?? trades[0]!;
  const name = rng.pick(trade.names).replace("*", rng.pick(surnames));
  return { ...trade.tags, name: house.quarter === "suburb" && rng.next() < 0.3 ? `${name} Express` : name };
}

const doorOf = ({ door }: House): Vec => door;

/** Depots by the docks and where the motorway arrives, hubs at the old town's edge, post offices in between. */
function chooseSites(terrain: Terrain, doors: NearIndex<House>): Map<House, Record<string, string>> {
  const sites = new Map<House, Record<string, string>>();
  const take = (near: Vec, tags: Record<string, string>, fits: (house: House) => boolean = () => true): void => {
    const free = (house: House): boolean => !sites.has(house) && fits(house);
    const best = doors.nearest(near, doorOf, free);
    if (best !== null) sites.set(best, tags);
  };
  const { radius, docks } = terrain;
  const shed = (house: House): boolean => house.quarter === "harbour";
  const depot = (name: string): Record<string, string> => ({ industrial: "depot", name });
  const quay = (x: number): Vec => [x, terrain.coast(x) + 0.2 * radius];
  take(quay(docks[0] + 0.1 * radius), depot("Dockside Depot"), shed);
  take(quay(docks[1] - 0.1 * radius), depot("Saltings Depot"), shed);
  take(polar(2.08, radius * 0.8), depot("Motorway Depot"));
  take(polar(0.55, radius * 0.29), { logistics: "hub", name: "Eastside Hub" });
  take(polar(2.4, radius * 0.29), { logistics: "hub", name: "Westgate Hub" });
  // One more of each for every 150,000 people beyond the first.
  for (let i = 1; i < Math.round((radius / 4200) ** 2); i++) {
    const spot = (share: number): Vec => polar(0.2 + ((i * 0.618) % 1) * 2.7, radius * share);
    take(spot(0.8), depot(`Ring Road Depot ${i}`));
    take(spot(0.5), { logistics: "hub", name: `Hub ${i + 2}` });
    take(spot(0.65), { amenity: "post_office", name: `Post Office ${i + 5}` });
  }
  for (const [i, angle] of [0.4, 1.0, 1.75, 2.5, 3.0].entries())
    take(polar(angle, radius * (0.45 + 0.2 * (i % 2))), {
      amenity: "post_office",
      name: `${["East", "Mill Bank", "North", "West", "Sands"][i]} Post Office`,
    });
  return sites;
}

/** Parcel lockers beside front doors all over town: one for some 4,000 people. */
function drawLockers(draft: OsmDraft, rng: Rng, houses: readonly House[]): void {
  const people = houses.reduce((sum, house) => sum + house.flats * perFlat, 0);
  for (let i = 0; i < Math.max(2, people / 4000) && houses.length > 0; i++) {
    const house = rng.pick(houses);
    const aside = times(unit(minus(house.corners[0]!, house.corners[1]!)), 3);
    draft.node(add(house.door, aside), {
      amenity: "parcel_locker",
      name: `Locker ${i + 1}`,
      operator: "Millport Parcel Box",
    });
  }
}
