import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { OsmTags } from "../kernel/osm.ts";
import { seeded } from "../kernel/rng.ts";
import { buildGraph, type RoadGraph } from "./index.ts";
import { type Door, parkingPlaces } from "./parking.ts";
import { randomTown, side } from "./test-random-town.ts";
import { draw, lonLat, type Place } from "./test-town.ts";

/** A street of 400 m from west to east, with dead ends; doors 10 m beside it. */
const street = (tags: OsmTags = {}, country = "PT"): RoadGraph =>
  buildGraph(draw({ places: { A: [0, 0], B: [4, 0] }, streets: [{ nodes: "AB", tags }] }), "van", { country });
const door = (place: Place): Door => {
  const [lon, lat] = lonLat(place);
  return { lon, lat };
};
const north = (east: number): Door => door([east, 0.1]);
const south = (east: number): Door => door([east, -0.1]);
const shown = (graph: RoadGraph, doors: readonly Door[]): string[] =>
  parkingPlaces(graph, doors).places.map(
    ({ kerb, doors: served }) => `${kerb} ${served.map((one) => one.door).join()}`,
  );

test("R20 several doors are served from one place, and far ones from another", () => {
  assert.deepEqual(shown(street(), [south(1), south(1.2), south(1.4), south(3.5)]), ["right 0,1,2", "right 3"]);
  const { places } = parkingPlaces(street(), [south(1), south(1.2), south(1.4)]);
  assert.deepEqual(
    places[0]!.doors.map(({ walk }) => walk),
    [23, 10, 23],
  );
  assert.deepEqual(parkingPlaces(street(), []), { places: [], unserved: [] });
});

test("R20 one stops on the door's own side, at the kerb where traffic drives", () => {
  assert.deepEqual(shown(street(), [south(2)]), ["right 0"]);
  assert.deepEqual(shown(street(), [north(2)]), ["left 0"]);
  assert.deepEqual(shown(street({ "parking:left:restriction": "no_stopping" }), [north(2)]), ["right 0"]);
  assert.deepEqual(shown(street({ "parking:both:restriction": "no_parking" }), [north(2)]), ["left 0"]);
  assert.deepEqual(parkingPlaces(street({ "parking:both:restriction": "no_stopping" }), [north(2)]).unserved, [0]);
  assert.deepEqual(parkingPlaces(street({ tunnel: "yes" }), [north(2)]).unserved, [0]);
});

test("R20 nobody stops at a junction, and doors beyond the longest walk are told", () => {
  const { places } = parkingPlaces(street(), [south(0)]);
  assert.ok(Math.abs(places[0]!.snap.share - 5 / 400) < 1e-6);
  assert.deepEqual(parkingPlaces(street(), [door([2, 2]), south(1)]).unserved, [0]);
});

test("R20 every door is served once within the longest walk, or told; and no more places than doors", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 12 }), (seed, count) => {
      const graph = buildGraph(draw(randomTown(seed)), "van");
      const rng = seeded(`${seed}/doors`);
      const doors = Array.from({ length: count }, () => door([rng.between(0, side - 1), rng.between(0, side - 1)]));
      const { places, unserved } = parkingPlaces(graph, doors);
      const served = places.flatMap(({ doors: some }) => some.map((one) => one.door));
      assert.deepEqual(
        [...served, ...unserved].sort((a, b) => a - b),
        [...doors.keys()],
      );
      assert.ok(places.every((place) => place.doors.length > 0 && place.doors.every(({ walk }) => walk <= 90)));
      assert.ok(places.every(({ snap }) => graph.stretchPassing[snap.stretch] === 0));
    }),
    { numRuns: 50 },
  );
});
