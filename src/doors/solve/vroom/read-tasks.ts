import type { Call, Shipment, Visit, Window } from "../../../optimizer/index.ts";
import { join, type JsonReader } from "../json-reader.ts";
import type { Places } from "./places.ts";

/** One of a shipment's two steps, or a job, as the answer names it. */
export interface VroomStep {
  readonly type: "job" | "pickup" | "delivery";
  readonly id: number;
  readonly description: string | null;
}

/** A job or a shipment. */
export interface VroomTask {
  readonly shipment: Shipment;
  readonly path: string;
  readonly priority: number;
  readonly pickup: VroomStep | null;
  readonly delivery: VroomStep | null;
}

/** The stops by the names that vehicles' steps call them: `job 7`, `pickup 3`. */
export const stopsByName = (tasks: readonly VroomTask[]): Map<string, Call> =>
  new Map(
    tasks.flatMap((task, shipment) =>
      (["pickup", "delivery"] as const).flatMap((visit) => {
        const step = task[visit];
        return step === null ? [] : [[`${step.type} ${step.id}`, { visit, shipment }] as const];
      }),
    ),
  );

type Json = Readonly<Record<string, unknown>>;

const stepFields = [
  "id!",
  "description",
  "location",
  "location_index",
  "setup",
  "service",
  "setup_per_type",
  "service_per_type",
  "time_windows",
];

/** Jobs, then shipments. `types` are those of the vehicles; `Vehicle.kind` is an index among them. */
export function readTasks(reader: JsonReader, file: Json, places: Places, types: readonly string[]): VroomTask[] {
  const read = new TaskReader(reader, places, types);
  const jobs = reader.list(file["jobs"], "jobs", (value, path) => read.job(value, path));
  const shipments = reader.list(file["shipments"], "shipments", (value, path) => read.shipment(value, path));
  return padded([...jobs, ...shipments]);
}

/** Loads of the same length: what a task leaves out is nothing. */
function padded(tasks: readonly VroomTask[]): VroomTask[] {
  const width = Math.max(
    0,
    ...tasks.map(({ shipment: { load, collects = [] } }) => Math.max(load.length, collects.length)),
  );
  return tasks.map((task) => {
    const wide = (amounts: readonly number[]): number[] => Array.from({ length: width }, (_, d) => amounts[d] ?? 0);
    const { load, collects } = task.shipment;
    return {
      ...task,
      shipment: { ...task.shipment, load: wide(load), ...(collects === undefined ? {} : { collects: wide(collects) }) },
    };
  });
}

class TaskReader {
  readonly #reader: JsonReader;
  readonly #places: Places;
  readonly #types: readonly string[];
  readonly #seen = new Set<string>();

  constructor(reader: JsonReader, places: Places, types: readonly string[]) {
    this.#reader = reader;
    this.#places = places;
    this.#types = types;
  }

  job(value: unknown, path: string): VroomTask {
    const reader = this.#reader;
    const fields = [...stepFields, "delivery", "pickup", "amount", "skills", "priority"];
    const f = reader.object(value, path, fields);
    const { step, visit } = this.#step(f, path, "job");
    const pickup = this.#amounts(f["pickup"], join(path, "pickup"));
    const old = f["delivery"] === undefined && f["pickup"] === undefined ? f["amount"] : f["delivery"];
    const delivery = this.#amounts(old, join(path, f["delivery"] === undefined ? "amount" : "delivery"));
    const collects = pickup.some((n) => n > 0);
    if (collects && !delivery.some((n) => n > 0))
      return { ...this.#task(f, path, visit, null, pickup), pickup: step, delivery: null };
    const task = { ...this.#task(f, path, null, visit, delivery), pickup: null, delivery: step };
    return collects ? { ...task, shipment: { ...task.shipment, collects: pickup } } : task;
  }

  shipment(value: unknown, path: string): VroomTask {
    const reader = this.#reader;
    const f = reader.object(value, path, ["pickup!", "delivery!", "amount", "skills", "priority"]);
    const pickup = this.#step(
      reader.object(f["pickup"] ?? {}, join(path, "pickup"), stepFields),
      join(path, "pickup"),
      "pickup",
    );
    const delivery = this.#step(
      reader.object(f["delivery"] ?? {}, join(path, "delivery"), stepFields),
      join(path, "delivery"),
      "delivery",
    );
    const shipment = this.#task(
      f,
      path,
      pickup.visit,
      delivery.visit,
      this.#amounts(f["amount"], join(path, "amount")),
    );
    return { ...shipment, pickup: pickup.step, delivery: delivery.step };
  }

  #task(f: Json, path: string, pickup: Visit | null, delivery: Visit | null, load: readonly number[]) {
    const needs = this.#reader.list(f["skills"], join(path, "skills"), (n, at) => this.#reader.whole(n, at, 0));
    const priority = this.#reader.whole(f["priority"], join(path, "priority"), 0, 100);
    const shipment: Shipment = { pickup, delivery, onBoard: null, load, needs, release: null, penalty: null };
    return { shipment, path, priority };
  }

  #step(f: Json, path: string, type: VroomStep["type"]): { readonly step: VroomStep; readonly visit: Visit } {
    const reader = this.#reader;
    const id = reader.whole(f["id"], join(path, "id"), 0);
    if (this.#seen.has(`${type} ${id}`))
      reader.fault(join(path, "id"), `${type} ${id} is there twice`, "give each its own id");
    this.#seen.add(`${type} ${id}`);
    const location = this.#places.place(f, path, "location");
    if (location === null) reader.fault(join(path, "location"), "is missing", "say where it is");
    const visit: Visit = {
      location: location ?? 0,
      windows: readWindows(reader, f["time_windows"], join(path, "time_windows")),
      service: reader.whole(f["service"], join(path, "service"), 0),
      setup: reader.whole(f["setup"], join(path, "setup"), 0),
      ...this.#byKind(f, path),
      due: null,
      costPerLateSecond: 0,
    };
    return { step: { type, id, description: reader.description(f, path) }, visit };
  }

  /** Times for types that no vehicle has are read and not needed. */
  #byKind(f: Json, path: string): Pick<Visit, "byKind"> {
    const times = (name: "service" | "setup"): Json => {
      const table = f[`${name}_per_type`];
      const at = join(path, `${name}_per_type`);
      const given = this.#reader.object(table ?? {}, at, Object.keys(table ?? {}));
      return Object.fromEntries(
        Object.entries(given).map(([type, seconds]) => [type, this.#reader.whole(seconds, join(at, type), 0)]),
      );
    };
    const [service, setup] = [times("service"), times("setup")];
    const byKind = this.#types.flatMap((type, kind) => {
      const own = {
        ...(Object.hasOwn(service, type) ? { service: service[type] as number } : {}),
        ...(Object.hasOwn(setup, type) ? { setup: setup[type] as number } : {}),
      };
      return Object.keys(own).length > 0 ? [{ kind, ...own }] : [];
    });
    return byKind.length > 0 ? { byKind } : {};
  }

  #amounts(value: unknown, path: string): number[] {
    return this.#reader.list(value, path, (amount, at) => this.#reader.whole(amount, at, 0));
  }
}

/** `[[start, end], …]`, both ends inside, ordered. */
export function readWindows(reader: JsonReader, value: unknown, path: string): Window[] {
  const windows = reader.list(value, path, (pair, at): Window => {
    const [earliest, latest, ...more] = Array.isArray(pair) ? (pair as unknown[]) : [];
    const fits = [earliest, latest].every((end) => Number.isSafeInteger(end) && (end as number) >= 0);
    if (!fits || more.length > 0 || (latest as number) < (earliest as number)) {
      reader.fault(at, JSON.stringify(pair) ?? "nothing", "write [start, end], whole seconds from 0 on");
      return { earliest: 0, latest: null };
    }
    return { earliest: earliest as number, latest: latest as number };
  });
  const sorted = windows.toSorted((a, b) => a.earliest! - b.earliest!);
  const overlap = sorted.findIndex((window, k) => k > 0 && window.earliest! <= sorted[k - 1]!.latest!);
  if (overlap > 0) reader.fault(path, "the windows overlap", "make one of those that meet");
  return sorted;
}

/**
 * VROOM serves the greatest sum of priorities first, then the most tasks: the optimizer counts one left out as `1 + priority`,
 * so priorities are raised until one of them outweighs many tasks, as far as its numbers stay exact.
 */
export function weighPriorities(tasks: readonly VroomTask[]): Shipment[] {
  const highest = Math.max(1, ...tasks.map(({ priority }) => priority));
  const weight = Math.min(tasks.length + 1, Math.ceil(10_000 / highest));
  return tasks.map(({ shipment, priority }) => ({ ...shipment, priority: priority * weight }));
}
