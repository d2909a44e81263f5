import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Change } from "./answers.ts";
import {
  insertions,
  isCall,
  solve,
  type Plan,
  type Problem,
  type Shipment,
  type Stop,
  type Vehicle,
  type Visit,
  type Window,
} from "./index.ts";
import { withExtras } from "./random-extras.ts";
import { randomProblem } from "./random-problem.ts";

/** The last window closed `by` later. */
const longer = (windows: readonly Window[], by: number): Window[] =>
  windows.map((window, k) =>
    k === windows.length - 1 && window.latest !== null ? { ...window, latest: window.latest + by } : window,
  );

const visits = (problem: Problem, change: (visit: Visit) => Visit): Problem => ({
  ...problem,
  shipments: problem.shipments.map((s) => ({
    ...s,
    pickup: s.pickup && change(s.pickup),
    delivery: s.delivery && change(s.delivery),
  })),
});

/** The problem with one constraint of vehicle `v` giving way by `by`, just as `Change` says; null where nothing helps. */
function eased(
  problem: Problem,
  plan: Plan,
  v: number,
  shipment: number,
  { constraint, dimension }: Change,
  by: number,
): Problem | null {
  const vehicle = (change: (vehicle: Vehicle) => Partial<Vehicle>): Problem => ({
    ...problem,
    vehicles: problem.vehicles.map((one, k) => (k === v ? { ...one, ...change(one) } : one)),
  });
  const more = (amounts: readonly number[]): number[] => amounts.map((n, d) => (d === dimension ? n + by : n));
  const own = problem.shipments[shipment]!;
  switch (constraint) {
    case "skill": {
      if (own.onBoard !== null && own.onBoard !== v) return null;
      const missing = own.needs.filter((need) => !problem.vehicles[v]!.skills.includes(need));
      return missing.length === 0 ? null : vehicle(({ skills }) => ({ skills: [...skills, ...missing.slice(0, by)] }));
    }
    case "forbidden":
      return by < 1
        ? problem
        : { ...problem, shipments: problem.shipments.map((s, k) => (k === shipment ? { ...s, forbidden: [] } : s)) };
    case "apart":
      return apartNoMore(problem, plan.routes[v]!, v, shipment, by);
    case "stops":
      return vehicle(({ maxStops }) => ({ maxStops: maxStops! + by }));
    case "meters":
      return vehicle(({ maxMeters }) => ({ maxMeters: maxMeters! + by }));
    case "travel":
      return vehicle(({ maxTravel }) => ({ maxTravel: maxTravel! + by }));
    case "duty":
      return vehicle(({ duty }) => ({ duty: { ...duty!, longest: duty!.longest! + by } }));
    case "shift":
      return vehicle(({ shift }) => ({ shift: { ...shift, latest: shift.latest! + by } }));
    case "capacity":
      return vehicle(({ capacity }) => ({ capacity: more(capacity) }));
    case "break-load":
      return vehicle(({ breaks }) => ({
        breaks: breaks!.map((b) => (b.maxLoad ? { ...b, maxLoad: more(b.maxLoad) } : b)),
      }));
    case "break":
      return vehicle(({ breaks }) => ({ breaks: breaks!.map((b) => ({ ...b, windows: longer(b.windows, by) })) }));
    case "energy":
      return vehicle(({ energy }) => {
        const store = energy!.store!;
        return {
          energy: { ...energy!, store: { ...store, capacity: store.capacity + by, atStart: store.atStart + by } },
        };
      });
    case "frozen":
      return vehicle(({ frozen }) => ({ frozen: frozen.slice(0, frozen.length - by) }));
    case "ride":
      return {
        ...problem,
        shipments: problem.shipments.map((s) => (s.maxRide === undefined ? s : { ...s, maxRide: s.maxRide + by })),
      };
    case "window":
      return {
        ...visits(problem, (visit) => ({ ...visit, windows: longer(visit.windows, by) })),
        stations: (problem.stations ?? []).map((station) => ({ ...station, windows: longer(station.windows, by) })),
      };
    case "unreachable":
      return null;
  }
}

/** The shipment may meet `by` of those that are in the route, or on board, and that it must not meet. */
function apartNoMore(problem: Problem, stops: readonly Stop[], v: number, shipment: number, by: number): Problem {
  const here = new Set(stops.filter(isCall).map((stop) => stop.shipment));
  problem.shipments.forEach(({ onBoard }, s) => onBoard === v && here.add(s));
  const names = (a: number, b: number): boolean => problem.shipments[a]!.apart?.includes(b) === true;
  const met = [...here].filter((other) => names(other, shipment) || names(shipment, other)).slice(0, by);
  return {
    ...problem,
    shipments: problem.shipments.map((s, k) => {
      const may = (other: number): boolean =>
        (k === shipment && met.includes(other)) || (met.includes(k) && other === shipment);
      return s.apart === undefined ? s : { ...s, apart: s.apart.filter((other) => !may(other)) };
    }),
  };
}

/** Counted one by one; all others may give way by any fraction. */
const whole: ReadonlySet<Change["constraint"]> = new Set(["skill", "forbidden", "apart", "stops", "frozen"]);
const less = ({ constraint, by }: Change): number => (whole.has(constraint) ? by - 1 : by - Math.min(0.01, by / 2));

/** All `changes`, the one at `short` by a little less. */
function withAll(
  problem: Problem,
  plan: Plan,
  v: number,
  shipment: number,
  changes: readonly Change[],
  short = -1,
): Problem | null {
  let eases: Problem | null = problem;
  for (const [k, change] of changes.entries())
    eases = eases && eased(eases, plan, v, shipment, change, k === short ? less(change) : change.by);
  return eases;
}

/** A solved problem, and one shipment that its plan lacks: left out, or taken out. */
function planWithout(problem: Problem, seed: number): { readonly plan: Plan; readonly missing: number } | null {
  const begun = new Set(problem.vehicles.flatMap((v) => v.frozen.filter(isCall).map((stop) => stop.shipment)));
  const { routes, unassigned } = solve(problem, { seed, objective: "cost", budget: { iterations: 15 } });
  const free = problem.shipments.flatMap((_, s) => (begun.has(s) ? [] : [s]));
  const missing = unassigned.find((s) => !begun.has(s)) ?? free[seed % Math.max(1, free.length)];
  if (missing === undefined) return null;
  const without = routes.map((stops, v) => {
    const rest = stops.filter((stop) => !isCall(stop) || stop.shipment !== missing);
    return rest.some(isCall) ? rest : problem.vehicles[v]!.frozen;
  });
  return { missing, plan: { routes: without } };
}

/** What once was promised too much: to free a pickup without delivery, or one that must not meet others; or to leave late. */
const counterexamples = [
  [2147483627, 2, 9],
  [1469169448, 1, 6],
  [219547045, 1, 3],
] as const;

/** Calls back with each hindrance that can give way, as the list of all that has to. */
function eachHindrance(
  numRuns: number,
  rich: boolean,
  look: (of: Problem, plan: Plan, missing: number, v: number, changes: readonly Change[]) => void,
): void {
  const size = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 4 }), fc.nat(9));
  const property = fc.property(size, ([seed, vehicles, shipments]) => {
    const plain = randomProblem({ seed, vehicles, shipments, rich: true });
    const problem = rich ? withExtras(plain, seed) : plain;
    const given = planWithout(problem, seed);
    if (given === null) return;
    for (const { vehicle, also, ...first } of insertions(problem, given.plan, given.missing, 0).hindrances)
      look(problem, given.plan, given.missing, vehicle, [first, ...also]);
  });
  fc.assert(property, { numRuns, examples: counterexamples.map((one) => [[...one]]) });
}

const admits = (problem: Problem, plan: Plan, shipment: number, v: number): boolean =>
  insertions(problem, plan, shipment, 10).hindrances.every(({ vehicle }) => vehicle !== v);

for (const [what, rich, numRuns] of [
  ["with windows, loads and frozen stops", false, 150],
  ["with every constraint", true, 150],
] as const)
  test(`O9 ${what}: what hinders gives way by what is said, and by no less`, () => {
    const met = new Map<string, number>();
    eachHindrance(numRuns, rich, (problem, plan, missing, v, changes) => {
      const told = JSON.stringify([v, missing, changes]);
      const all = withAll(problem, plan, v, missing, changes);
      if (all === null) return;
      assert.ok(admits(all, plan, missing, v), `still hindered: ${told}`);
      for (const { constraint } of changes) met.set(constraint, (met.get(constraint) ?? 0) + 1);
      // Who leaves as late as possible may find another way to do with less, and so may who is free of what was begun.
      if (problem.vehicles[v]!.duty !== undefined || changes.some(({ constraint }) => constraint === "frozen")) return;
      changes.forEach((_, k) => {
        const short = withAll(problem, plan, v, missing, changes, k)!;
        assert.ok(!admits(short, plan, missing, v), `less of change ${k} is enough: ${told}`);
      });
    });
    for (const constraint of ["capacity", "window", "shift", "skill"]) assert.ok(met.has(constraint), constraint);
  });

test("O8 where a detour is quicker than the direct way, whoever fits only thanks to it has a place, and not a hindrance", () => {
  const direct = 90;
  const at = (location: number, latest: number, service: number): Shipment => ({
    pickup: null,
    delivery: { location, windows: [{ earliest: null, latest }], service, due: null, costPerLateSecond: 0 },
    onBoard: null,
    load: [],
    needs: [],
    release: null,
    penalty: null,
  });
  const seconds = Uint32Array.from([0, direct, 10, direct, 0, 10, 10, 10, 0]);
  const plain = randomProblem({ seed: 1, vehicles: 1, shipments: 0, rich: false }).vehicles[0]!;
  const vehicle = { ...plain, start: 0, end: null, shift: { earliest: 0, latest: null }, capacity: [], matrix: 0 };
  const problem: Problem = {
    matrices: [{ size: 3, seconds, meters: seconds }],
    vehicles: [vehicle],
    shipments: [at(1, 100, 0), at(2, 50, 15)],
  };
  const { candidates, hindrances } = insertions(problem, { routes: [[{ shipment: 0, visit: "delivery" }]] }, 1, 1);
  assert.deepEqual(
    [hindrances, candidates.map(({ deliveryAt, addedSeconds }) => [deliveryAt, addedSeconds])],
    [[], [[0, 20 - direct]]],
  );
});
