import type { Break, Stop, Vehicle } from "../../../optimizer/index.ts";
import { join, type JsonReader } from "../json-reader.ts";
import type { Places } from "./places.ts";
import { readWindows } from "./read-tasks.ts";

/** A vehicle with what its answer repeats. */
export interface VroomVehicle {
  readonly vehicle: Vehicle;
  readonly id: number;
  readonly description: string | null;
  readonly profile: string;
  /** Profile and speed factor: vehicles of one kind travel by one matrix. */
  readonly kind: string;
  readonly breaks: readonly { readonly id: number; readonly description: string | null }[];
  /** The route to begin from or, in plan mode, the route. */
  readonly steps: readonly PlannedStep[];
}

/** A step that was given, and when its service may begin: at `after` or later, at `before` at the latest. */
export interface PlannedStep {
  readonly stop: Stop | "start" | "end";
  readonly after: number | null;
  readonly before: number | null;
}

interface Known {
  readonly places: Places;
  readonly stops: ReadonlyMap<string, Stop>;
  readonly types: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

const fields = [
  "id!",
  "profile",
  "description",
  "start",
  "start_index",
  "end",
  "end_index",
  "capacity",
  "costs",
  "skills",
  "type",
  "time_window",
  "breaks",
  "speed_factor",
  "max_tasks",
  "max_travel_time",
  "max_distance",
  "steps",
];

/** The vehicles' types, which tasks' times refer to, each once; read first. */
export function readTypes(reader: JsonReader, list: unknown): string[] {
  if (!Array.isArray(list)) return [];
  const seen = new Set<unknown>();
  const types = list.flatMap((value: unknown, k) => {
    const { id, type } = (typeof value === "object" && value !== null ? value : {}) as { id?: unknown; type?: unknown };
    if (seen.has(id)) reader.fault(`vehicles[${k}].id`, `${JSON.stringify(id)} is there twice`, "give each its own id");
    seen.add(id);
    return typeof type === "string" ? [type] : [];
  });
  return [...new Set(types)];
}

/** Its matrix is set when all are read. */
export function readVehicle(reader: JsonReader, value: unknown, path: string, k: number, known: Known): VroomVehicle {
  const f = reader.object(value, path, fields);
  const at = (name: string): string => join(path, name);
  const { places } = known;
  const [start, end] = [places.place(f, path, "start"), places.place(f, path, "end")];
  if (start === null && end === null) reader.fault(at("start"), "is missing, and end too", "give one of them at least");
  const profile = f["profile"] === undefined ? "car" : reader.text(f["profile"], at("profile"));
  const factor = reader.number(f["speed_factor"], at("speed_factor"), 1);
  if (!(factor > 0 && factor <= 5))
    reader.fault(at("speed_factor"), String(factor), "write a number above 0, 5 at most");
  const [window] = f["time_window"] === undefined ? [] : readWindows(reader, [f["time_window"]], at("time_window"));
  const limit = (name: string): number | undefined =>
    f[name] === undefined ? undefined : reader.whole(f[name], at(name), 0);
  const [maxTravel, maxMeters] = [limit("max_travel_time"), limit("max_distance")];
  const breaks = readBreaks(reader, f["breaks"], at("breaks"));
  const kind = f["type"] === undefined ? -1 : known.types.indexOf(reader.text(f["type"], at("type")));
  const vehicle: Vehicle = {
    start,
    end,
    shift: { earliest: window?.earliest ?? 0, latest: window?.latest ?? null },
    capacity: reader.list(f["capacity"], at("capacity"), (amount, here) => reader.whole(amount, here, 0)),
    matrix: 0,
    ...readCosts(reader, f, path, (places.tables.get(profile)?.costs ?? null) !== null, maxMeters),
    skills: reader.list(f["skills"], at("skills"), (skill, here) => reader.whole(skill, here, 0)),
    maxStops: limit("max_tasks") ?? null,
    ...(kind < 0 ? {} : { kind }),
    ...(maxTravel === undefined ? {} : { maxTravel }),
    ...(maxMeters === undefined ? {} : { maxMeters }),
    ...(breaks.length === 0 ? {} : { breaks: breaks.map(({ rest }) => rest) }),
    frozen: [],
  };
  return {
    vehicle,
    id: reader.whole(f["id"], at("id"), k),
    description: reader.description(f, path),
    profile,
    kind: JSON.stringify([profile, factor]),
    breaks,
    steps: readSteps(reader, f["steps"], at("steps"), known.stops, breaks),
  };
}

/** With a matrix of costs of its own, what stands for metres is the cost of the way. */
function readCosts(reader: JsonReader, f: Json, path: string, ownCosts: boolean, maxMeters: number | undefined) {
  const at = join(path, "costs");
  const costs = reader.object(f["costs"] ?? {}, at, ["fixed", "per_hour", "per_task_hour", "per_km"]);
  const price = (name: string, missing: number): number => reader.whole(costs[name], join(at, name), missing);
  const [perHour, perKm] = [price("per_hour", 3600), price("per_km", 0)];
  const fixed = { fixedCost: price("fixed", 0), costPerServiceSecond: price("per_task_hour", 0) / 3600 };
  if (!ownCosts) return { ...fixed, costPerSecond: perHour / 3600, costPerMeter: perKm / 1000 };
  if (perHour !== 3600 || perKm !== 0)
    reader.fault(at, "per_hour or per_km beside a matrix of costs", "leave them out: the matrix has the costs");
  if (maxMeters !== undefined)
    reader.fault(join(path, "max_distance"), "stands beside a matrix of costs", "only one of them is known at a time");
  return { ...fixed, costPerSecond: 0, costPerMeter: 1 };
}

function readBreaks(reader: JsonReader, list: unknown, path: string) {
  return reader.list(list, path, (value, here) => {
    const f = reader.object(value, here, ["id!", "time_windows", "service", "description", "max_load"]);
    const windows = readWindows(reader, f["time_windows"], join(here, "time_windows"));
    const rest: Break = {
      windows: windows.length > 0 ? windows : [{ earliest: null, latest: null }],
      duration: reader.whole(f["service"], join(here, "service"), 0),
      ...(f["max_load"] === undefined
        ? {}
        : { maxLoad: reader.list(f["max_load"], join(here, "max_load"), (n, p) => reader.whole(n, p, 0)) }),
    };
    return { rest, id: reader.whole(f["id"], join(here, "id"), 0), description: reader.description(f, here) };
  });
}

function readSteps(
  reader: JsonReader,
  list: unknown,
  path: string,
  known: ReadonlyMap<string, Stop>,
  breaks: readonly { readonly id: number }[],
): PlannedStep[] {
  const stepFields = ["type!", "id", "service_at", "service_after", "service_before"];
  const stopOf = (type: unknown, id: unknown): PlannedStep["stop"] | undefined => {
    if (type === "start" || type === "end") return type;
    if (type !== "break") return known.get(`${String(type)} ${String(id)}`);
    const index = breaks.findIndex((rest) => rest.id === id);
    return index < 0 ? undefined : { visit: "break", break: index };
  };
  const steps = reader.list(list, path, (value, here): PlannedStep | null => {
    const f = reader.object(value, here, stepFields);
    const [type, id] = [f["type"], f["id"]];
    const stop = stopOf(type, id);
    if (stop === undefined)
      reader.fault(
        here,
        `no ${String(type)} ${String(id)}`,
        "name a job, pickup or delivery of the file, or a break of the vehicle",
      );
    const instant = (name: string): number | null =>
      reader.orNull(f[name], () => reader.instant(f[name], join(here, name)));
    const at = instant("service_at");
    return stop === undefined
      ? null
      : { stop, after: at ?? instant("service_after"), before: at ?? instant("service_before") };
  });
  return steps.filter((step) => step !== null);
}
