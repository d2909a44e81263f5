import {
  isCall,
  unreachable,
  type Call,
  type Matrix,
  type Problem,
  type Shipment,
  type Stop,
  type Vehicle,
  type Visit,
  type Window,
} from "./types.ts";

/** Sums of fractions may differ in their last digits; a wrong second or unit of load is far above this. */
export const eps = 1e-6;

/** One stop as the checker saw it, or (`stop` null) the arrival at the vehicle's end. */
export interface Passed {
  readonly stop: Stop | null;
  readonly location: number | null;
  /** The way there: seconds of travel, metres, metres climbed, and what was on board. */
  readonly way: number;
  readonly meters: number;
  readonly ascent: number;
  readonly carried: readonly number[];
  /** Seconds spent waiting here (for a break: those that could not be used to drive on). */
  readonly idle: number;
  readonly begin: number;
  /** Seconds after the last window; 0 when in time. */
  readonly late: number;
  /** By how much the arrival may be later and still meet the window that was used, without new lateness that costs. */
  readonly slack: number;
  readonly departure: number;
  readonly load: readonly number[];
  /** Energy left on arrival; Infinity where nothing is stored. */
  readonly level: number;
  /** Energy the way took. */
  readonly used: number;
}

export interface Walked {
  readonly passed: readonly Passed[];
  readonly begin: number;
  readonly end: number;
}

export const visitOf = (shipment: Shipment, call: Call): Visit => shipment[call.visit]!;

/** The route as it will be: as early as it can, or, where duty counts, setting off as late as ends and windows allow. */
export function walkRoute(problem: Problem, v: number, stops: readonly Stop[]): Walked {
  const { shift, duty, slices } = problem.vehicles[v]!;
  const early = new Walker(problem, v, stops).walk(shift.earliest);
  if (duty === undefined || (slices?.length ?? 0) > 0 || stops.length === 0) return early;
  let idle = 0;
  let delay = Infinity;
  for (const stop of early.passed) {
    delay = Math.min(delay, Math.max(0, stop.slack + idle));
    idle += stop.idle;
  }
  delay = Math.min(delay, idle, (shift.leaveBy ?? Infinity) - shift.earliest);
  return delay > 0 ? new Walker(problem, v, stops).walk(shift.earliest + delay) : early;
}

/** One walk along one route. */
class Walker {
  readonly #problem: Problem;
  readonly #vehicle: Vehicle;
  readonly #stops: readonly Stop[];
  readonly #load: number[];
  #t = 0;
  #here: number | null;
  /** Seconds of the next way that were driven while a break was waited for. */
  #ahead = 0;
  #level: number;

  constructor(problem: Problem, v: number, stops: readonly Stop[]) {
    this.#problem = problem;
    this.#vehicle = problem.vehicles[v]!;
    this.#stops = stops;
    this.#here = this.#vehicle.start;
    this.#level = this.#vehicle.energy?.store?.atStart ?? Infinity;
    this.#load = this.#vehicle.capacity.map((_, d) =>
      problem.shipments.reduce((sum, s) => sum + (s.onBoard === v ? s.load[d]! : 0), 0),
    );
    this.#loadTrip(0);
  }

  walk(begin: number): Walked {
    this.#t = begin;
    const passed = this.#stops.map((stop, k) => this.#pass(stop, k));
    if (this.#stops.length > 0) passed.push(this.#arrive(null, this.#vehicle.end, [], 0, null));
    return { passed, begin, end: this.#t };
  }

  #pass(stop: Stop, k: number): Passed {
    if (stop.visit === "break") return this.#rest(stop, stop.break);
    if (isCall(stop)) return this.#call(stop);
    const station = this.#problem.stations![stop.station]!;
    const here = this.#arrive(stop, station.location, station.windows, station.service, null);
    if (stop.visit === "reload") {
      this.#unloadTrip(k);
      this.#loadTrip(k + 1);
      return { ...here, load: [...this.#load] };
    }
    const { capacity } = this.#vehicle.energy!.store!;
    this.#t += Math.max(0, capacity - this.#level) / station.power!;
    this.#level = capacity;
    return { ...here, departure: this.#t };
  }

  #rest(stop: Stop, index: number): Passed {
    const { windows, duration } = this.#vehicle.breaks![index]!;
    const { begin, late, latest } = beginAt(windows, -Infinity, this.#t);
    const arrived = this.#t;
    this.#ahead += begin - arrived;
    this.#t = begin + duration;
    const nothing = { way: 0, meters: 0, ascent: 0, carried: this.#load, used: 0, idle: 0 };
    const slack = latest - arrived;
    const now = { begin, late, slack, departure: this.#t, load: [...this.#load], level: this.#level };
    return { stop, location: this.#here, ...nothing, ...now };
  }

  #call(stop: Call): Passed {
    const shipment = this.#problem.shipments[stop.shipment]!;
    const visit = visitOf(shipment, stop);
    const own = visit.byKind?.find(({ kind }) => kind === this.#vehicle.kind);
    const setup = this.#here === visit.location ? 0 : (own?.setup ?? visit.setup ?? 0);
    const service = own?.service ?? visit.service;
    const due = visit.due === null || visit.costPerLateSecond <= 0 ? null : visit.due;
    const release = stop.visit === "pickup" ? (shipment.release ?? -Infinity) : -Infinity;
    const here = this.#arrive(stop, visit.location, visit.windows, setup + service, due, release);
    const sign = stop.visit === "pickup" ? 1 : -1;
    shipment.load.forEach((amount, d) => (this.#load[d]! += sign * amount));
    if (stop.visit === "delivery") shipment.collects?.forEach((amount, d) => (this.#load[d]! += amount));
    return { ...here, load: [...this.#load] };
  }

  #arrive(
    stop: Stop | null,
    location: number | null,
    windows: readonly Window[],
    stay: number,
    due: number | null,
    release = -Infinity,
  ): Passed {
    const matrix = this.#matrix();
    const on = (measure: Uint32Array | Float64Array): number =>
      this.#here === null || location === null ? 0 : measure[this.#here * matrix.size + location]!;
    const way = on(matrix.seconds);
    const meters = on(matrix.meters);
    const ascent = matrix.ascent === undefined ? 0 : on(matrix.ascent);
    const carried = [...this.#load];
    const used = this.#use(meters, ascent);
    this.#level -= used;
    const level = this.#level;
    const driven = Math.max(0, way - this.#ahead);
    const unused = Math.max(0, this.#ahead - way);
    this.#ahead = 0;
    const arrival = this.#t + driven;
    const { begin, late, latest } = beginAt(windows, release, arrival);
    const last = due === null ? latest : Math.min(latest, Math.max(due, begin));
    const shiftEnd = stop === null ? (this.#vehicle.shift.latest ?? Infinity) : last;
    this.#t = begin + stay;
    this.#here = location;
    const measured = { way, meters, ascent, carried, idle: unused + begin - arrival, used, level };
    // Who was idle on a break before this stop may come later by that, too.
    const slack = shiftEnd - arrival + unused;
    return { stop, location, ...measured, begin, late, slack, departure: this.#t, load: carried };
  }

  #matrix(): Matrix {
    const { slices, matrix } = this.#vehicle;
    const slice = (slices ?? []).findLast(({ from }) => from <= this.#t);
    return this.#problem.matrices[slice?.matrix ?? matrix]!;
  }

  #use(meters: number, ascent: number): number {
    const { energy } = this.#vehicle;
    if (energy === undefined || meters >= unreachable) return 0;
    const load = this.#load[energy.dimension] ?? 0;
    return meters * (energy.perMeter + energy.perMeterAndLoad * load) + ascent * energy.perAscent;
  }

  /** Goods from the depot for the stops from `from` to the next reload come on board. */
  #loadTrip(from: number): void {
    for (const stop of this.#stops.slice(from)) {
      if (stop.visit === "reload") return;
      if (stop.visit !== "delivery") continue;
      const { pickup, onBoard, load } = this.#problem.shipments[stop.shipment]!;
      if (pickup === null && onBoard === null) load.forEach((amount, d) => (this.#load[d]! += amount));
    }
  }

  /** Goods for the depot that came on board in the trip that ends before stop `to` leave. */
  #unloadTrip(to: number): void {
    const from = this.#stops.slice(0, to).findLastIndex((stop) => stop.visit === "reload") + 1;
    for (const stop of this.#stops.slice(from, to)) {
      if (!isCall(stop)) continue;
      const { delivery, load, collects } = this.#problem.shipments[stop.shipment]!;
      const leaving = stop.visit === "delivery" ? collects : delivery === null ? load : undefined;
      leaving?.forEach((amount, d) => (this.#load[d]! -= amount));
    }
  }
}

/** When work begins for one who arrives at `t`; where it can begin no more, at once, and late. */
function beginAt(
  windows: readonly Window[],
  release: number,
  t: number,
): { begin: number; late: number; latest: number } {
  const ready = Math.max(t, release);
  if (windows.length === 0) return { begin: ready, late: 0, latest: Infinity };
  for (const { earliest, latest } of windows) {
    const begin = Math.max(ready, earliest ?? -Infinity);
    if (latest === null || begin <= latest + eps) return { begin, late: 0, latest: latest ?? Infinity };
  }
  const latest = windows.at(-1)!.latest!;
  return { begin: ready, late: ready - latest, latest };
}
