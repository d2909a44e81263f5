import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { greatCircle, isPoint, onTheWay, type Point } from "./point.ts";

const point = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -85, max: 85, noNaN: true }),
) satisfies fc.Arbitrary<Point>;

test("K7 known distances: a degree of latitude, half the equator, Porto to Lisbon", () => {
  assert.equal(greatCircle([0, 0], [0, 1]), 111_195);
  assert.equal(greatCircle([0, 0], [180, 0]), 20_015_114);
  assert.ok(Math.abs(greatCircle([-8.611, 41.1496], [-9.1393, 38.7223]) - 274_000) < 1500);
});

test("K7 there is as far as back, nothing lies nearer than here, and no detour is shorter", () => {
  fc.assert(
    fc.property(point, point, point, (a, b, c) => {
      assert.equal(greatCircle(a, b), greatCircle(b, a));
      assert.equal(greatCircle(a, a), 0);
      assert.ok(greatCircle(a, c) <= greatCircle(a, b) + greatCircle(b, c) + 2);
    }),
  );
});

test("K7 only what is on the map is a point", () => {
  assert.ok(isPoint([180, -90]));
  for (const wrong of [
    [181, 0],
    [0, 91],
    [Number.NaN, 0],
    [0, Infinity],
  ] as const)
    assert.ok(!isPoint(wrong));
});

test("K7 the way begins at its start and ends at its end", () => {
  assert.deepEqual(
    [0, 0.5, 1].map((share) => onTheWay([0, 0], [2, 4], share)),
    [
      [0, 0],
      [1, 2],
      [2, 4],
    ],
  );
});
