import {
  unreachable,
  type Cost,
  type Matrix,
  type Plan,
  type Problem,
  type Shipment,
  type Solution,
  type Stop,
  type Vehicle,
  type Violation,
} from "./types.ts";

/** Sums of fractions may differ in their last digits; a wrong second or unit of load is far above this. */
const eps = 1e-6;

type Report = (rule: Violation["rule"], by: number, message: string, shipment?: number) => void;

/**
 * Every rule that `solution` breaks, found by walking each route anew. Shares nothing with the search but the types, so
 * that a mistake there is not repeated here. Empty: the solution holds and its figures are true.
 */
export function check(problem: Problem, solution: Solution): Violation[] {
  const violations = checkPlan(problem, solution, solution.unassigned);
  if (violations.some((v) => v.rule === "shape")) return violations;
  const found: Violation[] = [];
  const cost = Object.entries(costOf(problem, solution, solution.unassigned)) as [keyof Cost, number][];
  const stated: readonly (readonly [string, number, number])[] = [
    ...cost.map(([name, value]) => [name, value, solution.cost[name]] as const),
    ["vehicles", solution.routes.filter((r) => r.length > 0).length, solution.vehicles],
    ["meters", travelOf(problem, solution, (m) => m.meters), solution.meters],
    ["seconds", travelOf(problem, solution, (m) => m.seconds), solution.seconds],
  ];
  for (const [name, recomputed, claimed] of stated) {
    const by = Math.abs(recomputed - claimed);
    if (by <= eps * Math.max(1, Math.abs(recomputed))) continue;
    const message = `${name} is ${recomputed}, the solution says ${claimed}`;
    found.push({ rule: "cost", vehicle: null, shipment: null, by, message });
  }
  return [...violations, ...found];
}

/** As `check`, for a plan without figures. `unassigned`: the shipments that are meant to be left out. */
export function checkPlan(problem: Problem, plan: Plan, unassigned: readonly number[]): Violation[] {
  const violations: Violation[] = [];
  if (plan.routes.length !== problem.vehicles.length) {
    const message = `${plan.routes.length} routes for ${problem.vehicles.length} vehicles`;
    return [{ rule: "shape", vehicle: null, shipment: null, by: 1, message }];
  }
  const reportFor =
    (vehicle: number | null): Report =>
    (rule, by, message, shipment) =>
      violations.push({ rule, vehicle, shipment: shipment ?? null, by, message });
  checkServed(problem, plan, unassigned, reportFor(null));
  plan.routes.forEach((stops, v) => {
    const report = reportFor(v);
    const known = stops.every((s) => problem.shipments[s.shipment] !== undefined);
    if (!known) return report("shape", 1, `route ${v} names a shipment that is not there`);
    checkMembers(problem, v, stops, report);
    checkTimes(problem, v, stops, report);
    checkLoads(problem, v, stops, report);
  });
  return violations;
}

/** Every shipment is served once, in one vehicle, or listed as left out. */
function checkServed(problem: Problem, plan: Plan, unassigned: readonly number[], report: Report): void {
  const visits = new Map<string, number[]>();
  plan.routes.forEach((stops, v) => {
    for (const s of stops)
      visits.set(`${s.visit} ${s.shipment}`, [...(visits.get(`${s.visit} ${s.shipment}`) ?? []), v]);
  });
  const left = new Set(unassigned);
  if (left.size !== unassigned.length) report("unassigned", 1, "a shipment is listed twice as left out");
  problem.shipments.forEach((shipment, s) => {
    const pickups = visits.get(`pickup ${s}`) ?? [];
    const deliveries = visits.get(`delivery ${s}`) ?? [];
    const wanted = left.has(s) ? 0 : 1;
    const pickupFrozen = problem.vehicles.some((v) => v.frozen.some((f) => f.shipment === s && f.visit === "pickup"));
    const wantedPickups = shipment.pickup === null ? 0 : pickupFrozen ? 1 : wanted;
    if (deliveries.length !== wanted)
      report("served-once", deliveries.length - wanted, `shipment ${s} is delivered ${deliveries.length} times`, s);
    if (pickups.length !== wantedPickups)
      report("served-once", pickups.length - wantedPickups, `shipment ${s} is picked up ${pickups.length} times`, s);
    if (pickups.some((p) => deliveries.some((d) => d !== p)))
      report("same-vehicle", 1, `shipment ${s} changes vehicles`, s);
  });
  for (const s of left) if (problem.shipments[s] === undefined) report("shape", 1, `no shipment ${s} to leave out`);
}

/** Order, skills, goods on board, frozen stops, number of stops. */
function checkMembers(problem: Problem, v: number, stops: readonly Stop[], report: Report): void {
  const vehicle = problem.vehicles[v]!;
  const same = (a: Stop | undefined, b: Stop): boolean => a?.shipment === b.shipment && a.visit === b.visit;
  vehicle.frozen.forEach((stop, k) => {
    if (!same(stops[k], stop)) report("frozen", 1, `stop ${k} of route ${v} is frozen and was moved`, stop.shipment);
  });
  if (vehicle.maxStops !== null && stops.length > vehicle.maxStops) {
    report(
      "stops",
      stops.length - vehicle.maxStops,
      `route ${v} has ${stops.length} stops, at most ${vehicle.maxStops}`,
    );
  }
  const picked = new Set<number>();
  stops.forEach((stop, k) => {
    const shipment = problem.shipments[stop.shipment]!;
    if (stop.visit === "pickup") picked.add(stop.shipment);
    else if (shipment.onBoard === null && !picked.has(stop.shipment)) {
      report("order", 1, `route ${v} delivers ${stop.shipment} before its pickup`, stop.shipment);
    } else if (shipment.onBoard !== null && shipment.onBoard !== v) {
      report("on-board", 1, `${stop.shipment} is on board of ${shipment.onBoard}, not of ${v}`, stop.shipment);
    }
    const chosen = stop.visit === "pickup" && k >= vehicle.frozen.length;
    const missing = chosen ? shipment.needs.filter((need) => !vehicle.skills.includes(need)).length : 0;
    if (missing > 0)
      report("skill", missing, `vehicle ${v} lacks ${missing} skills for ${stop.shipment}`, stop.shipment);
  });
}

const visitOf = (shipment: Shipment, visit: Stop["visit"]) =>
  visit === "pickup" ? shipment.pickup! : shipment.delivery;

/** A way's seconds or metres; 0 from or to nowhere. */
function wayBy(matrix: Matrix, measure: Uint32Array | Float64Array, from: number | null, to: number | null): number {
  return from === null || to === null ? 0 : measure[from * matrix.size + to]!;
}

/** When service begins for one who arrives at `t`; null when it can begin no more. */
function beginAt(shipment: Shipment, stop: Stop, t: number): number | null {
  const { windows } = visitOf(shipment, stop.visit);
  const ready = stop.visit === "pickup" && shipment.release !== null ? Math.max(t, shipment.release) : t;
  if (windows.length === 0) return ready;
  for (const w of windows) {
    const start = w.earliest === null ? ready : Math.max(ready, w.earliest);
    if (w.latest === null || start <= w.latest + eps) return start;
  }
  return null;
}

/** Walks a route: `at` is told of each stop when it begins; answers when the vehicle is done. */
function walk(
  problem: Problem,
  v: number,
  stops: readonly Stop[],
  at: (k: number, begin: number, late: number, way: number) => void,
): number {
  const vehicle = problem.vehicles[v]!;
  const matrix = problem.matrices[vehicle.matrix]!;
  let t = vehicle.shift.earliest;
  let here = vehicle.start;
  stops.forEach((stop, k) => {
    const shipment = problem.shipments[stop.shipment]!;
    const visit = visitOf(shipment, stop.visit);
    const way = wayBy(matrix, matrix.seconds, here, visit.location);
    const ready = Math.max(t + way, stop.visit === "pickup" ? (shipment.release ?? -Infinity) : -Infinity);
    const begin = beginAt(shipment, stop, t + way);
    const last = visit.windows.at(-1)?.latest ?? Infinity;
    at(k, begin ?? ready, begin === null ? ready - last : 0, way);
    t = (begin ?? ready) + visit.service;
    here = visit.location;
  });
  const home = stops.length === 0 ? 0 : wayBy(matrix, matrix.seconds, here, vehicle.end);
  if (stops.length > 0) at(-1, t + home, 0, home);
  return t + home;
}

function checkTimes(problem: Problem, v: number, stops: readonly Stop[], report: Report): void {
  const vehicle = problem.vehicles[v]!;
  const frozen = vehicle.frozen.length;
  // What a route of frozen stops alone breaks, nobody chose.
  const chosen = stops.length > frozen;
  const end = walk(problem, v, stops, (k, _begin, late, way) => {
    if (way >= unreachable && chosen) report("unreachable", 1, `route ${v} has no way to stop ${k}`);
    if (late > 0 && k >= frozen) {
      report("window", late, `stop ${k} of route ${v} begins ${late} s after its last window`, stops[k]!.shipment);
    }
  });
  const late = vehicle.shift.latest === null ? 0 : end - vehicle.shift.latest;
  if (chosen && late > eps) report("shift", late, `route ${v} ends ${late} s after its shift`);
}

function checkLoads(problem: Problem, v: number, stops: readonly Stop[], report: Report): void {
  const vehicle = problem.vehicles[v]!;
  const onBoard = vehicle.capacity.map((_, d) =>
    problem.shipments.reduce((sum, s) => sum + (s.onBoard === v ? s.load[d]! : 0), 0),
  );
  stops.forEach((stop, k) => {
    const { load } = problem.shipments[stop.shipment]!;
    onBoard.forEach((before, d) => {
      const after = stop.visit === "pickup" ? before + load[d]! : before - load[d]!;
      const over = after - vehicle.capacity[d]!;
      onBoard[d] = after;
      const chosen = stop.visit === "pickup" && k >= vehicle.frozen.length && load[d]! > 0;
      if (chosen && over > eps)
        report("capacity", over, `route ${v} carries ${over} too much after stop ${k}`, stop.shipment);
    });
  });
}

const travelOf = (problem: Problem, plan: Plan, measure: (matrix: Matrix) => Uint32Array | Float64Array): number =>
  plan.routes.reduce((sum, stops, v) => sum + routeTravel(problem, v, stops, measure), 0);

function routeTravel(
  problem: Problem,
  v: number,
  stops: readonly Stop[],
  measure: (matrix: Matrix) => Uint32Array | Float64Array,
): number {
  if (stops.length === 0) return 0;
  const vehicle = problem.vehicles[v]!;
  const matrix = problem.matrices[vehicle.matrix]!;
  const places = [
    vehicle.start,
    ...stops.map((s) => visitOf(problem.shipments[s.shipment]!, s.visit).location),
    vehicle.end,
  ];
  return places.slice(1).reduce<number>((sum, place, k) => sum + wayBy(matrix, measure(matrix), places[k]!, place), 0);
}

/** What a plan costs that leaves `unassigned` out, recomputed apart from the search, whether or not it holds. */
export function costOf(problem: Problem, plan: Plan, unassigned: readonly number[]): Cost {
  const sum = (of: (vehicle: Vehicle, v: number, stops: readonly Stop[]) => number): number =>
    plan.routes.reduce((total, stops, v) => total + (stops.length > 0 ? of(problem.vehicles[v]!, v, stops) : 0), 0);
  const fixed = sum((vehicle) => vehicle.fixedCost);
  const time = sum((vehicle, v, stops) => vehicle.costPerSecond * routeTravel(problem, v, stops, (m) => m.seconds));
  const distance = sum((vehicle, v, stops) => vehicle.costPerMeter * routeTravel(problem, v, stops, (m) => m.meters));
  const lateness = sum((_, v, stops) => latenessOf(problem, v, stops));
  const left = unassigned.reduce((total, s) => total + (problem.shipments[s]?.penalty ?? 0), 0);
  const total = fixed + time + distance + lateness + left;
  return { fixed, time, distance, lateness, unassigned: left, total };
}

function latenessOf(problem: Problem, v: number, stops: readonly Stop[]): number {
  let cost = 0;
  walk(problem, v, stops, (k, begin) => {
    if (k < 0) return;
    const visit = visitOf(problem.shipments[stops[k]!.shipment]!, stops[k]!.visit);
    if (visit.due !== null) cost += Math.max(0, begin - visit.due) * visit.costPerLateSecond;
  });
  return cost;
}
