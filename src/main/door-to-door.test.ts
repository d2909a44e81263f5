import assert from "node:assert/strict";
import { test } from "node:test";
import { greatCircleTravel, nine, spot } from "../../test/stories/world/bench.ts";
import type { Travel } from "../domain/index.ts";
import type { Point } from "../kernel/point.ts";
import { meters, seconds } from "../kernel/quantity.ts";
import { doorToDoor } from "./door-to-door.ts";

const bare = greatCircleTravel();
/** Vehicles are left 24 m to the north of every door, 25 s on foot. */
const kerb = ([longitude, latitude]: Point): Point => [longitude, latitude + 24 / 111_195];
const travel: Travel = {
  ...bare,
  parkingPlaces: (doors) => ({
    places: doors.map((door, i) => ({
      snap: { point: kerb(door), distance: meters(24), road: "Quay" },
      kerb: "right",
      doors: [{ door: i, walk: seconds(25) }],
    })),
    unserved: [],
  }),
};

test("P7 who parks walks at both ends of the way, and the clock runs on all along it", async () => {
  const [from, to] = [spot(0, 0), spot(3000, 0)];
  const way = await doorToDoor(travel, from, to, "van", nine);
  const drive = await bare.route(kerb(from), kerb(to), "van");
  assert.ok(way.ok && drive.ok);
  const { duration, distance, shape, elapsed } = way.value;
  assert.deepEqual([duration, distance], [drive.value.duration + 50, drive.value.distance]);
  assert.deepEqual(shape, [from, ...drive.value.shape, to]);
  assert.deepEqual(elapsed, [0, 25, duration - 25, duration]);
  const rode = await doorToDoor(travel, from, to, "bicycle", nine);
  assert.deepEqual(rode, await bare.route(from, to, "bicycle"));
});

test("P7 from a door to itself nobody goes anywhere, and next door one walks", async () => {
  const stay = await doorToDoor(travel, spot(0, 0), spot(0, 0), "van", nine);
  assert.deepEqual(stay.ok && [stay.value.duration, stay.value.distance], [0, 0]);
  const next = await doorToDoor(travel, spot(0, 0), spot(0, 24), "van", nine);
  assert.deepEqual(next.ok && [next.value.duration, next.value.shape], [25, [spot(0, 0), spot(0, 24)]]);
});
