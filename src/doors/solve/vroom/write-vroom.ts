import { greatCircle, type Point } from "../../../kernel/point.ts";
import { isCall, schedule, type Schedule, type ScheduledStop, type Stop } from "../../../optimizer/index.ts";
import type { Outcome } from "../task.ts";
import { encodedPolyline } from "./polyline.ts";
import { leavingLate, scheduleGiven } from "./plan-mode.ts";
import { profileOf } from "./places.ts";
import type { VroomStep } from "./read-tasks.ts";
import type { Vroom } from "./problem.ts";
import { Inspector, merged, type Reached, type Violation } from "./violations.ts";

/** A step of a route, as VROOM's API names its fields. */
interface Step {
  readonly type: "start" | "job" | "pickup" | "delivery" | "break" | "end";
  readonly description?: string;
  readonly location?: Point;
  readonly location_index?: number;
  readonly id?: number;
  readonly setup: number;
  readonly service: number;
  readonly waiting_time: number;
  /** VROOM's older word for the id of a job. */
  readonly job?: number;
  readonly load: readonly number[];
  readonly arrival: number;
  readonly duration: number;
  readonly violations: readonly Violation[];
  readonly distance?: number;
}

interface Sums {
  readonly setup: number;
  readonly service: number;
  readonly duration: number;
  readonly waiting_time: number;
  readonly priority: number;
  readonly distance?: number;
  readonly delivery: readonly number[];
  readonly pickup: readonly number[];
}

interface Route extends Sums {
  readonly vehicle: number;
  readonly cost: number;
  readonly steps: readonly Step[];
  readonly description?: string;
  readonly violations: readonly Violation[];
  readonly geometry?: string;
}

/**
 * The answer in the form of VROOM's API ("Output"). Vehicles leave as late as serves their first step in time, as VROOM's
 * do. Violations are empty but in plan mode: what is answered holds.
 */
export async function answerVroom(vroom: Vroom, { solution, loading_ms, solving_ms }: Outcome): Promise<object> {
  const late = leavingLate(vroom.problem);
  const begun = performance.now();
  const used = solution.routes.flatMap((stops, vehicle) => (stops.length > 0 ? [{ stops, vehicle }] : []));
  const routes = await Promise.all(
    used.map(({ stops, vehicle }) => {
      const planned = vroom.isPlanned
        ? scheduleGiven(late, vehicle, vroom.vehicles[vehicle]!.steps, stops)
        : schedule(late, vehicle, stops);
      return new RouteWriter(vroom, planned, vehicle, stops).route();
    }),
  );
  const unassigned = leftOut(vroom, solution.routes.flat());
  const { setup, service, duration, waiting_time, priority, delivery, pickup, distance } = summed(routes, vroom);
  return {
    code: 0,
    summary: {
      cost: routes.reduce((total, { cost }) => total + cost, 0),
      routes: routes.length,
      unassigned: unassigned.length,
      delivery,
      amount: delivery,
      pickup,
      setup,
      service,
      duration,
      waiting_time,
      priority,
      ...(distance === undefined ? {} : { distance }),
      violations: merged(routes.flatMap(({ violations }) => violations)),
      computing_times: {
        loading: Math.round(loading_ms),
        solving: Math.round(solving_ms),
        routing: Math.round(performance.now() - begun),
      },
    },
    unassigned,
    routes,
  };
}

/** An answer that says what is wrong with the problem: code 2, input error. */
export const vroomError = (error: string): object => ({ code: 2, error });

function leftOut(vroom: Vroom, stops: readonly Stop[]): object[] {
  const made = new Set(stops.filter(isCall).map(({ visit, shipment }) => `${visit} ${shipment}`));
  return vroom.tasks.flatMap((task, s) =>
    (["pickup", "delivery"] as const).flatMap((visit) => {
      const step = task[visit];
      if (step === null || made.has(`${visit} ${s}`)) return [];
      return [{ id: step.id, type: step.type, ...described(step), ...where(vroom, task.shipment[visit]!.location) }];
    }),
  );
}

const described = ({ description }: { readonly description: string | null }): { description?: string } =>
  description === null ? {} : { description };

function where({ places }: Vroom, location: number): { location?: Point; location_index?: number } {
  const [point, row] = [places.points[location], places.rows[location]];
  return {
    ...(point ? { location: point } : {}),
    ...(row === null || row === undefined ? {} : { location_index: row }),
  };
}

function summed(all: readonly Sums[], { tasks, hasDistances, geometry }: Vroom): Sums {
  const sum = (of: (one: Sums) => number): number => all.reduce((total, one) => total + of(one), 0);
  const width = tasks[0]?.shipment.load.length ?? 0;
  const loads = (of: (one: Sums) => readonly number[]): number[] =>
    Array.from({ length: width }, (_, d) => sum((one) => of(one)[d] ?? 0));
  return {
    setup: sum((one) => one.setup),
    service: sum((one) => one.service),
    duration: sum((one) => one.duration),
    waiting_time: sum((one) => one.waiting_time),
    priority: sum((one) => one.priority),
    delivery: loads((one) => one.delivery),
    pickup: loads((one) => one.pickup),
    ...(hasDistances || geometry ? { distance: sum((one) => one.distance ?? 0) } : {}),
  };
}

/** Writes one route, step by step. */
class RouteWriter {
  readonly #vroom: Vroom;
  readonly #schedule: Schedule;
  readonly #vehicle: number;
  readonly #stops: readonly Stop[];
  readonly #steps: Step[] = [];
  readonly #inspector: Inspector | null;
  #at: number | null;
  #duration = 0;
  /** Of the way to the next place, what lies behind: a break interrupts it. */
  #driven = 0;
  #distance = 0;
  #load: number[];

  constructor(vroom: Vroom, planned: Schedule, vehicle: number, stops: readonly Stop[]) {
    this.#vroom = vroom;
    this.#schedule = planned;
    this.#vehicle = vehicle;
    this.#stops = stops;
    this.#inspector = vroom.isPlanned ? new Inspector(vroom, vehicle) : null;
    this.#at = vroom.problem.vehicles[vehicle]!.start;
    this.#load = this.#total("delivery", (s) => vroom.tasks[s]!.pickup === null);
  }

  async route(): Promise<Route> {
    const { problem, vehicles, tasks } = this.#vroom;
    const { begin, end } = this.#schedule;
    const vehicle = problem.vehicles[this.#vehicle]!;
    if (vehicle.start !== null) this.#step({ type: "start", arrival: begin, ...this.#here(vehicle.start) });
    for (const [k, stop] of this.#schedule.stops.entries()) this.#stop(stop, k);
    if (vehicle.end !== null) {
      this.#go(vehicle.end);
      this.#step({ type: "end", arrival: end, ...this.#here(vehicle.end) });
    }
    const sum = (of: (step: Step) => number): number => this.#steps.reduce((total, step) => total + of(step), 0);
    const served = new Set(this.#stops.flatMap((stop) => ("shipment" in stop ? [stop.shipment] : [])));
    const { id, description } = vehicles[this.#vehicle]!;
    const { fixed, time, distance, service } = this.#schedule.cost;
    return {
      vehicle: id,
      ...described({ description }),
      cost: Math.round(fixed + time + distance + service),
      delivery: this.#total("delivery", () => true),
      pickup: this.#total("pickup", () => true),
      setup: sum((step) => step.setup),
      service: sum((step) => step.service),
      duration: Math.round(this.#duration),
      waiting_time: sum((step) => step.waiting_time),
      priority: [...served].reduce(
        (total, s) => total + tasks[s]!.priority * (tasks[s]!.pickup && tasks[s]!.delivery ? 2 : 1),
        0,
      ),
      ...this.#measured(),
      steps: this.#steps,
      violations: merged([
        ...this.#steps.flatMap(({ violations }) => violations),
        ...(this.#inspector?.missing() ?? []),
      ]),
      ...(this.#vroom.geometry ? { geometry: await this.#geometry() } : {}),
    };
  }

  #stop(stop: ScheduledStop, k: number): void {
    const { breaks } = this.#vroom.vehicles[this.#vehicle]!;
    if (stop.visit === "break") {
      const { id } = breaks[stop.break]!;
      const service = stop.departure - stop.start;
      const driven = Math.min(stop.wait, this.#ahead(stop) - this.#driven);
      this.#driven += driven;
      this.#duration += driven;
      this.#step({
        type: "break",
        id,
        stop: this.#stops[k]!,
        arrival: stop.arrival + driven,
        wait: stop.wait - driven,
        service,
        ...described(breaks[stop.break]!),
      });
      return;
    }
    if (!("shipment" in stop)) return;
    const task = this.#vroom.tasks[stop.shipment]!;
    const step = task[stop.visit]!;
    const visit = task.shipment[stop.visit]!;
    const { kind } = this.#vroom.problem.vehicles[this.#vehicle]!;
    const service = visit.byKind?.find((one) => one.kind === kind)?.service ?? visit.service;
    const setup = Math.round(stop.departure - stop.start) - service;
    this.#go(stop.location!);
    const sign = stop.visit === "pickup" ? 1 : -1;
    const { load, collects = [] } = task.shipment;
    this.#load = this.#load.map((now, d) => now + sign * (load[d] ?? 0) + (sign < 0 ? (collects[d] ?? 0) : 0));
    this.#step({
      ...named(step),
      stop: this.#stops[k]!,
      arrival: stop.arrival,
      wait: stop.wait,
      setup,
      service,
      ...this.#here(stop.location!),
    });
  }

  /** Seconds of the way that a break lies on. */
  #ahead(rest: ScheduledStop): number {
    const { stops } = this.#schedule;
    const vehicle = this.#vroom.problem.vehicles[this.#vehicle]!;
    const { size, seconds } = this.#vroom.problem.matrices[vehicle.matrix]!;
    const next = stops.slice(stops.indexOf(rest)).find(({ location }) => location !== null);
    const to = next?.location ?? vehicle.end;
    return this.#at === null || to === null ? 0 : seconds[this.#at * size + to]!;
  }

  #go(to: number): void {
    const { problem } = this.#vroom;
    const from = this.#at ?? to;
    const { size, seconds } = problem.matrices[problem.vehicles[this.#vehicle]!.matrix]!;
    this.#duration += seconds[from * size + to]! - this.#driven;
    this.#driven = 0;
    this.#distance += this.#meters(from, to);
    this.#at = to;
  }

  /** What stands for metres in the search may be a price: here they are always metres. */
  #meters(from: number, to: number): number {
    const { places, vehicles, problem } = this.#vroom;
    const distances = places.tables.get(vehicles[this.#vehicle]!.profile)?.distances;
    if (distances) return distances[places.rows[from]!]![places.rows[to]!]!;
    if (places.travel !== null) {
      const { size, meters } = problem.matrices[problem.vehicles[this.#vehicle]!.matrix]!;
      return meters[from * size + to]!;
    }
    const [a, b] = [places.points[from], places.points[to]];
    return a && b ? greatCircle(a, b) : 0;
  }

  #step({
    arrival,
    wait = 0,
    setup = 0,
    service = 0,
    stop = null,
    ...rest
  }: Pick<Step, "type"> &
    Partial<Step> & { readonly arrival: number; readonly wait?: number; readonly stop?: Stop | null }): void {
    const at = Math.round(arrival) + Math.round(wait);
    const [duration, distance] = [Math.round(this.#duration), Math.round(this.#distance)];
    const reached: Reached = { stop, isStart: rest.type === "start", at, load: this.#load, duration, distance };
    this.#steps.push({
      ...rest,
      setup,
      service,
      waiting_time: Math.round(wait),
      load: this.#load,
      arrival: Math.round(arrival),
      duration,
      violations: this.#inspector?.step(reached) ?? [],
      ...this.#measured(),
    });
  }

  #measured(): { distance?: number } {
    return this.#vroom.hasDistances || this.#vroom.geometry ? { distance: Math.round(this.#distance) } : {};
  }

  #here(location: number) {
    return where(this.#vroom, location);
  }

  #total(visit: "pickup" | "delivery", counts: (shipment: number) => boolean): number[] {
    const { tasks } = this.#vroom;
    const calls = this.#stops.filter(isCall);
    return (tasks[0]?.shipment.load ?? []).map((_, d) =>
      calls.reduce((total, stop) => {
        const { load, collects = [] } = tasks[stop.shipment]!.shipment;
        if (stop.visit === visit) return total + (counts(stop.shipment) ? load[d]! : 0);
        return total + (visit === "pickup" ? (collects[d] ?? 0) : 0);
      }, 0),
    );
  }

  /** Along the roads where they are known, else straight from place to place. */
  async #geometry(): Promise<string> {
    const { places, vehicles } = this.#vroom;
    const points = this.#steps.flatMap(({ location }) => (location ? [location] : []));
    const line: Point[] = points.slice(0, 1);
    for (const [k, to] of points.slice(1).entries()) {
      const from = points[k]!;
      const way = await places.travel?.route(from, to, profileOf(vehicles[this.#vehicle]!.profile));
      line.push(...(way?.ok ? way.value.shape : [to]));
    }
    return encodedPolyline(line);
  }
}

const named = (step: VroomStep): Pick<Step, "type" | "id"> & Partial<Step> => ({
  type: step.type,
  id: step.id,
  ...(step.type === "job" ? { job: step.id } : {}),
  ...described(step),
});
