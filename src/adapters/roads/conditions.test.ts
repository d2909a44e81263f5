import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { givenData } from "../../../test/given-data.ts";
import type { Point } from "../../kernel/point.ts";
import { type Instant, instant, seconds } from "../../kernel/quantity.ts";
import { seeded } from "../../kernel/rng.ts";
import { readOsm } from "../osm/index.ts";
import { openTravel, type RoadTravel } from "./index.ts";

const { path: extracts, missing } = givenData("osm");
const onRealCities = { skip: missing };

let travel: RoadTravel;
before(async () => {
  if (missing) return;
  const monaco = await readOsm(join(extracts, "monaco.osm.pbf"));
  travel = await openTravel(monaco, { cacheFolder: null, contentHash: "monaco", zone: "Europe/Monaco" });
  await travel.ready("car");
});
after(() => travel?.close());

const harbour: Point = [7.42, 43.735];
const casino: Point = [7.428, 43.74];
/** A Wednesday in May, at 03:00 and 18:00 by the clocks of Monaco. */
const night = instant(Date.UTC(2026, 4, 13, 1));
const rushHour = instant(Date.UTC(2026, 4, 13, 16));
const nothing = { closures: [], slowdowns: [] };
const durationAt = async (departure?: Instant): Promise<number> => {
  const route = await travel.route(harbour, casino, "car", departure);
  return route.ok ? route.value.duration : assert.fail("refused");
};
const pointsNear = (seed: number, count: number): Point[] => {
  const rng = seeded(seed);
  return Array.from({ length: count }, (): Point => [rng.between(7.41, 7.43), rng.between(43.73, 43.745)]);
};

test("T11 who says when a journey departs gets that hour's traffic, by the city's clock", onRealCities, async () => {
  const free = await durationAt();
  assert.equal(await durationAt(night), free);
  assert.ok((await durationAt(rushHour)) > free * 1.1);
  const walk = await travel.route(harbour, casino, "foot");
  assert.deepEqual(await travel.route(harbour, casino, "foot", rushHour), walk);
});

test("T12 conditions hold in every answer once applied, until they end", onRealCities, async () => {
  const [free, usual] = [await durationAt(), await durationAt(rushHour)];
  const states = (): string[] => [undefined, night, rushHour].map((departure) => travel.stateAt("car", departure));
  const before = states();
  const asked = travel.matrix([harbour], [casino], "car");
  const jam = { where: null, classes: null, profiles: null, share: 0.5, until: rushHour };
  await travel.apply({ ...nothing, slowdowns: [jam] });
  const slow = states();
  assert.deepEqual(
    slow.map((state, i) => state === before[i]),
    [false, false, true],
  );
  assert.equal((await asked).seconds[0], free);
  assert.ok((await durationAt()) > free * 1.5);
  assert.equal(await durationAt(rushHour), usual);
  await travel.apply({ ...nothing, slowdowns: [{ ...jam, until: null }] });
  assert.equal(states()[0], slow[0], "what holds is the same, only longer");
  assert.ok((await durationAt(rushHour)) > usual * 1.5);
  await travel.apply(nothing);
  assert.deepEqual([await durationAt(), states()], [free, before]);
});

test("T13 a closed street is driven round, and nobody is led to it", onRealCities, async () => {
  const [west, south, east, north] = [7.4235, 43.7365, 7.4255, 43.7385];
  const ring: Point[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
  const isInside = ([lon, lat]: Point): boolean => lon > west && lon < east && lat > south && lat < north;
  const free = await durationAt();
  await travel.apply({ ...nothing, closures: [{ where: { kind: "area", ring }, profiles: null, until: null }] });
  const route = await travel.route(harbour, casino, "car");
  assert.ok(route.ok && !route.value.shape.some(isInside) && route.value.duration >= free);
  const snap = travel.snap([7.4245, 43.7375], "car");
  assert.ok(!snap.ok || !isInside(snap.value.point));
  await travel.apply(nothing);
});

test(
  "T14 the nearest are those that a matrix says, and there is an isochrone for each limit",
  onRealCities,
  async () => {
    const points = pointsNear(3, 20);
    const row = await travel.matrix([harbour], points, "car");
    const near = await travel.nearest(harbour, points, 5, "car");
    assert.ok(near.ok);
    const sorted = [...row.seconds].sort((one, other) => one - other);
    assert.deepEqual(
      near.value.map(({ duration }) => Number(duration)),
      sorted.slice(0, 5),
    );
    assert.ok(near.value.every(({ target, duration }) => row.seconds[target] === Number(duration)));
    const areas = await travel.isochrones(harbour, [seconds(60), seconds(300)], "car");
    assert.ok(areas.ok && areas.value.every(({ polygons }) => polygons.length > 0));
    assert.deepEqual(
      areas.value.map(({ limit }) => Number(limit)),
      [60, 300],
    );
  },
);

test("T15 large matrices are shared between threads and say the same", onRealCities, async () => {
  const points = pointsNear(4, 1240);
  const whole = await travel.matrix(points, points, "car");
  for (const i of [0, 619, 620, 1239]) {
    const row = await travel.matrix([points[i]!], points, "car");
    assert.deepEqual(whole.seconds.subarray(i * 1240, (i + 1) * 1240), row.seconds);
    assert.deepEqual(whole.meters.subarray(i * 1240, (i + 1) * 1240), row.meters);
  }
});
