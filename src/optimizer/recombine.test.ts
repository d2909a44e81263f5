import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkPlan } from "./checker.ts";
import { toStop, type Instance } from "./instance.ts";
import { loadPlan } from "./load-plan.ts";
import { mend } from "./mend.ts";
import { randomProblem } from "./random-problem.ts";
import { recombine } from "./recombine.ts";
import { openRoutes, type Routes } from "./routes.ts";
import { openSearch } from "./search.ts";
import { isCall, type Plan } from "./types.ts";

const planOf = (instance: Instance, routes: readonly Int32Array[]): Plan => ({
  routes: routes.map((nodes) => Array.from(nodes, (node) => toStop(instance, node))),
});

/** The plan without the last call of vehicle `v` that was not begun, and what belongs to it. */
function without(instance: Instance, plan: Plan, v: number): Plan {
  const last = plan.routes[v]!.findLast((stop) => isCall(stop) && instance.bound[stop.shipment]! < 0);
  if (last === undefined || !isCall(last)) return plan;
  const kept = plan.routes[v]!.filter((stop) => !isCall(stop) || stop.shipment !== last.shipment);
  return { routes: plan.routes.map((stops, w) => (w === v ? kept : stops)) };
}

const stopsOf = ({ stops, width, length }: Routes): Int32Array[] =>
  Array.from(length, (count, v) => stops.slice(v * width, v * width + count));

/** Cost of what is loaded, with what is left out; and what that is. */
function costOf(routes: Routes): { readonly cost: number; readonly left: readonly number[] } {
  const { anchor, penalty } = routes.instance;
  const left = [...anchor.keys()].filter((s) => routes.routeOf[anchor[s]!]! < 0);
  return { cost: sum(routes.cost) + sum(left.map((s) => penalty[s]!)), left };
}

const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

test("O22 what is made of two solutions holds, and has what is better in either", () => {
  let mixed = 0;
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (seed, rich) => {
      const problem = randomProblem({ seed, vehicles: 6, shipments: 16, rich });
      const search = openSearch(problem, { seed, objective: "distance" });
      const plan = planOf(search.instance, search.best.routes);
      const [a = 0, b = 0] = plan.routes.flatMap((stops, v) => (stops.length > 0 ? [v] : []));
      const [one, two] = [a, b].map((v) => {
        const routes = openRoutes(search.instance);
        loadPlan(routes, without(search.instance, plan, v));
        mend(routes);
        return routes;
      }) as [Routes, Routes];
      const costs = [costOf(one).cost, costOf(two).cost] as const;
      const taken = recombine(one, stopsOf(two));
      const { cost, left } = costOf(one);
      assert.deepEqual(checkPlan(problem, planOf(search.instance, stopsOf(one)), left), []);
      assert.ok(cost <= Math.min(...costs) + 1e-6);
      if (!taken || cost >= Math.min(...costs) - 1e-6) return;
      mixed++;
      assert.ok(Math.abs(cost - search.best.cost) < 1e-6);
    }),
    { numRuns: 150 },
  );
  assert.ok(mixed > 20, `${mixed} mixtures are too few to tell`);
});
