import { isCall, type Problem, type Shipment, type Station, type Vehicle } from "../../../optimizer/index.ts";
import type { Read } from "../fault.ts";
import { join, JsonReader } from "../json-reader.ts";
import type { TravelFor } from "../ports.ts";
import type { Task } from "../task.ts";
import { fieldsOf, readWindows, type Names } from "./names.ts";
import { readShipment } from "./read-shipment.ts";
import { readVehicle } from "./read-vehicle.ts";
import { askRoads, readLocations, readProfile, type Location } from "./read-ways.ts";

/** Reads Milepool's own problem format; README.md has an example and what each field means. Notes every fault it finds. */
export async function readProblem(json: unknown, travelFor: TravelFor): Promise<Read<Task>> {
  const reader = new JsonReader();
  const file = reader.object(json, "", fieldsOf("problem"));
  const locations = readLocations(reader, file["locations"]);
  const profiles = reader.list(file["profiles"], "profiles", (value, path) =>
    readProfile(reader, value, path, locations),
  );
  if (profiles.length === 0) reader.fault("profiles", "is empty", "describe how one vehicle at least travels");
  const names = readNames(
    reader,
    file,
    locations,
    reader.index(
      profiles.map(({ name }) => name),
      "profiles",
      "name",
    ),
  );
  const fleet = reader.list(file["vehicles"], "vehicles", (value, path) => readVehicle(reader, value, path, names));
  const vehicles = fleet.map(({ vehicle }) => vehicle);
  const shipments = reader.list(file["shipments"], "shipments", (value, path) =>
    readShipment(reader, value, path, names),
  );
  const stations = reader.list(file["stations"], "stations", (value, path) => readStation(reader, value, path, names));
  const balance = file["balance"] === undefined ? {} : { balance: readBalance(reader, file["balance"]) };
  checkDimensions(reader, vehicles, shipments);
  checkFrozen(reader, vehicles, shipments);
  checkFrozenHalts(reader, vehicles, stations);
  if (reader.faults.length > 0) return { ok: false, faults: reader.faults };
  const { matrices, remarks } = await askRoads(profiles, locations, travelFor);
  const problem: Problem = { matrices, vehicles, shipments, ...(stations.length > 0 ? { stations } : {}), ...balance };
  const start = { routes: fleet.map(({ planned }) => planned) };
  return {
    ok: true,
    value: {
      ...namesOf(names, locations),
      problem,
      objective: "cost",
      unit: 1,
      isMap: true,
      remarks,
      ...(start.routes.some((stops) => stops.length > 0) ? { start } : {}),
    },
  };
}

function namesOf(
  { vehicles, shipments, stations }: Names,
  locations: readonly Location[],
): Pick<Task, "vehicleName" | "stopName" | "shipmentName" | "locationName" | "points"> {
  const [vehicleIds, shipmentIds, stationIds] = [vehicles, shipments, stations].map((ids) => [...ids.keys()]) as [
    string[],
    string[],
    string[],
  ];
  return {
    vehicleName: (v) => vehicleIds[v]!,
    stopName: (stop) => {
      if (isCall(stop)) return `${shipmentIds[stop.shipment]!}/${stop.visit}`;
      return stop.visit === "break" ? `break ${stop.break}` : `${stationIds[stop.station]!}/${stop.visit}`;
    },
    shipmentName: (s) => shipmentIds[s]!,
    locationName: (l) => locations[l]!.id,
    points: locations.map(({ point }) => point),
  };
}

/** The ids alone, read first because vehicles and shipments name each other. */
function readNames(
  reader: JsonReader,
  file: Readonly<Record<string, unknown>>,
  locations: readonly Location[],
  profiles: ReadonlyMap<string, number>,
): Names {
  const ids = (list: string): Map<string, number> => {
    const values = Array.isArray(file[list]) ? (file[list] as unknown[]) : [];
    const texts = values.map((value, k) => {
      const id = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
      return reader.text(id, `${list}[${k}].id`);
    });
    return reader.index(texts, list);
  };
  return {
    locations: reader.index(
      locations.map((l) => l.id),
      "locations",
    ),
    profiles,
    vehicles: ids("vehicles"),
    shipments: ids("shipments"),
    stations: ids("stations"),
    skills: new Map(),
    kinds: new Map(),
  };
}

function readStation(reader: JsonReader, value: unknown, path: string, names: Names): Station {
  const f = reader.object(value, path, fieldsOf("station"));
  const at = (name: string): string => join(path, name);
  if (f["hub"] !== undefined && typeof f["hub"] !== "boolean")
    reader.fault(at("hub"), JSON.stringify(f["hub"]), "write true or false");
  return {
    location: reader.reference(f["location"], at("location"), names.locations, "location"),
    windows: readWindows(reader, f["windows"], at("windows")),
    service: reader.number(f["service"], at("service"), 0),
    power: reader.orNull(f["power"], () => reader.number(f["power"], at("power"), 0)),
    hub: f["hub"] === true,
  };
}

function readBalance(reader: JsonReader, value: unknown): NonNullable<Problem["balance"]> {
  const { of, price } = reader.object(value, "balance", fieldsOf("balance"));
  if (of !== "stops" && of !== "seconds")
    reader.fault("balance.of", JSON.stringify(of) ?? "nothing", 'write "stops" or "seconds"');
  return { of: of === "seconds" ? "seconds" : "stops", price: reader.number(price, "balance.price", 0) };
}

function checkDimensions(reader: JsonReader, vehicles: readonly Vehicle[], shipments: readonly Shipment[]): void {
  const wanted = vehicles[0]?.capacity.length ?? shipments[0]?.load.length ?? 0;
  const check = (path: string, given: number): void => {
    if (given !== wanted) reader.fault(path, `${given} dimensions`, `write ${wanted}, as many as vehicles[0].capacity`);
  };
  vehicles.forEach((v, k) => {
    check(`vehicles[${k}].capacity`, v.capacity.length);
    if (v.energy !== undefined && v.energy.perMeterAndLoad > 0 && v.energy.dimension >= wanted)
      reader.fault(
        `vehicles[${k}].energy.dimension`,
        String(v.energy.dimension),
        `there are ${wanted} dimensions, counted from 0`,
      );
    v.breaks?.forEach(({ maxLoad }, b) => {
      if (maxLoad !== undefined) check(`vehicles[${k}].breaks[${b}].maxLoad`, maxLoad.length);
    });
  });
  shipments.forEach((s, k) => {
    check(`shipments[${k}].load`, s.load.length);
    if (s.collects !== undefined) check(`shipments[${k}].collects`, s.collects.length);
  });
}

/** Frozen stops must make sense by themselves: picked up once, delivered only from on board. */
function checkFrozen(reader: JsonReader, vehicles: readonly Vehicle[], shipments: readonly Shipment[]): void {
  const onBoard = new Map(shipments.flatMap((s, k) => (s.onBoard === null ? [] : [[k, s.onBoard] as const])));
  const delivered = new Set<number>();
  vehicles.forEach((vehicle, v) =>
    vehicle.frozen.forEach((stop, k) => {
      if (!isCall(stop)) return;
      const { shipment, visit } = stop;
      const path = `vehicles[${v}].frozen[${k}]`;
      if (visit === "pickup") {
        if (onBoard.has(shipment))
          reader.fault(path, "is picked up already", "freeze each pickup once, and none that is on board");
        onBoard.set(shipment, v);
        return;
      }
      const isFromDepot = shipments[shipment]?.pickup === null && shipments[shipment].onBoard === null;
      if ((onBoard.get(shipment) !== v && !isFromDepot) || delivered.has(shipment)) {
        reader.fault(path, "is not on board there", "freeze its pickup before it, or say onBoard");
      }
      delivered.add(shipment);
    }),
  );
}

/** It may only be committed to what the station offers, and to a station that it may use. */
function checkFrozenHalts(reader: JsonReader, vehicles: readonly Vehicle[], stations: readonly Station[]): void {
  vehicles.forEach((vehicle, v) =>
    vehicle.frozen.forEach((stop, k) => {
      if (stop.visit !== "reload" && stop.visit !== "charge") return;
      const { hub, power } = stations[stop.station] ?? { hub: false, power: null };
      const path = `vehicles[${v}].frozen[${k}]`;
      if (!(stop.visit === "reload" ? hub : power !== null && power > 0))
        reader.fault(path, `no vehicle can ${stop.visit} there`, "give the station a hub or power");
      else if (vehicle.stations?.includes(stop.station) !== true)
        reader.fault(path, "is at a station that it may not use", "name it among the vehicle's stations");
    }),
  );
}
