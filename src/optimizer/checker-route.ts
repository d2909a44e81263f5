import { eps, walkRoute, type Passed, type Walked } from "./checker-walk.ts";
import { isCall, unreachable, type Problem, type Stop, type Vehicle, type Violation } from "./types.ts";

export type Report = (rule: Violation["rule"], by: number, message: string, shipment?: number) => void;

/** One route with all that its rules ask about. */
interface Looked {
  readonly problem: Problem;
  readonly v: number;
  readonly vehicle: Vehicle;
  readonly stops: readonly Stop[];
  readonly walked: Walked;
  readonly report: Report;
}

/** Each rule that a route can break; what frozen stops break by themselves, nobody chose. */
const rules: readonly ((looked: Looked) => void)[] = [
  frozenFirst,
  pickupFirst,
  skillsAndPermission,
  neverTogether,
  inTime,
  limits,
  breaksTaken,
  lightAtBreaks,
  ridesShort,
  loadsFit,
  energyLasts,
];

export function checkRoute(problem: Problem, v: number, stops: readonly Stop[], report: Report): void {
  const vehicle = problem.vehicles[v]!;
  const strange = stops.find((stop) => !isKnown(problem, vehicle, stop));
  if (strange !== undefined)
    return report("shape", 1, `route ${v} names what is not there: ${JSON.stringify(strange)}`);
  const looked = { problem, v, vehicle, stops, walked: walkRoute(problem, v, stops), report };
  for (const rule of rules) rule(looked);
}

function isKnown(problem: Problem, vehicle: Vehicle, stop: Stop): boolean {
  if (stop.visit === "break") return vehicle.breaks?.[stop.break] !== undefined;
  if (isCall(stop)) return (problem.shipments[stop.shipment]?.[stop.visit] ?? null) !== null;
  const station = problem.stations?.[stop.station];
  if (station === undefined || vehicle.stations?.includes(stop.station) !== true) return false;
  return stop.visit === "reload" ? station.hub : station.power !== null && (vehicle.energy?.store ?? null) !== null;
}

const what = (stop: Stop): number =>
  isCall(stop) ? stop.shipment : stop.visit === "break" ? stop.break : stop.station;
const same = (a: Stop | undefined, b: Stop): boolean => a?.visit === b.visit && what(a) === what(b);

function frozenFirst({ v, vehicle, stops, report }: Looked): void {
  vehicle.frozen.forEach((stop, k) => {
    if (!same(stops[k], stop)) report("frozen", 1, `stop ${k} of route ${v} is frozen and was moved`);
  });
}

function pickupFirst({ problem, v, stops, report }: Looked): void {
  const picked = new Set<number>();
  for (const stop of stops) {
    if (!isCall(stop)) continue;
    const { pickup, onBoard } = problem.shipments[stop.shipment]!;
    if (stop.visit === "pickup") picked.add(stop.shipment);
    else if (pickup !== null && !picked.has(stop.shipment)) {
      report("order", 1, `route ${v} delivers ${stop.shipment} before its pickup`, stop.shipment);
    } else if (onBoard !== null && onBoard !== v) {
      report("on-board", 1, `${stop.shipment} is on board of ${onBoard}, not of ${v}`, stop.shipment);
    }
  }
}

function skillsAndPermission({ problem, v, vehicle, stops, report }: Looked): void {
  for (const stop of stops.slice(vehicle.frozen.length)) {
    if (!isCall(stop)) continue;
    const { needs, pickup, onBoard, forbidden } = problem.shipments[stop.shipment]!;
    const chosen = stop.visit === "pickup" || (pickup === null && onBoard === null);
    if (!chosen) continue;
    const missing = needs.filter((need) => !vehicle.skills.includes(need)).length;
    if (missing > 0)
      report("skill", missing, `vehicle ${v} lacks ${missing} skills for ${stop.shipment}`, stop.shipment);
    if (forbidden?.includes(v) === true)
      report("forbidden", 1, `${stop.shipment} must not go with vehicle ${v}`, stop.shipment);
  }
}

/** Shipments that are kept apart, unless both were there before anything was chosen. */
function neverTogether({ problem, v, vehicle, stops, report }: Looked): void {
  const calls = stops.filter(isCall);
  const begun = new Set(vehicle.frozen.filter(isCall).map((stop) => stop.shipment));
  problem.shipments.forEach(({ onBoard }, s) => onBoard === v && begun.add(s));
  const here = [...new Set([...calls.map((stop) => stop.shipment), ...begun])];
  for (const a of here) {
    for (const b of here) {
      if (a >= b || (begun.has(a) && begun.has(b))) continue;
      const [one, two] = [problem.shipments[a]!, problem.shipments[b]!];
      if (one.apart?.includes(b) === true || two.apart?.includes(a) === true)
        report("apart", 1, `route ${v} has ${a} and ${b}, which must not meet`, b);
    }
  }
}

function inTime({ v, vehicle, stops, walked, report }: Looked): void {
  const frozen = vehicle.frozen.length;
  walked.passed.forEach(({ stop, way, late }, k) => {
    if (way >= unreachable && stops.length > frozen) report("unreachable", 1, `route ${v} has no way to stop ${k}`);
    if (late <= 0 || k < frozen) return;
    const rule = stop?.visit === "break" ? "break" : "window";
    report(rule, late, `stop ${k} of route ${v} begins ${late} s after its last window`, shipmentAt(stop));
  });
}

const shipmentAt = (stop: Stop | null): number | undefined =>
  stop !== null && isCall(stop) ? stop.shipment : undefined;

/** What a whole route may not exceed. */
function limits({ v, vehicle, stops, walked, report }: Looked): void {
  if (stops.length <= vehicle.frozen.length) return;
  const sum = (of: (passed: Passed) => number): number => walked.passed.reduce((all, passed) => all + of(passed), 0);
  const atMost = (rule: Parameters<Report>[0], value: number, most: number | null | undefined): void => {
    if (most === null || most === undefined || value <= most + eps) return;
    report(rule, value - most, `route ${v}: ${rule} is ${value}, at most ${most}`);
  };
  atMost("shift", walked.end, vehicle.shift.latest);
  atMost("stops", stops.filter(isCall).length, vehicle.maxStops);
  atMost(
    "meters",
    sum((p) => p.meters),
    vehicle.maxMeters,
  );
  atMost(
    "travel",
    sum((p) => p.way),
    vehicle.maxTravel,
  );
  atMost("duty", walked.end - walked.begin, vehicle.duty?.longest);
}

function breaksTaken({ v, vehicle, stops, walked, report }: Looked): void {
  vehicle.breaks?.forEach(({ windows }, b) => {
    const times = stops.filter((stop) => stop.visit === "break" && stop.break === b).length;
    if (times > 1) report("break", times - 1, `route ${v} takes break ${b} ${times} times`);
    const latest = windows.at(-1)?.latest ?? Infinity;
    const missed = times === 0 && stops.length > vehicle.frozen.length && walked.end > latest + eps;
    if (missed) report("break", 1, `route ${v} has not taken break ${b} by ${latest}`);
  });
}

function lightAtBreaks({ v, vehicle, walked, report }: Looked): void {
  walked.passed.forEach(({ stop, load }, k) => {
    if (stop?.visit !== "break" || k < vehicle.frozen.length) return;
    vehicle.breaks![stop.break]!.maxLoad?.forEach((most, d) => {
      if (load[d]! > most + eps)
        report("break-load", load[d]! - most, `route ${v} takes break ${stop.break} with ${load[d]} on board`);
    });
  });
}

function ridesShort({ problem, v, vehicle, walked, report }: Looked): void {
  const left = new Map<number, number>();
  walked.passed.forEach(({ stop, begin, departure }, k) => {
    if (stop === null || !isCall(stop)) return;
    if (stop.visit === "pickup") return void left.set(stop.shipment, departure);
    const since = left.get(stop.shipment);
    const ride = since === undefined ? 0 : begin - since;
    const over = ride - (problem.shipments[stop.shipment]!.maxRide ?? Infinity);
    if (over > eps && k >= vehicle.frozen.length)
      report("ride", over, `${stop.shipment} rides ${ride} s in route ${v}`, stop.shipment);
  });
}

/**
 * No more on board than the vehicle takes, wherever the choice of a stop behind the frozen ones made it so: where goods
 * came on board by choice, and all through a trip that goods from the depot were added to.
 */
function loadsFit({ problem, v, vehicle, stops, walked, report }: Looked): void {
  const isChosen = (stop: Stop | null, k: number, d: number): boolean =>
    stop !== null && isCall(stop) && k >= vehicle.frozen.length && problem.shipments[stop.shipment]!.load[d]! > 0;
  const fromDepot = (stop: Stop, k: number, d: number): boolean => {
    if (!isChosen(stop, k, d) || !isCall(stop)) return false;
    const { pickup, onBoard } = problem.shipments[stop.shipment]!;
    return stop.visit === "delivery" && pickup === null && onBoard === null;
  };
  const collects = (stop: Stop, d: number): number =>
    isCall(stop) ? (problem.shipments[stop.shipment]!.collects?.[d] ?? 0) : 0;
  const tripEnd = (k: number): number => {
    const end = stops.findIndex((stop, i) => i > k && stop.visit === "reload");
    return end < 0 ? stops.length : end;
  };
  const loads = [walked.passed[0]?.carried ?? [], ...walked.passed.map((p) => p.load)];
  loads.slice(0, stops.length + 1).forEach((load, i) => {
    const k = i - 1;
    vehicle.capacity.forEach((most, d) => {
      const over = load[d]! - most;
      if (!(over > eps)) return;
      const laden = stops.some((stop, at) => at > k && at < tripEnd(k) && fromDepot(stop, at, d));
      const stop = stops[k] ?? null;
      const picked = stop?.visit === "pickup" && isChosen(stop, k, d);
      const collected = stop?.visit === "delivery" && k >= vehicle.frozen.length && collects(stop, d) > 0;
      if (picked || collected || laden)
        report("capacity", over, `route ${v} carries ${over} too much after stop ${k}`, shipmentAt(stop));
    });
  });
}

function energyLasts({ v, vehicle, stops, walked, report }: Looked): void {
  const store = vehicle.energy?.store;
  if (store === null || store === undefined || stops.length <= vehicle.frozen.length) return;
  walked.passed.forEach(({ level }, k) => {
    const missing = store.reserve - level;
    if (missing > eps) report("energy", missing, `route ${v} lacks ${missing} units of energy at stop ${k}`);
  });
}
