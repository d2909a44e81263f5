import type { Hindrance } from "./answers.ts";
import { insertions } from "./insertions.ts";
import { schedule } from "./schedule.ts";
import { isCall, type Cost, type Plan, type Problem, type Solution } from "./types.ts";

/** Why one vehicle does not carry a shipment: a constraint, or `price`: carrying it costs `by` more than leaving it out. */
export type Obstacle = Hindrance | { readonly vehicle: number; readonly constraint: "price"; readonly by: number };

export interface Reasons {
  /** Each shipment left out, with what stands against it in each vehicle: its price first, then the fewest constraints. */
  readonly leftOut: readonly { readonly shipment: number; readonly obstacles: readonly Obstacle[] }[];
  /** What each vehicle in use costs, term by term. */
  readonly routes: readonly { readonly vehicle: number; readonly cost: Cost }[];
}

/** Why a solution is as it is. */
export function reasons(problem: Problem, solution: Solution): Reasons {
  return {
    leftOut: solution.unassigned.map((shipment) => ({ shipment, obstacles: obstacles(problem, solution, shipment) })),
    routes: solution.routes.flatMap((stops, vehicle) =>
      stops.length > 0 ? [{ vehicle, cost: schedule(problem, vehicle, stops).cost }] : [],
    ),
  };
}

function obstacles(problem: Problem, plan: Plan, shipment: number): Obstacle[] {
  const { candidates, hindrances } = insertions(problem, plan, shipment, problem.vehicles.length);
  const { penalty, held } = problem.shipments[shipment]!;
  const spared = (penalty ?? Infinity) + (held?.price ?? 0);
  const tooDear = candidates.map(({ vehicle, addedCost }): Obstacle => {
    return { vehicle, constraint: "price", by: Math.max(0, addedCost - spared) };
  });
  return [...tooDear, ...hindrances.toSorted((a, b) => a.also.length - b.also.length || a.by - b.by)];
}

/** A shipment that is elsewhere than before; null: left out. */
export interface Move {
  readonly shipment: number;
  readonly from: number | null;
  readonly to: number | null;
}

export interface Difference {
  readonly moves: readonly Move[];
  /** Vehicles whose stops are the same shipments in another order. */
  readonly reordered: readonly number[];
  /** What each term of the cost has grown by; below zero: what makes the second plan better. */
  readonly cost: Cost;
}

/** What has changed from one solution of a problem to another, and what that is worth. */
export function difference(before: Pick<Solution, "routes" | "cost">, after: Solution): Difference {
  const [was, is] = [vehiclesOf(before), vehiclesOf(after)];
  const moves: Move[] = [];
  for (const shipment of new Set([...was.keys(), ...is.keys()])) {
    const [from, to] = [was.get(shipment) ?? null, is.get(shipment) ?? null];
    if (from !== to) moves.push({ shipment, from, to });
  }
  const touched = new Set(moves.flatMap(({ from, to }) => [from, to]));
  const reordered = after.routes.flatMap((stops, v) =>
    !touched.has(v) && JSON.stringify(stops) !== JSON.stringify(before.routes[v]) ? [v] : [],
  );
  const lines = Object.entries(after.cost) as [keyof Cost, number][];
  const cost = Object.fromEntries(lines.map(([line, value]) => [line, value - before.cost[line]]));
  return { moves: moves.toSorted((a, b) => a.shipment - b.shipment), reordered, cost: cost as unknown as Cost };
}

const vehiclesOf = ({ routes }: Plan): Map<number, number> =>
  new Map(routes.flatMap((stops, v) => stops.filter(isCall).map(({ shipment }) => [shipment, v] as const)));
