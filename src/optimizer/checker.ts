import { checkRoute, type Report } from "./checker-route.ts";
import { costOf, metersOf, secondsOf } from "./checker-cost.ts";
import { eps, walkRoute } from "./checker-walk.ts";
import { isCall, type Cost, type Plan, type Problem, type Shipment, type Solution, type Violation } from "./types.ts";

export { costOf } from "./checker-cost.ts";

/**
 * Every rule that `solution` breaks, found by walking each route anew. Shares nothing with the search but the types, so
 * that a mistake there is not repeated here. Empty: the solution holds and its figures are true.
 */
export function check(problem: Problem, solution: Solution): Violation[] {
  const violations = checkPlan(problem, solution, solution.unassigned);
  if (violations.some((v) => v.rule === "shape")) return violations;
  const found: Violation[] = [];
  const cost = Object.entries(costOf(problem, solution, solution.unassigned)) as [keyof Cost, number][];
  const walks = solution.routes.map((stops, v) => walkRoute(problem, v, stops));
  const stated: readonly (readonly [string, number, number])[] = [
    ...cost.map(([name, value]) => [name, value, solution.cost[name]] as const),
    ["vehicles", solution.routes.filter((r) => r.length > 0).length, solution.vehicles],
    ["meters", walks.reduce((sum, walked) => sum + metersOf(walked), 0), solution.meters],
    ["seconds", walks.reduce((sum, walked) => sum + secondsOf(walked), 0), solution.seconds],
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
  plan.routes.forEach((stops, v) => checkRoute(problem, v, stops, reportFor(v)));
  return violations;
}

/** Every shipment is served once, in one vehicle, or listed as left out. */
function checkServed(problem: Problem, plan: Plan, unassigned: readonly number[], report: Report): void {
  const visits = new Map<string, number[]>();
  plan.routes.forEach((stops, v) => {
    for (const s of stops) {
      if (!isCall(s)) continue;
      const key = `${s.visit} ${s.shipment}`;
      visits.set(key, [...(visits.get(key) ?? []), v]);
    }
  });
  const left = new Set(unassigned);
  if (left.size !== unassigned.length) report("unassigned", 1, "a shipment is listed twice as left out");
  problem.shipments.forEach((shipment, s) => {
    const pickups = visits.get(`pickup ${s}`) ?? [];
    const deliveries = visits.get(`delivery ${s}`) ?? [];
    const wanted = wantedVisits(problem, shipment, s, left.has(s));
    if (deliveries.length !== wanted.deliveries) {
      const message = `shipment ${s} is delivered ${deliveries.length} times`;
      report("served-once", deliveries.length - wanted.deliveries, message, s);
    }
    if (pickups.length !== wanted.pickups) {
      const message = `shipment ${s} is picked up ${pickups.length} times`;
      report("served-once", pickups.length - wanted.pickups, message, s);
    }
    if (pickups.some((p) => deliveries.some((d) => d !== p)))
      report("same-vehicle", 1, `shipment ${s} changes vehicles`, s);
  });
  for (const s of left) if (problem.shipments[s] === undefined) report("shape", 1, `no shipment ${s} to leave out`);
}

/** A pickup that is frozen happens, whatever becomes of its delivery. */
function wantedVisits(problem: Problem, { pickup, delivery }: Shipment, s: number, left: boolean) {
  const frozen = problem.vehicles.some((v) =>
    v.frozen.some((f) => f.visit === "pickup" && f.shipment === s && delivery !== null),
  );
  return { pickups: pickup !== null && (frozen || !left) ? 1 : 0, deliveries: delivery !== null && !left ? 1 : 0 };
}
