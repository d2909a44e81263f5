import type { Schedule, ScheduledStop } from "./answers.ts";
import { compiledOnce, nodeOf, toStop } from "./instance.ts";
import { loadWalk, openRoutes, setRoute, type Routes } from "./routes.ts";
import { isCall, type Cost, type Problem, type Stop } from "./types.ts";
import { walkRoute, type Walk } from "./walk.ts";

/** How `stops` will happen when `vehicle` makes them, each as early as it can, whether or not the plan holds. */
export function schedule(problem: Problem, vehicle: number, stops: readonly Stop[]): Schedule {
  const instance = compiledOnce(problem);
  const routes = openRoutes(instance);
  setRoute(
    routes,
    vehicle,
    stops.map((stop) => nodeOf(instance, vehicle, stop)),
  );
  return scheduleOf(routes, vehicle);
}

const noCost = {
  fixed: 0,
  time: 0,
  distance: 0,
  service: 0,
  duty: 0,
  overtime: 0,
  energy: 0,
  emission: 0,
  lateness: 0,
  balance: 0,
  held: 0,
  unassigned: 0,
};

/** The sum of all bills, with what is left out. */
export function sumCosts(bills: readonly Cost[], unassigned: number, heldBack: number): Cost {
  const sum: Record<keyof typeof noCost, number> = { ...noCost, unassigned, held: heldBack };
  const lines = Object.keys(noCost) as (keyof typeof noCost)[];
  for (const bill of bills) for (const line of lines) sum[line] += bill[line];
  return { ...sum, total: lines.reduce((total, line) => total + sum[line], 0) };
}

/** The schedule of a route that is loaded already. */
export function scheduleOf(routes: Routes, v: number): Schedule {
  const { walk, width } = routes;
  const length = routes.length[v]!;
  const bill: Record<keyof typeof noCost, number> = { ...noCost };
  const stops: ScheduledStop[] = [];
  loadWalk(routes, v);
  walk.nodes.set(routes.stops.subarray(v * width, v * width + length));
  walk.length = length;
  walkRoute(walk, Infinity, {
    stop: () => void (walk.node >= 0 && stops.push(stopOf(walk))),
    term: ({ line }, charged) => {
      if (line !== null && line !== "total") bill[line] += charged;
    },
  });
  const lines = Object.values(bill);
  return {
    stops,
    begin: walk.begin,
    end: length > 0 ? walk.arrival : walk.begin,
    seconds: walk.seconds,
    meters: walk.distance,
    cost: { ...bill, total: lines.reduce((sum, line) => sum + line, 0) },
  };
}

function stopOf(walk: Walk): ScheduledStop {
  const { instance, node, begins, arrival, departs, load } = walk;
  const stop = toStop(instance, node);
  const due = isCall(stop) ? (instance.problem.shipments[stop.shipment]![stop.visit]!.due ?? Infinity) : Infinity;
  return {
    ...stop,
    location: stop.visit === "break" ? null : walk.here,
    arrival,
    wait: begins - arrival,
    start: begins,
    departure: departs,
    lateness: Math.max(0, begins - due),
    load: [...load],
  };
}
