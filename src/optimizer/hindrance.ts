import { deliveryOf, mayCarry, missingSkills, opening, pickupOf, shipmentOf, tolerance } from "./instance.ts";
import { newPlaceSearch } from "./delivery-detours.ts";
import { cheapestPlace } from "./place-search.ts";
import { hindranceByWalk } from "./hindrance-by-walk.ts";
import { meetsOne } from "./mend.ts";
import type { Routes } from "./routes.ts";
import { callsOf } from "./tidy.ts";
import type { Hindrance } from "./answers.ts";
import { isCall, unreachable } from "./types.ts";

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
  const isSingle = instance.single[shipment]! >= 0;
  if (isBound && bound[shipment] !== v) return because("skill", 1);
  const missing = isBound ? 0 : missingSkills(problem.shipments[shipment]!, problem.vehicles[v]!);
  if (missing > 0) return because("skill", missing);
  if (!mayCarry(instance, shipment, v)) return because("forbidden", 1);
  const excess = callsOf(routes, v) + (isSingle ? 1 : 2) - instance.maxStops[v]!;
  if (excess > 0) return because("stops", excess);
  const met = (instance.apart[shipment] ?? []).filter((other) => meetsOne(routes, other, v)).length;
  if (met > 0) return because("apart", met);
  const thawed = thaw(routes, shipment, v);
  if (thawed > 0) return because("frozen", thawed);

  if (routes.terms.judged[v] === 1 || instance.depot[shipment] !== 0) return hindranceByWalk(routes, shipment, v);
  const { reachable, heavy, slow, worst } = leastBroken(routes, shipment, v);
  if (!reachable) return because("unreachable", 1);
  if (heavy.excess < Infinity) return because("capacity", heavy.excess, heavy.dimension);
  if (slow.late === Infinity) return because("capacity", worst.excess, worst.dimension);
  return because(slow.windowLate > tolerance ? "window" : "shift", slow.late);
}

/** How many of the last frozen stops would have to be free for the shipment to fit; 0 when that does not help. */
function thaw(routes: Routes, shipment: number, v: number): number {
  const { frozen, problem } = routes.instance;
  const all = frozen[v]!;
  const ownPickup = problem.vehicles[v]!.frozen.findIndex((stop) => isCall(stop) && stop.shipment === shipment);
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
  /** Greatest excess of load and its dimension. */
  readonly excess: number;
  readonly dimension: number;
  /** Seconds too late in all, each stop taken as begun at its latest; and those at windows. */
  readonly late: number;
  readonly windowLate: number;
}

interface Least {
  /** Whether any pair of gaps can be driven at all. */
  reachable: boolean;
  /** Least excess among those in time, least lateness among those with room, least excess of all. */
  heavy: Trial;
  slow: Trial;
  worst: Trial;
}

const nothing: Trial = { excess: Infinity, dimension: 0, late: Infinity, windowLate: Infinity };

/** Tries every pair of gaps; a walk behind the delivery ends where it can no longer be the best. */
function leastBroken(routes: Routes, shipment: number, v: number): Least {
  const { frozen, bound } = routes.instance;
  const least: Least = { reachable: false, heavy: nothing, slow: nothing, worst: nothing };
  const walk = new Walk(routes, v);
  const isBound = bound[shipment]! >= 0;
  for (let k = 0; k < frozen[v]!; k++) walk.visit(walk.node(k), true);
  if (isBound) {
    tryDeliveries(walk, shipment, frozen[v]!, false, least);
    return least;
  }
  for (let i = frozen[v]!; i <= walk.length; i++) {
    const before = walk.state;
    walk.visit(pickupOf(shipment), false);
    tryDeliveries(walk, shipment, i, true, least);
    walk.state = before;
    if (i < walk.length) walk.visit(walk.node(i), false);
  }
  return least;
}

/** Every gap for the delivery from `first` on, with the walk standing before it. */
function tryDeliveries(walk: Walk, shipment: number, first: number, isPair: boolean, least: Least): void {
  let load: Excess = noExcess;
  for (let j = first; j <= walk.length; j++) {
    if (isPair) load = heavier(load, walk.excess(shipment, j - 1, true));
    const before = walk.state;
    walk.visit(deliveryOf(shipment), false);
    for (let k = j; k < walk.length && walk.state.late < least.slow.late + tolerance; k++)
      walk.visit(walk.node(k), false);
    note(walk.end(), load, least);
    walk.state = before;
    if (j === walk.length) return;
    const next = walk.node(j);
    if (!isPair && (next & 1) === 0) load = heavier(load, walk.excess(shipmentOf(next), j, false));
    walk.visit(next, false);
  }
}

function note({ late, windowLate, reachable }: WalkState, { excess, dimension }: Excess, least: Least): void {
  if (!reachable) return;
  least.reachable = true;
  const trial: Trial = { excess, dimension, late, windowLate };
  if (late <= tolerance && excess > 0 && excess < least.heavy.excess) least.heavy = trial;
  if (excess === 0 && late < least.slow.late) least.slow = trial;
  if (excess < least.worst.excess) least.worst = trial;
}

interface Excess {
  readonly excess: number;
  readonly dimension: number;
}

const noExcess: Excess = { excess: 0, dimension: 0 };
const heavier = (a: Excess, b: Excess): Excess => (b.excess > a.excess ? b : a);

interface WalkState {
  readonly t: number;
  readonly here: number;
  readonly late: number;
  readonly windowLate: number;
  readonly reachable: boolean;
}

/** A walk along a route that goes on when it is late, and counts by how much. */
class Walk {
  readonly length: number;
  state: WalkState;
  readonly #routes: Routes;
  readonly #v: number;

  constructor(routes: Routes, v: number) {
    const { leaves, from } = routes.instance;
    this.#routes = routes;
    this.#v = v;
    this.length = routes.length[v]!;
    this.state = { t: leaves[v]!, here: from[v]!, late: 0, windowLate: 0, reachable: true };
  }

  node(k: number): number {
    return this.#routes.stops[this.#v * this.#routes.width + k]!;
  }

  visit(node: number, forgiven: boolean): void {
    const { instance } = this.#routes;
    const there = instance.place[node]!;
    const way = this.#way(there);
    const { late, windowLate, reachable } = this.state;
    const arrival = way < unreachable ? this.state.t + way : this.state.t;
    const begin = Math.max(opening(instance, node, arrival), instance.opens[node]!);
    const over = forgiven ? 0 : Math.max(0, begin - instance.closes[node]!);
    this.state = {
      t: begin - over + instance.service[node]!,
      here: there,
      late: late + over,
      windowLate: windowLate + over,
      reachable: reachable && way < unreachable,
    };
  }

  /** What is broken once the vehicle has come to its end. */
  end(): WalkState {
    const { instance } = this.#routes;
    const way = this.#way(instance.to[this.#v]!);
    const over = Math.max(0, this.state.t + (way < unreachable ? way : 0) - instance.returns[this.#v]!);
    const { late, reachable } = this.state;
    return { ...this.state, late: late + over, reachable: reachable && way < unreachable };
  }

  /** By how much the load after position `k` (-1: at the start), with the shipment `beside` it or in it, is too much. */
  excess(shipment: number, k: number, beside: boolean): Excess {
    const { dimensions, aboard, capacity, load } = this.#routes.instance;
    const slot = this.#v * this.#routes.width + k;
    let most = noExcess;
    for (let d = 0; d < dimensions; d++) {
      const amount = load[shipment * dimensions + d]!;
      const onBoard = k < 0 ? aboard[this.#v * dimensions + d]! : this.#onBoard(slot, d);
      const excess = onBoard + (beside ? amount : 0) - capacity[this.#v * dimensions + d]!;
      if (amount > 0 && excess > most.excess) most = { excess, dimension: d };
    }
    return most;
  }

  #onBoard(slot: number, d: number): number {
    return d === 0 ? this.#routes.load[slot]! : this.#routes.loads[slot * this.#routes.instance.dimensions + d]!;
  }

  #way(there: number): number {
    const { seconds, locations } = this.#routes.instance;
    return this.state.here < 0 || there < 0 ? 0 : seconds[this.#v]![this.state.here * locations + there]!;
  }
}
