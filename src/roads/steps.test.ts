import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import { buildGraph } from "./index.ts";
import { randomTown, side } from "./test-random-town.ts";
import { draw, lonLat, open, type Place, roadsOf, routeBetween, type Town } from "./test-town.ts";

/** "left Street 1, …" */
const told = (town: Town, from: Place, to: Place, profile: "car" | "foot" = "car"): string =>
  routeBetween(roadsOf(town, profile), from, to)!
    .steps.map(({ maneuver, street, exit }) => [maneuver, exit, street].filter((part) => part !== null).join(" "))
    .join(", ");

const cross: Town = {
  places: { A: [0, 2], B: [2, 2], C: [4, 2], D: [2, 0], E: [2, 4], F: [4, 3], G: [3, 4] },
  streets: [
    { nodes: "AB", tags: { name: "Low Street" } },
    { nodes: "BC", tags: { name: "Low Street" } },
    { nodes: "DB", tags: { name: "Mill Lane" } },
    { nodes: "BE", tags: { name: "Church Lane" } },
    { nodes: "BF", tags: { name: "Dyke" } },
    { nodes: "BG", tags: { name: "Ferry Road" } },
  ],
};

test("S1 turns are told by their side and their bend, and going on along a street is not told", () => {
  assert.equal(told(cross, [0, 2], [4, 2]), "depart Low Street, arrive");
  assert.equal(told(cross, [0, 2], [2, 4]), "depart Low Street, left Church Lane, arrive");
  assert.equal(told(cross, [0, 2], [2, 0]), "depart Low Street, right Mill Lane, arrive");
  assert.equal(told(cross, [0, 2], [4, 3]), "depart Low Street, slight_left Dyke, arrive");
  assert.equal(told(cross, [2, 0], [2, 4]), "depart Mill Lane, continue Church Lane, arrive");
  assert.equal(told(cross, [4, 3], [4, 2]), "depart Dyke, sharp_left Low Street, arrive");
  assert.equal(told(cross, [2, 4], [3, 4]), "depart Church Lane, sharp_left Ferry Road, arrive");
});

test("S2 a roundabout is one step: the exit is counted, and its street is the one it is left by", () => {
  const round: Town = {
    places: { A: [0, 2], B: [2, 2], C: [3, 1], D: [4, 2], E: [3, 3], F: [6, 2], G: [3, 5], H: [3, -1] },
    streets: [
      { nodes: "AB", tags: { name: "West Road" } },
      { nodes: "BCDEB", tags: { junction: "roundabout", name: "Circus" } },
      { nodes: "DF", tags: { name: "East Road" } },
      { nodes: "EG", tags: { name: "North Road" } },
      { nodes: "CH", tags: { name: "South Road" } },
    ],
  };
  assert.equal(told(round, [0, 2], [6, 2]), "depart West Road, roundabout 2 East Road, arrive");
  assert.equal(told(round, [0, 2], [3, -1]), "depart West Road, roundabout 1 South Road, arrive");
  assert.equal(told(round, [0, 2], [3, 5]), "depart West Road, roundabout 3 North Road, arrive");
  assert.equal(told(round, [0, 2], [3.5, 1.5]), "depart West Road, roundabout Circus, arrive");
  assert.equal(told(round, [3.5, 1.5], [6, 2]), "depart Circus, continue East Road, arrive");
});

test("S3 steps follow each other along the shape, and their times and lengths are the route's", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), (seed) => {
      const graph = buildGraph(draw(randomTown(seed)), "car");
      if (graph.arcKey.length === 0) return;
      const [roads, rng] = [open(graph), seeded(seed)];
      const point = () => roads.snap(...lonLat([rng.between(0, side - 1), rng.between(0, side - 1)]))!;
      const { steps, milliseconds, decimeters, shape } = roads.route(point(), point())!;
      assert.deepEqual([steps[0]!.maneuver, steps.at(-1)!.maneuver], ["depart", "arrive"]);
      assert.deepEqual([steps[0]!.at, steps.at(-1)!.at], [0, shape.length - 1]);
      assert.ok(steps.every(({ at }, i) => i === 0 || at >= steps[i - 1]!.at));
      assert.equal(
        steps.reduce((sum, step) => sum + step.milliseconds, 0),
        milliseconds,
      );
      assert.equal(
        steps.reduce((sum, step) => sum + step.decimeters, 0),
        decimeters,
      );
    }),
  );
});
