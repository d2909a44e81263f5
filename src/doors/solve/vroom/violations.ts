import { isCall, type Problem, type Stop, type Window } from "../../../optimizer/index.ts";
import type { Vroom } from "./problem.ts";
import type { PlannedStep } from "./read-vehicles.ts";

/** What a planned step, a route or all of them break; `duration` in seconds for what is too early or too late. */
export interface Violation {
  readonly cause:
    | "lead_time"
    | "delay"
    | "load"
    | "max_tasks"
    | "skills"
    | "precedence"
    | "missing_break"
    | "max_travel_time"
    | "max_load"
    | "max_distance";
  readonly duration?: number;
}

/** What is known of a step once it is written. */
export interface Reached {
  /** Null for the start and the end. */
  readonly stop: Stop | null;
  readonly isStart: boolean;
  /** When service begins; at the start and the end, when the vehicle is there. */
  readonly at: number;
  readonly load: readonly number[];
  readonly duration: number;
  readonly distance: number;
}

/** Each cause once, with the seconds of all. */
export function merged(all: readonly Violation[]): Violation[] {
  const causes = new Map<Violation["cause"], Violation>();
  for (const one of all) {
    const known = causes.get(one.cause)?.duration ?? 0;
    causes.set(one.cause, one.duration === undefined ? one : { ...one, duration: known + one.duration });
  }
  return [...causes.values()];
}

/** Looks at the steps of one planned route in their order. */
export class Inspector {
  readonly #vroom: Vroom;
  readonly #vehicle: number;
  readonly #stops: readonly Stop[];
  #tasks = 0;

  constructor(vroom: Vroom, vehicle: number) {
    this.#vroom = vroom;
    this.#vehicle = vehicle;
    this.#stops = stopsOf(vroom.vehicles[vehicle]!.steps);
  }

  /** What this step breaks. */
  step({ stop, isStart, at, load, duration, distance }: Reached): Violation[] {
    const { shift, capacity, maxTravel = Infinity, maxMeters = Infinity } = this.#own;
    const shiftEnds = { earliest: shift.earliest, latest: shift.latest };
    const limits = isStart ? [shiftEnds] : [{ earliest: null, latest: shift.latest }];
    return [
      ...(stop === null ? untimely(limits, at) : this.#untimelyCall(stop, at)),
      ...cause("load", exceeds(load, capacity)),
      ...(stop === null ? [] : this.#wrong(stop, load)),
      ...cause("max_travel_time", duration > maxTravel),
      ...cause("max_distance", distance > maxMeters),
    ];
  }

  /** What no step shows. */
  missing(): Violation[] {
    const taken = this.#stops.filter(({ visit }) => visit === "break").length;
    return cause("missing_break", taken < (this.#own.breaks?.length ?? 0));
  }

  get #own() {
    return this.#vroom.problem.vehicles[this.#vehicle]!;
  }

  #untimelyCall(stop: Stop, at: number): Violation[] {
    const asked = this.#vroom.vehicles[this.#vehicle]!.steps.find((step) => step.stop === stop);
    const late = at - (asked?.before ?? Infinity);
    return late > 0
      ? [{ cause: "delay", duration: late }]
      : untimely(windowsOf(this.#vroom.problem, this.#vehicle, stop), at);
  }

  #wrong(stop: Stop, load: readonly number[]): Violation[] {
    const { skills, maxStops, breaks } = this.#own;
    if (stop.visit === "break") return cause("max_load", exceeds(load, breaks![stop.break]!.maxLoad ?? load));
    if (!isCall(stop)) return [];
    const { needs } = this.#vroom.problem.shipments[stop.shipment]!;
    return [
      ...cause(
        "skills",
        needs.some((need) => !skills.includes(need)),
      ),
      ...cause("max_tasks", ++this.#tasks > (maxStops ?? Infinity)),
      ...cause("precedence", this.#isAlone(stop.shipment, stop)),
    ];
  }

  /** A pickup without its delivery behind it, or a delivery without its pickup before it. */
  #isAlone(shipment: number, stop: Stop): boolean {
    const { pickup, delivery } = this.#vroom.tasks[shipment]!;
    if (pickup === null || delivery === null) return false;
    const at = (visit: string): number =>
      this.#stops.findIndex((one) => isCall(one) && one.shipment === shipment && one.visit === visit);
    const [from, to] = [at("pickup"), at("delivery")];
    return stop.visit === "pickup" ? to < from : from < 0 || from > to;
  }
}

export const stopsOf = (steps: readonly PlannedStep[]): Stop[] =>
  steps.flatMap(({ stop }) => (stop === "start" || stop === "end" ? [] : [stop]));

const cause = (name: Violation["cause"], isBroken: boolean): Violation[] => (isBroken ? [{ cause: name }] : []);

const exceeds = (load: readonly number[], most: readonly number[]): boolean =>
  load.some((amount, d) => amount > most[d]!);

function windowsOf({ vehicles, shipments }: Problem, vehicle: number, stop: Stop): readonly Window[] {
  if (stop.visit === "break") return vehicles[vehicle]!.breaks![stop.break]!.windows;
  return isCall(stop) ? shipments[stop.shipment]![stop.visit]!.windows : [];
}

/** How far `at` is from the nearest window: too early for it, or too late; nothing inside one, or where there is none. */
function untimely(windows: readonly Window[], at: number): Violation[] {
  const misses = windows.map(({ earliest, latest }): Violation => {
    const lead = (earliest ?? -Infinity) - at;
    return lead > 0 ? { cause: "lead_time", duration: lead } : { cause: "delay", duration: at - (latest ?? Infinity) };
  });
  const [nearest] = misses.toSorted((a, b) => a.duration! - b.duration!);
  return nearest !== undefined && nearest.duration! > 0 ? [nearest] : [];
}
