import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import { checkPlan } from "./checker.ts";
import { exchangeTails } from "./exchange-tails.ts";
import { toStop } from "./instance.ts";
import { randomProblem } from "./random-problem.ts";
import { openSearch, totalCost, type Search } from "./search.ts";
import type { Plan } from "./types.ts";
import { beginStep, changeOfCost, takeBack } from "./undo.ts";

const planOf = ({ instance, routes }: Search): Plan => ({
  routes: Array.from({ length: instance.vehicles }, (_, v) =>
    Array.from(routes.stops.subarray(v * routes.width, v * routes.width + routes.length[v]!), (node) =>
      toStop(instance, node),
    ),
  ),
});

test("O20 after an exchange both routes hold and cost what is said; taken back, all is as before", () => {
  let exchanged = 0;
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (seed, rich) => {
      const problem = randomProblem({ seed, vehicles: 6, shipments: 16, rich });
      const search = openSearch(problem, { seed, objective: "cost" });
      const { routes, undo, ruin, absent } = search;
      if (routes.terms.anyBent) return;
      const left = [...absent.list.subarray(0, absent.count)].sort((a, b) => a - b);
      const rng = seeded(seed);
      for (let n = 0; n < 60; n++) {
        const [before, cost] = [planOf(search), totalCost(search)];
        beginStep(undo);
        if (!exchangeTails(routes, undo, ruin.neighbours, Infinity, rng)) {
          takeBack(undo, routes);
          assert.deepEqual(planOf(search), before);
          continue;
        }
        exchanged++;
        assert.deepEqual(checkPlan(problem, planOf(search), left), []);
        assert.ok(Math.abs(cost + changeOfCost(undo, routes) - totalCost(search)) < 1e-6);
      }
    }),
    { numRuns: 60 },
  );
  assert.ok(exchanged > 50, `${exchanged} exchanges are too few to tell`);
});
