import fc from "fast-check";
import type { Feature, Point } from "geojson";
import { expect, test } from "vitest";
import { Glider, pathBetween, pointAlong } from "./gliding.ts";

type Place = [number, number];
const street: Place[] = [
  [0, 0],
  [0.01, 0],
  [0.01, 0.01],
];
const mia = (place: Place): Feature => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: place },
  properties: { id: "mia" },
});
const drawn = (glider: Glider, share: number) => (glider.at(share)[0]!.geometry as Point).coordinates;
const nowhere = () => undefined;

test("along the road where both places lie on it, straight where one does not, at once where it is a leap", () => {
  expect(pathBetween([0.005, 0], [0.01, 0.005], street)).toEqual([
    [0.005, 0],
    [0.01, 0],
    [0.01, 0.005],
  ]);
  expect(pathBetween([0.005, 0.004], [0.01, 0.005], street)).toHaveLength(2);
  expect(pathBetween([0.01, 0.005], [0.005, 0], street)).toHaveLength(2); // never backwards along it
  expect(pathBetween([0, 0], [1, 1], street)).toEqual([[1, 1]]);
});

test("a corner is turned, not cut", () => {
  const [x, y] = pointAlong(pathBetween([0.005, 0], [0.01, 0.005], street), 0.5);
  expect(x).toBeCloseTo(0.01, 4);
  expect(y).toBeCloseTo(0, 4);
});

test("whoever is new stands where it is; whoever moves arrives exactly, and goes on from where it was drawn", () => {
  const glider = new Glider();
  expect(glider.aim([mia([0, 0])], nowhere)).toBe(false);
  expect(drawn(glider, 0)).toEqual([0, 0]);
  expect(glider.aim([mia([0.01, 0])], nowhere)).toBe(true);
  expect(drawn(glider, 0.5)[0]).toBeCloseTo(0.005);
  glider.aim([mia([0.005, 0.001])], nowhere); // the next position came early
  expect(drawn(glider, 0)[0]).toBeCloseTo(0.005);
  expect(drawn(glider, 1)).toEqual([0.005, 0.001]);
  expect(drawn(glider, 7)).toEqual([0.005, 0.001]);
});

test("what is drawn never leaves the box of where it was, its road and where it was last known", () => {
  const place = fc.tuple(fc.double({ min: 0, max: 0.01, noNaN: true }), fc.double({ min: 0, max: 0.01, noNaN: true }));
  fc.assert(
    fc.property(place, place, fc.double({ min: -1, max: 2, noNaN: true }), fc.boolean(), (from, to, share, onRoad) => {
      const path = pathBetween(from, to, onRoad ? street : undefined);
      const [x, y] = pointAlong(path, Math.min(1, Math.max(0, share)));
      const within = (value: number, axis: 0 | 1) =>
        value >= Math.min(...path.map((p) => p[axis])) - 1e-12 &&
        value <= Math.max(...path.map((p) => p[axis])) + 1e-12;
      expect(within(x, 0) && within(y, 1)).toBe(true);
      expect(path.at(-1)).toEqual(to);
    }),
  );
});
