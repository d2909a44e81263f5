import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Point } from "../src/kernel/point.ts";

// Valhalla as a peer. It is no dependency: 280 MB, and too slow for our matrices. Once, in any folder:
//   npm install --prefix FOLDER --ignore-scripts @valhallajs/valhallajs@3.6.1
// then VALHALLA=FOLDER npm run bench:roads. Its configuration is made by a Python script of the package (python3).

/** What Valhalla answers for one pair, by car. */
export interface PeerRoute {
  readonly seconds: number;
  readonly meters: number;
  /** Seconds at less than a walk: on tracks and bad ground it gives speeds of 1 to 4 km/h. */
  readonly crawling: number;
}

export interface Peer {
  route(from: Point, to: Point): Promise<PeerRoute | null>;
  matrix(from: readonly Point[], to: readonly Point[]): Promise<void>;
  /** Of preparing the extract. */
  readonly preparation_ms: number;
}

interface Part {
  readonly time: number;
  /** Kilometres. */
  readonly length: number;
}

interface Actor {
  route(query: object): Promise<{
    readonly trip: { readonly summary: Part; readonly legs: readonly { readonly maneuvers: readonly Part[] }[] };
  }>;
  matrix(query: object): Promise<unknown>;
}

/** Null, and a loud line, where it is not there. */
export async function openValhalla(extract: string, work: string): Promise<Peer | null> {
  const folder = process.env["VALHALLA"] ?? "";
  const home = join(folder, "node_modules/@valhallajs/valhallajs");
  if (folder === "" || !existsSync(home)) {
    console.log("SKIPPED: NO VALHALLA. See the first lines of bench/valhalla.ts for how to give it.");
    return null;
  }
  const config = join(work, "valhalla.json");
  writeFileSync(config, JSON.stringify(settings(home, work)));
  const start = performance.now();
  run(process.execPath, [join(home, "bin/valhalla-cli.js"), "build_tiles", "-c", config, extract]);
  const preparation_ms = performance.now() - start;
  const { Actor } = (await import(pathToFileURL(join(home, "index.mjs")).href)) as {
    Actor: { fromConfigFile(path: string): Promise<Actor> };
  };
  return { ...answers(await Actor.fromConfigFile(config)), preparation_ms };
}

const place = ([lon, lat]: Point) => ({ lon, lat });

const answers = (actor: Actor): Omit<Peer, "preparation_ms"> => ({
  async route(from, to) {
    try {
      const { trip } = await actor.route({ locations: [place(from), place(to)], costing: "auto" });
      const slow = trip.legs
        .flatMap(({ maneuvers }) => maneuvers)
        .filter(({ time, length }) => length * 3600 < 5 * time);
      const crawling = slow.reduce((sum, { time }) => sum + time, 0);
      return { seconds: trip.summary.time, meters: trip.summary.length * 1000, crawling };
    } catch {
      return null;
    }
  },
  async matrix(from, to) {
    await actor.matrix({ sources: from.map(place), targets: to.map(place), costing: "auto" });
  },
});

/** Its own defaults, but: tiles in a folder, large matrices allowed and by its faster algorithm, no log. */
function settings(home: string, work: string): object {
  const text = run("python3", [join(home, "valhalla_build_config"), "--mjolnir-tile-dir", join(work, "tiles")]);
  const { additional_data: _, ...config } = JSON.parse(text) as Record<string, Record<string, Record<string, unknown>>>;
  delete config["mjolnir"]!["tile_extract"];
  config["service_limits"]!["auto"]!["max_matrix_location_pairs"] = 1e9;
  const logging = { type: "" };
  const parts = { mjolnir: { concurrency: availableParallelism(), logging }, thor: { logging }, loki: { logging } };
  Object.assign(config["thor"]!, parts.thor, { source_to_target_algorithm: "timedistancematrix" });
  Object.assign(config["mjolnir"]!, parts.mjolnir);
  Object.assign(config["loki"]!, parts.loki);
  return config;
}

function run(command: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${stderr}`);
  return stdout;
}
