import {
  costOf,
  isCall,
  schedule,
  type Problem,
  type Schedule,
  type Solution,
  type Stop,
  type Window,
} from "../../../optimizer/index.ts";
import type { PlannedStep } from "./read-vehicles.ts";
import { stopsOf } from "./violations.ts";

/** Vehicles' routes as their steps say, whatever they break. */
export function givenPlan(problem: Problem, steps: readonly (readonly PlannedStep[])[]): Solution {
  const routes = steps.map(stopsOf);
  const served = new Set(
    routes
      .flat()
      .filter(isCall)
      .map(({ shipment }) => shipment),
  );
  const unassigned = problem.shipments.flatMap((_, s) => (served.has(s) ? [] : [s]));
  const times = routes.map((stops, v) => scheduleGiven(problem, v, steps[v]!, stops));
  const sum = (of: (one: Schedule) => number): number => times.reduce((total, one) => total + of(one), 0);
  return {
    routes,
    unassigned,
    cost: costOf(problem, { routes }, unassigned),
    vehicles: routes.filter((stops) => stops.length > 0).length,
    meters: sum(({ meters }) => meters),
    seconds: sum(({ seconds }) => seconds),
    iterations: 0,
  };
}

/** Whose duty is limited leaves as late as it can; so long a limit changes nothing else. */
export const leavingLate = (problem: Problem): Problem => ({
  ...problem,
  vehicles: problem.vehicles.map((vehicle) => ({
    ...vehicle,
    duty: { costPerSecond: 0, overtimeAfter: null, overtimePerSecond: 0, longest: Number.MAX_SAFE_INTEGER },
  })),
});

/**
 * When a given route happens: each stop as early as its windows and its step's `service_…` allow, the vehicle leaving as late
 * as that leaves all of it unchanged. What cannot be kept is passed by, and comes late.
 */
export function scheduleGiven(
  problem: Problem,
  v: number,
  steps: readonly PlannedStep[],
  stops: readonly Stop[],
): Schedule {
  const bounds = steps.map(({ after, before }) => ({ after, before, borne: -Infinity }));
  const soon = schedule(timed(problem, v, steps, bounds), v, stops);
  // Who is late anyway need not leave early for it, as long as it gets no later.
  steps.forEach(({ stop }, k) => {
    const at = stops.findIndex((one) => one === stop);
    if (at >= 0) bounds[k]!.borne = soon.stops[at]!.start;
  });
  return schedule(timed(problem, v, steps, bounds), v, stops);
}

/** When service may begin: not before `after` nor, if it can be helped, after `before`; lateness until `borne` is borne. */
interface Bounds {
  readonly after: number | null;
  readonly before: number | null;
  borne: number;
}

/** The problem with the steps' own times worked into what the route of `v` visits. */
function timed(problem: Problem, v: number, steps: readonly PlannedStep[], bounds: readonly Bounds[]): Problem {
  const boundsOf = (is: (stop: PlannedStep["stop"]) => boolean): Bounds | undefined =>
    bounds[steps.findIndex(({ stop }) => is(stop))];
  const start = boundsOf((stop) => stop === "start");
  const vehicle = problem.vehicles[v]!;
  const breaks = vehicle.breaks?.map((rest, b) => ({
    ...rest,
    windows: within(
      rest.windows,
      boundsOf((stop) => typeof stop !== "string" && stop.visit === "break" && stop.break === b),
    ),
  }));
  const { earliest, leaveBy } = vehicle.shift;
  const latest = start?.before ?? leaveBy;
  const shift = { ...vehicle.shift, earliest: start ? clamp(earliest, start) : earliest };
  const own = {
    ...vehicle,
    shift: latest === undefined ? shift : { ...shift, leaveBy: latest },
    ...(breaks ? { breaks } : {}),
  };
  const visit = (s: number, side: "pickup" | "delivery") => {
    const asked = problem.shipments[s]![side];
    const mine = boundsOf((stop) => typeof stop !== "string" && stop.visit === side && stop.shipment === s);
    return asked && { ...asked, windows: within(asked.windows, mine) };
  };
  return {
    ...problem,
    vehicles: problem.vehicles.with(v, own),
    shipments: problem.shipments.map((one, s) => ({
      ...one,
      pickup: visit(s, "pickup"),
      delivery: visit(s, "delivery"),
    })),
  };
}

const clamp = (instant: number, { after, before }: Bounds): number =>
  Math.min(Math.max(instant, after ?? -Infinity), before ?? Infinity);

/** The windows with nothing in them before `after`, and none that opens only after `before`. */
function within(windows: readonly Window[], bounds: Bounds | undefined): readonly Window[] {
  if (bounds === undefined) return windows;
  const open = windows.length > 0 ? windows : [{ earliest: null, latest: null }];
  return open.map(({ earliest, latest }, k) => {
    const end = latest === null ? bounds.before : clamp(latest, bounds);
    return {
      earliest: earliest === null ? bounds.after : clamp(earliest, bounds),
      latest: end === null || k < open.length - 1 ? end : Math.max(end, bounds.borne),
    };
  });
}
