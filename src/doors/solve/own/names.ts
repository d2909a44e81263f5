import type { Stop, Window } from "../../../optimizer/index.ts";
import { solveShapes } from "../../api/contract/solve-problem.ts";
import type { JsonReader } from "../json-reader.ts";

/** Indices by the names that a file uses. */
export interface Names {
  readonly locations: ReadonlyMap<string, number>;
  readonly profiles: ReadonlyMap<string, number>;
  readonly vehicles: ReadonlyMap<string, number>;
  readonly shipments: ReadonlyMap<string, number>;
  readonly stations: ReadonlyMap<string, number>;
  /** Grows with each skill that is met. */
  readonly skills: Map<string, number>;
  /** Of vehicles; grows likewise. */
  readonly kinds: Map<string, number>;
}

/** The fields of one part of the format, those that must be there with a `!`: the contract says which. */
export function fieldsOf(part: keyof typeof solveShapes): string[] {
  const { properties, required = [] } = solveShapes[part] as unknown as {
    readonly properties: object;
    readonly required?: readonly string[];
  };
  return Object.keys(properties).map((name) => (required.includes(name) ? `${name}!` : name));
}

export const readSkills = (reader: JsonReader, value: unknown, path: string, { skills }: Names): number[] =>
  reader.list(value, path, (skill, p) => numbered(skills, reader.text(skill, p)));

export const readKind = (reader: JsonReader, value: unknown, path: string, { kinds }: Names): number =>
  numbered(kinds, reader.text(value, path));

/** The number of a name, the next one when it is new. */
function numbered(names: Map<string, number>, name: string): number {
  const number = names.get(name) ?? names.size;
  names.set(name, number);
  return number;
}

/** Ordered, without overlap. */
export function readWindows(reader: JsonReader, value: unknown, path: string): Window[] {
  const windows = reader.list(value, path, (window, p) => readWindow(reader, window, p));
  windows.slice(1).forEach((w, k) => {
    if ((w.earliest ?? -Infinity) > (windows[k]!.latest ?? Infinity)) return;
    reader.fault(
      `${path}[${k + 1}]`,
      "begins before the one before it has ended",
      "order the windows, without overlap",
    );
  });
  return windows;
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
  if (earliest !== null && latest !== null && latest < earliest)
    reader.fault(path, `ends at ${latest}, before it begins at ${earliest}`, "let the window end after it begins");
  return { earliest, latest };
}

/** `{ shipment, visit }`, `{ visit: "break", break }`, or `{ visit: "reload" | "charge", station }`. */
export function readStop(reader: JsonReader, value: unknown, path: string, names: Names, breaks: number): Stop {
  const f = reader.object(value, path, fieldsOf("stop"));
  const { visit } = f;
  if (visit === "break") {
    const rest = reader.whole(f["break"], `${path}.break`, 0);
    if (rest >= breaks) reader.fault(`${path}.break`, String(rest), `the vehicle has ${breaks}, counted from 0`);
    return { visit, break: rest };
  }
  if (visit === "reload" || visit === "charge")
    return { visit, station: reader.reference(f["station"], `${path}.station`, names.stations, "station") };
  if (visit !== "pickup" && visit !== "delivery")
    reader.fault(
      `${path}.visit`,
      JSON.stringify(visit) ?? "nothing",
      'write "pickup", "delivery", "break", "reload" or "charge"',
    );
  return {
    shipment: reader.reference(f["shipment"], `${path}.shipment`, names.shipments, "shipment"),
    visit: visit === "delivery" ? "delivery" : "pickup",
  };
}
