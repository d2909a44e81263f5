import type { OsmData } from "../../../src/kernel/osm.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { seeded } from "../../../src/kernel/rng.ts";
import { findBlocks } from "./blocks.ts";
import { drawGrounds, drawYards } from "./draw-grounds.ts";
import { drawLand } from "./draw-land.ts";
import { drawRailways } from "./draw-railways.ts";
import { drawStreets } from "./draw-streets.ts";
import { drawTown } from "./draw-town.ts";
import { drawWater } from "./draw-water.ts";
import { makeField } from "./field.ts";
import { buildHouses } from "./houses.ts";
import { layOut } from "./layout.ts";
import { nameStreets } from "./names.ts";
import { OsmDraft } from "./osm-draft.ts";
import { readPlaces, type CityPlaces } from "./places.ts";
import { onGlobe } from "./plane.ts";
import { chooseCollectors, findStreets } from "./streets.ts";
import { dropLostRamps } from "./strong-parts.ts";
import { makeTerrain } from "./terrain.ts";
import { keepOneNetwork } from "./tidy.ts";
import { arrangeTraffic, makeWalkersStreet } from "./traffic.ts";

/**
 * Where the market square stands: open Atlantic some 150 km north of Corvo, three kilometres deep. No chart has land there,
 * so nothing that is drawn collides with a real place.
 */
export const millportCentre: Point = [-31.5, 41];

/** What Millport declares about itself: the nearest land's clock, country and money, so that zone, rules and currency are real ones. */
export const millportZone = "Atlantic/Azores";
export const millportJurisdiction = "PT";
export const millportCurrency = "EUR";

/** The tag by which data is known to be Millport's. */
const millportSource = "milepool:millport";

export interface City {
  readonly data: OsmData;
  /** IANA time zone. */
  readonly zone: string;
  /** ISO 3166-1 alpha-2: whose rules hold. */
  readonly jurisdiction: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly centre: Point;
  readonly places: CityPlaces;
}

/** About how many people live in a Millport of which nothing else is said. */
export const usualPopulation = 70_000;

/** What is to be drawn. `population` is at least 1,000 (RangeError below); the town that is drawn houses about as many. */
export interface MillportOrder {
  readonly seed: number;
  readonly population?: number;
}

/** Millport, a made-up port town, as OpenStreetMap data, and where its people live and trade. */
export function makeMillport(order: MillportOrder): City {
  const data = drawMillport(order);
  return {
    data,
    zone: millportZone,
    jurisdiction: millportJurisdiction,
    currency: millportCurrency,
    centre: millportCentre,
    places: readPlaces(data),
  };
}

/**
 * Draws Millport. The same seed and population give the same data. Time and memory grow with the population; `step` is
 * told what is being drawn next.
 */
export function drawMillport(
  { seed, population = usualPopulation }: MillportOrder,
  step: (what: string) => void = () => {},
): OsmData {
  if (!(population >= 1000)) throw new RangeError(`a Millport needs at least 1000 people, got ${population}`);
  const rng = seeded(`millport ${seed}`);
  const terrain = makeTerrain(rng.fork("terrain"), population);
  step("laying out the streets");
  const { graph, skeleton, tracks, yards } = layOut(rng.fork("layout"), terrain, makeField(rng.fork("field"), terrain));
  step("arranging the traffic");
  chooseCollectors(graph);
  makeWalkersStreet(graph, terrain);
  keepOneNetwork(graph);
  dropLostRamps(graph);
  const streets = findStreets(graph);
  const traffic = arrangeTraffic(rng.fork("traffic"), graph, terrain, streets);
  const names = nameStreets(rng.fork("names"), graph, terrain, streets);
  step("building the houses");
  const blocks = findBlocks(rng.fork("blocks"), graph, terrain, tracks);
  const town = { graph, terrain, streets, names, blocks, tracks, population };
  const { houses, backland } = buildHouses(rng.fork("houses"), town);

  step("drawing the map");
  const turn = rng.fork("turn").between(-0.5, 0.5);
  const draft = new OsmDraft(onGlobe(millportCentre, turn));
  draft.node([0, 0], {
    place: terrain.radius > 3600 ? "city" : "town",
    name: "Millport",
    population: String(population),
    source: millportSource,
    timezone: millportZone,
    "milepool:jurisdiction": millportJurisdiction,
    "milepool:currency": millportCurrency,
  });
  const nodes = drawStreets(draft, rng.fork("signs"), { graph, terrain, streets, names, traffic });
  drawWater(draft, rng.fork("water"), terrain);
  drawRailways(draft, skeleton.railways);
  drawGrounds(draft, rng.fork("grounds"), blocks, nodes);
  drawYards(draft, yards);
  drawLand(draft, rng.fork("land"), terrain);
  for (const corners of backland) draft.area(corners, { building: "yes" });
  drawTown(draft, rng.fork("town"), terrain, houses, names);
  return draft.finish();
}
