import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Profile } from "../../domain/ports.ts";
import { seeded } from "../../kernel/rng.ts";
import {
  buildGraph,
  climbingSearch,
  contract,
  dijkstra,
  openRoads,
  type RoadGraph,
  type RoadSnap,
} from "../../roads/index.ts";
import { readOsm } from "../osm/index.ts";
import { givenData } from "../../../test/given-data.ts";

const { path: extracts, missing } = givenData("osm");

/** Points of the graph, moved up to about 50 m: most snap part-way along a stretch. */
function randomSnaps(graph: RoadGraph, seed: string, count: number): RoadSnap[] {
  const rng = seeded(seed);
  const roads = openRoads(graph, dijkstra(graph));
  return Array.from({ length: count }, () => {
    const point = rng.below(graph.coords.length / 2);
    const moved = (at: number): number => graph.coords[at]! / 1e7 + rng.between(-0.0005, 0.0005);
    return roads.snap(moved(2 * point), moved(2 * point + 1))!;
  });
}

/** 1,000 pairs, 40 × 25, so that the plain search runs 40 times only; and 25 of them as routes with their shape. */
async function compare(city: string, profile: Profile): Promise<void> {
  const graph = buildGraph(await readOsm(join(extracts, city)), profile);
  const [plain, quick] = [openRoads(graph, dijkstra(graph)), openRoads(graph, climbingSearch(contract(graph)))];
  const [from, to] = [randomSnaps(graph, `${city} from`, 40), randomSnaps(graph, `${city} to`, 25)];
  const cells = plain.matrix(from, to);
  assert.ok(cells.every((key) => key < Infinity));
  assert.deepEqual(quick.matrix(from, to), cells);
  to.forEach((end, i) => {
    const [slow, fast] = [plain.route(from[i]!, end)!, quick.route(from[i]!, end)!];
    assert.deepEqual([fast.milliseconds, fast.decimeters], [slow.milliseconds, slow.decimeters]);
    assert.ok(fast.shape.length > 1 && fast.elapsed.at(-1) === fast.milliseconds);
  });
}

for (const profile of ["car", "van", "cargo_bike", "bicycle", "foot"] as const)
  test(`T8 Monaco by ${profile}: 1,000 pairs equal to Dijkstra`, { skip: missing }, () =>
    compare("monaco.osm.pbf", profile),
  );

test("T8 Porto by car: 1,000 pairs equal to Dijkstra", { skip: missing }, () =>
  compare("porto_portugal.osm.pbf", "car"),
);
