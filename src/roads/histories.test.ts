import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { buildGraph, dijkstra, type RoadGraph } from "./index.ts";
import { randomTown, rulesAlong } from "./test-random-town.ts";
import { draw, passed, roadsOf, type Rule, type Town } from "./test-town.ts";

/** The way of each arc driven. */
const waysOf = ({ stretchWay, arcSide, stateArc }: RoadGraph, states: readonly number[]): number[] =>
  states.map((state) => stretchWay[arcSide[stateArc[state]!]! >> 1]!);

const wayId = (street: number): number => street + 1;

/** Written apart from the engine: whether some driven ways end with a forbidden row of three. */
function isForbidden(ways: readonly number[], rules: readonly Rule[]): boolean {
  const [from, via, to] = ways.slice(-3);
  return rules.some(
    (rule) =>
      wayId(rule.from) === from &&
      wayId(rule.along![0]!) === via &&
      wayId(rule.to) === to &&
      from !== via &&
      via !== to,
  );
}

/** Cheapest keys from one state of a graph without the rules, over all rows of three arcs that they leave. */
function cheapestBySearch(graph: RoadGraph, start: number, rules: readonly Rule[]): Map<number, number> {
  const best = new Map<number, number>();
  const open: { readonly row: readonly number[]; readonly key: number }[] = [{ row: [start], key: 0 }];
  const seen = new Map<string, number>();
  while (open.length > 0) {
    const at = open.reduce((least, one, i) => (one.key < open[least]!.key ? i : least), 0);
    const [{ row, key }] = open.splice(at, 1) as [{ row: readonly number[]; key: number }];
    if ((seen.get(row.join()) ?? Infinity) <= key) continue;
    seen.set(row.join(), key);
    const state = row.at(-1)!;
    best.set(graph.stateArc[state]!, Math.min(best.get(graph.stateArc[state]!) ?? Infinity, key));
    for (let i = graph.turnStart[state]!; i < graph.turnStart[state + 1]!; i++) {
      const next = [...row, graph.turnTo[i]!].slice(-3);
      if (!isForbidden(waysOf(graph, next), rules)) open.push({ row: next, key: key + graph.turnKey[i]! });
    }
  }
  return best;
}

/** A small town of whole streets between junctions, so that a rule along a street is one over a single arc. */
function smallTown(seed: number): Town {
  const { places, streets } = randomTown(seed);
  const blocks = new Set(
    streets.slice(0, 12).flatMap(({ nodes }) =>
      nodes
        .split("")
        .slice(1)
        .map((to, i) => nodes[i]! + to),
    ),
  );
  return { places, streets: [...blocks].filter(([from, to]) => from !== to).map((nodes) => ({ nodes })) };
}

test("R4 rules along ways forbid exactly their rows of ways: no way breaks one, and none is longer for nothing", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const town = smallTown(seed);
      const all = rulesAlong(town.streets, seed);
      const rules = all.slice(seed % Math.max(1, all.length)).slice(0, 1);
      const [plain, ruled] = [buildGraph(draw(town), "car"), buildGraph(draw({ ...town, rules }), "car")];
      const starts = [...ruled.arcSource].filter((state) => ruled.stateOpen[state]! > 0);
      if (starts.length === 0) return;
      const [start, search] = [starts[seed % starts.length]!, dijkstra(ruled)];
      const side = arcId(ruled, ruled.stateArc[start]!);
      const from = [...plain.arcSide.keys()].find((arc) => arcId(plain, arc) === side);
      if (from === undefined) return;
      const best = cheapestBySearch(plain, from, rules);
      for (let arc = 0; arc < ruled.arcSide.length; arc++) {
        const ends: number[] = [];
        for (let state = arc; state !== -1; state = ruled.stateNext[state]!) ends.push(state);
        const way = search.way({ states: [start], keys: [0] }, { states: ends, keys: ends.map(() => 0) });
        // Some directions only lead out of their street: nobody turns into them.
        if (way === null) continue;
        const ways = waysOf(ruled, way.states);
        ways.forEach((_, i) => assert.ok(!isForbidden(ways.slice(0, i + 1), rules), `${ways.join()} is forbidden`));
        const same = [...plain.arcSide.keys()].find((other) => arcId(plain, other) === arcId(ruled, arc));
        // Where a rule leaves no way on, people turn round: so it may be shorter, but never longer.
        assert.ok(way.key <= (best.get(same ?? -1) ?? Infinity));
      }
    }),
    { numRuns: 40 },
  );
});

/** A name for an arc that both graphs know. */
const arcId = ({ arcSide, coords, stretchStart, stretchWay }: RoadGraph, arc: number): string => {
  const side = arcSide[arc]!;
  const at = 2 * stretchStart[side >> 1]!;
  return `${stretchWay[side >> 1]}/${coords[at]}/${coords[at + 1]}/${side & 1}`;
};

test("R4 a rule along ways binds who came that way, and nobody else", () => {
  const places = { A: [0, 0], B: [1, 0], C: [2, 0], D: [3, 0], E: [2, 1], F: [1, 1], G: [3, 1] } as const;
  const streets = [
    { nodes: "AB" },
    { nodes: "BC" },
    { nodes: "CD" },
    { nodes: "BFEC" },
    { nodes: "DG" },
    { nodes: "GE" },
  ];
  const ruled = (restriction: string, to = 2): Town => ({
    places,
    streets,
    rules: [{ from: 0, via: "", along: [1], to, tags: { restriction } }],
  });
  const there = (town: Town, from: readonly [number, number]): string =>
    passed(town, roadsOf(town, "car"), from, [2.9, 0]);
  assert.equal(there({ places, streets }, [0.5, 0]), "BC");
  assert.equal(there(ruled("no_straight_on"), [0.5, 0]), "BFEGD");
  assert.equal(there(ruled("no_straight_on"), [1.5, 0]), "C");
  assert.equal(there(ruled("only_straight_on"), [0.5, 0]), "BC");
  assert.equal(there(ruled("only_left_turn", 3), [0.5, 0]), "BFEGD");
  assert.equal(there(ruled("only_left_turn", 3), [1.5, 0]), "C");
  assert.equal(buildGraph(draw(ruled("no_straight_on")), "car").report.restrictionsViaWays, 1);
});

test("R4 a rule along several ways, drawn in several pieces, holds from its first to its last", () => {
  const places = { A: [0, 0], B: [1, 0], C: [2, 0], D: [3, 0], E: [4, 0], X: [2, 1], Y: [3, 1] } as const;
  const streets = [{ nodes: "AB" }, { nodes: "BCD" }, { nodes: "DE" }, { nodes: "CX" }, { nodes: "XYD" }];
  const rules: Rule[] = [{ from: 0, via: "", along: [1], to: 2, tags: { restriction: "no_straight_on" } }];
  const town: Town = { places, streets, rules };
  const roads = roadsOf(town, "car");
  assert.equal(passed(town, roads, [0.5, 0], [3.5, 0]), "BCXYD");
  assert.equal(passed(town, roads, [1.5, 0], [3.5, 0]), "CD");
  assert.equal(passed(town, roads, [0.5, 0], [3, 0.5]), "BCD");
});
