import type { Profile } from "../../../domain/index.ts";
import type { Break, Vehicle } from "../../../optimizer/index.ts";
import { join } from "../json-reader.ts";
import type { GooglePlaces } from "./places.ts";
import type { GoogleReader, Json } from "./values.ts";

/** A vehicle with what the answer repeats. */
export interface GoogleVehicle {
  readonly vehicle: Vehicle;
  readonly label: string | null;
  /** Profile and multiple of its times: vehicles of one kind travel by one matrix. */
  readonly kind: string;
  /** Seconds that visits of a type take it longer. */
  readonly extra: Readonly<Record<string, number>>;
}

interface Parts {
  readonly google: GoogleReader;
  readonly places: GooglePlaces;
  readonly loads: readonly string[];
  readonly span: { readonly end: number };
}

const known = [
  "displayName",
  "travelMode",
  "startLocation",
  "startWaypoint",
  "endLocation",
  "endWaypoint",
  "startTags",
  "endTags",
  "startTimeWindows",
  "endTimeWindows",
  "travelDurationMultiple",
  "loadLimits",
  "costPerHour",
  "costPerTraveledHour",
  "costPerKilometer",
  "fixedCost",
  "routeDurationLimit",
  "travelDurationLimit",
  "routeDistanceLimit",
  "breakRule",
  "extraVisitDurationForVisitType",
  "label",
  "ignore",
];
const refused = ["routeModifiers", "unloadingPolicy", "usedIfRouteIsEmpty"];

const modes: Readonly<Record<string, Profile>> = { TRAVEL_MODE_UNSPECIFIED: "car", DRIVING: "car", WALKING: "foot" };

export function readVehicle(parts: Parts, value: unknown, path: string): GoogleVehicle {
  const { google, places } = parts;
  const f = google.fields(value, path, known, refused);
  const at = (name: string): string => join(path, name);
  const place = (name: "start" | "end"): number | null => {
    const point = google.place(f, path, `${name}Location`, `${name}Waypoint`);
    return point === null ? null : places.number(point);
  };
  const mode = f["travelMode"] ?? "DRIVING";
  const profile = typeof mode === "string" && Object.hasOwn(modes, mode) ? modes[mode] : undefined;
  if (profile === undefined) google.json.fault(at("travelMode"), JSON.stringify(mode), "write DRIVING or WALKING");
  const multiple = google.json.number(f["travelDurationMultiple"], at("travelDurationMultiple"), 1, 0.001);
  const breaks = readBreaks(google, f["breakRule"], at("breakRule"));
  const vehicle: Vehicle = {
    start: place("start"),
    end: place("end"),
    shift: readShift(parts, f, path),
    capacity: readCapacity(parts, f["loadLimits"], at("loadLimits")),
    matrix: 0,
    fixedCost: google.price(f["fixedCost"], at("fixedCost")),
    costPerSecond: google.price(f["costPerTraveledHour"], at("costPerTraveledHour")) / 3600,
    costPerMeter: google.price(f["costPerKilometer"], at("costPerKilometer")) / 1000,
    ...readLimits(google, f, path),
    ...(breaks.length === 0 ? {} : { breaks }),
    skills: [],
    maxStops: f["ignore"] === true ? 0 : null,
    frozen: [],
  };
  const extra = readExtra(google, f["extraVisitDurationForVisitType"], at("extraVisitDurationForVisitType"));
  return { vehicle, label: google.json.label(f, path), kind: JSON.stringify([profile ?? "car", multiple]), extra };
}

function readExtra(google: GoogleReader, value: unknown, path: string): Readonly<Record<string, number>> {
  const table = google.json.object(value ?? {}, path, Object.keys(value ?? {}));
  return Object.fromEntries(
    Object.entries(table).map(([type, time]) => [type, google.duration(time, join(path, type), 0)]),
  );
}

/** From its earliest departure, and by its latest, to its latest arrival; an earliest arrival is not known here. */
function readShift({ google, span }: Parts, f: Json, path: string): Vehicle["shift"] {
  const only = (name: string, ends: readonly string[], other: readonly string[]): Json => {
    const windows = google.json.list(f[name], join(path, name), (one, at) => {
      const window = google.fields(one, at, ends, [...other, "softStartTime", "softEndTime"]);
      const given = ends.filter((end) => window[end] !== undefined);
      return Object.fromEntries(given.map((end) => [end, google.instant(window[end], join(at, end))]));
    });
    if (windows.length > 1) google.json.fault(`${join(path, name)}[1]`, "is a second window", "give one");
    return windows[0] ?? {};
  };
  const start = only("startTimeWindows", ["startTime", "endTime"], []) as Partial<
    Record<"startTime" | "endTime", number>
  >;
  const end = only("endTimeWindows", ["endTime"], ["startTime"]) as { readonly endTime?: number };
  const earliest = start.startTime ?? 0;
  if (start.endTime !== undefined && start.endTime < earliest)
    google.json.fault(
      `${join(path, "startTimeWindows")}[0]`,
      "ends before it begins",
      "let the window end after it begins",
    );
  const leaveBy = start.endTime === undefined ? {} : { leaveBy: start.endTime };
  return { earliest, latest: end.endTime ?? span.end, ...leaveBy };
}

function readCapacity({ google, loads }: Parts, value: unknown, path: string): number[] {
  const limits = google.json.object(value ?? {}, path, loads);
  return loads.map((name) => {
    if (limits[name] === undefined) return Infinity;
    const at = join(path, name);
    const soft = ["softMaxLoad", "costPerUnitAboveSoftMax", "startLoadInterval", "endLoadInterval"];
    const f = google.fields(limits[name], at, ["maxLoad"], [...soft, "costPerKilometer", "costPerTraveledHour"]);
    return f["maxLoad"] === undefined ? Infinity : google.count(f["maxLoad"], `${at}.maxLoad`);
  });
}

function readLimits(google: GoogleReader, f: Json, path: string): Pick<Vehicle, "duty" | "maxTravel" | "maxMeters"> {
  const at = (name: string): string => join(path, name);
  const quadratic = ["quadraticSoftMaxDuration", "costPerSquareHourAfterQuadraticSoftMax"];
  const route = google.fields(
    f["routeDurationLimit"],
    at("routeDurationLimit"),
    ["maxDuration", "softMaxDuration", "costPerHourAfterSoftMax"],
    quadratic,
  );
  const soft = ["softMaxDuration", "costPerHourAfterSoftMax", ...quadratic];
  const travel = google.fields(f["travelDurationLimit"], at("travelDurationLimit"), ["maxDuration"], soft);
  const far = google.fields(
    f["routeDistanceLimit"],
    at("routeDistanceLimit"),
    ["maxMeters"],
    ["softMaxMeters", "costPerKilometerBelowSoftMax", "costPerKilometerAboveSoftMax"],
  );
  const hourly = google.price(f["costPerHour"], at("costPerHour"));
  const seconds = (limit: Json, name: string, in_: string): number | null =>
    limit[name] === undefined ? null : google.duration(limit[name], at(`${in_}.${name}`), 0);
  const overtime = google.price(route["costPerHourAfterSoftMax"], at("routeDurationLimit.costPerHourAfterSoftMax"));
  const maxTravel = seconds(travel, "maxDuration", "travelDurationLimit");
  const hasDuty = hourly > 0 || Object.keys(route).length > 0;
  return {
    ...(hasDuty
      ? {
          duty: {
            costPerSecond: hourly / 3600,
            overtimeAfter: seconds(route, "softMaxDuration", "routeDurationLimit"),
            overtimePerSecond: overtime / 3600,
            longest: seconds(route, "maxDuration", "routeDurationLimit"),
          },
        }
      : {}),
    ...(maxTravel === null ? {} : { maxTravel }),
    ...(far["maxMeters"] === undefined
      ? {}
      : { maxMeters: google.count(far["maxMeters"], at("routeDistanceLimit.maxMeters")) }),
  };
}

function readBreaks(google: GoogleReader, value: unknown, path: string): Break[] {
  const rule = google.fields(value, path, ["breakRequests"], ["frequencyConstraints"]);
  const at = join(path, "breakRequests");
  return google.json.list(rule["breakRequests"], at, (one, here) => {
    const f = google.json.object(one, here, ["earliestStartTime!", "latestStartTime!", "minDuration!"]);
    const instant = (name: string): number => google.instant(f[name], join(here, name));
    return {
      windows: [{ earliest: instant("earliestStartTime"), latest: instant("latestStartTime") }],
      duration: google.duration(f["minDuration"], join(here, "minDuration"), 0),
    };
  });
}
