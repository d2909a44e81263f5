import type { Break, Energy, Stop, Vehicle } from "../../../optimizer/index.ts";
import { join, type JsonReader } from "../json-reader.ts";
import { fieldsOf, readKind, readSkills, readStop, readWindows, type Names } from "./names.ts";

/** A vehicle, and the route to begin from. */
export interface VehicleRead {
  readonly vehicle: Vehicle;
  readonly planned: readonly Stop[];
}

export function readVehicle(reader: JsonReader, value: unknown, path: string, names: Names): VehicleRead {
  const f = reader.object(value, path, fieldsOf("vehicle"));
  const at = (name: string): string => join(path, name);
  const place = (name: "start" | "end"): number | null =>
    reader.orNull(f[name], () => reader.reference(f[name], at(name), names.locations, "location"));
  const earliest = reader.orNull(f["earliest"], () => reader.instant(f["earliest"], at("earliest"))) ?? 0;
  const latest = reader.orNull(f["latest"], () => reader.instant(f["latest"], at("latest")));
  if (latest !== null && latest < earliest)
    reader.fault(at("latest"), `${latest} is before ${earliest}`, "end the shift after it begins");
  const leaveBy = reader.orNull(f["leaveBy"], () => reader.instant(f["leaveBy"], at("leaveBy")));
  if (leaveBy !== null && leaveBy < earliest)
    reader.fault(at("leaveBy"), `${leaveBy} is before ${earliest}`, "let it leave after its shift begins");
  const breaks = reader.list(f["breaks"], at("breaks"), (one, p) => readBreak(reader, one, p));
  const stops = (name: string): Stop[] =>
    reader.list(f[name], at(name), (stop, p) => readStop(reader, stop, p, names, breaks.length));
  type Optional = "maxMeters" | "maxTravel" | "costPerServiceSecond";
  const amount = <Name extends Optional>(name: Name): { [N in Name]?: number } =>
    f[name] === undefined ? {} : ({ [name]: reader.number(f[name], at(name), 0) } as { [N in Name]?: number });
  const vehicle: Vehicle = {
    start: place("start"),
    end: place("end"),
    shift: { earliest, latest, ...(leaveBy === null ? {} : { leaveBy }) },
    capacity: reader.list(f["capacity"], at("capacity"), (n, p) => reader.number(n, p, 0)),
    matrix: f["profile"] === undefined ? 0 : reader.reference(f["profile"], at("profile"), names.profiles, "profile"),
    fixedCost: reader.number(f["fixedCost"], at("fixedCost"), 0),
    costPerSecond: reader.number(f["costPerSecond"], at("costPerSecond"), 1),
    costPerMeter: reader.number(f["costPerMeter"], at("costPerMeter"), 0),
    skills: readSkills(reader, f["skills"], at("skills"), names),
    maxStops: reader.orNull(f["maxStops"], () => reader.whole(f["maxStops"], at("maxStops"), 0)),
    frozen: stops("frozen"),
    ...amount("maxMeters"),
    ...amount("maxTravel"),
    ...amount("costPerServiceSecond"),
    ...(f["kind"] === undefined ? {} : { kind: readKind(reader, f["kind"], at("kind"), names) }),
    ...(f["slices"] === undefined ? {} : { slices: readSlices(reader, f["slices"], at("slices"), names) }),
    ...(f["duty"] === undefined ? {} : { duty: readDuty(reader, f["duty"], at("duty")) }),
    ...(f["energy"] === undefined ? {} : { energy: readEnergy(reader, f["energy"], at("energy")) }),
    ...(breaks.length === 0 ? {} : { breaks }),
    ...(f["stations"] === undefined
      ? {}
      : {
          stations: reader.list(f["stations"], at("stations"), (id, p) =>
            reader.reference(id, p, names.stations, "station"),
          ),
        }),
  };
  return { vehicle, planned: stops("planned") };
}

function readSlices(reader: JsonReader, value: unknown, path: string, names: Names): NonNullable<Vehicle["slices"]> {
  const slices = reader.list(value, path, (one, p) => {
    const { from, profile } = reader.object(one, p, fieldsOf("slice"));
    return {
      from: reader.instant(from, `${p}.from`),
      matrix: reader.reference(profile, `${p}.profile`, names.profiles, "profile"),
    };
  });
  slices.slice(1).forEach(({ from }, k) => {
    if (from <= slices[k]!.from) reader.fault(`${path}[${k + 1}].from`, String(from), "order the slices by time");
  });
  return slices;
}

function readDuty(reader: JsonReader, value: unknown, path: string): NonNullable<Vehicle["duty"]> {
  const f = reader.object(value, path, fieldsOf("duty"));
  const price = (name: string): number => reader.number(f[name], join(path, name), 0);
  const limit = (name: string): number | null =>
    reader.orNull(f[name], () => reader.number(f[name], join(path, name), 0));
  return {
    costPerSecond: price("costPerSecond"),
    overtimeAfter: limit("overtimeAfter"),
    overtimePerSecond: price("overtimePerSecond"),
    longest: limit("longest"),
  };
}

function readEnergy(reader: JsonReader, value: unknown, path: string): Energy {
  const f = reader.object(value, path, fieldsOf("energy"));
  const price = (name: string): number => reader.number(f[name], join(path, name), 0);
  return {
    perMeter: price("perMeter"),
    perMeterAndLoad: price("perMeterAndLoad"),
    dimension: reader.whole(f["dimension"], join(path, "dimension"), 0),
    perAscent: price("perAscent"),
    costPerUnit: price("costPerUnit"),
    emissionCostPerUnit: price("emissionCostPerUnit"),
    store: reader.orNull(f["store"], () => {
      const at = join(path, "store");
      const store = reader.object(f["store"], at, fieldsOf("store"));
      const capacity = reader.number(store["capacity"], join(at, "capacity"), 0);
      const atStart = reader.number(store["atStart"], join(at, "atStart"), capacity);
      if (atStart > capacity) reader.fault(join(at, "atStart"), String(atStart), `at most its capacity, ${capacity}`);
      return { capacity, atStart, reserve: reader.number(store["reserve"], join(at, "reserve"), 0) };
    }),
  };
}

function readBreak(reader: JsonReader, value: unknown, path: string): Break {
  const f = reader.object(value, path, fieldsOf("break"));
  const windows = readWindows(reader, f["windows"], join(path, "windows"));
  return {
    windows: windows.length > 0 ? windows : [{ earliest: null, latest: null }],
    duration: reader.whole(f["duration"], join(path, "duration"), 0),
    ...(f["maxLoad"] === undefined
      ? {}
      : { maxLoad: reader.list(f["maxLoad"], join(path, "maxLoad"), (n, p) => reader.number(n, p, 0)) }),
  };
}
