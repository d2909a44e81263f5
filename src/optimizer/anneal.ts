import { exchangeTails } from "./exchange-tails.ts";
import { recreate } from "./recreate.ts";
import { anySeed, ruin } from "./ruin.ts";
import { copyAbsent, keepAsBest, penaltyOf, totalCost, type Search } from "./search.ts";
import { beginStep, changeOfCost, takeBack } from "./undo.ts";

/** Temperatures at the start and the end, in mean cost of one way. A running plan is improved, not melted. */
const hot = 3;
const warm = 0.1;
const cold = 0.02;
/**
 * What is melted must have time to set: with fewer steps for each shipment than this, the search begins cooler in
 * proportion. How many there will be is known once a hundredth of the budget is spent.
 */
const patience = 100;
const foreseen = 0.01;

/**
 * Share of steps that exchange tails, where vehicles need no helpers. Most fail at the first look, so they take a few
 * hundredths of the time.
 */
const exchangeShare = 0.3;

/** Iterations between two looks at what others have found. */
const adoptEvery = 1000;

export interface Annealing {
  /** Share of this phase that is used up, from 0; it ends at 1. */
  readonly spent: () => number;
  readonly fromPlan: boolean;
  /** How many vehicles may be used. */
  readonly mostVehicles: number;
  readonly onBest: () => void;
  /** A better solution from elsewhere becomes the current one; answers whether there was one. */
  readonly adopt: () => boolean;
}

/**
 * Ruins and recreates, or exchanges tails, and goes on from what comes out when it is cheaper, or dearer by an amount that
 * chance allows and that shrinks with time. Leaves the best found in `search.best`.
 */
export function anneal(search: Search, { spent, fromPlan, mostVehicles, onBest, adopt }: Annealing): void {
  const { best } = search;
  const begun = search.iterations;
  let start = fromPlan ? warm : hot;
  let settled = false;
  let cost = totalCost(search);
  for (let share = spent(); share < 1; share = spent()) {
    if (search.iterations % adoptEvery === 0 && adopt()) cost = totalCost(search);
    if (!settled && share >= foreseen) {
      settled = true;
      const steps = (search.iterations - begun) / share / search.instance.shipments;
      start = Math.min(start, Math.max(warm, (hot * steps) / patience));
    }
    const temperature = search.way * start * (cold / start) ** share;
    const after = step(search, cost, cost - temperature * Math.log(1 - search.rng.next()), mostVehicles);
    if (after === null) continue;
    cost = after;
    if (cost >= best.cost - 1e-7) continue;
    keepAsBest(search);
    onBest();
  }
}

/** Changes the routes once. Answers the new cost, or null when that would reach `limit`, and then all is as before. */
function step(search: Search, cost: number, limit: number, mostVehicles: number): number | null {
  const { routes, undo, absent, absentBefore, instance, rng } = search;
  const used = routes.usedCount;
  search.iterations++;
  beginStep(undo);
  copyAbsent(absent, absentBefore);
  const holds =
    !routes.terms.anyBent && rng.next() < exchangeShare
      ? exchangeTails(routes, undo, search.ruin.neighbours, limit - cost, rng) && routes.usedCount <= mostVehicles
      : remade(search, mostVehicles, limit - cost + penaltyOf(instance, absentBefore) + instance.perVehicle * used);
  const after =
    cost +
    changeOfCost(undo, routes) +
    instance.perVehicle * (routes.usedCount - used) +
    penaltyOf(instance, absent) -
    penaltyOf(instance, absentBefore);
  if (holds && after < limit) return after;
  takeBack(undo, routes);
  copyAbsent(absentBefore, absent);
  return null;
}

/** Ruins and recreates, after which everything holds; false, with some left over, once routes and their number cost `below` more. */
function remade(
  { ruin: ruiner, recreate: recreator, routes, undo, absent, rng, instance }: Search,
  mostVehicles: number,
  below: number,
): boolean {
  ruin(ruiner, routes, undo, absent, anySeed(ruiner, rng), rng);
  const removed = changeOfCost(undo, routes) + instance.perVehicle * routes.usedCount;
  return recreate(recreator, routes, undo, absent, mostVehicles, rng, below - removed);
}
