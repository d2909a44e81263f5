import assert from "node:assert/strict";
import { test } from "node:test";
import { check, checkPlan, costOf } from "./checker.ts";
import type { Plan, Problem, Shipment, Solution, Stop, Vehicle, Violation, Visit } from "./types.ts";
import { unreachable } from "./types.ts";

/**
 * A line of six places, 100 s and 1,000 m apart; nobody gets to the last one.
 *
 *     0 ---- 1 ---- 2 ---- 3 ---- 4      5
 */
const matrix = (() => {
  const size = 6;
  const between = (i: number, j: number): number => (i === j ? 0 : i === 5 || j === 5 ? unreachable : Math.abs(i - j));
  const table = (unit: number): Uint32Array =>
    Uint32Array.from({ length: size * size }, (_, k) => {
      const steps = between(Math.floor(k / size), k % size);
      return steps === unreachable ? unreachable : steps * unit;
    });
  return { size, seconds: table(100), meters: table(1000) };
})();

const at = (location: number, from: number | null = null, to: number | null = null): Visit => ({
  location,
  windows: from === null && to === null ? [] : [{ earliest: from, latest: to }],
  service: 10,
  due: null,
  costPerLateSecond: 0,
});

const vehicle = (more: Partial<Vehicle> = {}): Vehicle => ({
  start: 0,
  end: 0,
  shift: { earliest: 0, latest: 2000 },
  capacity: [3],
  matrix: 0,
  fixedCost: 100,
  costPerSecond: 1,
  costPerMeter: 0.5,
  skills: [],
  maxStops: null,
  frozen: [],
  ...more,
});

const shipment = (pickup: Visit | null, delivery: Visit, more: Partial<Shipment> = {}): Shipment => ({
  pickup,
  delivery,
  onBoard: null,
  load: [2],
  needs: [],
  release: null,
  penalty: null,
  ...more,
});

const pickup = (s: number): Stop => ({ shipment: s, visit: "pickup" });
const delivery = (s: number): Stop => ({ shipment: s, visit: "delivery" });

const problem = (vehicles: readonly Vehicle[], shipments: readonly Shipment[]): Problem => ({
  matrices: [matrix],
  vehicles,
  shipments,
});

/** The rules that a plan breaks, each with by how much. */
function broken(
  of: Problem,
  routes: Plan["routes"],
  unassigned: readonly number[] = [],
): [Violation["rule"], number][] {
  return checkPlan(of, { routes }, unassigned).map((v) => [v.rule, v.by]);
}

const oneToTwo = shipment(at(1), at(2));

test("O15 a plan that holds breaks nothing", () => {
  assert.deepEqual(broken(problem([vehicle()], [oneToTwo]), [[pickup(0), delivery(0)]]), []);
  assert.deepEqual(broken(problem([vehicle()], [oneToTwo]), [[]], [0]), []);
});

test("O15 each broken rule is named, with by how much", () => {
  const two = [vehicle(), vehicle()];
  const pair = [pickup(0), delivery(0)];
  const table: [string, Problem, Plan["routes"], readonly number[], [Violation["rule"], number][]][] = [
    ["a route too few", problem(two, [oneToTwo]), [pair], [], [["shape", 1]]],
    ["a shipment that is not there", problem([vehicle()], []), [[pickup(3)]], [], [["shape", 1]]],
    [
      "forgotten",
      problem([vehicle()], [oneToTwo]),
      [[]],
      [],
      [
        ["served-once", -1],
        ["served-once", -1],
      ],
    ],
    [
      "twice",
      problem(two, [oneToTwo]),
      [pair, pair],
      [],
      [
        ["served-once", 1],
        ["served-once", 1],
        ["same-vehicle", 1],
      ],
    ],
    [
      "left out and served",
      problem([vehicle()], [oneToTwo]),
      [pair],
      [0],
      [
        ["served-once", 1],
        ["served-once", 1],
      ],
    ],
    ["listed twice", problem([vehicle()], [oneToTwo]), [[]], [0, 0], [["unassigned", 1]]],
    [
      "two vehicles",
      problem(two, [oneToTwo]),
      [[pickup(0)], [delivery(0)]],
      [],
      [
        ["same-vehicle", 1],
        ["order", 1],
      ],
    ],
    ["wrong order", problem([vehicle()], [oneToTwo]), [[delivery(0), pickup(0)]], [], [["order", 1]]],
    [
      "on board elsewhere",
      problem(two, [shipment(null, at(1), { onBoard: 0 })]),
      [[], [delivery(0)]],
      [],
      [["on-board", 1]],
    ],
    [
      "moved before a frozen stop",
      problem([vehicle({ frozen: [pickup(0)] })], [oneToTwo, shipment(null, at(1), { onBoard: 0, load: [0] })]),
      [[delivery(1), pickup(0), delivery(0)]],
      [],
      [["frozen", 1]],
    ],
    [
      "no skill",
      problem([vehicle({ skills: [1] })], [shipment(at(1), at(2), { needs: [1, 2, 3] })]),
      [pair],
      [],
      [["skill", 2]],
    ],
    [
      "overloaded",
      problem([vehicle()], [oneToTwo, oneToTwo]),
      [[pickup(0), pickup(1), delivery(0), delivery(1)]],
      [],
      [["capacity", 1]],
    ],
    [
      "overloaded beside what is on board",
      problem([vehicle()], [oneToTwo, shipment(null, at(4), { onBoard: 0 })]),
      [[pickup(0), delivery(0), delivery(1)]],
      [],
      [["capacity", 1]],
    ],
    ["too many stops", problem([vehicle({ maxStops: 1 })], [oneToTwo]), [pair], [], [["stops", 1]]],
    ["late", problem([vehicle()], [shipment(at(1), at(2, 0, 180))]), [pair], [], [["window", 30]]],
    [
      "ready too late",
      problem([vehicle()], [shipment(at(1, 0, 200), at(2), { release: 250 })]),
      [pair],
      [],
      [["window", 50]],
    ],
    [
      "after the shift",
      problem([vehicle({ shift: { earliest: 0, latest: 400 } })], [oneToTwo]),
      [pair],
      [],
      [["shift", 20]],
    ],
  ];
  for (const [name, of, routes, unassigned, expected] of table)
    assert.deepEqual(broken(of, routes, unassigned), expected, name);
  const cut = broken(problem([vehicle()], [shipment(at(1), at(5))]), [[pickup(0), delivery(0)]]);
  assert.ok(cut.some(([rule]) => rule === "unreachable"));
});

test("O15 a frozen stop that is late breaks nothing, the ones after it do", () => {
  const late = shipment(at(1, 0, 50), at(2, 0, 150));
  const held = problem([vehicle({ frozen: [pickup(0)] })], [late]);
  assert.deepEqual(broken(held, [[pickup(0)]], [0]), []);
  assert.deepEqual(broken(held, [[pickup(0), delivery(0)]]), [["window", 60]]);
});

const noCost = {
  ...{ fixed: 0, time: 0, distance: 0, service: 0, duty: 0, overtime: 0, energy: 0, emission: 0 },
  ...{ lateness: 0, balance: 0, held: 0, unassigned: 0, total: 0 },
};

test("O15 figures that are not so are named", () => {
  const of = problem([vehicle()], [oneToTwo]);
  const solution: Solution = {
    routes: [[pickup(0), delivery(0)]],
    unassigned: [],
    cost: { ...noCost, fixed: 100, time: 400, distance: 2000, total: 2500 },
    vehicles: 1,
    meters: 4000,
    seconds: 400,
    iterations: 0,
  };
  assert.deepEqual(check(of, solution), []);
  const lies: Partial<Solution>[] = [
    { meters: solution.meters + 1 },
    { seconds: solution.seconds - 1 },
    { vehicles: 2 },
    { cost: { ...solution.cost, time: 0 } },
    { cost: { ...solution.cost, total: solution.cost.total + 1 } },
  ];
  for (const lie of lies)
    assert.deepEqual(
      check(of, { ...solution, ...lie }).map((v) => v.rule),
      ["cost"],
    );
});

test("O15 costs are the sum of their terms", () => {
  const late = { ...at(2), due: 190, costPerLateSecond: 2 };
  const of = problem([vehicle(), vehicle()], [shipment(at(1), late), shipment(at(1), at(3), { penalty: 70 })]);
  assert.deepEqual(costOf(of, { routes: [[pickup(0), delivery(0)], []] }, [1]), {
    ...noCost,
    fixed: 100,
    time: 400,
    distance: 2000,
    lateness: 40,
    unassigned: 70,
    total: 2610,
  });
});
