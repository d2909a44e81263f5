// npm run bench:roads-agreement [-- PAIRS [CITY [SEED,…]]], with VALHALLA naming its folder (see valhalla.ts): our times by car beside Valhalla's between places
// on named streets, and of every pair that differs by more than a tenth, why. One set of pairs was looked at while the speeds were tuned; those held out
// never were, and nothing may be tuned on them.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { millportFile, millportJurisdiction } from "../simulators/city/millport/index.ts";
import { bounds, readOsm } from "../src/adapters/osm/index.ts";
import type { OsmData } from "../src/kernel/osm.ts";
import { type Rng, seeded } from "../src/kernel/rng.ts";
import { buildGraph, climbingSearch, contract, openRoads, type Roads, type RoadSnap } from "../src/roads/index.ts";
import { type Causes, Explainer, unexplained } from "./agreement-causes.ts";
import { machine, percentile, root } from "./program.ts";
import { openValhalla, type Peer, type PeerCity } from "./valhalla.ts";

const most = Number(process.argv[2] ?? 1000);
const [, , , only, seedsAsked] = process.argv;
const osm = join(process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data"), "osm");
const work = await mkdtemp(join(tmpdir(), "milepool-bench-"));
const cities = [
  ["Porto", join(osm, "porto_portugal.osm.pbf"), "PT", ["bench roads", "held out 1", "held out 2", "held out 3"]],
  ["Monaco", join(osm, "monaco.osm.pbf"), "MC", ["held out 1", "held out 2"]],
  ["Monaco, Valhalla held to 50 km/h", join(osm, "monaco.osm.pbf"), "MC", ["held out 1", "held out 2"], 50],
  ["Millport", await millportFile(work, 1), millportJurisdiction, ["held out 1", "held out 2"]],
] as const;

/** A pair off by more than a tenth: what ours is longer, in seconds, and why. */
interface Off {
  readonly seconds: number;
  readonly causes: Causes;
}

console.log(`bench:roads-agreement, ${machine()}; ours over Valhalla's, car`);
console.log(
  "| pairs (seed) | n | p5 | p50 | p95 | within 10 % | off | of these ours longer | under 3 min | unexplained |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
const off = new Map<string, Off[]>();
for (const [what, extract, country, seeds, fastest] of cities)
  if (only === undefined || what.startsWith(only))
    off.set(
      what,
      await compare(what, { extract, country, ...(fastest && { most: fastest }) }, seedsAsked?.split(",") ?? seeds),
    );
tellCauses(off);
await rm(work, { recursive: true });

/** Of all sets but the one that was tuned on, those that are off. */
async function compare(what: string, city: Omit<PeerCity, "bounds">, seeds: readonly string[]): Promise<Off[]> {
  const data = await readOsm(city.extract);
  const graph = buildGraph(data, "car", { country: city.country });
  const search = climbingSearch(contract(graph));
  const peer = await openValhalla({ ...city, bounds: bounds(data)! }, await mkdtemp(join(work, "tiles-")));
  if (peer === null) return [];
  const explainer = new Explainer(data, graph, search, peer);
  const heldOut: Off[] = [];
  for (const seed of seeds) {
    const places = placesOf(data, openRoads(graph, search), seeded(seed));
    const pairs = await comparePairs(`${what} (\`${seed}\`)`, peer, explainer, places);
    if (seed !== "bench roads") heldOut.push(...pairs);
  }
  return heldOut;
}

/** Of random points those on streets that have a name: where people live, and not in a forest. */
function placesOf({ nodes }: OsmData, roads: Roads, rng: Rng): RoadSnap[] {
  const snaps: RoadSnap[] = [];
  while (snaps.length < 4 * most) {
    const { lon, lat } = rng.pick(nodes);
    const snap = roads.snap(lon + rng.between(-0.0005, 0.0005), lat + rng.between(-0.0005, 0.0005));
    if (snap !== null && snap.distance <= 400) snaps.push(snap);
  }
  const { stretchName } = roads.graph;
  return snaps.flatMap(({ stretch, distance, lon, lat }) =>
    stretchName[stretch] !== -1 && distance < 50 ? [roads.snap(lon, lat)!] : [],
  );
}

async function comparePairs(
  what: string,
  peer: Peer,
  explainer: Explainer,
  places: readonly RoadSnap[],
): Promise<Off[]> {
  const ratios: number[] = [];
  const rest: Off[] = [];
  const pairs = Math.floor(places.length / 2);
  let short = 0;
  for (let i = 0; i < pairs && ratios.length < most; i++) {
    const [from, to] = [places[i]!, places[i + pairs]!];
    const [theirs, ours] = [await peer.route([from.lon, from.lat], [to.lon, to.lat]), explainer.drive(from, to)];
    if (theirs === null || ours === null || theirs.seconds === 0) continue;
    const ratio = ours.ride.seconds / theirs.seconds;
    ratios.push(ratio);
    if (Math.abs(ratio - 1) <= 0.1) continue;
    if (theirs.seconds < 180) short++;
    rest.push({ seconds: ours.ride.seconds - theirs.seconds, causes: await explainer.explain(from, to, theirs) });
  }
  ratios.sort((a, b) => a - b);
  const spread = [0.05, 0.5, 0.95].map((share) => percentile(ratios, share).toFixed(3)).join(" | ");
  const near = (100 * (1 - rest.length / ratios.length)).toFixed(1);
  const longer = rest.filter(({ seconds }) => seconds > 0).length;
  const lost = rest.filter(({ seconds, causes }) => !isExplained(seconds, causes)).length;
  console.log(
    `| ${what} | ${ratios.length} | ${spread} | ${near} % | ${rest.length} | ${longer} | ${short} | ${lost} |`,
  );
  return rest;
}

function isExplained(seconds: number, causes: Causes): boolean {
  const sum = [...causes.values()].reduce((all, one) => all + one, 0);
  return !causes.has(unexplained) && Math.abs(sum - seconds) < 0.01;
}

/** Of each city the pairs of which a cause is the largest part, and its share of all seconds that pairs are off. */
function tellCauses(cities: ReadonlyMap<string, readonly Off[]>): void {
  const rows = new Map<string, Map<string, { largest: number; seconds: number }>>();
  for (const [city, pairs] of cities)
    for (const { seconds, causes } of pairs) {
      const toward = [...causes].map(([cause, own]) => [cause, Math.sign(seconds) * own] as const);
      const largest = toward.reduce((most, one) => (one[1] > most[1] ? one : most))[0];
      for (const [cause, own] of toward) {
        const row = rows.get(cause) ?? new Map<string, { largest: number; seconds: number }>();
        const cell = row.get(city) ?? { largest: 0, seconds: 0 };
        rows.set(
          cause,
          row.set(city, { largest: cell.largest + Number(cause === largest), seconds: cell.seconds + own }),
        );
      }
    }
  const all = (city: string): number => cities.get(city)!.reduce((sum, { seconds }) => sum + Math.abs(seconds), 0);
  const names = [...cities.keys()];
  console.log(`\n| cause: pairs of which it is the largest part; share of the seconds | ${names.join(" | ")} |`);
  console.log(`|---|${names.map(() => "---|").join("")}`);
  const largest = (row: ReadonlyMap<string, { readonly largest: number }>): number =>
    [...row.values()].reduce((sum, cell) => sum + cell.largest, 0);
  for (const [cause, row] of [...rows].toSorted((a, b) => largest(b[1]) - largest(a[1]))) {
    const cells = names.map((city) => {
      const cell = row.get(city);
      return cell === undefined ? "" : `${cell.largest}; ${((100 * cell.seconds) / all(city)).toFixed(1)} %`;
    });
    console.log(`| ${cause} | ${cells.join(" | ")} |`);
  }
}
