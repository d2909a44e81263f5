import { isCall, type Plan, type Problem, type Shipment } from "../../../optimizer/index.ts";
import type { Read } from "../fault.ts";
import { JsonReader } from "../json-reader.ts";
import type { TravelFor } from "../ports.ts";
import type { Task } from "../task.ts";
import { Places } from "./places.ts";
import { readTasks, stopsByName, weighPriorities, type VroomTask } from "./read-tasks.ts";
import { readVehicle, readTypes, type VroomVehicle } from "./read-vehicles.ts";
import type { Vroom } from "./problem.ts";
import { givenPlan } from "./plan-mode.ts";
import { stopsOf } from "./violations.ts";
import { answerVroom } from "./write-vroom.ts";

/** `vehicles` beside `jobs` or `shipments` whose steps have numbers for ids: Milepool's own have texts, Google's stand in a `model`. */
export function isVroom(json: unknown): boolean {
  if (typeof json !== "object" || json === null || !("vehicles" in json)) return false;
  if ("jobs" in json) return true;
  if ("locations" in json || "profiles" in json) return false;
  return "shipments" in json || "matrices" in json;
}

/**
 * Reads a problem in the form of VROOM's API. What VROOM knows and the optimizer does not is refused by its name; what VROOM does
 * not know it passes over, and so do we, with a remark: people keep their own notes there. Instances stay what they are, seconds from wherever they are counted.
 *
 * Source: github.com/VROOM-Project/vroom docs/API.md at 004faa4b (1.15.0-dev, 2026-01-19); its `options` as vroom-express 0.12
 * takes them.
 */
export async function readVroom(json: unknown, travelFor: TravelFor): Promise<Read<Task>> {
  const reader = new JsonReader({ passesOver: true });
  const file = reader.object(json, "", ["vehicles!", "jobs", "shipments", "matrices", "matrix", "options"]);
  const options = reader.object(file["options"] ?? {}, "options", ["g", "c", "t", "x", "l"]);
  const isPlanned = options["c"] === true;
  const asked = readSearch(reader, options, file);
  // Before version 1.9 there was one matrix, of the usual profile.
  const one = file["matrix"] === undefined ? undefined : { car: { durations: file["matrix"] } };
  const places = new Places(reader, file["matrices"] ?? one);
  const types = readTypes(reader, file["vehicles"]);
  const tasks = readTasks(reader, file, places, types);
  const stops = stopsByName(tasks);
  const read = reader.list(file["vehicles"], "vehicles", (value, path, k) =>
    readVehicle(reader, value, path, k, { places, stops, types }),
  );
  if (isPlanned) checkSteps(reader, read);
  if (read.length === 0 && reader.faults.length === 0)
    reader.fault("vehicles", "is empty", "VROOM needs at least one vehicle");
  if (reader.faults.length > 0) return { ok: false, faults: reader.faults };

  const kinds = [...new Set(read.map(({ kind }) => kind))];
  const matrices = [];
  for (const kind of kinds) {
    const [profile, factor] = JSON.parse(kind) as [string, number];
    matrices.push(await places.matrix(profile, factor, travelFor));
  }
  checkDimensions(reader, read, tasks);
  if (reader.faults.length > 0) return { ok: false, faults: reader.faults };
  const problem: Problem = {
    matrices,
    vehicles: read.map(({ vehicle, kind }) => ({ ...vehicle, matrix: kinds.indexOf(kind) })),
    shipments: weighPriorities(tasks),
  };
  const vroom: Vroom = {
    problem,
    tasks,
    vehicles: read,
    places,
    geometry: options["g"] === true,
    isPlanned,
    hasDistances: places.travel !== null || [...places.tables.values()].every(({ distances }) => distances !== null),
  };
  return { ok: true, value: { ...taskOf(vroom, reader.passedOver), asked } };
}

/**
 * VROOM explores until it finds nothing more, as hard as level `x` says (0 to 5), `l` seconds at most, with `t` threads. Here
 * the level gives the seconds, about as long as VROOM takes for so many tasks at the highest one, and half as long for each below.
 */
function readSearch(
  reader: JsonReader,
  options: Readonly<Record<string, unknown>>,
  file: Readonly<Record<string, unknown>>,
): NonNullable<Task["asked"]> {
  const count = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
  const tasks = count(file["jobs"]) + 2 * count(file["shipments"]);
  const level = reader.whole(options["x"], "options.x", 5, 5);
  const most = reader.number(options["l"], "options.l", Infinity);
  const threads = reader.whole(options["t"], "options.t", 4);
  return { seconds: Math.min(most, Math.min(0.2 + tasks / 100, 20) * 2 ** (level - 5)), threads: Math.max(1, threads) };
}

function taskOf(vroom: Vroom, passedOver: readonly string[]): Task {
  const { problem, tasks, vehicles, places } = vroom;
  // Only the order of jobs, pickups and deliveries counts to begin from, as in VROOM; what does not hold is mended.
  const plan: Plan = { routes: vehicles.map(({ steps }) => stopsOf(steps).filter(isCall)) };
  return {
    problem,
    objective: "cost",
    unit: 1,
    vehicleName: (v) => String(vehicles[v]!.id),
    stopName: (stop) => (isCall(stop) ? tasks[stop.shipment]![stop.visit]!.id : stop.visit),
    shipmentName: (s) => (tasks[s]!.pickup ?? tasks[s]!.delivery)!.id,
    locationName: (location) => places.rows[location] ?? places.points[location]!.join(),
    points: places.points,
    isMap: true,
    remarks: [
      ...(places.source === "great_circle"
        ? ["no loaded city holds all the places: ways are great circles times 1.3, at a usual speed"]
        : []),
      ...(passedOver.length > 0 ? [`passed over, as VROOM does: ${passedOver.join(", ")}`] : []),
    ],
    ...(vroom.isPlanned
      ? {
          given: givenPlan(
            problem,
            vehicles.map(({ steps }) => steps),
          ),
        }
      : plan.routes.some((stops) => stops.length > 0)
        ? { start: plan }
        : {}),
    answer: (outcome) => answerVroom(vroom, outcome),
  };
}

/** What a plan names twice has no time. */
function checkSteps(reader: JsonReader, vehicles: readonly VroomVehicle[]): void {
  const seen = new Set<string>();
  vehicles.forEach(({ steps }, v) =>
    steps.forEach(({ stop, after, before }, k) => {
      const path = `vehicles[${v}].steps[${k}]`;
      const name = typeof stop === "object" && isCall(stop) ? JSON.stringify(stop) : `${v} ${JSON.stringify(stop)}`;
      if (seen.has(name)) reader.fault(path, "is there twice", "leave one of them out");
      seen.add(name);
      if (stop === "end" && (after ?? before) !== null)
        reader.fault(path, "the end has a time", "give it to the step before: a vehicle ends when it has arrived");
    }),
  );
}

function checkDimensions(reader: JsonReader, vehicles: readonly VroomVehicle[], tasks: readonly VroomTask[]): void {
  const wanted = vehicles[0]!.vehicle.capacity.length;
  vehicles.forEach(({ vehicle }, k) => {
    if (vehicle.capacity.length !== wanted)
      reader.fault(
        `vehicles[${k}].capacity`,
        `${vehicle.capacity.length} numbers`,
        `write ${wanted}, as vehicles[0] has`,
      );
    vehicle.breaks?.forEach(({ maxLoad }, b) => {
      if (maxLoad !== undefined && maxLoad.length !== wanted)
        reader.fault(
          `vehicles[${k}].breaks[${b}].max_load`,
          `${maxLoad.length} numbers`,
          `write ${wanted}, as capacity`,
        );
    });
  });
  for (const { shipment, path } of tasks)
    if (shipment.load.length > wanted && !isZero(shipment))
      reader.fault(path, `${shipment.load.length} amounts`, `the vehicles' capacity has ${wanted}`);
}

const isZero = ({ load, collects = [] }: Shipment): boolean => [...load, ...collects].every((amount) => amount === 0);
