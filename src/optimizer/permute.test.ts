import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import { check, checkPlan, costOf, isCall, solve, type Plan, type Problem, type Stop } from "./index.ts";
import { withExtras } from "./random-extras.ts";
import { randomProblem } from "./random-problem.ts";

/** The same problem in another order, and the way back for its plans. */
interface Permuted {
  readonly problem: Problem;
  readonly back: (plan: Plan) => Plan;
  readonly shipments: readonly number[];
}

/** Vehicles and shipments in another order; whoever names one of them names it by its new number. */
function permuted(problem: Problem, seed: number): Permuted {
  const rng = seeded(`permute ${seed}`);
  const order = (count: number): number[] =>
    Array.from({ length: count }, (_, k) => ({ k, by: rng.next() }))
      .toSorted((a, b) => a.by - b.by)
      .map(({ k }) => k);
  const [vehicles, shipments] = [order(problem.vehicles.length), order(problem.shipments.length)];
  const v = (old: number): number => vehicles.indexOf(old);
  const s = (old: number): number => shipments.indexOf(old);
  const renamed = (stop: Stop, name: (shipment: number) => number): Stop =>
    isCall(stop) ? { ...stop, shipment: name(stop.shipment) } : stop;
  return {
    shipments,
    problem: {
      ...problem,
      vehicles: vehicles.map((old) => {
        const vehicle = problem.vehicles[old]!;
        return { ...vehicle, frozen: vehicle.frozen.map((stop) => renamed(stop, s)) };
      }),
      shipments: shipments.map((old) => {
        const { onBoard, forbidden, apart, held, ...rest } = problem.shipments[old]!;
        return {
          ...rest,
          onBoard: onBoard === null ? null : v(onBoard),
          ...(forbidden === undefined ? {} : { forbidden: forbidden.map(v) }),
          ...(apart === undefined ? {} : { apart: apart.map(s) }),
          ...(held === undefined ? {} : { held: { ...held, vehicle: v(held.vehicle) } }),
        };
      }),
    },
    back: ({ routes }) => ({
      routes: problem.vehicles.map((_, old) => routes[v(old)]!.map((stop) => renamed(stop, (now) => shipments[now]!))),
    }),
  };
}

const always = (
  vehicles: number,
  shipments: number,
  numRuns: number,
  holds: (problem: Problem, seed: number) => void,
) => {
  const size = fc.tuple(fc.nat(), fc.integer({ min: 1, max: vehicles }), fc.nat(shipments));
  fc.assert(
    fc.property(size, ([seed, v, s]) =>
      holds(withExtras(randomProblem({ seed, vehicles: v, shipments: s, rich: true }), seed), seed),
    ),
    { numRuns },
  );
};

test("O4 with every constraint, what holds in one order holds in any other, and costs the same", () => {
  always(4, 9, 60, (problem, seed) => {
    const turned = permuted(problem, seed);
    const solution = solve(turned.problem, { seed, objective: "cost", budget: { iterations: 25 } });
    assert.deepEqual(check(turned.problem, solution), []);
    const plan = turned.back(solution);
    const left = solution.unassigned.map((now) => turned.shipments[now]!);
    assert.deepEqual(checkPlan(problem, plan, left), []);
    const { total } = costOf(problem, plan, left);
    assert.ok(Math.abs(total - solution.cost.total) <= 1e-6 * Math.max(1, total));
  });
});

test("O4 tiny problems have the same optimum in every order", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const problem = randomProblem({ seed, vehicles: 2, shipments: 3, rich: true });
      const value = (of: Problem): number => {
        const { cost, unassigned } = solve(of, { seed: 1, objective: "cost", budget: { iterations: 1500 } });
        return cost.total + 1e9 * unassigned.filter((s) => of.shipments[s]!.penalty === null).length;
      };
      assert.equal(value(permuted(problem, seed).problem), value(problem));
    }),
    { numRuns: 40 },
  );
});
