import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { check, solve, type Problem } from "./index.ts";
import { withExtras } from "./random-extras.ts";
import { randomProblem } from "./random-problem.ts";

const full = (seed: number, vehicles: number, shipments: number): Problem =>
  withExtras(randomProblem({ seed, vehicles, shipments, rich: true }), seed);

const always = (
  vehicles: number,
  shipments: number,
  numRuns: number,
  holds: (problem: Problem, seed: number) => void,
) => {
  const size = fc.tuple(fc.nat(), fc.integer({ min: 1, max: vehicles }), fc.nat(shipments));
  fc.assert(
    fc.property(size, ([seed, v, s]) => holds(full(seed, v, s), seed)),
    { numRuns },
  );
};

test("O1 with every constraint there is, the checker finds nothing", () => {
  always(4, 10, 150, (problem, seed) => {
    const objective = (["cost", "cost", "distance", "vehicles"] as const)[seed % 4]!;
    const solution = solve(problem, { seed, objective, budget: { iterations: 40 } });
    assert.deepEqual(check(problem, solution), []);
  });
});
