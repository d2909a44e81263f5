import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Profile, type Travel, unreachable } from "../../domain/ports.ts";
import type { OsmData } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";
import { instant, meters } from "../../kernel/quantity.ts";
import { seeded } from "../../kernel/rng.ts";
import { readOsm } from "../osm/index.ts";
import { greatCircleTravel, openTravel } from "./index.ts";
import { givenData } from "../../../test/given-data.ts";

const { path: extracts, missing } = givenData("osm");
const onRealCities = { skip: missing };
const everyProfile: readonly Profile[] = ["car", "van", "cargo_bike", "bicycle", "foot"];

let monaco: OsmData = { nodes: [], ways: [], relations: [] };
let folder = "";
before(async () => {
  if (!missing) monaco = await readOsm(join(extracts, "monaco.osm.pbf"));
  folder = await mkdtemp(join(tmpdir(), "milepool-roads-"));
});
after(() => rm(folder, { recursive: true }));

const harbour: Point = [7.42, 43.735];
const casino: Point = [7.428, 43.74];
const unkept = { cacheFolder: null, contentHash: "monaco" };
const wrong = (): never => assert.fail("refused");
const routed = async (travel: Travel, from: Point, to: Point, profile: Profile) => {
  const answer = await travel.route(from, to, profile);
  return answer.ok ? answer.value : wrong();
};

test(
  "T1 a route starts and ends on the road, its clock never runs back and ends with its duration",
  onRealCities,
  async () => {
    const travel = await openTravel(monaco, unkept);
    for (const profile of everyProfile) {
      const { shape, elapsed, duration, distance, source } = await routed(travel, harbour, casino, profile);
      const [start, end] = [travel.snap(harbour, profile), travel.snap(casino, profile)];
      assert.ok(start.ok && end.ok);
      assert.deepEqual([shape[0], shape.at(-1)], [start.value.point, end.value.point]);
      assert.equal(elapsed.length, shape.length);
      assert.ok(elapsed.every((at, i) => i === 0 || at >= elapsed[i - 1]!));
      assert.equal(Math.round(elapsed.at(-1)!), duration);
      assert.ok(distance > 500 && distance < 5000 && source === "roads");
    }
  },
);

test("T2 a matrix agrees with the routes between the same points", onRealCities, async () => {
  const travel = await openTravel(monaco, unkept);
  const rng = seeded(2);
  const points = Array.from({ length: 12 }, (): Point => [rng.between(7.41, 7.43), rng.between(43.73, 43.745)]);
  for (const profile of everyProfile) {
    const served = points.filter((point) => travel.snap(point, profile).ok);
    const matrix = await travel.matrix(served, served, profile);
    for (const [i, from] of served.entries())
      for (const [j, to] of served.entries()) {
        const { duration, distance } = await routed(travel, from, to, profile);
        const at = i * served.length + j;
        assert.deepEqual([matrix.seconds[at], matrix.meters[at]], [duration, distance]);
      }
  }
});

test(
  "T3 a point outside the city and one far from every road are refused with the reason, and unreachable",
  onRealCities,
  async () => {
    const travel = await openTravel(monaco, unkept);
    const swapped: Point = [harbour[1], harbour[0]];
    assert.deepEqual(travel.snap(swapped, "car"), { ok: false, refusal: { code: "POINT_OUTSIDE_CITY" } });
    assert.equal(travel.snap([Number.NaN, 43], "car").ok, false);
    const [, south, east] = travel.bounds;
    const atSea: Point = [east, south];
    const far = travel.snap(atSea, "car");
    assert.ok(!far.ok && far.refusal.code === "POINT_FAR_FROM_ROAD");
    assert.ok(far.refusal.limit === 400 && far.refusal.nearest! > 400);
    const { seconds, meters } = await travel.matrix([harbour, swapped], [atSea, casino], "car");
    assert.deepEqual([seconds[0], seconds[2], seconds[3]], [unreachable, unreachable, unreachable]);
    assert.ok(seconds[1]! < unreachable && meters[1]! < unreachable);
    const route = await travel.route(harbour, atSea, "car");
    assert.ok(!route.ok && route.refusal.code === "POINT_FAR_FROM_ROAD");
  },
);

test("T4 prepared roads are found again, and answer the same", onRealCities, async () => {
  const options = { cacheFolder: join(folder, "kept"), contentHash: "a1", profiles: ["car"] as const };
  const built = await openTravel(monaco, options);
  await built.ready("car");
  const kept = await openTravel(monaco, options);
  assert.deepEqual([built.report("car").preparation, kept.report("car").preparation], ["built", "cache"]);
  assert.deepEqual(await kept.route(harbour, casino, "car"), await built.route(harbour, casino, "car"));
  const other = await openTravel(monaco, { ...options, contentHash: "a2" });
  assert.equal(other.report("car").preparation, "contracting");
  await other.close();
});

test("T5 a prepared file that is cut, damaged or from another program is rebuilt", onRealCities, async () => {
  const cacheFolder = join(folder, "broken");
  const options = { cacheFolder, contentHash: "b1" };
  const built = await openTravel(monaco, options);
  await built.ready("car");
  const path = join(cacheFolder, (await readdir(cacheFolder))[0]!);
  const whole = await readFile(path);
  const damaged = Buffer.from(whole);
  damaged[whole.length >> 1]! ^= 0xff;
  for (const content of [whole.subarray(0, 1000), damaged, Buffer.from("something else"), Buffer.alloc(0)]) {
    await writeFile(path, content);
    const again = await openTravel(monaco, options);
    await again.ready("car");
    assert.equal(again.report("car").preparation, "built");
    assert.deepEqual(await again.route(harbour, casino, "car"), await built.route(harbour, casino, "car"));
    assert.deepEqual(await readFile(path), whole);
  }
  assert.equal((await readdir(cacheFolder)).length, 1);
});

test("T6 a cache folder that cannot be written costs nothing but time", onRealCities, async () => {
  const file = join(folder, "not-a-folder");
  await writeFile(file, "");
  const travel = await openTravel(monaco, { cacheFolder: join(file, "below"), contentHash: "c1" });
  await travel.ready("car");
  assert.equal(travel.report("car").preparation, "unkept");
  assert.ok((await travel.route(harbour, casino, "car")).ok);
});

test(
  "T9 answers are the same before the hierarchy stands, after it, and when it is given up",
  onRealCities,
  async () => {
    const travel = await openTravel(monaco, unkept);
    const given = await openTravel(monaco, unkept);
    for (const profile of everyProfile) {
      const early = await travel.matrix([harbour, casino], [casino, harbour], profile);
      assert.equal(travel.report(profile).preparation, "contracting");
      const route = await given.route(harbour, casino, profile);
      await given.close();
      await travel.ready(profile);
      assert.deepEqual([travel.report(profile).preparation, given.report(profile).preparation], ["unkept", "plain"]);
      assert.deepEqual(await travel.matrix([harbour, casino], [casino, harbour], profile), early);
      assert.deepEqual(await travel.route(harbour, casino, profile), route);
      assert.deepEqual(await given.route(harbour, casino, profile), route);
    }
  },
);

test("T7 without a city every answer says that it is a great circle", async () => {
  const travel = greatCircleTravel();
  const walk = await routed(travel, harbour, casino, "foot");
  const drive = await routed(travel, harbour, casino, "car");
  assert.ok(walk.duration > drive.duration && walk.distance === drive.distance);
  assert.deepEqual([walk.source, drive.source], ["great_circle", "great_circle"]);
  const matrix = await travel.matrix([harbour], [casino, harbour], "car");
  assert.equal(matrix.source, "great_circle");
  assert.deepEqual(
    [[...matrix.seconds], [...matrix.meters]],
    [
      [drive.duration, 0],
      [drive.distance, 0],
    ],
  );
  assert.deepEqual(travel.snap(casino, "car"), { ok: true, value: { point: casino, distance: 0, road: null } });
});

test("T10 the positions of a route lead back to it, on the roads and without a city", onRealCities, async () => {
  const travel = await openTravel(monaco, unkept);
  const { shape, elapsed, distance } = await routed(travel, harbour, casino, "car");
  const trace = shape.map((point, i) => ({ point, at: instant(Math.round(elapsed[i]! * 1000)), accuracy: meters(5) }));
  const { parts, points, source } = await travel.match(trace, "car");
  assert.deepEqual([parts.length, parts[0]!.first, parts[0]!.last, source], [1, 0, trace.length - 1, "roads"]);
  assert.ok(Math.abs(parts[0]!.distance - distance) <= 5, `${parts[0]!.distance} m of ${distance}`);
  assert.ok(points.every((point) => "snap" in point && point.snap.distance <= 5));
  const bare = await greatCircleTravel().match([...trace, { ...trace[0]!, point: [Number.NaN, 0] }], "car");
  assert.deepEqual([bare.source, bare.parts.length, bare.points.at(-1)], ["great_circle", 1, { miss: "broken" }]);
});
