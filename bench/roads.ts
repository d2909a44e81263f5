// npm run bench:roads [-- city.osm.pbf]: reading, preparing and asking the roads of a real city by car (Porto of the test data when none is named), beside
// Valhalla where VALHALLA names its folder (see valhalla.ts). Exactness: bench/roads-exact.ts; growth: bench/roads-growth.ts; whether
// times agree with Valhalla's: bench/roads-agreement.ts.
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bounds, readOsm } from "../src/adapters/osm/index.ts";
import { openTravel, type RoadConditions, type RoadTravel } from "../src/adapters/roads/index.ts";
import type { OsmData } from "../src/kernel/osm.ts";
import type { Point } from "../src/kernel/point.ts";
import { type Instant, instant, seconds } from "../src/kernel/quantity.ts";
import { seeded } from "../src/kernel/rng.ts";
import { machine, percentile, root } from "./program.ts";
import { openValhalla, type Peer } from "./valhalla.ts";

const profile = "car";
const [
  ,
  ,
  city = join(process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data"), "osm/porto_portugal.osm.pbf"),
  child,
] = process.argv;
if (child === undefined) await bench();
else await weigh(child, JSON.parse(process.argv[4]!) as OsmData);

async function bench(): Promise<void> {
  console.log(`bench:roads, ${machine()}; ${basename(city)}, ${profile}`);
  const folder = await mkdtemp(join(tmpdir(), "milepool-bench-"));
  const data = await timed("read the extract", () => readOsm(city));
  const options = { cacheFolder: folder, contentHash: "bench", profiles: [profile] } as const;
  const first = await openTravel({ ...data }, { ...options, profiles: [] });
  await timed("prepare (graph, order, edges, keys)", () => first.ready(profile));
  await first.close();
  const travel = await timed("load what is prepared", () => openTravel(data, options));
  inChild(folder, data);
  const points = randomPoints(data, travel, 4000);
  await routes(travel, points);
  for (const size of [100, 1000, 1000, 4000, 4000]) {
    const [from, to] = [points.slice(0, size), points.slice(-size)];
    await timed(`matrix ${size} x ${size}`, () => travel.matrix(from, to, profile));
  }
  await timed("1,000 matrices 2 x 200, known points", async () => {
    for (let i = 0; i < 1000; i++) await travel.matrix(points.slice(i, i + 2), points.slice(-200), profile);
  });
  await timed("the 10 nearest of 1,000", () => travel.nearest(points[0]!, points.slice(0, 1000), 10, profile));
  await timed("isochrones of 5, 10 and 15 minutes", () =>
    travel.isochrones(points[0]!, [seconds(300), seconds(600), seconds(900)], profile),
  );
  await changes(travel, points);
  await changesOfAll(data, folder, points);
  const peer = await openValhalla({ extract: city, country: "PT", bounds: bounds(data)! }, folder);
  if (peer !== null) await beside(peer, points);
  await travel.close();
  await rm(folder, { recursive: true });
}

async function timed<Value>(what: string, work: () => Promise<Value>): Promise<Value> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const value = await work();
  // Of all threads: what a quiet machine with one core would need, whatever else runs on this one.
  const { user, system } = process.cpuUsage(before);
  const [took, busy] = [performance.now() - start, (user + system) / 1000];
  console.log(`${what.padEnd(40)} ${took.toFixed(1).padStart(9)} ms   CPU ${busy.toFixed(1).padStart(9)} ms`);
  return value;
}

function randomPoints({ nodes }: OsmData, travel: RoadTravel, count: number): Point[] {
  const rng = seeded("bench roads");
  const points: Point[] = [];
  while (points.length < count) {
    const { lon, lat } = rng.pick(nodes);
    const point: Point = [lon + rng.between(-0.0005, 0.0005), lat + rng.between(-0.0005, 0.0005)];
    if (travel.snap(point, profile).ok) points.push(point);
  }
  return points;
}

async function routes(travel: RoadTravel, points: readonly Point[], departure?: Instant): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const start = performance.now();
    await travel.route(points[i]!, points[i + 2000]!, profile, departure);
    times.push(performance.now() - start);
  }
  tell("route with shape and steps, 2,000 pairs", times);
}

function tell(what: string, times: number[]): void {
  times.sort((a, b) => a - b);
  const [middle, late] = [percentile(times, 0.5).toFixed(3), percentile(times, 0.99).toFixed(3)];
  console.log(`${what.padEnd(40)} p50 ${middle} ms  p99 ${late} ms`);
}

/** Main roads keep a share of their speed, and some streets near a point are closed. */
function reportAt([lon, lat]: Point): (share: number) => RoadConditions {
  const ring: Point[] = [
    [lon - 0.002, lat - 0.002],
    [lon + 0.002, lat - 0.002],
    [lon, lat + 0.002],
  ];
  return (share) => ({
    closures: [{ where: { kind: "area", ring }, profiles: null, until: null }],
    slowdowns: [{ where: null, classes: ["primary", "secondary"], profiles: null, share, until: null }],
  });
}

/** The same in a network of its own: every profile asked before, each in the band of the hour. */
async function changesOfAll(data: OsmData, folder: string, points: readonly Point[]): Promise<void> {
  const all = ["car", "van", "cargo_bike", "bicycle", "foot", "robot"] as const;
  const travel = await openTravel(data, { cacheFolder: folder, contentHash: "bench", profiles: all });
  const departure = instant(Date.UTC(2026, 4, 13, 10));
  for (const one of all) {
    await travel.ready(one);
    await travel.matrix(points.slice(0, 20), points.slice(20, 40), one, departure);
  }
  const report = reportAt(points[7]!);
  await timed("new speeds and a closure for all six profiles", () => travel.apply(report(0.5)));
  await timed("the same, again", () => travel.apply(report(0.6)));
  await travel.close();
}

/** What a report takes until every answer knows it: with the free metric alone, and with two bands of hours in use. */
async function changes(travel: RoadTravel, points: readonly Point[]): Promise<void> {
  const report = reportAt(points[7]!);
  await timed("new speeds and a closure, first", () => travel.apply(report(0.5)));
  await timed("new speeds and a closure, again", () => travel.apply(report(0.6)));
  const wednesday = Date.UTC(2026, 4, 13);
  for (const hour of [8, 18]) {
    const departure = instant(wednesday + hour * 3_600_000);
    await timed(`first route at ${hour}:00 (its metric made)`, () =>
      travel.route(points[0]!, points[1]!, profile, departure),
    );
  }
  await timed("the same for three metrics in use", () => travel.apply(report(0.7)));
  await travel.apply({ closures: [], slowdowns: [] });
}

/** The prepared roads loaded by a process that has nothing else: what they add to it. */
function inChild(folder: string, data: OsmData): void {
  const [west, south, east, north] = bounds(data)!;
  const corners = {
    nodes: [
      { id: 1, lon: west, lat: south },
      { id: 2, lon: east, lat: north },
    ],
    ways: [],
    relations: [],
  };
  const args = ["--expose-gc", fileURLToPath(import.meta.url), city, folder, JSON.stringify(corners)];
  process.stdout.write(spawnSync(process.execPath, args, { encoding: "utf8" }).stdout);
}

async function weigh(folder: string, corners: OsmData): Promise<void> {
  const resident = (): number => {
    globalThis.gc?.();
    return process.memoryUsage.rss() / 1e6;
  };
  // Once without roads, so that all code is loaded.
  await openTravel(corners, { cacheFolder: null, contentHash: "none", profiles: [profile] });
  const before = resident();
  const travel = await openTravel(corners, { cacheFolder: folder, contentHash: "bench", profiles: [profile] });
  const [west, south, east, north] = travel.bounds;
  const middle = (share: number): Point => [west + (east - west) * share, south + (north - south) * share];
  const loaded = resident();
  for (let i = 0; i < 100; i++) await travel.route(middle(0.4 + i / 500), middle(0.6), profile);
  const [asked, shared] = [resident(), process.memoryUsage().arrayBuffers / 1e6];
  const figures = [before, loaded, asked, shared].map((megabytes) => megabytes.toFixed(0));
  console.log(
    `memory: Node ${figures[0]} MB, with roads ${figures[1]} MB, after 100 routes ${figures[2]} MB (array buffers ${figures[3]} MB)`,
  );
  await travel.close();
}

async function beside(peer: Peer, points: readonly Point[]): Promise<void> {
  console.log(`Valhalla: prepare ${(peer.preparation_ms / 1000).toFixed(1)} s`);
  const times: number[] = [];
  for (let i = 0; i < 500; i++) {
    const start = performance.now();
    await peer.route(points[i]!, points[i + 2000]!);
    times.push(performance.now() - start);
  }
  tell("Valhalla: route with shape, 500 pairs", times);
  await timed("Valhalla: matrix 100 x 100", () => peer.matrix(points.slice(0, 100), points.slice(-100)));
}
