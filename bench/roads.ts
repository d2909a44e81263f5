// npm run bench:roads [-- city.osm.pbf [profile]]: reading, preparing and asking the roads of a real city (Porto of the test data when none is named).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readOsm } from "../src/adapters/osm/index.ts";
import { openTravel, type RoadTravel } from "../src/adapters/roads/index.ts";
import type { Profile } from "../src/domain/ports.ts";
import type { OsmData } from "../src/kernel/osm.ts";
import type { Point } from "../src/kernel/point.ts";
import { seeded } from "../src/kernel/rng.ts";
import { machine, root } from "./program.ts";

const testData = process.env["MILEPOOL_TEST_DATA"] ?? join(root, "../shared/data");
const [city = join(testData, "osm/porto_portugal.osm.pbf"), profile = "car"] = process.argv.slice(2) as [
  string?,
  Profile?,
];
console.log(`bench:roads, ${machine()}; ${basename(city)}, ${profile}`);
const folder = await mkdtemp(join(tmpdir(), "milepool-bench-"));
const timed = async <Value>(what: string, work: () => Promise<Value>): Promise<Value> => {
  const start = performance.now();
  const value = await work();
  console.log(`${what.padEnd(34)} ${(performance.now() - start).toFixed(1)} ms`);
  return value;
};

const data = await timed("read the extract", () => readOsm(city));
const options = { cacheFolder: folder, contentHash: "bench", profiles: [profile] };
const first = await timed("open, nothing prepared", () => openTravel(data, options));
await timed("contract (worker thread)", () => first.ready(profile));
const travel = await timed("open, prepared", () => openTravel(data, options));
const points = randomPoints(data, travel, 4000);
await routes(points);
for (const size of [100, 1000, 4000]) {
  const [from, to] = [points.slice(0, size), points.slice(-size)];
  await timed(`matrix ${size} x ${size}`, () => travel.matrix(from, to, profile));
}
await timed("1,000 matrices 2 x 200, known points", async () => {
  for (let i = 0; i < 1000; i++) await travel.matrix(points.slice(i, i + 2), points.slice(-200), profile);
});
console.log(
  `resident memory ${Math.round(process.memoryUsage().rss / 1e6)} MB, the extract's ${data.nodes.length} nodes included`,
);
await travel.close();
await first.close();
await rm(folder, { recursive: true });

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

async function routes(points: readonly Point[]): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const start = performance.now();
    await travel.route(points[i]!, points[i + 2000]!, profile);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  console.log(
    `route with shape, 2,000 pairs          p50 ${times[1000]!.toFixed(3)} ms  p99 ${times[1980]!.toFixed(3)} ms`,
  );
}
