import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import { bandAt, bands, momentsOf, usualShare } from "./bands.ts";
import { graphUnder } from "./graph-under.ts";
import {
  buildGraph,
  buildSkeleton,
  climbingSearch,
  Customiser,
  dijkstra,
  openRoads,
  type ProfileName,
} from "./index.ts";
import { millisecondsOf } from "./key.ts";
import { asUsual, type RoadConditions, type RoadPlace } from "./road-conditions.ts";
import { roadClasses } from "./road-graph.ts";
import { PlaceFinder } from "./stretches-at.ts";
import { randomTown, side } from "./test-random-town.ts";
import { draw, lonLat, open, passed, type Place, type Town } from "./test-town.ts";

/** A square of long streets, with a short dead end at each corner. */
const block: Town = {
  places: { A: [0, 0], B: [4, 0], C: [4, 4], D: [0, 4], E: [-1, 0], F: [5, 0], G: [5, 4], H: [-1, 4] },
  streets: [
    { nodes: "AB" },
    { nodes: "BC", tags: { highway: "primary" } },
    { nodes: "CD" },
    { nodes: "DA" },
    { nodes: "AE" },
    { nodes: "BF" },
    { nodes: "CG" },
    { nodes: "DH" },
  ],
};
const conditions = (some: Partial<RoadConditions>): RoadConditions => ({ ...asUsual, ...some });

/** Somewhere in a random town: a way, a line along a street or not, an area of some blocks. */
function somewhere(seed: string): RoadPlace {
  const rng = seeded(seed);
  const place = (): [number, number] => lonLat([rng.between(0, side - 1), rng.between(0, side - 1)]);
  const [lon, lat] = place();
  const corner: [number, number] = [lon + 0.0015, lat + 0.0015];
  return rng.pick([
    { kind: "ways", ways: [1 + rng.below(25), 1 + rng.below(25)] },
    { kind: "line", line: [place(), place()] },
    { kind: "area", ring: [[lon, lat], [corner[0], lat], corner, [lon, corner[1]]] },
  ] as const);
}

test("E9 the same skeleton with new keys answers as Dijkstra does, in every band, after slowdowns and closures", () => {
  const cases = fc.record({
    seed: fc.nat(1_000_000),
    profile: fc.constantFrom<ProfileName>("car", "bicycle", "foot"),
    band: fc.option(fc.constantFrom(...bands)),
    changes: fc.nat(3),
  });
  fc.assert(
    fc.property(cases, ({ seed, profile, band, changes }) => {
      const graph = buildGraph(draw(randomTown(seed)), profile);
      const customiser = new Customiser(buildSkeleton(graph), graph);
      const rng = seeded(`${seed}/conditions`);
      const somePlaces = Array.from({ length: changes }, (_, i) => somewhere(`${seed}/${i}`));
      const now = conditions({
        closures: somePlaces.slice(0, 2).map((where) => ({ where, profiles: null, until: null })),
        slowdowns: somePlaces.map((where) => ({
          where,
          classes: null,
          profiles: null,
          share: rng.between(0.1, 1.2),
          until: null,
        })),
      });
      const then = graphUnder(graph, band === null ? null : { band, month: 5 }, now);
      const search = { slow: dijkstra(then), fast: climbingSearch(customiser.customise(then.turnKey)) };
      const [slow, fast] = [openRoads(then, search.slow), openRoads(then, search.fast)];
      const points = Array.from({ length: 12 }, (): Place => [rng.between(0, side - 1), rng.between(0, side - 1)]);
      const snaps = points.flatMap((place) => slow.snap(...lonLat(place)) ?? []);
      const cells = slow.matrix(snaps, snaps);
      assert.ok(
        cells.every((key) => key < Infinity),
        "whatever is still snapped to is reached",
      );
      assert.deepEqual(fast.matrix(snaps, snaps), cells);
      for (const start of snaps.slice(0, 3)) {
        for (const end of snaps.slice(3)) {
          const [plain, quick] = [slow.route(start, end)!, fast.route(start, end)!];
          assert.deepEqual([quick.milliseconds, quick.decimeters], [plain.milliseconds, plain.decimeters]);
        }
        const seeds = { states: [then.arcSource[0]!], keys: [0] };
        assert.deepEqual(search.fast.spread(seeds), search.slow.spread(seeds));
      }
    }),
    { numRuns: 30 },
  );
});

test("C1 the peaks are on workdays, night is on all days, and every half hour of the week has one band", () => {
  const at = (weekday: number, hour: number, minute = 0, isHoliday = false) =>
    bandAt({ weekday, minute: hour * 60 + minute, isHoliday });
  assert.deepEqual(
    [at(0, 6, 29), at(0, 6, 30), at(4, 9, 29), at(2, 9, 30), at(2, 16, 30), at(2, 19, 30), at(2, 20, 59), at(2, 21)],
    ["night", "morning_peak", "morning_peak", "day", "evening_peak", "day", "day", "night"],
  );
  assert.deepEqual([at(5, 8), at(6, 17), at(5, 3), at(1, 8, 0, true)], ["weekend", "weekend", "night", "weekend"]);
  assert.equal(bands.flatMap((band) => momentsOf(band, 5)).length, 7 * 48);
});

test("C2 in a band the usual share of each kind of road is driven, and nobody waits longer at signals for it", () => {
  const graph = buildGraph(draw(block), "car");
  const peak = graphUnder(graph, { band: "evening_peak", month: 5 });
  graph.arcKey.forEach((key, arc) => {
    const kind = roadClasses[graph.stretchClass[graph.arcSide[arc]! >> 1]!]!;
    const expected = millisecondsOf(key) / usualShare("car", "evening_peak", kind);
    assert.ok(Math.abs(millisecondsOf(peak.arcKey[arc]!) - expected) <= 1, kind);
  });
  const walk = buildGraph(draw(block), "foot");
  assert.equal(graphUnder(walk, { band: "evening_peak", month: 5 }), walk);
});

test("C3 a closed street is driven round, nobody snaps to it, and slow ones are left for faster", () => {
  const graph = buildGraph(draw(block), "car");
  const under = (some: Partial<RoadConditions>) => open(graphUnder(graph, null, conditions(some)));
  const [south, north, east] = [
    [2, 0],
    [2, 4],
    [4, 3],
  ] as const;
  const primary: RoadPlace = { kind: "ways", ways: [2] };
  assert.equal(passed(block, open(graph), south, north), "BC");
  const closed = under({ closures: [{ where: primary, profiles: null, until: null }] });
  assert.deepEqual([passed(block, closed, south, north), passed(block, closed, south, east)], ["AD", "-"]);
  const ofBikes = under({ closures: [{ where: primary, profiles: ["bicycle"], until: null }] });
  assert.equal(passed(block, ofBikes, south, north), "BC");
  const jam = under({ slowdowns: [{ where: null, classes: ["primary"], profiles: null, share: 0.1, until: null }] });
  assert.equal(passed(block, jam, south, north), "AD");
});

test("C4 a place is its ways, what runs along its line, or what touches its area", () => {
  const graph = buildGraph(draw(block), "car");
  const finder = new PlaceFinder(graph);
  const streets = (where: RoadPlace): (string | undefined)[] =>
    finder.at(where).map((stretch) => graph.names[graph.stretchName[stretch]!]);
  assert.deepEqual(streets({ kind: "ways", ways: [3, 99] }), ["Street 2"]);
  assert.deepEqual(streets({ kind: "line", line: [lonLat([0.5, 0.05]), lonLat([3.5, -0.05])] }), ["Street 0"]);
  assert.deepEqual(streets({ kind: "line", line: [lonLat([2, 0]), lonLat([2.3, 0])] }), ["Street 0"]);
  assert.deepEqual(streets({ kind: "line", line: [lonLat([2, -1]), lonLat([2, 1])] }), []);
  const around = (east: number, north: number): RoadPlace => ({
    kind: "area",
    ring: [lonLat([east - 1, north - 1]), lonLat([east + 1, north - 1]), lonLat([east, north + 1])],
  });
  assert.deepEqual(streets(around(2, 0.5)), ["Street 0"]);
  assert.deepEqual(streets(around(4, 4)), ["Street 1", "Street 2", "Street 6"]);
  assert.deepEqual(streets(around(2, 2)), []);
});
