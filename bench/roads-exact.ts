// node scripts/run.mjs bench/roads-exact.ts [PAIRS [SOURCES [PROFILE,…]]]: routes of the hierarchy against plain Dijkstra on the same graph, in every city and by every profile;
// then once more by car in the evening peak under a closure and a slowdown, on the same skeleton with new keys, and by van to the doors' own kerbs.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeMillport } from "../simulators/city/millport/index.ts";
import { readOsm } from "../src/adapters/osm/index.ts";
import type { OsmData } from "../src/kernel/osm.ts";
import { seeded } from "../src/kernel/rng.ts";
import {
  asUsual,
  buildGraph,
  buildSkeleton,
  climbingSearch,
  Customiser,
  dijkstra,
  graphUnder,
  onNearSide,
  openRoads,
  profiles,
  type ProfileName,
  type RoadConditions,
  type RoadGraph,
  type RoadSnap,
} from "../src/roads/index.ts";
import { machine, root } from "./program.ts";

const pairs = Number(process.argv[2] ?? 10_000);
const only = (process.argv[4]?.split(",") ?? Object.keys(profiles)) as ProfileName[];
/** Dijkstra spreads once for each source: so many of them, each to as many targets of its own as make up the pairs. */
const sources = Number(process.argv[3] ?? Math.ceil(Math.sqrt(pairs)));
/** Routes, which are searched apart from matrices, beside the matrices' cells. */
const mostRoutes = 200;

console.log(`bench/roads-exact.ts, ${machine()}; ${pairs} random pairs each, restrictions and turn costs included`);
console.log(
  "| city | roads | states | turns | pairs | different | routes | different | s |\n|---|---|---|---|---|---|---|---|---|",
);
const osm = join(process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data"), "osm");
compare("Millport", makeMillport({ seed: 1 }).data);
for (const city of ["monaco", "porto_portugal"]) {
  const path = join(osm, `${city}.osm.pbf`);
  if (existsSync(path)) compare(city, await readOsm(path));
  else console.log(`SKIPPED: no ${path}`);
}

function compare(city: string, data: OsmData): void {
  for (const profile of only) {
    const graph = buildGraph(data, profile);
    if (graph.arcKey.length === 0) {
      console.log(`| ${city} | ${profile} | no roads |`);
      continue;
    }
    const customiser = new Customiser(buildSkeleton(graph), graph);
    check(city, profile, graph, customiser);
    if (profile === "van") check(city, "van, near side", graph, customiser, true);
    if (profile !== "car") continue;
    const peak = graphUnder(graph, { band: "evening_peak", month: 5 }, somethingOn(graph));
    check(city, "car, evening peak, closures", peak, customiser);
  }
}

/** The middle of the data closed for 300 m, main roads at half their speed. */
function somethingOn({ coords }: RoadGraph): RoadConditions {
  const middle = 2 * Math.floor(coords.length / 4);
  const [lon, lat] = [coords[middle]! / 1e7, coords[middle + 1]! / 1e7];
  const ring = [
    [lon - 0.002, lat - 0.002],
    [lon + 0.002, lat - 0.002],
    [lon, lat + 0.002],
  ] as const;
  return {
    ...asUsual,
    closures: [{ where: { kind: "area", ring }, profiles: null, until: null }],
    slowdowns: [{ where: null, classes: ["primary", "secondary"], profiles: null, share: 0.5, until: null }],
  };
}

function check(city: string, what: string, graph: RoadGraph, customiser: Customiser, isNear = false): void {
  const start = performance.now();
  const [plain, quick] = [
    openRoads(graph, dijkstra(graph)),
    openRoads(graph, climbingSearch(customiser.customise(graph.turnKey))),
  ];
  const rng = seeded(`exact ${city} ${what}`);
  const snaps = (count: number): RoadSnap[] =>
    Array.from({ length: count }, () => {
      const point = rng.below(graph.coords.length / 2);
      const moved = (at: number): number => graph.coords[at]! / 1e7 + rng.between(-0.0005, 0.0005);
      const [lon, lat] = [moved(2 * point), moved(2 * point + 1)];
      const snap = plain.snap(lon, lat)!;
      return isNear ? onNearSide(graph, snap, lon, lat) : snap;
    });
  const [perSource, counts] = [Math.ceil(pairs / sources), { pairs: 0, different: 0, routes: 0, differentRoutes: 0 }];
  for (let i = 0; i < sources; i++) {
    const [from, to] = [snaps(1), snaps(perSource)];
    const [slow, fast] = [plain.matrix(from, to), quick.matrix(from, to)];
    counts.pairs += slow.length;
    counts.different += slow.filter((key, j) => key !== fast[j]).length;
    // Routes are searched apart from matrices.
    if (counts.routes++ >= mostRoutes) continue;
    const route = quick.route(from[0]!, to[0]!);
    if (route === null || route.milliseconds * 2 ** 24 + route.decimeters !== slow[0]) counts.differentRoutes++;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const size = `${graph.stateArc.length} | ${graph.turnTo.length}`;
  console.log(
    `| ${city} | ${what} | ${size} | ${counts.pairs} | ${counts.different} | ${Math.min(sources, mostRoutes)} | ${counts.differentRoutes} | ${seconds} |`,
  );
  if (counts.different + counts.differentRoutes > 0) process.exitCode = 1;
}
