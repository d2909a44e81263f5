import {
  checkPlan,
  costOf,
  difference,
  reasons,
  type Change,
  type Cost,
  type Obstacle,
  type Plan,
  type Solution,
} from "../../optimizer/index.ts";
import type { Hurdle, PlanChange, Task, Why } from "./task.ts";

/** More orders than this are not explained, and fewer where there are many vehicles: each asks every one. */
const explained = 20;
const asked = 2000;

export function whyOf(task: Task, solution: Solution): Why {
  const most = Math.min(explained, Math.ceil(asked / Math.max(1, task.problem.vehicles.length)));
  const few = { ...solution, unassigned: solution.unassigned.slice(0, most) };
  return {
    leftOut: reasons(task.problem, few).leftOut.map(({ shipment, obstacles }) => ({
      shipment: task.shipmentName(shipment),
      vehicles: obstacles.map((obstacle) => ({
        vehicle: task.vehicleName(obstacle.vehicle),
        hurdles: hurdlesOf(task, obstacle),
      })),
    })),
    change: task.start === undefined ? null : changeOf(task, task.start, solution),
  };
}

function hurdlesOf(task: Task, obstacle: Obstacle): Hurdle[] {
  if (obstacle.constraint === "price") {
    const by = obstacle.by / task.unit;
    return [{ constraint: "price", by, dimension: null, words: `costs ${round(by)} more than leaving it out` }];
  }
  return [obstacle, ...obstacle.also].map(({ constraint, by, dimension }) => {
    const own = inUnits.has(constraint) ? by / task.unit : by;
    return { constraint, by: own, dimension, words: phrases[constraint](round(own), dimension ?? 0) };
  });
}

const inUnits: ReadonlySet<Change["constraint"]> = new Set([
  "window",
  "shift",
  "meters",
  "travel",
  "duty",
  "ride",
  "break",
]);

/** Behind the name of a vehicle. */
const phrases: Readonly<Record<Change["constraint"], (by: string, dimension: number) => string>> = {
  skill: (by) => `lacks ${by} of the skills it needs, or it is on board of another`,
  forbidden: () => "must not take it",
  apart: (by) => `has ${by} that it must not meet`,
  unreachable: () => "has no way there",
  stops: (by) => `would have ${by} stops too many`,
  capacity: (by, dimension) => `lacks room for ${by} units of load ${dimension + 1}`,
  frozen: (by) => `could if its last ${by} frozen stops were free`,
  window: (by) => `would be ${by} s too late for a window`,
  shift: (by) => `would end ${by} s after its shift`,
  meters: (by) => `would go ${by} m too far`,
  travel: (by) => `would be under way ${by} s too long`,
  duty: (by) => `would be on duty ${by} s too long`,
  ride: (by) => `would have something on board ${by} s too long`,
  break: (by) => `would be ${by} s too late for a break`,
  "break-load": (by, dimension) => `would rest with ${by} units of load ${dimension + 1} too many on board`,
  energy: (by) => `lacks ${by} units of energy`,
};

/** From the plan that the problem brought along to the one that was found. */
function changeOf(task: Task, before: Plan, after: Solution): PlanChange {
  const served = new Set(before.routes.flat().flatMap((stop) => ("shipment" in stop ? [stop.shipment] : [])));
  const left = task.problem.shipments.flatMap((_, s) => (served.has(s) ? [] : [s]));
  const { moves, reordered, cost } = difference({ ...before, cost: costOf(task.problem, before, left) }, after);
  const name = (vehicle: number | null): string | null => (vehicle === null ? null : task.vehicleName(vehicle));
  const own = Object.entries(cost).map(([term, by]) => [term, by / task.unit] as const);
  const named = moves.map(({ shipment, from, to }) => ({
    shipment: task.shipmentName(shipment),
    from: name(from),
    to: name(to),
  }));
  const [broken] = checkPlan(task.problem, before, left);
  return {
    moves: named,
    reordered: reordered.map(task.vehicleName),
    cost: Object.fromEntries(own) as unknown as Cost,
    words: [
      ...(broken === undefined ? [] : [`the plan given does not hold: ${broken.message}`]),
      ...named.map(moved),
      ...reordered.map((v) => `${task.vehicleName(v)} makes its stops in another order`),
      worth(own),
    ],
  };
}

const moved = ({ shipment, from, to }: PlanChange["moves"][number]): string =>
  from === null
    ? `${shipment} is taken in by ${to}`
    : to === null
      ? `${shipment} is left out, no longer with ${from}`
      : `${shipment} goes from ${from} to ${to}`;

/** One sentence: by how much it is better, and in what. */
function worth(cost: readonly (readonly [string, number])[]): string {
  const total = cost.find(([term]) => term === "total")![1];
  const parts = cost
    .filter(([term, by]) => term !== "total" && Math.abs(by) > 1e-6)
    .toSorted((a, b) => a[1] - b[1])
    .map(([term, by]) => `${term} ${by > 0 ? "+" : "−"}${round(Math.abs(by))}`);
  const all =
    total < 0 ? `it costs ${round(-total)} less` : total > 0 ? `it costs ${round(total)} more` : "it costs the same";
  return parts.length === 0 ? all : `${all}: ${parts.join(", ")}`;
}

/** For people: for each order left out the vehicles that come nearest, then what is better than in the plan given. */
export const whyInWords = ({ leftOut, change }: Why): string[] => [
  ...leftOut.flatMap(({ shipment, vehicles }) =>
    vehicles
      .slice(0, shown)
      .map(({ vehicle, hurdles }) => `${shipment}: ${vehicle} ${hurdles.map(({ words }) => words).join(" and ")}`),
  ),
  ...(change?.words ?? []),
];

/** Vehicles that are named for one order. */
const shown = 3;

export const round = (value: number): string => String(Math.round(value * 100) / 100);
