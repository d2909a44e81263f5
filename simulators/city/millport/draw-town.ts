import type { Rng } from "../../../src/kernel/rng.ts";
import type { House } from "./houses.ts";
import { shuffled } from "./names.ts";
import { outlineOf } from "./outlines.ts";
import type { OsmDraft } from "./osm-draft.ts";
import { add, apart, minus, polar, times, unit, type Vec } from "./plane.ts";
import { kindOf } from "./streets.ts";
import type { Terrain } from "./terrain.ts";
import { rank } from "./graph.ts";
import { districtWords, surnames, trades } from "./words.ts";

export interface District {
  readonly name: string;
  readonly centre: Vec;
  readonly postcode: string;
}

/** Divides the town into districts; the middle of each is where its name is written on the map. */
function divide(rng: Rng, terrain: Terrain, houses: readonly House[]): District[] {
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
  const settled = spots.filter(
    ({ centre }) => houses.filter((house) => apart(house.door, centre) < 0.2 * terrain.radius).length > 6,
  );
  return settled.map((spot, i) => ({ ...spot, postcode: `MP${1 + Math.floor(i / 2)} ${1 + (i % 2) * 4}AA` }));
}

const districtOf = (districts: readonly District[], p: Vec): District =>
  districts.reduce((best, district) => (apart(district.centre, p) < apart(best.centre, p) ? district : best));

/** Buildings, addresses, shops, depots, hubs, lockers and the names of districts. */
export function drawTown(
  draft: OsmDraft,
  rng: Rng,
  terrain: Terrain,
  houses: readonly House[],
  names: readonly (string | null)[],
): void {
  const districts = divide(rng.fork("districts"), terrain, houses);
  const people = new Map<District, number>(districts.map((district) => [district, 0]));
  const [trade, shape] = [rng.fork("trade"), rng.fork("shape")];
  const sites = chooseSites(terrain, houses);
  for (const house of houses) {
    const district = districtOf(districts, house.door);
    people.set(district, people.get(district)! + house.flats * 2.3);
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

/** Depots by the docks and where the motorway arrives, hubs at the old town's edge, post offices in between. */
function chooseSites(terrain: Terrain, houses: readonly House[]): Map<House, Record<string, string>> {
  const sites = new Map<House, Record<string, string>>();
  const take = (near: Vec, tags: Record<string, string>, fits: (house: House) => boolean = () => true): void => {
    let best: House | null = null;
    for (const house of houses)
      if (!sites.has(house) && fits(house) && (best === null || apart(house.door, near) < apart(best.door, near)))
        best = house;
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
  for (const [i, angle] of [0.4, 1.0, 1.75, 2.5, 3.0].entries())
    take(polar(angle, radius * (0.45 + 0.2 * (i % 2))), {
      amenity: "post_office",
      name: `${["East", "Mill Bank", "North", "West", "Sands"][i]} Post Office`,
    });
  return sites;
}

/** Parcel lockers beside front doors all over town: one for some 4,000 people. */
function drawLockers(draft: OsmDraft, rng: Rng, houses: readonly House[]): void {
  const people = houses.reduce((sum, house) => sum + house.flats * 2.3, 0);
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
