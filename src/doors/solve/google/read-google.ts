import type { Profile } from "../../../domain/index.ts";
import { greatCircle, type Point } from "../../../kernel/point.ts";
import { isCall, unreachable, type Matrix, type Problem, type Shipment } from "../../../optimizer/index.ts";
import type { Read } from "../fault.ts";
import { JsonReader } from "../json-reader.ts";
import { cellOf, wholes } from "../plane.ts";
import type { TravelFor } from "../ports.ts";
import type { Task } from "../task.ts";
import { GooglePlaces } from "./places.ts";
import { readShipment } from "./read-shipment.ts";
import { readVehicle, type GoogleVehicle } from "./read-vehicle.ts";
import type { Google } from "./request.ts";
import { GoogleReader, type Json } from "./values.ts";
import { answerGoogle } from "./write-google.ts";

export const isGoogle = (json: unknown): boolean => typeof json === "object" && json !== null && "model" in json;

const inRequest = [
  "model!",
  "parent",
  "timeout",
  "label",
  "searchMode",
  "useGeodesicDistances",
  "geodesicMetersPerSecond",
];
const refusedInRequest = [
  "solvingMode",
  "injectedFirstSolutionRoutes",
  "injectedSolutionConstraint",
  "refreshDetailsRoutes",
  "interpretInjectedSolutionsUsingLabels",
  "considerRoadTraffic",
  "populatePolylines",
  "populateTransitionPolylines",
  "allowLargeDeadlineDespiteInterruptionRisk",
  "maxValidationErrors",
];
const inModel = ["shipments", "vehicles", "globalStartTime", "globalEndTime"];
const refusedInModel = [
  "objectives",
  "maxActiveVehicles",
  "globalDurationCostPerHour",
  "durationDistanceMatrices",
  "durationDistanceMatrixSrcTags",
  "durationDistanceMatrixDstTags",
  "transitionAttributes",
  "shipmentTypeIncompatibilities",
  "shipmentTypeRequirements",
  "precedenceRules",
];

/**
 * Reads a request of Google Route Optimization's OptimizeTours, in the JSON of its REST interface. What the optimizer does not
 * know is refused by its name. A shipment without a penalty is left out only when nothing else is possible.
 *
 * Source: developers.google.com/maps/documentation/route-optimization/reference/rest/v1/OptimizeToursRequest;
 * googleapis google/maps/routeoptimization/v1/route_optimization_service.proto.
 */
export async function readGoogle(json: unknown, travelFor: TravelFor): Promise<Read<Task>> {
  const reader = new JsonReader();
  const google = new GoogleReader(reader);
  const request = google.fields(json, "", inRequest, refusedInRequest);
  const model = google.fields(request["model"], "model", inModel, refusedInModel);
  const span = readSpan(google, model);
  const loads = loadTypes(model);
  const places = new GooglePlaces();
  const parts = { google, places, loads, span };
  const vehicles = reader.list(model["vehicles"], "model.vehicles", (value, path) => readVehicle(parts, value, path));
  const extras = extrasOf(vehicles);
  const read = reader.list(model["shipments"], "model.shipments", (value, path, index) =>
    readShipment({ ...parts, extras, vehicles: vehicles.length }, value, path, index),
  );
  const seconds = google.duration(request["timeout"], "timeout", 5);
  const speed =
    request["useGeodesicDistances"] === true
      ? reader.number(request["geodesicMetersPerSecond"], "geodesicMetersPerSecond", 0)
      : null;
  if (speed === 0) reader.fault("geodesicMetersPerSecond", "is missing", "geodesic distances need a speed above 0");
  if (reader.faults.length > 0) return { ok: false, faults: reader.faults };

  const shipments = read.filter(({ isIgnored }) => !isIgnored);
  const ways = await readWays(vehicles, places.points, speed, travelFor);
  const problem: Problem = {
    matrices: ways.matrices,
    vehicles: vehicles.map(({ vehicle, kind, extra }) => ({
      ...vehicle,
      capacity: withoutLimit(vehicle.capacity, shipments),
      matrix: ways.kinds.indexOf(kind),
      kind: extras.findIndex((one) => JSON.stringify(one) === JSON.stringify(extra)),
    })),
    shipments: shipments.map(({ shipment }) => shipment),
  };
  const label = typeof request["label"] === "string" ? request["label"] : null;
  const whole: Google = { problem, shipments, vehicles, loads, origin: google.origin, label };
  return { ok: true, value: { ...taskOf(whole, places.points), remarks: ways.remarks, asked: { seconds } } };
}

function taskOf(google: Google, points: readonly Point[]): Omit<Task, "remarks"> {
  const { problem, shipments, vehicles } = google;
  const shipmentName = (s: number): string => shipments[s]!.label ?? String(shipments[s]!.index);
  return {
    problem,
    objective: "cost",
    unit: 1,
    vehicleName: (v) => vehicles[v]!.label ?? String(v),
    stopName: (stop) => (isCall(stop) ? `${shipmentName(stop.shipment)}/${stop.visit}` : stop.visit),
    shipmentName,
    locationName: (location) => points[location]!.join(),
    points,
    isMap: true,
    answer: async (outcome) => answerGoogle(google, outcome),
  };
}

/** All times count from the model's start, and none is after its end. */
function readSpan(google: GoogleReader, model: Json): { readonly end: number } {
  const start = model["globalStartTime"];
  google.origin = start === undefined ? 0 : google.instant(start, "model.globalStartTime");
  const end = model["globalEndTime"];
  return { end: end === undefined ? 31_536_000 - google.origin : google.instant(end, "model.globalEndTime") };
}

/** Every type of load that a shipment or vehicle names. */
function loadTypes(model: Json): string[] {
  const names = new Set<string>();
  const add = (value: unknown, field: string): void => {
    const table = (typeof value === "object" && value !== null ? (value as Json)[field] : null) ?? {};
    for (const name of Object.keys(table)) names.add(name);
  };
  for (const [list, field] of [
    ["shipments", "loadDemands"],
    ["vehicles", "loadLimits"],
  ] as const)
    if (Array.isArray(model[list])) for (const value of model[list] as unknown[]) add(value, field);
  return [...names].toSorted();
}

/** What visits take longer, once for each kind of vehicle that differs in it. */
const extrasOf = (vehicles: readonly GoogleVehicle[]): GoogleVehicle["extra"][] =>
  [...new Set(vehicles.map(({ extra }) => JSON.stringify(extra)))].map(
    (one) => JSON.parse(one) as GoogleVehicle["extra"],
  );

/** A type without a limit holds whatever there is. */
function withoutLimit(capacity: readonly number[], shipments: readonly { readonly shipment: Shipment }[]): number[] {
  return capacity.map((most, d) =>
    most === Infinity ? shipments.reduce((sum, { shipment }) => sum + (shipment.load[d] ?? 0), 0) : most,
  );
}

async function readWays(
  vehicles: readonly GoogleVehicle[],
  points: readonly Point[],
  speed: number | null,
  travelFor: TravelFor,
): Promise<{ readonly kinds: string[]; readonly matrices: Matrix[]; readonly remarks: string[] }> {
  const kinds = [...new Set(vehicles.map(({ kind }) => kind))];
  const matrices: Matrix[] = [];
  const remarks = new Set<string>();
  for (const kind of kinds) {
    const [profile, multiple] = JSON.parse(kind) as [Profile, number];
    if (speed !== null) {
      matrices.push(slowed(geodesic(points, speed), multiple));
      continue;
    }
    const { seconds, meters, source } = await (await travelFor(points)).matrix(points, points, profile);
    if (source === "great_circle")
      remarks.add("no loaded city holds all the places: ways are great circles times 1.3, at a usual speed");
    matrices.push(slowed({ size: points.length, seconds, meters }, multiple));
  }
  return { kinds, matrices, remarks: [...remarks] };
}

function geodesic(points: readonly Point[], speed: number): Matrix {
  const size = points.length;
  const [seconds, meters] = [wholes(size * size), wholes(size * size)];
  points.forEach((a, i) =>
    points.forEach((b, j) => {
      meters[i * size + j] = greatCircle(a, b);
      seconds[i * size + j] = cellOf(Math.round(greatCircle(a, b) / speed));
    }),
  );
  return { size, seconds, meters };
}

/** Times are rounded to whole seconds, as Google rounds them. */
function slowed(matrix: Matrix, multiple: number): Matrix {
  if (multiple === 1) return matrix;
  const seconds = wholes(matrix.seconds.length);
  matrix.seconds.forEach((second, k) => {
    seconds[k] = second === unreachable ? unreachable : cellOf(Math.round(second * multiple));
  });
  return { ...matrix, seconds };
}
