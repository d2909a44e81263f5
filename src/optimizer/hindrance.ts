import { deliveryOf, missingSkills, opening, pickupOf, shipmentOf, tolerance } from "./instance.ts";
import { cheapestPlace, newPlaceSearch } from "./place-search.ts";
import type { Routes } from "./routes.ts";
import { unreachable, type Hindrance } from "./types.ts";

/** What stands against `shipment` in the route of `v`, which has no place for it. See `Hindrance` for what `by` says. */
export function hindrance(routes: Routes, shipment: number, v: number): Hindrance {
  const { instance } = routes;
  const { problem, bound } = instance;
  const because = (constraint: Hindrance["constraint"], by: number, dimension: number | null = null): Hindrance => ({
    vehicle: v,
    constraint,
    by,
    dimension,
  });

  const isBound = bound[shipment]! >= 0;
  if (isBound && bound[shipment] !== v) return because("skill", 1);
  const missing = isBound ? 0 : missingSkills(problem.shipments[shipment]!, problem.vehicles[v]!);
  if (missing > 0) return because("skill", missing);
  const excess = routes.length[v]! + (isBound ? 1 : 2) - instance.maxStops[v]!;
  if (excess > 0) return because("stops", excess);
  const thawed = thaw(routes, shipment, v);
  if (thawed > 0) return because("frozen", thawed);

  const trials = allTrials(routes, shipment, v).filter((trial) => trial.reachable);
  if (trials.length === 0) return because("unreachable", 1);
  const heavy = least(trials, (t) => (t.late <= tolerance ? t.excess : Infinity));
  if (heavy.excess > 0 && heavy.late <= tolerance) return because("capacity", heavy.excess, heavy.dimension);
  const slow = least(trials, (t) => (t.excess === 0 ? t.late : Infinity));
  if (slow.excess > 0) return because("capacity", least(trials, (t) => t.excess).excess, slow.dimension);
  return because(slow.windowLate > tolerance ? "window" : "shift", slow.late);
}

/** How many of the last frozen stops would have to be free for the shipment to fit; 0 when that does not help. */
function thaw(routes: Routes, shipment: number, v: number): number {
  const { frozen, problem } = routes.instance;
  const all = frozen[v]!;
  const ownPickup = problem.vehicles[v]!.frozen.findIndex((stop) => stop.shipment === shipment);
  const search = newPlaceSearch();
  let answer = 0;
  for (let kept = all - 1; kept > ownPickup && answer === 0; kept--) {
    frozen[v] = kept;
    if (cheapestPlace(search, routes, shipment, v) < Infinity) answer = all - kept;
  }
  frozen[v] = all;
  return answer;
}

/** What would be broken with the stops in one pair of gaps. */
interface Trial {
  reachable: boolean;
  /** Greatest excess of load and its dimension. */
  excess: number;
  dimension: number;
  /** Seconds too late in all, each stop taken as begun at its latest; and those at windows. */
  late: number;
  windowLate: number;
}

const least = (trials: readonly Trial[], by: (trial: Trial) => number): Trial =>
  trials.reduce((best, trial) => (by(trial) < by(best) ? trial : best));

function allTrials(routes: Routes, shipment: number, v: number): Trial[] {
  const length = routes.length[v]!;
  const first = routes.instance.frozen[v]!;
  const trials: Trial[] = [];
  for (let j = first; j <= length; j++) {
    if (routes.instance.bound[shipment]! >= 0) trials.push(attempt(routes, shipment, v, -1, j));
    else for (let i = first; i <= j; i++) trials.push(attempt(routes, shipment, v, i, j));
  }
  return trials;
}

function attempt(routes: Routes, shipment: number, v: number, i: number, j: number): Trial {
  const { instance, stops } = routes;
  const seconds = instance.seconds[v]!;
  const length = routes.length[v]!;
  const base = v * routes.width;
  const trial: Trial = { reachable: true, excess: 0, dimension: 0, late: 0, windowLate: 0 };
  let t = instance.leaves[v]!;
  let here = instance.from[v]!;
  const travel = (there: number): void => {
    const way = here < 0 || there < 0 ? 0 : seconds[here * instance.locations + there]!;
    if (way < unreachable) t += way;
    else trial.reachable = false;
    here = there;
  };
  const visit = (node: number, k: number): void => {
    travel(instance.place[node]!);
    t = Math.max(opening(instance, node, t), instance.opens[node]!);
    const late = k < instance.frozen[v]! ? 0 : t - instance.closes[node]!;
    if (late > tolerance) {
      trial.late += late;
      trial.windowLate += late;
      t = instance.closes[node]!;
    }
    t += instance.service[node]!;
  };
  for (let k = 0; k <= length; k++) {
    if (k === i) visit(pickupOf(shipment), k);
    if (k === j) visit(deliveryOf(shipment), k);
    if (i >= 0 && k >= i && k <= j) weigh(routes, v, k - 1, shipment, true, trial);
    if (k === length) break;
    visit(stops[base + k]!, k);
    const loads = (stops[base + k]! & 1) === 0 && k >= instance.frozen[v]!;
    if (i < 0 && k < j && loads) weigh(routes, v, k, shipmentOf(stops[base + k]!), false, trial);
  }
  travel(instance.to[v]!);
  if (t > instance.returns[v]! + tolerance) trial.late += t - instance.returns[v]!;
  return trial;
}

/** Notes by how much the load after position `k` (-1: at the start), with the shipment `beside` it or in it, is too much. */
function weigh(routes: Routes, v: number, k: number, shipment: number, beside: boolean, trial: Trial): void {
  const { dimensions, aboard, capacity, load } = routes.instance;
  const slot = v * routes.width + k;
  for (let d = 0; d < dimensions; d++) {
    const amount = load[shipment * dimensions + d]!;
    const onBoard =
      k < 0 ? aboard[v * dimensions + d]! : d === 0 ? routes.load[slot]! : routes.loads[slot * dimensions + d]!;
    const excess = onBoard + (beside ? amount : 0) - capacity[v * dimensions + d]!;
    if (amount === 0 || excess <= trial.excess) continue;
    trial.excess = excess;
    trial.dimension = d;
  }
}
