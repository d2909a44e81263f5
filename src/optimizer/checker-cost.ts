import { visitOf, walkRoute, type Walked } from "./checker-walk.ts";
import { isCall, type Cost, type Plan, type Problem, type Stop } from "./types.ts";

const total = (numbers: Iterable<number>): number => {
  let sum = 0;
  for (const n of numbers) sum += n;
  return sum;
};

/** Travel of one route. */
export const metersOf = ({ passed }: Walked): number => total(passed.map((p) => p.meters));
export const secondsOf = ({ passed }: Walked): number => total(passed.map((p) => p.way));

type Terms = Omit<Cost, "unassigned" | "total">;

/** What one route costs, term by term. */
function routeCost(problem: Problem, v: number, stops: readonly Stop[]): Terms {
  const vehicle = problem.vehicles[v]!;
  const walked = walkRoute(problem, v, stops);
  const [seconds, meters] = [secondsOf(walked), metersOf(walked)];
  const on = stops.length > 0 ? walked.end - walked.begin : 0;
  const { duty, energy } = vehicle;
  const over = (duty?.overtimeAfter ?? null) === null ? 0 : Math.max(0, on - duty!.overtimeAfter!);
  const used = total(walked.passed.map((p) => p.used));
  const calls = stops.filter(isCall).length;
  const { of, price } = problem.balance ?? { of: "stops", price: 0 };
  return {
    fixed: stops.length > 0 ? vehicle.fixedCost : 0,
    time: seconds * vehicle.costPerSecond,
    distance: meters * vehicle.costPerMeter,
    service: working(walked) * (vehicle.costPerServiceSecond ?? 0),
    duty: on * (duty?.costPerSecond ?? 0),
    overtime: over * (duty?.overtimePerSecond ?? 0),
    energy: used * (energy?.costPerUnit ?? 0),
    emission: used * (energy?.emissionCostPerUnit ?? 0),
    lateness: latenessCost(problem, walked),
    balance: price * (of === "stops" ? calls : seconds) ** 2,
    held: total(shipmentsIn(problem, stops).map((s) => priceToMove(problem, s, v))),
  };
}

/** Seconds of set-up and service at customers. */
const working = ({ passed }: Walked): number =>
  total(passed.map(({ stop, begin, departure }) => (stop !== null && isCall(stop) ? departure - begin : 0)));

const latenessCost = (problem: Problem, { passed }: Walked): number =>
  total(
    passed.map(({ stop, begin }) => {
      if (stop === null || !isCall(stop)) return 0;
      const { due, costPerLateSecond } = visitOf(problem.shipments[stop.shipment]!, stop);
      return due === null ? 0 : Math.max(0, begin - due) * costPerLateSecond;
    }),
  );

/** What the route carries to its end: delivered to a customer, or picked up for the depot. */
const shipmentsIn = (problem: Problem, stops: readonly Stop[]): number[] =>
  stops
    .filter(isCall)
    .filter((stop) => stop.visit === "delivery" || problem.shipments[stop.shipment]!.delivery === null)
    .map((stop) => stop.shipment);

function priceToMove(problem: Problem, shipment: number, v: number): number {
  const { held } = problem.shipments[shipment]!;
  return held === undefined || held.vehicle === v ? 0 : held.price;
}

/** What a plan costs that leaves `unassigned` out, recomputed apart from the search, whether or not it holds. */
export function costOf(problem: Problem, plan: Plan, unassigned: readonly number[]): Cost {
  const routes = plan.routes.map((stops, v) => routeCost(problem, v, stops));
  const sum = (term: keyof Terms): number => total(routes.map((terms) => terms[term]));
  const terms = {
    fixed: sum("fixed"),
    time: sum("time"),
    distance: sum("distance"),
    service: sum("service"),
    duty: sum("duty"),
    overtime: sum("overtime"),
    energy: sum("energy"),
    emission: sum("emission"),
    lateness: sum("lateness"),
    balance: sum("balance"),
    held: sum("held") + total(unassigned.map((s) => problem.shipments[s]?.held?.price ?? 0)),
    unassigned: total(unassigned.map((s) => problem.shipments[s]?.penalty ?? 0)),
  };
  return { ...terms, total: total(Object.values(terms)) };
}
