import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import {
  buildGraph,
  climbingSearch,
  contract,
  dijkstra,
  openRoads,
  type ProfileName,
  type RoadGraph,
  type Roads,
} from "./index.ts";
import { fixed, metersPerDegree, metersPerDegreeEast } from "./plane.ts";
import { randomTown, side } from "./test-random-town.ts";
import { draw, letters, lonLat, type Place, type Town } from "./test-town.ts";

const towns = fc.record({
  seed: fc.nat(1_000_000),
  profile: fc.constantFrom<ProfileName>("car", "van", "bicycle", "foot"),
});

const snapsIn = (roads: Roads, seed: number, count: number) => {
  const rng = seeded(`${seed}/points`);
  const points = Array.from({ length: count }, (): Place => [rng.between(0, side - 1), rng.between(0, side - 1)]);
  return points.map((place) => roads.snap(...lonLat(place))!);
};

const both = (graph: RoadGraph): { readonly slow: Roads; readonly fast: Roads } => ({
  slow: openRoads(graph, dijkstra(graph)),
  fast: openRoads(graph, climbingSearch(contract(graph))),
});

test("E1 the hierarchy finds the same time and length as Dijkstra, route by route and in matrices", () => {
  fc.assert(
    fc.property(towns, ({ seed, profile }) => {
      const graph = buildGraph(draw(randomTown(seed)), profile);
      if (graph.arcKey.length === 0) return;
      const { slow, fast } = both(graph);
      const [from, to] = [snapsIn(fast, seed, 7), snapsIn(fast, seed + 1, 40)];
      const cells = slow.matrix(from, to);
      assert.deepEqual(fast.matrix(from, to), cells);
      assert.deepEqual(fast.matrix(to, from), slow.matrix(to, from));
      assert.deepEqual(fast.matrix(to, to), slow.matrix(to, to));
      from.forEach((start, i) =>
        to.forEach((end, j) => {
          const [plain, quick] = [slow.route(start, end)!, fast.route(start, end)!];
          assert.deepEqual([quick.milliseconds, quick.decimeters], [plain.milliseconds, plain.decimeters]);
          assert.equal(cells[i * to.length + j], quick.milliseconds * 2 ** 24 + quick.decimeters);
        }),
      );
    }),
    { numRuns: 60 },
  );
});

test("E2 every stretch leads to every other: whatever is snapped, is reached", () => {
  fc.assert(
    fc.property(towns, ({ seed, profile }) => {
      const graph = buildGraph(draw(randomTown(seed)), profile);
      if (graph.arcKey.length === 0) return;
      const roads = openRoads(graph, dijkstra(graph));
      const snaps = snapsIn(roads, seed, 30);
      assert.ok(roads.matrix(snaps, snaps).every((key) => key < Infinity && key >= 0));
    }),
  );
});

test("E3 a route's shape follows streets in an open direction, its length and clock add up", () => {
  fc.assert(
    fc.property(towns, ({ seed, profile }) => {
      const town = randomTown(seed);
      const graph = buildGraph(draw(town), profile);
      if (graph.arcKey.length === 0) return;
      const { fast } = both(graph);
      const [start, end] = snapsIn(fast, seed, 2);
      const { shape, elapsed, milliseconds, decimeters } = fast.route(start!, end!)!;
      assert.deepEqual(
        [shape[0], shape.at(-1)],
        [
          [start!.lon, start!.lat],
          [end!.lon, end!.lat],
        ],
      );
      assert.deepEqual([elapsed[0], elapsed.at(-1)], [0, milliseconds]);
      assert.ok(elapsed.every((at, i) => i === 0 || at >= elapsed[i - 1]!));
      const lengths = shape.slice(1).map((point, i) => metersBetween(shape[i]!, point));
      const drawn = lengths.reduce((sum, length) => sum + length, 0);
      assert.ok(Math.abs(drawn * 10 - decimeters) <= shape.length + 2, `${drawn} m drawn, ${decimeters} dm counted`);
      if (profile === "foot")
        lengths.forEach((length, i) => {
          const waited = elapsed[i + 1]! - elapsed[i]! - length * 720;
          assert.ok(waited > -30 && waited < 24_030, `${waited} ms lost on ${length} m, beyond walking them`);
        });
      if (profile !== "foot") assertLegal(town, letters(town, shape), profile);
    }),
    { numRuns: 300 },
  );
});

const metersBetween = ([lon1, lat1]: readonly [number, number], [lon2, lat2]: readonly [number, number]): number =>
  Math.hypot((lon2 - lon1) * metersPerDegreeEast((lat1 + lat2) / 2), (lat2 - lat1) * metersPerDegree);

/** Written apart from the engine: each step lies on a street that is open that way, and no forbidden turn is made. */
function assertLegal({ streets, rules = [] }: Town, passed: string, profile: ProfileName): void {
  const openOn = (from: string, to: string): number[] =>
    streets.flatMap(({ nodes, tags }, at) => {
      const oneway = tags?.["oneway"] ?? (tags?.["highway"] === "motorway" ? "yes" : "no");
      const open = (oneway !== "-1" && nodes.includes(from + to)) || (oneway !== "yes" && nodes.includes(to + from));
      return open ? [at] : [];
    });
  const steps = passed.split("").filter((letter, i, all) => letter !== all[i - 1]);
  for (let i = 1; i < steps.length; i++) {
    const into = openOn(steps[i - 1]!, steps[i]!);
    assert.ok(into.length > 0, `${steps[i - 1]} to ${steps[i]} in ${passed}`);
    const out = i + 1 < steps.length ? openOn(steps[i]!, steps[i + 1]!) : [];
    for (const { from, via, to, tags } of rules) {
      const met = via === steps[i] && into.length === 1 && into[0] === from && out.length === 1 && out[0] === to;
      const plain = from !== to && [from, to].every((at) => endsOnceAt(streets[at]!.nodes, via));
      const bound = tags["restriction"]!.startsWith("no_") && !(tags["except"] === profile);
      assert.ok(!(met && plain && bound), `${tags["restriction"]} at ${via} in ${passed}`);
    }
  }
}

const endsOnceAt = (nodes: string, letter: string): boolean =>
  nodes.split(letter).length === 2 && (nodes.startsWith(letter) || nodes.endsWith(letter));

test("E4 a snap is the nearest point of any stretch", () => {
  fc.assert(
    fc.property(
      fc.nat(1_000_000),
      fc.integer({ min: -300, max: 900 }),
      fc.integer({ min: -300, max: 900 }),
      (seed, east, north) => {
        const graph = buildGraph(draw(randomTown(seed)), "foot");
        if (graph.arcKey.length === 0) return;
        const [lon, lat] = lonLat([east / 100, north / 100]);
        const snap = openRoads(graph, dijkstra(graph)).snap(lon, lat)!;
        const nearest = nearestByLooking(graph, lon, lat);
        assert.ok(Math.abs(snap.distance - nearest) < 0.01, `${snap.distance} m, but there is one at ${nearest} m`);
        assert.ok(snap.share >= 0 && snap.share <= 1);
      },
    ),
    { numRuns: 300 },
  );
});

/** Looks at 200 points along each piece, then closer around the best. */
function nearestByLooking({ coords, stretchStart }: RoadGraph, lon: number, lat: number): number {
  let best = Infinity;
  for (let stretch = 0; stretch + 1 < stretchStart.length; stretch++)
    for (let at = stretchStart[stretch]!; at + 1 < stretchStart[stretch + 1]!; at++) {
      const away = (share: number): number => {
        const x = coords[2 * at]! + (coords[2 * at + 2]! - coords[2 * at]!) * share - lon * fixed;
        const y = coords[2 * at + 1]! + (coords[2 * at + 3]! - coords[2 * at + 1]!) * share - lat * fixed;
        return Math.hypot((x * metersPerDegreeEast(lat)) / fixed, (y * metersPerDegree) / fixed);
      };
      let [low, high] = [0, 1];
      for (let i = 0; i < 60; i++) {
        const third = (high - low) / 3;
        if (away(low + third) < away(high - third)) high -= third;
        else low += third;
      }
      best = Math.min(best, away((low + high) / 2));
    }
  return best;
}

test("E5 on one stretch the way ahead is taken, and behind it the way round about", () => {
  const square: Town = {
    places: { A: [0, 0], B: [4, 0], C: [4, 4], D: [0, 4] },
    streets: [{ nodes: "AB", tags: { oneway: "yes" } }, { nodes: "BCDA" }],
  };
  const roads = openRoads(buildGraph(draw(square), "car"), dijkstra(buildGraph(draw(square), "car")));
  const between = (from: Place, to: Place) => roads.route(roads.snap(...lonLat(from))!, roads.snap(...lonLat(to))!)!;
  const ahead = between([1, 0], [3, 0]);
  assert.deepEqual([ahead.decimeters, letters(square, ahead.shape)], [2000, ""]);
  const behind = between([3, 0], [1, 0]);
  assert.deepEqual([behind.decimeters, letters(square, behind.shape)], [14_000, "BCDA"]);
  const twoWay = between([4, 1], [4, 3]);
  assert.deepEqual([twoWay.decimeters, between([4, 3], [4, 1]).decimeters], [2000, 2000]);
  assert.equal(between([2, 0], [2, 0]).milliseconds, 0);
  const near = between([0, 3.8], [3.8, 0]);
  assert.equal(letters(square, near.shape), "A");
});

test("E6 a loop street is driven across its own junction where that is shorter", () => {
  const loop: Town = {
    places: { A: [0, 0], B: [4, 0], C: [4, 4], D: [0, 4], E: [-1, -1] },
    streets: [{ nodes: "ABCDA" }, { nodes: "AE" }],
  };
  const graph = buildGraph(draw(loop), "foot");
  const { slow, fast } = both(graph);
  for (const roads of [slow, fast]) {
    const route = roads.route(roads.snap(...lonLat([1, 0]))!, roads.snap(...lonLat([0, 1]))!)!;
    assert.deepEqual([route.decimeters, letters(loop, route.shape)], [2000, "A"]);
    const back = roads.route(roads.snap(...lonLat([0, 1]))!, roads.snap(...lonLat([1, 0]))!)!;
    assert.equal(back.decimeters, 2000);
  }
});

test("E7 the same data gives the same arrays, twice", () => {
  fc.assert(
    fc.property(towns, ({ seed, profile }) => {
      const [one, two] = [0, 1].map(() => buildGraph(draw(randomTown(seed)), profile));
      assert.deepEqual(one, two);
      assert.deepEqual(contract(one!), contract(two!));
    }),
    { numRuns: 20 },
  );
});

test("E8 no data, however broken, ends in an exception", () => {
  const id = fc.integer({ min: 1, max: 12 });
  const word = fc.constantFrom(
    "yes",
    "no",
    "-1",
    "residential",
    "motorway",
    "ferry",
    "restriction",
    "no_left_turn",
    "only_u_turn",
    "private",
    "",
    "50",
    "x",
  );
  const key = fc.constantFrom(
    "highway",
    "oneway",
    "access",
    "route",
    "type",
    "restriction",
    "maxspeed",
    "barrier",
    "duration",
    "junction",
    "except",
  );
  const tags = fc.dictionary(key, word);
  const degree = fc.oneof(fc.double({ min: -0.01, max: 0.01, noNaN: true }), fc.constantFrom(Number.NaN, 180, -90));
  const node = fc.record({ id, lon: degree, lat: degree, tags });
  const way = fc.record({ id, refs: fc.array(id, { maxLength: 6 }), tags });
  const member = fc.record({
    type: fc.constantFrom("node", "way", "relation"),
    ref: id,
    role: fc.constantFrom("from", "via", "to", ""),
  });
  const relation = fc.record({ id, members: fc.array(member, { maxLength: 4 }), tags });
  const data = fc.record({
    nodes: fc.array(node, { maxLength: 12 }),
    ways: fc.array(way, { maxLength: 12 }),
    relations: fc.array(relation, { maxLength: 6 }),
  });
  fc.assert(
    fc.property(data, (broken) => {
      const graph = buildGraph(broken, "car");
      const { fast } = both(graph);
      const snap = fast.snap(0, 0);
      if (snap !== null) assert.equal(fast.route(snap, snap)?.milliseconds, 0);
    }),
    { numRuns: 500 },
  );
});
