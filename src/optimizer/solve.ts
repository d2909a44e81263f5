import { anneal } from "./anneal.ts";
import { reduceFleet } from "./fleet.ts";
import { openRoutes, setRoute } from "./routes.ts";
import { scheduleOf, sumCosts } from "./schedule.ts";
import { adopt, openSearch, returnToBest, type Search } from "./search.ts";
import { compiledOnce, toStop } from "./instance.ts";
import type { Problem, Shipment, Solution, SolveOptions } from "./types.ts";

/**
 * Share of the budget for giving up vehicles, when they come first; more, up to `fleetMost`, while the last one was given up
 * within the last `fleetPatience` of the budget.
 */
const fleetShare = 0.5;
const fleetMost = 0.85;
const fleetPatience = 0.2;

/**
 * A good plan for `problem`, the best found within the budget. The same problem, options and iterations give the same
 * solution, to the last bit. Throws BrokenInvariant when the problem's indices or lengths do not agree.
 */
export function solve(problem: Problem, options: SolveOptions): Solution {
  const search = openSearch(problem, options);
  const spent = spentOf(search, options);
  const onBest = (): void => options.onBest?.(() => solutionOf(problem, search));
  onBest();
  const fleetFirst = options.objective === "vehicles";
  if (fleetFirst) {
    let given = 0;
    const end = (): number => Math.min(fleetMost, Math.max(fleetShare, given + fleetPatience));
    reduceFleet(
      search,
      () => spent() / end(),
      () => {
        given = spent();
        onBest();
      },
    );
  }
  const begun = Math.min(spent(), 1);
  anneal(search, {
    spent: () => (begun >= 1 ? 1 : (spent() - begun) / (1 - begun)),
    fromPlan: options.start !== undefined,
    mostVehicles: fleetFirst && search.best.absent.length === 0 ? search.best.vehicles : problem.vehicles.length,
    onBest,
    adopt: () => {
      const plan = options.take?.() ?? null;
      return plan !== null && search.rng.next() < 0.5 && adopt(search, plan);
    },
  });
  returnToBest(search);
  return solutionOf(problem, search);
}

function spentOf(search: Search, { budget, isStopped }: SolveOptions): () => number {
  const spent =
    "iterations" in budget ? () => Math.min(1, search.iterations / budget.iterations) : askedNowAndThen(budget.spent);
  return () => (isStopped?.() === true ? 1 : spent());
}

/** A look at the clock costs as much as a small step: one in eight is enough. */
function askedNowAndThen(spent: () => number): () => number {
  let calls = 0;
  let last = 0;
  return () => {
    if (calls++ % 8 === 0) last = spent();
    return last;
  };
}

/** The best so far, with its figures by the caller's prices, whatever the objective was. */
function solutionOf(problem: Problem, { best, iterations }: Search): Solution {
  const routes = openRoutes(compiledOnce(problem));
  best.routes.forEach((nodes, v) => setRoute(routes, v, nodes));
  const schedules = best.routes.map((_, v) => scheduleOf(routes, v));
  const unassigned = [...best.absent].sort((a, b) => a - b);
  const left = (of: (shipment: Shipment) => number): number =>
    unassigned.reduce((total, s) => total + of(problem.shipments[s]!), 0);
  return {
    routes: best.routes.map((nodes) => Array.from(nodes, (node) => toStop(routes.instance, node))),
    unassigned,
    cost: sumCosts(
      schedules.map((s) => s.cost),
      left((s) => s.penalty ?? 0),
      left((s) => s.held?.price ?? 0),
    ),
    vehicles: best.routes.filter((nodes) => nodes.length > 0).length,
    meters: schedules.reduce((total, s) => total + s.meters, 0),
    seconds: schedules.reduce((total, s) => total + s.seconds, 0),
    iterations,
  };
}
