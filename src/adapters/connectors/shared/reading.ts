import { createHash } from "node:crypto";
import { isPoint, type Point } from "../../../kernel/point.ts";
import { fromIso, type Instant } from "../../../kernel/quantity.ts";

/** A JSON object of the outside: every field may be missing or of another kind. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const object = (from: Json, field: string): Json => {
  const value = from[field];
  return isJson(value) ? value : {};
};

export const objects = (from: Json, field: string): readonly Json[] => {
  const value = from[field];
  return Array.isArray(value) ? value.filter(isJson) : [];
};

/** The text of a field; null when it is absent, empty or no text. */
export const text = (from: Json, field: string): string | null => {
  const value = from[field];
  return typeof value === "string" && value !== "" ? value : null;
};

export const number = (from: Json, field: string): number | null => {
  const value = from[field];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};

/** A whole amount in minor units; a fraction is no amount. */
export const whole = (from: Json, field: string): number | null => {
  const value = number(from, field);
  return value !== null && Number.isSafeInteger(value) ? value : null;
};

export const time = (from: Json, field: string): Instant | null => {
  const value = text(from, field);
  return value === null ? null : fromIso(value);
};

/** `{lat, lng}` as a Point; null when either is missing or off the globe. */
export const latLng = (from: Json, field: string): Point | null => {
  const place = object(from, field);
  const [longitude, latitude] = [number(place, "lng"), number(place, "lat")];
  if (longitude === null || latitude === null) return null;
  return isPoint([longitude, latitude]) ? [longitude, latitude] : null;
};

/** A word of the platform that no table holds, cut to what can be shown. */
export const unknownWord = (field: string, value: string): string => `${field}=${value.slice(0, 60)}`;

/** The JSON object in `body`; null when it is anything else. */
export function parseJson(body: Uint8Array): Json | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return isJson(value) ? value : null;
  } catch {
    return null;
  }
}

/** Tells two messages without an id apart by what they say: 128 bits of SHA-256. */
export const digest = (what: unknown): string =>
  createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 32);
