// npm run bench:roads-agreement [-- PAIRS], with VALHALLA naming its folder (see valhalla.ts): our times by car beside Valhalla's between places on named
// streets. One set of pairs was looked at while the speeds were tuned; the others never were, and nothing may be tuned on them.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { millportFile, millportJurisdiction } from "../simulators/city/millport/index.ts";
import { readOsm } from "../src/adapters/osm/index.ts";
import { openTravel, type RoadTravel } from "../src/adapters/roads/index.ts";
import type { OsmData } from "../src/kernel/osm.ts";
import type { Point } from "../src/kernel/point.ts";
import { type Rng, seeded } from "../src/kernel/rng.ts";
import { machine, percentile, root } from "./program.ts";
import { openValhalla, type Peer } from "./valhalla.ts";

const profile = "car";
const most = Number(process.argv[2] ?? 1000);
const osm = join(process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data"), "osm");

const work = await mkdtemp(join(tmpdir(), "milepool-bench-"));
console.log(`bench:roads-agreement, ${machine()}; ours over Valhalla's, ${profile}`);
console.log(
  "| pairs | n | p5 | p50 | p95 | within 10 % | the rest: it crawls | other way | same way | of these under 3 min |",
);
console.log("|---|---|---|---|---|---|---|---|---|---|");
await compare("Porto, tuned on", join(osm, "porto_portugal.osm.pbf"), "PT", ["bench roads"]);
await compare("Porto, held out", join(osm, "porto_portugal.osm.pbf"), "PT", ["held out 1", "held out 2"]);
await compare("Monaco, held out", join(osm, "monaco.osm.pbf"), "MC", ["held out 1"]);
await compare("Millport, held out", await millportFile(work, 1), millportJurisdiction, ["held out 1"]);
await rm(work, { recursive: true });

async function compare(what: string, extract: string, country: string, seeds: readonly string[]): Promise<void> {
  const data = await readOsm(extract);
  const travel = await openTravel(data, { cacheFolder: null, contentHash: what, country, profiles: [profile] });
  await travel.ready(profile);
  const peer = await openValhalla(extract, await mkdtemp(join(work, "tiles-")));
  if (peer !== null)
    for (const seed of seeds) await tell(`${what} (\`${seed}\`)`, peer, travel, placesOf(data, travel, seeded(seed)));
  await travel.close();
}

/** Of random points those on streets that have a name: where people live, and not in a forest. */
function placesOf({ nodes }: OsmData, travel: RoadTravel, rng: Rng): Point[] {
  const points: Point[] = [];
  while (points.length < 4 * most) {
    const { lon, lat } = rng.pick(nodes);
    const point: Point = [lon + rng.between(-0.0005, 0.0005), lat + rng.between(-0.0005, 0.0005)];
    if (travel.snap(point, profile).ok) points.push(point);
  }
  return points.flatMap((point) => {
    const snap = travel.snap(point, profile);
    return snap.ok && snap.value.road !== null && snap.value.distance < 50 ? [snap.value.point] : [];
  });
}

async function tell(what: string, peer: Peer, travel: RoadTravel, places: readonly Point[]): Promise<void> {
  const ratios: number[] = [];
  const rest = { crawling: 0, otherWay: 0, sameWay: 0, short: 0 };
  const pairs = Math.floor(places.length / 2);
  for (let i = 0; i < pairs && ratios.length < most; i++) {
    const [from, to] = [places[i]!, places[i + pairs]!];
    const [theirs, ours] = [await peer.route(from, to), await travel.route(from, to, profile)];
    if (theirs === null || !ours.ok || theirs.seconds === 0) continue;
    const ratio = ours.value.duration / theirs.seconds;
    ratios.push(ratio);
    if (Math.abs(ratio - 1) <= 0.1) continue;
    if (theirs.crawling >= theirs.seconds / 10) rest.crawling++;
    else if (Math.abs(ours.value.distance / theirs.meters - 1) > 0.02) rest.otherWay++;
    else rest.sameWay++;
    if (theirs.seconds < 180) rest.short++;
  }
  ratios.sort((a, b) => a - b);
  const spread = [0.05, 0.5, 0.95].map((share) => percentile(ratios, share).toFixed(3)).join(" | ");
  const near = ratios.filter((ratio) => Math.abs(ratio - 1) <= 0.1).length / ratios.length;
  const { crawling, otherWay, sameWay, short } = rest;
  console.log(
    `| ${what} | ${ratios.length} | ${spread} | ${(near * 100).toFixed(1)} % | ${crawling} | ${otherWay} | ${sameWay} | ${short} |`,
  );
}
