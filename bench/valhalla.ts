import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeOsmPbf } from "../simulators/city/millport/index.ts";
import type { Bounds } from "../src/adapters/osm/index.ts";
import type { OsmNode } from "../src/kernel/osm.ts";
import type { Point } from "../src/kernel/point.ts";

// Valhalla as a peer. It is no dependency: 280 MB, and too slow for our matrices. Once, in any folder:
//   npm install --prefix FOLDER --ignore-scripts @valhallajs/valhallajs@3.6.1
// then VALHALLA=FOLDER npm run bench:roads. Its configuration is made by a Python script of the package (python3).

/** What Valhalla answers for one pair, by car. */
export interface PeerRoute {
  readonly seconds: number;
  readonly meters: number;
  readonly shape: readonly Point[];
}

/** One edge of Valhalla's graph on a way that it was asked to time. */
export interface PeerEdge {
  /** The OpenStreetMap way, and whether it is driven as drawn. */
  readonly way: number;
  readonly forward: boolean;
  readonly meters: number;
  /** Driving it, and lost at its end before the next. */
  readonly seconds: number;
  readonly transition: number;
  readonly end: Point;
  /** Degrees from north in which it begins and ends. */
  readonly headings: readonly [number, number];
  /** 0 to 15: roads near by; from 8 on Valhalla takes a place for a town. */
  readonly density: number;
}

export interface Peer {
  route(from: Point, to: Point): Promise<PeerRoute | null>;
  /** Its time along a given way, edge by edge; null where it may not drive there. */
  walk(shape: readonly Point[]): Promise<readonly PeerEdge[] | null>;
  matrix(from: readonly Point[], to: readonly Point[]): Promise<void>;
  /** Of preparing the extract. */
  readonly preparation_ms: number;
}

/** What it is told of the city, which an extract of a town does not say: Valhalla drives on the left where no country is. */
export interface PeerCity {
  readonly extract: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly bounds: Bounds;
  /** Km/h that no street of the country allows more than, which Valhalla does not know. */
  readonly most?: number;
}

interface Actor {
  route(query: object): Promise<{
    readonly trip: {
      readonly summary: { readonly time: number; readonly length: number };
      readonly legs: readonly { readonly shape: string }[];
    };
  }>;
  matrix(query: object): Promise<unknown>;
  traceAttributes(query: object): Promise<{ readonly shape: string; readonly edges: readonly TracedEdge[] }>;
}

interface TracedEdge {
  readonly way_id: number;
  readonly forward: boolean;
  /** Kilometres. */
  readonly length: number;
  readonly density: number;
  readonly begin_heading: number;
  readonly end_heading: number;
  readonly end_shape_index: number;
  readonly end_node: { readonly elapsed_time: number; readonly transition_time?: number };
}

/** Null, and a loud line, where it is not there. */
export async function openValhalla(city: PeerCity, work: string): Promise<Peer | null> {
  const folder = process.env["VALHALLA"] ?? "";
  const home = join(folder, "node_modules/@valhallajs/valhallajs");
  if (folder === "" || !existsSync(home)) {
    console.log("SKIPPED: NO VALHALLA. See the first lines of bench/valhalla.ts for how to give it.");
    return null;
  }
  const config = join(work, "valhalla.json");
  writeFileSync(config, JSON.stringify(settings(home, work)));
  const country = join(work, "country.osm.pbf");
  writeFileSync(country, countryAround(city));
  const start = performance.now();
  const make = (...args: string[]): string =>
    run(process.execPath, [join(home, "bin/valhalla-cli.js"), args[0]!, "-c", config, args[1]!], work);
  make("build_admins", country);
  make("build_tiles", city.extract);
  const preparation_ms = performance.now() - start;
  const { Actor } = (await import(pathToFileURL(join(home, "index.mjs")).href)) as {
    Actor: { fromConfigFile(path: string): Promise<Actor> };
  };
  return { ...answers(await Actor.fromConfigFile(config), city.most), preparation_ms };
}

const place = ([lon, lat]: Point) => ({ lon, lat });

function answers(actor: Actor, most = 140): Omit<Peer, "preparation_ms"> {
  const car = { costing: "auto", costing_options: { auto: { top_speed: most } } };
  return {
    async route(from, to) {
      try {
        const { trip } = await actor.route({ locations: [place(from), place(to)], ...car });
        const shape = trip.legs.flatMap((leg) => pointsOf(leg.shape));
        return { seconds: trip.summary.time, meters: trip.summary.length * 1000, shape };
      } catch {
        return null;
      }
    },
    async walk(shape) {
      try {
        const traced = await actor.traceAttributes({
          shape: shape.map(place),
          ...car,
          shape_match: "walk_or_snap",
        });
        return traced.edges.length === 0 ? null : edgesOf(traced.edges, pointsOf(traced.shape));
      } catch {
        return null;
      }
    },
    async matrix(from, to) {
      await actor.matrix({ sources: from.map(place), targets: to.map(place), ...car });
    },
  };
}

/** Its clock stands at the end of each edge, and what is lost there comes after. */
function edgesOf(edges: readonly TracedEdge[], points: readonly Point[]): PeerEdge[] {
  let begun = 0;
  return edges.map(
    ({ way_id: way, forward, length, density, begin_heading, end_heading, end_shape_index, end_node }) => {
      const { elapsed_time, transition_time: transition = 0 } = end_node;
      const seconds = elapsed_time - begun;
      begun = elapsed_time + transition;
      const end = points[end_shape_index]!;
      const headings = [begin_heading, end_heading] as const;
      return { way, forward, meters: length * 1000, seconds, transition, end, headings, density };
    },
  );
}

/** Source: developers.google.com/maps/documentation/utilities/polylinealgorithm, with six digits, latitude first. */
function pointsOf(encoded: string): Point[] {
  const points: Point[] = [];
  let [lat, lon, at] = [0, 0, 0];
  const next = (): number => {
    let [value, shift, chunk] = [0, 0, 32];
    for (; chunk >= 32; shift += 5) {
      chunk = encoded.codePointAt(at++)! - 63;
      value |= (chunk & 31) << shift;
    }
    return value & 1 ? ~(value >> 1) : value >> 1;
  };
  while (at < encoded.length) {
    [lat, lon] = [lat + next(), lon + next()];
    points.push([lon / 1e6, lat / 1e6]);
  }
  return points;
}

/** The city's country, as a rectangle around it: which side it drives on and which of Valhalla's national rules hold. */
function countryAround({ country, bounds: [west, south, east, north] }: PeerCity): Uint8Array {
  const corners = [
    [west - 0.1, south - 0.1],
    [east + 0.1, south - 0.1],
    [east + 0.1, north + 0.1],
    [west - 0.1, north + 0.1],
  ] as const;
  const nodes = corners.map(([lon, lat], i): OsmNode => ({ id: i + 1, lon, lat }));
  const border = { boundary: "administrative", admin_level: "2" };
  const name = new Intl.DisplayNames("en", { type: "region" }).of(country) ?? country;
  const tags = { ...border, type: "boundary", name, "name:en": name, "ISO3166-1:alpha2": country };
  return writeOsmPbf({
    nodes,
    ways: [{ id: 1, refs: [1, 2, 3, 4, 1], tags: border }],
    relations: [{ id: 1, members: [{ type: "way", ref: 1, role: "outer" }], tags }],
  });
}

/** Its own defaults, but: files in a folder, large matrices allowed and by its faster algorithm, no log. */
function settings(home: string, work: string): object {
  const text = run("python3", [join(home, "valhalla_build_config"), "--mjolnir-tile-dir", join(work, "tiles")], work);
  const { additional_data: _, ...config } = JSON.parse(text) as Record<string, Record<string, Record<string, unknown>>>;
  delete config["mjolnir"]!["tile_extract"];
  config["service_limits"]!["auto"]!["max_matrix_location_pairs"] = 1e9;
  const logging = { type: "" };
  const admin = join(work, "admin.sqlite");
  const parts = {
    mjolnir: { concurrency: availableParallelism(), logging, admin },
    thor: { logging },
    loki: { logging },
  };
  Object.assign(config["thor"]!, parts.thor, { source_to_target_algorithm: "timedistancematrix" });
  Object.assign(config["mjolnir"]!, parts.mjolnir);
  Object.assign(config["loki"]!, parts.loki);
  return config;
}

/** In a folder of its own: the tools leave files where they stand. */
function run(command: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${stderr}`);
  return stdout;
}
