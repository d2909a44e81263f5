import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  check,
  checkPlan,
  costOf,
  difference,
  insertions,
  isCall,
  reasons,
  RunningPlan,
  solve,
  type Plan,
  type Problem,
  type Stop,
} from "./index.ts";
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
  always(4, 9, 50, (problem, seed) => {
    const objective = (["cost", "cost", "distance", "vehicles"] as const)[seed % 4]!;
    const solution = solve(problem, { seed, objective, budget: { iterations: 25 } });
    assert.deepEqual(check(problem, solution), []);
  });
});

test("O7 O8 with every constraint, a candidate's route holds and costs what it says, and each vehicle answers", () => {
  always(4, 8, 80, (problem, seed) => {
    const solution = solve(problem, { seed, objective: "cost", budget: { iterations: 10 } });
    const shipment = problem.shipments.findIndex((s, i) => s.onBoard === null && !isFrozen(problem, i));
    if (shipment < 0) return;
    const routes = solution.routes.map((stops, v) => withoutShipment(problem, v, stops, shipment));
    const left = [...new Set([...solution.unassigned, shipment])];
    if (checkPlan(problem, { routes }, left).length > 0) return;
    const { candidates, hindrances } = insertions(problem, { routes }, shipment, 10);
    const named = [...candidates, ...hindrances].map(({ vehicle }) => vehicle);
    assert.deepEqual(
      named.toSorted((a, b) => a - b),
      problem.vehicles.map((_, v) => v),
    );
    for (const { by } of hindrances) assert.ok(by > 0);
    const served = left.filter((s) => s !== shipment);
    const { held, penalty } = problem.shipments[shipment]!;
    const before = costOf(problem, { routes }, left).total - (penalty ?? 0) - (held?.price ?? 0);
    for (const { vehicle, route, addedCost } of candidates) {
      const after = { routes: routes.map((stops, v) => (v === vehicle ? route : stops)) };
      assert.deepEqual(checkPlan(problem, after, served), []);
      // A frozen stop that nobody can reach costs so much that the last digits are lost.
      const noise = 1e-6 * Math.max(1, before);
      assert.ok(Math.abs(costOf(problem, after, served).total - before - addedCost) < noise);
    }
  });
});

const isFrozen = (problem: Problem, shipment: number): boolean =>
  problem.vehicles.some((v) => v.frozen.some((stop) => isCall(stop) && stop.shipment === shipment));

/** The stops without a shipment, and without helpers where nobody is called on any more. */
function withoutShipment(problem: Problem, v: number, stops: readonly Stop[], shipment: number): Stop[] {
  const rest = stops.filter((stop) => !isCall(stop) || stop.shipment !== shipment);
  return rest.some(isCall) ? rest : [...problem.vehicles[v]!.frozen];
}

test("O17 orders that come in one by one find a place without moving any other, and the plan holds", () => {
  always(4, 10, 80, (problem) => {
    const running = new RunningPlan(problem, { routes: problem.vehicles.map((v) => v.frozen) });
    const left: number[] = [];
    problem.shipments.forEach((_, s) => {
      if (isFrozen(problem, s) && !problem.shipments[s]!.delivery) return;
      const calls = running.plan.routes.map((stops) => stops.filter(isCall));
      if (calls.flat().some((stop) => stop.shipment === s && stop.visit === "delivery")) return;
      if (running.insert(s) === null) left.push(s);
      const after = running.plan.routes.map((stops) => stops.filter(isCall).filter((stop) => stop.shipment !== s));
      assert.deepEqual(
        after,
        calls.map((stops) => stops.filter((stop) => stop.shipment !== s)),
      );
    });
    assert.deepEqual(checkPlan(problem, running.plan, left), []);
  });
});

test("O18 reasons: for each order left out every vehicle says why, and the bills add up", () => {
  always(3, 10, 80, (problem, seed) => {
    const solution = solve(problem, { seed, objective: "cost", budget: { iterations: 20 } });
    const { leftOut, routes } = reasons(problem, solution);
    assert.deepEqual(
      leftOut.map(({ shipment }) => shipment),
      solution.unassigned,
    );
    for (const { obstacles } of leftOut) assert.equal(obstacles.length, problem.vehicles.length);
    const sum = routes.reduce((total, { cost }) => total + cost.total, 0);
    const out = solution.unassigned.reduce((total, s) => total + (problem.shipments[s]!.held?.price ?? 0), 0);
    assert.ok(Math.abs(sum + solution.cost.unassigned + out - solution.cost.total) <= 1e-6 * Math.max(1, sum));
  });
});

test("O18 two plans: what moved, and what that is worth", () => {
  always(3, 8, 60, (problem, seed) => {
    const [one, two] = [3, 60].map((iterations) => solve(problem, { seed, objective: "cost", budget: { iterations } }));
    const { moves, cost } = difference(one!, two!);
    assert.ok(Math.abs(one!.cost.total + cost.total - two!.cost.total) <= 1e-6 * Math.max(1, one!.cost.total));
    for (const { shipment, to } of moves) assert.equal(to === null, !delivers(two!, shipment));
    assert.deepEqual(difference(one!, one!).moves, []);
  });
});

const delivers = ({ routes }: Plan, shipment: number): boolean =>
  routes.flat().some((stop) => isCall(stop) && stop.shipment === shipment);

test("O19 more room, longer shifts and fewer wishes never cost more beyond noise", () => {
  always(3, 6, 15, (problem, seed) => {
    const at = (of: Problem): number => {
      const { cost, unassigned } = solve(of, { seed, objective: "cost", budget: { iterations: 250 } });
      const mandatory = unassigned.filter((s) => of.shipments[s]!.penalty === null);
      return cost.total + 1e7 * mandatory.reduce((sum, s) => sum + 1 + (of.shipments[s]!.priority ?? 0), 0);
    };
    const relaxed: Problem = {
      ...problem,
      vehicles: problem.vehicles.map(({ maxMeters: _meters, maxTravel: _travel, ...v }) => ({
        ...v,
        capacity: v.capacity.map((most) => 2 * most),
        shift: { ...v.shift, latest: null },
        maxStops: null,
      })),
      shipments: problem.shipments.map(({ forbidden: _who, apart: _whom, ...s }) => ({ ...s, needs: [] })),
    };
    assert.ok(at(relaxed) <= at(problem) * 1.05 + 100);
  });
});
