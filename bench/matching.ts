// npm run bench:matching: 200 drives of known truth on Porto and on Millport, seen by receivers of all kinds, matched again.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeMillport } from "../simulators/city/millport/index.ts";
import { readOsm } from "../src/adapters/osm/index.ts";
import type { OsmData } from "../src/kernel/osm.ts";
import { type Rng, seeded } from "../src/kernel/rng.ts";
import { buildGraph, climbingSearch, contract, openMatcher, openRoads, type Roads } from "../src/roads/index.ts";
import { coveredBy, type Drive, received } from "../src/roads/test-drive.ts";
import { machine, root } from "./program.ts";

const drives = 200;
console.log(
  `bench:matching, ${machine()}; ${drives} drives by car, every 1 to 30 s, deviation 5 to 20 m, gaps of 30 to 120 s`,
);
const porto = join(process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data"), "osm/porto_portugal.osm.pbf");
measure("Millport", makeMillport({ seed: 1 }).data);
if (existsSync(porto)) measure("Porto", await readOsm(porto));
else console.log(`SKIPPED: no ${porto}`);

function measure(city: string, data: OsmData): void {
  const graph = buildGraph(data, "car");
  const [roads, match] = [openRoads(graph, climbingSearch(contract(graph))), openMatcher(graph)];
  const rng = seeded(`matching ${city}`);
  const rows: Row[] = [];
  for (let i = 0; i < drives; i++) {
    const drive = randomDrive(roads, rng);
    const every = rng.pick([1, 2, 5, 10, 15, 20, 30]);
    const deviation = rng.pick([5, 10, 15, 20]);
    const gaps = Array.from({ length: rng.below(3) }, () => rng.between(30, 120));
    const trace = received(drive, { every, deviation, gaps }, rng);
    const start = performance.now();
    const { parts } = match(trace);
    const ms = performance.now() - start;
    const found = coveredBy(
      drive.shape,
      parts.map(({ shape }) => shape),
    );
    const drawn = parts.map(({ shape }) => coveredBy(shape, [drive.shape]));
    const sum = (of: "meters" | "covered"): number => drawn.reduce((all, one) => all + one[of], 0);
    rows.push({
      every,
      deviation,
      points: trace.lon.length,
      ms,
      truth: found.meters,
      found: found.covered,
      drawn: sum("meters"),
      right: sum("covered"),
    });
  }
  report(city, rows);
}

interface Row {
  readonly every: number;
  readonly deviation: number;
  readonly points: number;
  readonly ms: number;
  /** Metres driven, and how many of them were matched. */
  readonly truth: number;
  readonly found: number;
  /** Metres drawn by the matching, and how many of them were driven. */
  readonly drawn: number;
  readonly right: number;
}

/** 1 to 12 km, as the crow flies half of that at least. */
function randomDrive(roads: Roads, rng: Rng): Drive {
  const { coords } = roads.graph;
  for (;;) {
    const place = (): number => 2 * rng.below(coords.length / 2);
    const [a, b] = [place(), place()];
    const [from, to] = [a, b].map((at) => roads.snap(coords[at]! / 1e7, coords[at + 1]! / 1e7)!);
    const route = roads.route(from!, to!);
    if (route !== null && route.decimeters > 10_000 && route.decimeters < 120_000) return route;
  }
}

function report(city: string, rows: readonly Row[]): void {
  const line = (label: string, some: readonly Row[]): void => {
    const sum = (of: keyof Row): number => some.reduce((all, row) => all + row[of], 0);
    const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
    const pace = (sum("ms") / sum("points")) * 1000;
    console.log(
      `${label.padEnd(26)} ${String(some.length).padStart(4)} drives ${(sum("truth") / 1000).toFixed(0).padStart(5)} km   ` +
        `of the drive matched ${share(sum("found"), sum("truth"))}   of the match driven ${share(sum("right"), sum("drawn"))}   ` +
        `${pace.toFixed(0)} ms for 1,000 points`,
    );
  };
  line(city, rows);
  for (const every of [...new Set(rows.map((row) => row.every))].sort((a, b) => a - b))
    line(
      `  every ${every} s`,
      rows.filter((row) => row.every === every),
    );
  for (const deviation of [5, 10, 15, 20])
    line(
      `  deviation ${deviation} m`,
      rows.filter((row) => row.deviation === deviation),
    );
  const good = rows.filter((row) => row.found >= 0.95 * row.truth && row.right >= 0.95 * row.drawn);
  console.log(`  drives with 95 % of both: ${good.length} of ${rows.length}`);
}
