import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  millportCurrency,
  millportFile,
  millportJurisdiction,
  millportZone,
} from "../../simulators/city/millport/index.ts";
import { openPlaces } from "../adapters/geocoding/index.ts";
import { bounds, readOsm } from "../adapters/osm/index.ts";
import { greatCircleTravel, openTravel, type RoadSettings, type RoadTravel } from "../adapters/roads/index.ts";
import { openTiles } from "../adapters/tiles/index.ts";
import type { Places, Profile, Travel } from "../domain/index.ts";
import type { City } from "../doors/network.ts";
import type { OsmData } from "../kernel/osm.ts";
import { isZone } from "../kernel/local-time.ts";
import { cityFace, nameOfFile } from "./city-face.ts";
import { roadSettings } from "./road-settings.ts";
import { StartRefused } from "./settings.ts";

/** A city that is loaded: its face for the doors, its roads, its addresses, and the data they were made of. */
export interface LoadedCity {
  readonly city: City;
  readonly data: OsmData;
  readonly travel: Travel & Pick<RoadTravel, "ready" | "close" | "apply">;
  /** Its streets for looking at; left out where none are loaded. */
  readonly roads?: Pick<RoadTravel, "streetsIn">;
  readonly places: Places;
}

export interface CityChoice {
  /** A path to an `.osm.pbf`; null: Millport; `none`: no city, and distances are great circles. */
  readonly file: string | null;
  /** Millport's own seed; the day's seed is another. */
  readonly millportSeed: number;
  readonly home: string;
  readonly profiles: readonly Profile[];
  /** What a real extract does not say of itself; Millport declares its own. */
  /** What no map says. */
  readonly roads?: RoadSettings;
  readonly declared: { readonly zone: string; readonly jurisdiction: string; readonly currency: string };
}

/** The city's settings as the environment gives them. Throws StartRefused when the zone does not exist. */
export function cityChoice(env: NodeJS.ProcessEnv, home: string, profiles: readonly Profile[]): CityChoice {
  const { MILEPOOL_CITY: file, MILEPOOL_CITY_ZONE: zone = "UTC" } = env;
  if (!isZone(zone))
    throw new StartRefused(`MILEPOOL_CITY_ZONE is "${zone}", which is no IANA time zone. Take one like Europe/Lisbon.`);
  const currency = env["MILEPOOL_CITY_CURRENCY"] ?? "EUR";
  if (!/^[A-Z]{3}$/.test(currency))
    throw new StartRefused(`MILEPOOL_CITY_CURRENCY is "${currency}": give an ISO 4217 code like EUR.`);
  return {
    file: file === undefined || file === "" || file.toLowerCase() === "millport" ? null : file,
    millportSeed: 1,
    home,
    profiles,
    roads: roadSettings(env),
    declared: {
      zone,
      jurisdiction: env["MILEPOOL_CITY_JURISDICTION"] ?? "ZZ",
      currency,
    },
  };
}

/** Reads, prepares (or takes from the cache) and opens the chosen city. */
export function loadCity(choice: CityChoice): Promise<LoadedCity> {
  return choice.file === noCity ? Promise.resolve(withoutCity(choice)) : open(choice);
}

/** The value of MILEPOOL_CITY that loads none. */
const noCity = "none";

/** Everything is reachable as the crow flies with a detour, no address is known, the map is empty, and every estimate says so. */
function withoutCity({ declared }: CityChoice): LoadedCity {
  const nowhere: City = {
    name: "no city",
    attribution: "",
    bounds: [-180, -85, 180, 85],
    centre: [0, 0],
    ...declared,
    tile: () => null,
  };
  const done = (): Promise<void> => Promise.resolve();
  return {
    city: nowhere,
    data: { nodes: [], ways: [], relations: [] },
    travel: { ...greatCircleTravel(), ready: done, close: done, apply: done },
    places: { find: () => [], at: () => null },
  };
}

async function open({ file, millportSeed, home, profiles, roads, declared }: CityChoice): Promise<LoadedCity> {
  const path = file ?? (await millportFile(join(home, "cities"), millportSeed));
  const data = await readOsm(path);
  const contentHash = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  const zone = file ? declared.zone : millportZone;
  const country = (file ? declared.jurisdiction : millportJurisdiction).slice(0, 2);
  const travel = await openTravel(data, {
    ...roads,
    cacheFolder: join(home, "roads"),
    contentHash,
    profiles,
    zone,
    country,
  });
  const without = profiles.filter((profile) => travel.report(profile).arcs === 0);
  if (without.length > 0) {
    await travel.close();
    throw new StartRefused(
      `The city file ${path} has no roads for ${without.join(" and ")}: take an extract with streets that they may use.`,
    );
  }
  const tiles = openTiles(data);
  const [west, south, east, north] = bounds(data)!;
  const face = cityFace(data);
  const city: City = {
    name: face?.name ?? nameOfFile(path),
    attribution: tiles.attribution,
    bounds: face?.bounds ?? [west, south, east, north],
    centre: face?.centre ?? [(west + east) / 2, (south + north) / 2],
    ...(file ? declared : { zone: millportZone, jurisdiction: millportJurisdiction, currency: millportCurrency }),
    tile: (z, x, y) => tiles.tile(z, x, y),
  };
  return { city, data, travel, roads: travel, places: openPlaces(data) };
}
