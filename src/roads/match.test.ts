import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import { buildGraph, dijkstra, openMatcher, openRoads, type RoadMatch, type RoadTrace } from "./index.ts";
import { coveredBy, received } from "./test-drive.ts";
import { randomTown, side } from "./test-random-town.ts";
import { draw, letters, lonLat, type Place, routeBetween, type Street, type Town } from "./test-town.ts";

/** Two streets of 600 m, 100 m apart, joined at both ends: A to G in the south, H to N in the north; a dead end at O. */
const ladder: Town = {
  places: {
    ...Object.fromEntries(
      "ABCDEFGHIJKLMN".split("").map((letter, i): [string, Place] => [letter, [i % 7, i < 7 ? 0 : 1]]),
    ),
    O: [-1, 0],
  },
  streets: [{ nodes: "ABCDEFG" }, { nodes: "HIJKLMN" }, { nodes: "AH" }, { nodes: "GN" }, { nodes: "OA" }],
};

/** Six streets each way, crooked, some of them one-ways. */
function blocks(seed: number): Town {
  const rng = seeded(`${seed}/blocks`);
  const line = [...Array(side).keys()];
  const letterAt = (east: number, north: number): string => String.fromCodePoint(0x41 + north * side + east);
  const street = (nodes: string): Street => ({ nodes, tags: rng.pick([{}, {}, { oneway: "yes" }, { oneway: "-1" }]) });
  return {
    places: randomTown(2 * seed + 1).places,
    streets: line.flatMap((at) => [
      street(line.map((east) => letterAt(east, at)).join("")),
      street(line.map((north) => letterAt(at, north)).join("")),
    ]),
  };
}

const traceOf = (places: readonly Place[], every = 5, deviation = 5): RoadTrace => {
  const points = places.map(lonLat);
  return {
    lon: Float64Array.from(points, ([lon]) => lon),
    lat: Float64Array.from(points, ([, lat]) => lat),
    at: Float64Array.from(points, (_, i) => i * every * 1000),
    deviation: new Float64Array(points.length).fill(deviation),
  };
};
const matchIn = (town: Town, trace: RoadTrace): RoadMatch => openMatcher(buildGraph(draw(town), "car"))(trace);
const passed = (town: Town, { parts }: RoadMatch): string[] => parts.map(({ shape }) => letters(town, shape));
const misses = ({ points }: RoadMatch): (string | null)[] =>
  points.map((point) => ("miss" in point ? point.miss : null));

const eastward = (north: number, from: number, to: number): Place[] =>
  Array.from({ length: Math.round((to - from) * 2) + 1 }, (_, i): Place => [from + i / 2, north]);

test("M1 a drive that is heard without error is found whole, and nothing else", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const graph = buildGraph(draw(blocks(seed)), "car");
      fc.pre(graph.arcKey.length > 0);
      const [roads, rng] = [openRoads(graph, dijkstra(graph)), seeded(`${seed}/drive`)];
      const place = (): Place => [rng.between(0, side - 1), rng.between(0, side - 1)];
      const [from, to] = [roads.snap(...lonLat(place()))!, roads.snap(...lonLat(place()))!];
      const drive = roads.route(from, to)!;
      const { parts } = openMatcher(graph)(
        received(drive, { every: 1, deviation: 2, gaps: [] }, { ...rng, normal: () => 0 }),
      );
      const { meters, covered } = coveredBy(
        drive.shape,
        parts.map(({ shape }) => shape),
      );
      assert.ok(covered >= 0.97 * meters - 12, `${covered} of ${meters} m found`);
      for (const { shape } of parts) {
        const drawn = coveredBy(shape, [drive.shape]);
        assert.ok(drawn.covered >= 0.97 * drawn.meters - 12, `${drawn.covered} of ${drawn.meters} m driven`);
      }
    }),
    { numRuns: 100 },
  );
});

test("M2 of drives heard every 1 to 30 s, 5 to 20 m off, at least 95 % of the length is found, and of what is drawn", () => {
  const rng = seeded("noisy drives");
  const [found, drawn] = [
    { meters: 0, covered: 0 },
    { meters: 0, covered: 0 },
  ];
  const add = (sum: { meters: number; covered: number }, more: { meters: number; covered: number }): void => {
    sum.meters += more.meters;
    sum.covered += more.covered;
  };
  for (let seed = 0; seed < 120; seed++) {
    const graph = buildGraph(draw(blocks(seed)), "car");
    const [roads, match] = [openRoads(graph, dijkstra(graph)), openMatcher(graph)];
    const place = (): Place => [rng.between(0, side - 1), rng.between(0, side - 1)];
    const drive = roads.route(roads.snap(...lonLat(place()))!, roads.snap(...lonLat(place()))!)!;
    if (drive.decimeters < 4000) continue;
    const every = rng.pick([1, 2, 5, 10]);
    const receiver = { every, deviation: rng.pick([5, 10]), gaps: every < 5 ? [10] : [] };
    const { parts } = match(received(drive, receiver, rng));
    add(
      found,
      coveredBy(
        drive.shape,
        parts.map(({ shape }) => shape),
      ),
    );
    for (const { shape } of parts) add(drawn, coveredBy(shape, [drive.shape]));
  }
  assert.ok(found.meters > 10_000);
  assert.ok(found.covered >= 0.95 * found.meters, `${found.covered} of ${found.meters} m found`);
  assert.ok(drawn.covered >= 0.95 * drawn.meters, `${drawn.covered} of ${drawn.meters} m driven`);
});

test("M3 a point that no drive explains is an outlier, and the others are matched around it", () => {
  const places = eastward(0, 0, 6);
  places[6] = [3, 1.05];
  const match = matchIn(ladder, traceOf(places));
  assert.deepEqual(passed(ladder, match), ["ABCDEFG"]);
  assert.deepEqual(
    misses(match),
    places.map((_, i) => (i === 6 ? "outlier" : null)),
  );
});

test("M4 far from every road a trace breaks, and goes on where it comes back", () => {
  const away = [2, 3, 4, 5, 6].map((block): Place => [3, -block]);
  const match = matchIn(ladder, traceOf([...eastward(0, 0, 2.5), ...away, ...eastward(0, 3.5, 6)], 30));
  assert.deepEqual(
    match.parts.map(({ brokenBy }) => brokenBy),
    [null, "off_road"],
  );
  assert.deepEqual(passed(ladder, match), ["ABC", "EFG"]);
  assert.deepEqual(
    misses(match).slice(6, 11),
    away.map(() => "off_road"),
  );
});

test("M5 a short silence is bridged along the roads, a long one breaks the trace", () => {
  const places = [...eastward(0, 0, 2), ...eastward(0, 5, 6)];
  const trace = traceOf(places);
  assert.deepEqual(passed(ladder, matchIn(ladder, trace)), ["ABCDEFG"]);
  const late = { ...trace, at: trace.at.map((at, i) => (i < 5 ? at : at + 600_000)) };
  const match = matchIn(ladder, late);
  assert.deepEqual(passed(ladder, match), ["ABC", "FG"]);
  assert.deepEqual(
    match.parts.map(({ first, last, brokenBy }) => [first, last, brokenBy]),
    [
      [0, 4, null],
      [5, 7, "gap"],
    ],
  );
});

test("M6 who turns round half-way along a street is followed, where the street allows it", () => {
  const out = eastward(0, 0, 3.5);
  const match = matchIn(ladder, traceOf([...out, ...out.slice(0, -1).reverse()]));
  assert.deepEqual(passed(ladder, match), ["ABCDDCBA"]);
});

test("M7 who stands has not driven, however the receiver wavers", () => {
  const rng = seeded("standing");
  const match = matchIn(
    ladder,
    traceOf(
      Array.from({ length: 200 }, (): Place => [3 + rng.normal(0, 0.08), rng.normal(0, 0.08)]),
      1,
      8,
    ),
  );
  assert.equal(match.parts.length, 1);
  assert.ok(match.parts[0]!.decimeters < 1000, `${match.parts[0]!.decimeters} dm`);
});

test("M8 where two streets are equally near confidence says so, and on a street alone it is full", () => {
  const match = matchIn(ladder, traceOf([[3, 0.5]], 5, 20));
  const [between] = match.points;
  assert.ok("snap" in between! && Math.abs(between.confidence - 0.5) < 0.1, JSON.stringify(between));
  const [alone] = matchIn(ladder, traceOf(eastward(0, 0, 6))).points.slice(6);
  assert.ok("snap" in alone! && alone.confidence > 0.99);
});

test("M9 whatever is received, every point is answered, parts follow each other, and nothing throws", () => {
  const anything = fc.record({
    lon: fc.oneof(fc.double({ min: -0.002, max: 0.008 }), fc.double()),
    lat: fc.oneof(fc.double({ min: -0.002, max: 0.008 }), fc.double()),
    at: fc.oneof(fc.integer({ min: 0, max: 600_000 }), fc.double()),
    deviation: fc.double({ min: 1, max: 60, noNaN: true }),
  });
  const match = openMatcher(buildGraph(draw(ladder), "car"));
  fc.assert(
    fc.property(fc.array(anything, { maxLength: 40 }), fc.boolean(), (points, sorted) => {
      if (sorted) points.sort((a, b) => a.at - b.at);
      const of = (key: "lon" | "lat" | "at" | "deviation"): Float64Array => Float64Array.from(points, (p) => p[key]);
      const answer = match({ lon: of("lon"), lat: of("lat"), at: of("at"), deviation: of("deviation") });
      assert.equal(answer.points.length, points.length);
      for (const point of answer.points)
        if ("snap" in point) assert.ok(point.confidence >= 0 && point.confidence <= 1 && answer.parts[point.part]);
      answer.parts.forEach(({ first, last, shape, decimeters }, i) => {
        assert.ok(first <= last && first > (answer.parts[i - 1]?.last ?? -1));
        assert.ok(shape.length >= 2 && decimeters >= 0 && shape.flat().every(Number.isFinite));
      });
    }),
    { numRuns: 300 },
  );
});

test("M10 one-ways bind a match as they bind a route", () => {
  const town: Town = {
    places: { A: [0, 0], B: [2, 0], C: [4, 0], D: [0, 0.12], E: [4, 0.12], F: [2, 0.12] },
    streets: [
      { nodes: "ABC", tags: { oneway: "yes" } },
      { nodes: "EFD", tags: { oneway: "yes" } },
      { nodes: "DA" },
      { nodes: "CE" },
    ],
  };
  const back = Array.from({ length: 9 }, (_, i): Place => [4 - i / 2, 0.04]);
  assert.deepEqual(passed(town, matchIn(town, traceOf(back, 5, 8))), ["EFD"], "nearer to the lane that leads east");
  assert.ok(
    routeBetween(openRoads(buildGraph(draw(town), "car"), dijkstra(buildGraph(draw(town), "car"))), [4, 0], [0, 0]),
  );
});
