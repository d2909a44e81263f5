import { greatCircle } from "../../kernel/point.ts";
import {
  isCall,
  unreachable,
  type Matrix,
  type Shipment,
  type Stop,
  type Vehicle,
  type Visit,
  type Window,
} from "../../optimizer/index.ts";
import type { Read } from "./fault.ts";
import { join, JsonReader } from "./json-reader.ts";
import { wholes } from "./plane.ts";
import type { Task } from "./task.ts";

/** Beyond this the matrix alone would not fit into memory. */
const mostLocations = 10_000;

/** Reads Milepool's own problem format; README.md has an example and what each field means. Notes every fault it finds. */
export async function readProblem(json: unknown): Promise<Read<Task>> {
  const reader = new JsonReader();
  const file = reader.object(json, "", ["locations!", "profiles!", "vehicles!", "shipments!"]);
  const locations = readLocations(reader, file["locations"]);
  const profiles = reader.list(file["profiles"], "profiles", (value, path) =>
    readProfile(reader, value, path, locations),
  );
  if (profiles.length === 0) reader.fault("profiles", "is empty", "describe how one vehicle at least travels");
  const shipmentIds = ids(reader, file["shipments"], "shipments");
  const vehicleIds = ids(reader, file["vehicles"], "vehicles");
  const names: Names = {
    locations: reader.index(
      locations.map((l) => l.id),
      "locations",
    ),
    profiles: new Map(profiles.map((p, k) => [p.name, k])),
    vehicles: reader.index(vehicleIds, "vehicles"),
    shipments: reader.index(shipmentIds, "shipments"),
    skills: new Map(),
  };
  const vehicles = reader.list(file["vehicles"], "vehicles", (value, path) => readVehicle(reader, value, path, names));
  const shipments = reader.list(file["shipments"], "shipments", (value, path) =>
    readShipment(reader, value, path, names),
  );
  checkDimensions(reader, vehicles, shipments);
  checkFrozen(reader, vehicles, shipments);
  if (reader.faults.length > 0) return { ok: false, faults: reader.faults };
  return {
    ok: true,
    value: {
      problem: { matrices: profiles.map((p) => p.matrix), vehicles, shipments },
      objective: "cost",
      unit: 1,
      vehicleName: (v) => vehicleIds[v]!,
      stopName: (stop) => (isCall(stop) ? `${shipmentIds[stop.shipment]!}/${stop.visit}` : stop.visit),
      shipmentName: (s) => shipmentIds[s]!,
      locationName: (l) => locations[l]!.id,
      points: locations.map(({ point }) => point),
      isMap: true,
      remarks: [],
    },
  };
}

interface Names {
  readonly locations: ReadonlyMap<string, number>;
  readonly profiles: ReadonlyMap<string, number>;
  readonly vehicles: ReadonlyMap<string, number>;
  readonly shipments: ReadonlyMap<string, number>;
  /** Grows with each skill that is met. */
  readonly skills: Map<string, number>;
}

/** The ids alone, read first because vehicles and shipments name each other. */
function ids(reader: JsonReader, list: unknown, path: string): string[] {
  if (!Array.isArray(list)) return [];
  return list.map((value: unknown, k) => {
    const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
    return reader.text(id, `${path}[${k}].id`);
  });
}

interface Location {
  readonly id: string;
  readonly point: readonly [number, number] | null;
}

function readLocations(reader: JsonReader, list: unknown): Location[] {
  const found = reader.list(list, "locations", (value, path): Location => {
    const { id, point } = reader.object(value, path, ["id!", "point"]);
    return {
      id: reader.text(id, `${path}.id`),
      point: reader.orNull(point, () => readPoint(reader, point, `${path}.point`)),
    };
  });
  if (found.length === 0) reader.fault("locations", "is empty", "write the places that vehicles start from and visit");
  if (found.length <= mostLocations) return found;
  reader.fault("locations", `${found.length} places`, `at most ${mostLocations}; split the problem`);
  return [];
}

function readPoint(reader: JsonReader, value: unknown, path: string): readonly [number, number] {
  const [longitude, latitude, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
  const fits = typeof longitude === "number" && typeof latitude === "number" && more.length === 0;
  if (fits && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90) return [longitude, latitude];
  reader.fault(path, JSON.stringify(value), "write [longitude, latitude] in degrees");
  return [0, 0];
}

/** Either tables of seconds and metres, or a speed over the great circle times a detour. */
function readProfile(
  reader: JsonReader,
  value: unknown,
  path: string,
  locations: readonly Location[],
): { name: string; matrix: Matrix } {
  const fields = reader.object(value, path, ["name!", "seconds", "meters", "metersPerSecond", "detour"]);
  const name = reader.text(fields["name"], `${path}.name`);
  if (fields["seconds"] === undefined && fields["meters"] === undefined) {
    const speed = reader.number(fields["metersPerSecond"], `${path}.metersPerSecond`, 0);
    const detour = reader.number(fields["detour"], `${path}.detour`, 1, 1);
    if (!(speed > 0))
      reader.fault(`${path}.metersPerSecond`, "no speed", "give a speed above 0, or tables of seconds and meters");
    return { name, matrix: greatCircles(reader, locations, speed, detour) };
  }
  const size = locations.length;
  const table = (field: "seconds" | "meters"): Uint32Array =>
    readTable(reader, fields[field], `${path}.${field}`, size);
  return { name, matrix: { size, seconds: table("seconds"), meters: table("meters") } };
}

function greatCircles(reader: JsonReader, locations: readonly Location[], speed: number, detour: number): Matrix {
  const size = locations.length;
  const [seconds, meters] = [wholes(size * size), wholes(size * size)];
  locations.forEach((a, i) => {
    if (a.point === null)
      return reader.fault(`locations[${i}].point`, "is missing", "a profile without tables needs every point");
    locations.forEach((b, j) => {
      if (a.point === null || b.point === null) return;
      const far = greatCircle(a.point, b.point) * detour;
      meters[i * size + j] = Math.ceil(far);
      seconds[i * size + j] = Math.ceil(far / (speed || 1));
    });
  });
  return { size, seconds, meters };
}

function readTable(reader: JsonReader, value: unknown, path: string, size: number): Uint32Array {
  const table = wholes(size * size);
  if (value === undefined) reader.fault(path, "is missing", "give both tables, seconds and meters");
  const rows = reader.list(value, path, (row, at) => ({ at, cells: reader.list(row, at, (cell) => cell) }));
  if (value !== undefined && rows.length !== size)
    reader.fault(path, `${rows.length} rows`, `write one for each of the ${size} locations`);
  rows.slice(0, size).forEach(({ at, cells }, i) => {
    if (cells.length !== size)
      return reader.fault(at, `${cells.length} numbers`, `write one for each of the ${size} locations`);
    cells.forEach((cell, j) => {
      const fits = cell === null || (Number.isInteger(cell) && (cell as number) >= 0 && (cell as number) < 2 ** 31);
      if (!fits)
        reader.fault(`${at}[${j}]`, JSON.stringify(cell), "write a whole number, or null where there is no way");
      table[i * size + j] = cell === null ? unreachable : Number(cell);
    });
  });
  return table;
}

const vehicleFields = [
  "id!",
  "profile",
  "start",
  "end",
  "earliest",
  "latest",
  "capacity",
  "fixedCost",
  "costPerSecond",
  "costPerMeter",
  "skills",
  "maxStops",
  "frozen",
];

function readVehicle(reader: JsonReader, value: unknown, path: string, names: Names): Vehicle {
  const f = reader.object(value, path, vehicleFields);
  const at = (name: string): string => join(path, name);
  const place = (name: "start" | "end"): number | null =>
    reader.orNull(f[name], () => reader.reference(f[name], at(name), names.locations, "location"));
  const earliest = reader.orNull(f["earliest"], () => reader.instant(f["earliest"], at("earliest"))) ?? 0;
  const latest = reader.orNull(f["latest"], () => reader.instant(f["latest"], at("latest")));
  if (latest !== null && latest < earliest)
    reader.fault(at("latest"), `${latest} is before ${earliest}`, "end the shift after it begins");
  return {
    start: place("start"),
    end: place("end"),
    shift: { earliest, latest },
    capacity: reader.list(f["capacity"], at("capacity"), (n, p) => reader.number(n, p, 0)),
    matrix: f["profile"] === undefined ? 0 : reader.reference(f["profile"], at("profile"), names.profiles, "profile"),
    fixedCost: reader.number(f["fixedCost"], at("fixedCost"), 0),
    costPerSecond: reader.number(f["costPerSecond"], at("costPerSecond"), 1),
    costPerMeter: reader.number(f["costPerMeter"], at("costPerMeter"), 0),
    skills: readSkills(reader, f["skills"], at("skills"), names),
    maxStops: reader.orNull(f["maxStops"], () => reader.number(f["maxStops"], at("maxStops"), 0)),
    frozen: reader.list(f["frozen"], at("frozen"), (stop, p) => readStop(reader, stop, p, names)),
  };
}

function readSkills(reader: JsonReader, value: unknown, path: string, { skills }: Names): number[] {
  return reader.list(value, path, (skill, p) => {
    const name = reader.text(skill, p);
    const number = skills.get(name) ?? skills.size;
    skills.set(name, number);
    return number;
  });
}

function readStop(reader: JsonReader, value: unknown, path: string, names: Names): Stop {
  const { shipment, visit } = reader.object(value, path, ["shipment!", "visit!"]);
  if (visit !== "pickup" && visit !== "delivery")
    reader.fault(`${path}.visit`, JSON.stringify(visit) ?? "nothing", 'write "pickup" or "delivery"');
  return {
    shipment: reader.reference(shipment, `${path}.shipment`, names.shipments, "shipment"),
    visit: visit === "delivery" ? "delivery" : "pickup",
  };
}

function readShipment(reader: JsonReader, value: unknown, path: string, names: Names): Shipment {
  const f = reader.object(value, path, [
    "id!",
    "pickup",
    "delivery!",
    "onBoard",
    "load",
    "needs",
    "release",
    "penalty",
  ]);
  const at = (name: string): string => join(path, name);
  const onBoard = reader.orNull(f["onBoard"], () =>
    reader.reference(f["onBoard"], at("onBoard"), names.vehicles, "vehicle"),
  );
  const pickup = reader.orNull(f["pickup"], () => readVisit(reader, f["pickup"], at("pickup"), names));
  if ((pickup === null) === (onBoard === null)) {
    reader.fault(
      at("pickup"),
      pickup === null ? "is missing" : "is on board already",
      "give either a pickup or the vehicle in onBoard",
    );
  }
  return {
    pickup,
    delivery: readVisit(reader, f["delivery"], at("delivery"), names),
    onBoard,
    load: reader.list(f["load"], at("load"), (n, p) => reader.number(n, p, 0)),
    needs: readSkills(reader, f["needs"], at("needs"), names),
    release: reader.orNull(f["release"], () => reader.instant(f["release"], at("release"))),
    penalty: reader.orNull(f["penalty"], () => reader.number(f["penalty"], at("penalty"), 0)),
  };
}

function readVisit(reader: JsonReader, value: unknown, path: string, names: Names): Visit {
  const f = reader.object(value, path, ["location!", "windows", "service", "due", "costPerLateSecond"]);
  const at = (name: string): string => join(path, name);
  const windows = reader.list(f["windows"], at("windows"), (window, p) => readWindow(reader, window, p));
  windows.slice(1).forEach((w, k) => {
    if ((w.earliest ?? -Infinity) > (windows[k]!.latest ?? Infinity)) return;
    reader.fault(
      `${at("windows")}[${k + 1}]`,
      "begins before the one before it has ended",
      "order the windows, without overlap",
    );
  });
  const due = reader.orNull(f["due"], () => reader.instant(f["due"], at("due")));
  return {
    location: reader.reference(f["location"], at("location"), names.locations, "location"),
    windows,
    service: reader.number(f["service"], at("service"), 0),
    due,
    costPerLateSecond: reader.number(f["costPerLateSecond"], at("costPerLateSecond"), due === null ? 0 : 1),
  };
}

/** `[earliest, latest]`, null for an open side. */
function readWindow(reader: JsonReader, value: unknown, path: string): Window {
  if (!Array.isArray(value) || value.length !== 2) {
    reader.fault(path, JSON.stringify(value) ?? "nothing", "write [earliest, latest], null for an open side");
    return { earliest: null, latest: null };
  }
  const [from, to] = value as unknown[];
  const earliest = reader.orNull(from, () => reader.instant(from, `${path}[0]`));
  const latest = reader.orNull(to, () => reader.instant(to, `${path}[1]`));
  if (earliest !== null && latest !== null && latest < earliest) {
    reader.fault(path, `ends at ${latest}, before it begins at ${earliest}`, "let the window end after it begins");
  }
  return { earliest, latest };
}

function checkDimensions(reader: JsonReader, vehicles: readonly Vehicle[], shipments: readonly Shipment[]): void {
  const wanted = vehicles[0]?.capacity.length ?? shipments[0]?.load.length ?? 0;
  const check = (path: string, given: number): void => {
    if (given !== wanted) reader.fault(path, `${given} dimensions`, `write ${wanted}, as many as vehicles[0].capacity`);
  };
  vehicles.forEach((v, k) => check(`vehicles[${k}].capacity`, v.capacity.length));
  shipments.forEach((s, k) => check(`shipments[${k}].load`, s.load.length));
}

/** Frozen stops must make sense by themselves: picked up once, delivered only from on board. */
function checkFrozen(reader: JsonReader, vehicles: readonly Vehicle[], shipments: readonly Shipment[]): void {
  const onBoard = new Map(shipments.flatMap((s, k) => (s.onBoard === null ? [] : [[k, s.onBoard] as const])));
  const delivered = new Set<number>();
  vehicles.forEach((vehicle, v) =>
    vehicle.frozen.filter(isCall).forEach(({ shipment, visit }, k) => {
      const path = `vehicles[${v}].frozen[${k}]`;
      if (visit === "pickup") {
        if (onBoard.has(shipment))
          reader.fault(path, "is picked up already", "freeze each pickup once, and none that is on board");
        onBoard.set(shipment, v);
        return;
      }
      if (onBoard.get(shipment) !== v || delivered.has(shipment)) {
        reader.fault(path, "is not on board there", "freeze its pickup before it, or say onBoard");
      }
      delivered.add(shipment);
    }),
  );
}
