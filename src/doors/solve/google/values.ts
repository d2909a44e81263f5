import { fromIso, toIso, instant } from "../../../kernel/quantity.ts";
import { isPoint, type Point } from "../../../kernel/point.ts";
import { join, type JsonReader } from "../json-reader.ts";

export type Json = Readonly<Record<string, unknown>>;

/** Protocol buffers' JSON writes durations as `90s` or `1.5s`, instants as RFC 3339, and 64-bit numbers as text or number. */
export class GoogleReader {
  readonly json: JsonReader;
  /** Seconds since 1970 from which the optimizer counts. */
  origin = 0;

  constructor(json: JsonReader) {
    this.json = json;
  }

  /** The fields that are known; those in `refused` are refused by name where they say something, with the reason. */
  fields(value: unknown, path: string, known: readonly string[], refused: readonly string[]): Json {
    const fields = this.json.object(value ?? {}, path, [...known, ...refused]);
    for (const name of refused) {
      const found = fields[name];
      const isNothing = found === undefined || found === null || found === false || found === 0 || found === "";
      if (isNothing || (Array.isArray(found) && found.length === 0)) continue;
      this.json.fault(join(path, name), "is not known here", "leave it out");
    }
    return fields;
  }

  duration(value: unknown, path: string, missing: number): number {
    if (value === undefined) return missing;
    const seconds = /^(\d{1,12})(\.\d+)?s$/.exec(typeof value === "string" ? value : "");
    if (seconds) return Math.round(Number(value!.toString().slice(0, -1)));
    this.json.fault(path, JSON.stringify(value), 'write seconds as "90s"');
    return missing;
  }

  /** Seconds after the origin. */
  instant(value: unknown, path: string): number {
    const at = typeof value === "string" ? fromIso(value) : null;
    if (at !== null) return Math.round(at / 1000) - this.origin;
    this.json.fault(path, JSON.stringify(value) ?? "nothing", "write an instant as 2026-11-21T09:00:00Z");
    return 0;
  }

  count(value: unknown, path: string): number {
    const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
    return this.json.whole(number, path, 0);
  }

  price(value: unknown, path: string): number {
    return this.json.number(value, path, 0);
  }

  /** `{ latitude, longitude }`, or a waypoint with it; null when neither is there. */
  place(f: Json, path: string, location: string, waypoint: string): Point | null {
    if (f[waypoint] !== undefined) {
      const at = join(path, waypoint);
      const inner = this.fields(f[waypoint], at, ["location"], ["placeId", "sideOfRoad", "vehicleStopover"]);
      const place = this.fields(inner["location"], join(at, "location"), ["latLng"], ["heading"]);
      return this.#point(place["latLng"], join(at, "location.latLng"));
    }
    return f[location] === undefined ? null : this.#point(f[location], join(path, location));
  }

  #point(value: unknown, path: string): Point {
    const { latitude, longitude } = this.json.object(value, path, ["latitude!", "longitude!"]);
    const point = [longitude, latitude] as unknown as Point;
    if (typeof longitude === "number" && typeof latitude === "number" && isPoint(point)) return point;
    this.json.fault(path, JSON.stringify(value), "write { latitude, longitude } in degrees");
    return [0, 0];
  }
}

export const asDuration = (seconds: number): string => `${Math.round(seconds)}s`;
export const asInstant = (origin: number, seconds: number): string =>
  toIso(instant((origin + Math.round(seconds)) * 1000));
