import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import type { ScheduledStop } from "./answers.ts";
import { check, checkPlan, costOf, insert, insertions, isCall, schedule, solve } from "./index.ts";
import { randomProblem, type ProblemSize } from "./random-problem.ts";
import type {
  Call,
  Objective,
  Plan,
  Problem,
  Shipment,
  Solution,
  SolveOptions,
  Stop,
  Vehicle,
  Visit,
} from "./types.ts";

const objectives: readonly Objective[] = ["cost", "distance", "vehicles"];
const options = (iterations: number, objective: Objective = "cost", seed = 1): SolveOptions => ({
  seed,
  objective,
  budget: { iterations },
});

/** Problems up to the given size; each fast-check case is one seed, so that a failure is one number. */
const problems = (vehicles: number, shipments: number, rich = fc.boolean()): fc.Arbitrary<ProblemSize> =>
  fc.record({ seed: fc.nat(), vehicles: fc.integer({ min: 1, max: vehicles }), shipments: fc.nat(shipments), rich });

const always = (
  size: fc.Arbitrary<ProblemSize>,
  numRuns: number,
  holds: (problem: Problem, size: ProblemSize) => void,
): void => {
  fc.assert(
    fc.property(size, (drawn) => holds(randomProblem(drawn), drawn)),
    { numRuns },
  );
};

test("O1 whatever the problem and the objective, the checker finds nothing in the solution", () => {
  always(problems(5, 14), 400, (problem, { seed }) => {
    const solution = solve(problem, options(60, objectives[seed % 3]));
    assert.deepEqual(check(problem, solution), []);
  });
});

test("O1 a larger problem, a longer search, and still nothing to find", () => {
  for (const seed of [1, 2, 3]) {
    const problem = randomProblem({ seed, vehicles: 20, shipments: 120, rich: true });
    for (const objective of objectives) assert.deepEqual(check(problem, solve(problem, options(1500, objective))), []);
  }
});

test("O2 the same problem, seed and iterations give the same bytes", () => {
  always(problems(4, 12), 60, (problem, { seed }) => {
    const [one, two] = [1, 2].map(() => JSON.stringify(solve(problem, options(80, objectives[seed % 3], seed))));
    assert.equal(one, two);
  });
});

test("O2 exactly as many iterations as asked for", () => {
  always(problems(4, 12), 40, (problem, { seed }) => {
    assert.equal(solve(problem, options(37, "cost", seed)).iterations, 37);
  });
});

/** Every plan there is, shipment by shipment, and the least of `measure` over those the checker has nothing against. */
function bruteForce(problem: Problem, measure: (plan: Plan, unassigned: readonly number[]) => number): number {
  const frozen: Plan = { routes: problem.vehicles.map((v) => v.frozen) };
  let best = Infinity;
  const extend = (plan: Plan, next: number, unassigned: readonly number[]): void => {
    if (next === problem.shipments.length) {
      if (checkPlan(problem, plan, unassigned).length === 0) best = Math.min(best, measure(plan, unassigned));
      return;
    }
    extend(plan, next + 1, [...unassigned, next]);
    for (const longer of everyWay(problem, plan, next)) extend(longer, next + 1, unassigned);
  };
  extend(frozen, 0, []);
  return best;
}

/** The plan with `shipment` in every vehicle and every pair of gaps that is not frozen. */
function everyWay(problem: Problem, plan: Plan, shipment: number, only?: number): Plan[] {
  return problem.vehicles.flatMap((vehicle, v) => {
    if (only !== undefined && v !== only) return [];
    const stops = plan.routes[v]!;
    const begun = stops.filter(isCall).some((s) => s.shipment === shipment && s.visit === "pickup");
    const alone = begun || problem.shipments[shipment]!.pickup === null;
    const plans: Plan[] = [];
    for (let d = vehicle.frozen.length; d <= stops.length; d++) {
      if (alone) plans.push(insert(plan, shipment, { vehicle: v, pickupAt: null, deliveryAt: d }));
      else
        for (let p = vehicle.frozen.length; p <= d; p++)
          plans.push(insert(plan, shipment, { vehicle: v, pickupAt: p, deliveryAt: d + 1 }));
    }
    return plans;
  });
}

const mandatoryLeft = (problem: Problem, unassigned: readonly number[]): number =>
  unassigned.filter((s) => problem.shipments[s]!.penalty === null).length;

test("O3 tiny problems reach the optimum by cost", () => {
  always(problems(2, 3), 150, (problem) => {
    const value = (plan: Plan, left: readonly number[]): number =>
      mandatoryLeft(problem, left) * 1e9 + costOf(problem, plan, left).total;
    const found = solve(problem, options(2000));
    assert.equal(value(found, found.unassigned), bruteForce(problem, value));
  });
});

test("O3 tiny problems reach the fewest vehicles, then the least distance", () => {
  const meters = (problem: Problem, plan: Plan): number => {
    const free = {
      ...problem,
      vehicles: problem.vehicles.map((v) => ({ ...v, costPerSecond: 0, costPerMeter: 1, fixedCost: 0 })),
    };
    return costOf(free, plan, []).distance;
  };
  always(problems(2, 3), 100, (problem) => {
    const value = (plan: Plan, left: readonly number[]): number =>
      left.length * 1e9 + plan.routes.filter((r) => r.length > 0).length * 1e6 + meters(problem, plan);
    const found = solve(problem, options(2000, "vehicles"));
    assert.equal(value(found, found.unassigned), bruteForce(problem, value));
  });
});

test("O5 frozen stops stay first, in their order", () => {
  always(problems(4, 12, fc.constant(true)), 150, (problem) => {
    const { routes } = solve(problem, options(60));
    problem.vehicles.forEach((v, i) => assert.deepEqual(routes[i]!.slice(0, v.frozen.length), v.frozen));
  });
});

test("O6 what is on board is delivered by its vehicle or by nobody", () => {
  always(problems(4, 12, fc.constant(true)), 150, (problem) => {
    const { routes } = solve(problem, options(60));
    routes.forEach((stops, v) =>
      stops.filter(isCall).forEach(({ shipment }) => {
        const { onBoard } = problem.shipments[shipment]!;
        assert.ok(onBoard === null || onBoard === v);
      }),
    );
  });
});

/** A solved problem and one shipment that its plan lacks. */
function planWithout(problem: Problem, seed: number): { plan: Plan; missing: number } | null {
  const begun = new Set(problem.vehicles.flatMap((v) => v.frozen.filter(isCall).map((f) => f.shipment)));
  const free = problem.shipments.flatMap((_, s) => (begun.has(s) ? [] : [s]));
  const missing = free[seed % Math.max(1, free.length)];
  if (missing === undefined) return null;
  const { routes } = solve(problem, options(20, "cost", seed));
  return {
    missing,
    plan: { routes: routes.map((stops) => stops.filter((s) => !isCall(s) || s.shipment !== missing)) },
  };
}

const leftBy = (problem: Problem, plan: Plan): number[] => {
  const delivered = new Set(
    plan.routes.flatMap((stops) =>
      stops
        .filter(isCall)
        .filter((s) => s.visit === "delivery")
        .map((s) => s.shipment),
    ),
  );
  return problem.shipments.flatMap((_, s) => (delivered.has(s) ? [] : [s]));
};

test("O7 a candidate costs and arrives as the checker and the schedule say, and none in its vehicle is cheaper", () => {
  always(problems(4, 8), 300, (problem, { seed }) => {
    const given = planWithout(problem, seed);
    if (given === null) return;
    const { plan, missing } = given;
    const left = leftBy(problem, plan);
    const before = costOf(problem, plan, left).total - (problem.shipments[missing]!.penalty ?? 0);
    const { candidates } = insertions(problem, plan, missing, 10);
    for (const c of candidates) {
      const after = insert(plan, missing, c);
      assert.deepEqual(
        checkPlan(
          problem,
          after,
          left.filter((s) => s !== missing),
        ),
        [],
      );
      const added = (p: Plan): number =>
        costOf(
          problem,
          p,
          left.filter((s) => s !== missing),
        ).total - before;
      assert.equal(c.addedCost, added(after));
      const stop = schedule(problem, c.vehicle, after.routes[c.vehicle]!).stops[c.deliveryAt!]! as ScheduledStop & Call;
      assert.deepEqual(
        [stop.shipment, stop.visit, stop.arrival, stop.start],
        [missing, "delivery", c.deliveryArrival, c.deliveryStart],
      );
      const holding = everyWay(problem, plan, missing, c.vehicle).filter(
        (p) =>
          checkPlan(
            problem,
            p,
            left.filter((s) => s !== missing),
          ).length === 0,
      );
      assert.equal(c.addedCost, Math.min(...holding.map(added)));
    }
    assert.deepEqual(
      candidates.map((c) => c.addedCost),
      candidates.map((c) => c.addedCost).sort((a, b) => a - b),
    );
  });
});

test("O8 each vehicle is a candidate or says what hinders it, and then there is no way at all", () => {
  always(problems(4, 8), 300, (problem, { seed }) => {
    const given = planWithout(problem, seed);
    if (given === null) return;
    const { plan, missing } = given;
    const left = leftBy(problem, plan).filter((s) => s !== missing);
    const { candidates, hindrances } = insertions(problem, plan, missing, 10);
    const named = [...candidates, ...hindrances].map((a) => a.vehicle).sort((a, b) => a - b);
    assert.deepEqual(
      named,
      problem.vehicles.map((_, v) => v),
    );
    for (const h of hindrances) {
      assert.ok(h.by > 0, JSON.stringify(h));
      const ways = everyWay(problem, plan, missing, h.vehicle);
      assert.ok(
        ways.every((p) => checkPlan(problem, p, left).length > 0),
        JSON.stringify(h),
      );
    }
  });
});

test("O10 beginning from a plan that holds never ends with a dearer one", () => {
  always(problems(4, 10), 100, (problem, { seed }) => {
    const start = solve(problem, options(30, "cost", seed));
    const value = (s: Solution): number => mandatoryLeft(problem, s.unassigned) * 1e9 + s.cost.total;
    const after = solve(problem, { ...options(30, "cost", seed + 1), start });
    assert.ok(value(after) <= value(start) + 1e-6);
    assert.deepEqual(check(problem, after), []);
  });
});

test("O11 a starting plan made of anything is mended", () => {
  always(problems(4, 10), 200, (problem, { seed }) => {
    const rng = seeded(seed);
    const stops: Stop[] = problem.shipments.flatMap((_, shipment): Stop[] => [
      { shipment, visit: "pickup" },
      { shipment, visit: "delivery" },
    ]);
    const start = {
      routes: problem.vehicles.map(() => stops.filter(() => rng.next() < 0.6).sort(() => rng.next() - 0.5)),
    };
    assert.deepEqual(check(problem, solve(problem, { ...options(20), start })), []);
  });
});

test("O12 a shipment is left out when carrying it costs more than its penalty", () => {
  const problem = randomProblem({ seed: 5, vehicles: 1, shipments: 1, rich: false });
  const shipment = { ...problem.shipments[0]!, pickup: { ...problem.shipments[0]!.pickup!, windows: [] } };
  const eased: Shipment = { ...shipment, delivery: { ...shipment.delivery!, windows: [] } };
  const vehicle = { ...problem.vehicles[0]!, shift: { earliest: 0, latest: null }, fixedCost: 1000 };
  const at = (penalty: number | null): Solution =>
    solve({ ...problem, vehicles: [vehicle], shipments: [{ ...eased, penalty }] }, options(20));
  const carried = at(null).cost.total;
  assert.deepEqual(at(carried + 1).unassigned, []);
  assert.deepEqual(at(carried - 1).unassigned, [0]);
  const dear = { ...vehicle, fixedCost: 2e9, maxStops: 2 };
  const shipments = [
    { ...eased, penalty: null },
    { ...eased, penalty: 5e9 },
  ];
  assert.deepEqual(
    solve({ ...problem, vehicles: [dear], shipments }, options(20)).unassigned,
    [1],
    "one without a price comes first",
  );
});

test("O13 a schedule adds up, stop by stop", () => {
  always(problems(3, 10), 150, (problem) => {
    const { routes } = solve(problem, options(20));
    routes.forEach((stops, v) => {
      const { stops: scheduled } = schedule(problem, v, stops);
      scheduled.forEach((s) => {
        if (!isCall(s)) return;
        const visit = problem.shipments[s.shipment]![s.visit]!;
        assert.equal(s.arrival + s.wait, s.start);
        assert.equal(s.start + visit.service, s.departure);
        assert.equal(s.lateness, visit.due === null ? 0 : Math.max(0, s.start - visit.due));
        assert.equal(s.location, visit.location);
      });
    });
  });
});

test("O14 with no budget at all there is a first plan, and onBest has seen it", () => {
  always(problems(4, 12), 60, (problem) => {
    const seen: Solution[] = [];
    const solution = solve(problem, {
      seed: 1,
      objective: "cost",
      budget: { spent: () => 1 },
      onBest: (best) => seen.push(best()),
    });
    assert.equal(solution.iterations, 0);
    assert.deepEqual(seen, [solution]);
  });
});

test("O16 with vehicles first, a longer way is taken to save one", () => {
  // Five places in a line, 1,000 m apart; a vehicle at each end of it, and each has work at its door.
  const meters = Uint32Array.from({ length: 25 }, (_, k) => 1000 * Math.abs(Math.floor(k / 5) - (k % 5)));
  const at = (location: number): Visit => ({ location, windows: [], service: 0, due: null, costPerLateSecond: 0 });
  const vehicle = (home: number): Vehicle => ({
    start: home,
    end: home,
    shift: { earliest: 0, latest: null },
    capacity: [],
    matrix: 0,
    fixedCost: 0,
    costPerSecond: 0,
    costPerMeter: 1,
    skills: [],
    maxStops: null,
    frozen: [],
  });
  const shipment = (from: number, to: number): Shipment => ({
    pickup: at(from),
    delivery: at(to),
    onBoard: null,
    load: [],
    needs: [],
    release: null,
    penalty: null,
  });
  const problem: Problem = {
    matrices: [{ size: 5, seconds: meters, meters }],
    vehicles: [vehicle(1), vehicle(4)],
    shipments: [shipment(1, 2), shipment(4, 3)],
  };
  const by = (objective: Objective): number[] => {
    const { vehicles, meters } = solve(problem, options(100, objective));
    return [vehicles, meters];
  };
  assert.deepEqual(by("distance"), [2, 4000]);
  assert.deepEqual(by("vehicles"), [1, 6000]);
});
