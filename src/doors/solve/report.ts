import { isCall, schedule, type Solution } from "../../optimizer/index.ts";
import type { Report, Task } from "./task.ts";
import { round, whyInWords, whyOf } from "./why.ts";

/** All in the file's own units. */
export function reportOf(task: Task, solution: Solution, elapsed_ms: number): Report {
  const own = (value: number): number => (task.unit === 1 ? value : value / task.unit);
  const bill = (cost: Solution["cost"]): Solution["cost"] =>
    Object.fromEntries(Object.entries(cost).map(([name, value]) => [name, own(value)])) as unknown as Solution["cost"];
  const used = solution.routes.flatMap((stops, vehicle) => (stops.length > 0 ? [{ stops, vehicle }] : []));
  return {
    vehicles: solution.vehicles,
    distance: own(solution.meters),
    cost: own(solution.cost.total),
    unassigned: solution.unassigned.map(task.shipmentName),
    seconds: Math.round(elapsed_ms) / 1000,
    iterations: solution.iterations,
    routes: used.map(({ stops }) => stops.map(task.stopName)),
    terms: bill(solution.cost),
    plan: used.map(({ stops, vehicle }) => {
      const planned = schedule(task.problem, vehicle, stops);
      return {
        vehicle: task.vehicleName(vehicle),
        end: own(planned.end),
        cost: bill(planned.cost),
        stops: planned.stops.map((stop) => ({
          visit: task.stopName(stop),
          shipment: isCall(stop) ? task.shipmentName(stop.shipment) : null,
          location: stop.location === null ? null : task.locationName(stop.location),
          arrival: own(stop.arrival),
          start: own(stop.start),
          departure: own(stop.departure),
          lateness: own(stop.lateness),
          load: stop.load,
        })),
      };
    }),
    why: whyOf(task, solution),
  };
}

/** SINTEF's form: a line a route, nodes in order. */
export const sintef = (report: Report): string =>
  `Solution\n${report.routes.map((route, k) => `Route ${k + 1} : ${route.join(" ")}\n`).join("")}`;

/** For people: the figures, then a line a vehicle. */
export function text(report: Report): string {
  const { vehicles, distance, cost, unassigned, seconds, iterations } = report;
  const lines = [
    `${vehicles} vehicles, distance ${round(distance)}, cost ${round(cost)}, ${unassigned.length} left out`,
    `${iterations} iterations in ${seconds} s`,
    ...report.plan.map(({ vehicle, stops }) => `${vehicle}: ${stops.map((s) => s.visit).join(" ")}`),
  ];
  if (unassigned.length > 0) lines.push(`left out: ${unassigned.join(" ")}`);
  return `${[...lines, ...whyInWords(report.why)].join("\n")}\n`;
}
