import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { OsmTags } from "../kernel/osm.ts";
import { seeded } from "../kernel/rng.ts";
import {
  buildGraph,
  climbingSearch,
  contract,
  dijkstra,
  onNearSide,
  openRoads,
  type ProfileName,
  type RoadGraph,
  type RoadSnap,
} from "./index.ts";
import { randomTown, side } from "./test-random-town.ts";
import { draw, lonLat, type Place, type Town } from "./test-town.ts";

const snapAt = (graph: RoadGraph, place: Place): RoadSnap => {
  const [lon, lat] = lonLat(place);
  return onNearSide(graph, openRoads(graph, dijkstra(graph)).snap(lon, lat)!, lon, lat);
};
const street = (tags: OsmTags): Town => ({
  places: { A: [0, 0], B: [4, 0], C: [4, 2], D: [0, 2], E: [-1, 0], F: [5, 0] },
  streets: [{ nodes: "AB", tags }, { nodes: "BCDA" }, { nodes: "AE" }, { nodes: "BF" }],
});
const graphOf = (tags: OsmTags, country = "PT"): RoadGraph => buildGraph(draw(street(tags)), "van", { country });
const primary = { highway: "primary" } as const;

test("R21 of a busy street one arrives at the door's own kerb, of a quiet one at either", () => {
  const graph = graphOf(primary);
  const roads = openRoads(graph, dijkstra(graph));
  const [west, south, north] = [snapAt(graph, [1, -0.1]), snapAt(graph, [2, -0.1]), snapAt(graph, [2, 0.1])];
  assert.deepEqual([south.only, north.only], [0, 1]);
  const [ahead, round] = [roads.route(west, south)!, roads.route(west, north)!];
  assert.ok(ahead.decimeters < 1100 && round.decimeters > 6000, `${ahead.decimeters} and ${round.decimeters} dm`);
  assert.deepEqual(
    [...roads.matrix([west], [south, north])],
    [ahead, round].map(({ milliseconds, decimeters }) => milliseconds * 2 ** 24 + decimeters),
  );
  const british = graphOf(primary, "GB");
  assert.deepEqual([snapAt(british, [2, -0.1]).only, snapAt(british, [2, 0.1]).only], [1, 0]);
  for (const tags of [{ highway: "residential" }, { ...primary, oneway: "yes" }])
    assert.equal(snapAt(graphOf(tags), [2, 0.1]).only, undefined);
  assert.equal(snapAt(graph, [2, 0.02]).only, undefined, "who stands on the street is on neither side");
});

test("R21 E1 whatever side is asked for is reached, at the time and length that Dijkstra finds", () => {
  const towns = fc.record({ seed: fc.nat(1_000_000), profile: fc.constantFrom<ProfileName>("car", "van", "bicycle") });
  fc.assert(
    fc.property(towns, ({ seed, profile }) => {
      const graph = buildGraph(draw(randomTown(seed)), profile);
      if (graph.arcKey.length === 0) return;
      const [slow, fast] = [openRoads(graph, dijkstra(graph)), openRoads(graph, climbingSearch(contract(graph)))];
      const rng = seeded(`${seed}/sides`);
      // Any direction of any street, whether it is busy or not.
      const snaps = Array.from({ length: 20 }, (): RoadSnap => {
        const snap = slow.snap(...lonLat([rng.between(0, side - 1), rng.between(0, side - 1)]))!;
        return { ...snap, only: rng.below(2) === 0 ? 0 : 1 };
      });
      const cells = slow.matrix(snaps, snaps);
      assert.ok(cells.every((key) => key < Infinity));
      assert.deepEqual(fast.matrix(snaps, snaps), cells);
      snaps.slice(0, 4).forEach((from, i) =>
        snaps.forEach((to, j) => {
          const [plain, quick] = [slow.route(from, to)!, fast.route(from, to)!];
          assert.deepEqual([quick.milliseconds, quick.decimeters], [plain.milliseconds, plain.decimeters]);
          assert.equal(cells[i * snaps.length + j], quick.milliseconds * 2 ** 24 + quick.decimeters);
        }),
      );
    }),
    { numRuns: 40 },
  );
});
