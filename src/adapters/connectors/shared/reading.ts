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
export const latLng = (from: Json, field: string): Point | null => pointIn(object(from, field), "lat", "lng");

/** A number, or a text that is one: platforms differ, and some differ from themselves. */
const decimal = (from: Json, field: string): number | null => {
  const digits = text(from, field);
  if (digits === null) return number(from, field);
  return /^-?\d{1,15}(\.\d{1,20})?$/.test(digits) ? Number(digits) : null;
};

/** Two fields as a Point, `[longitude, latitude]`; null when either is missing or off the globe. */
export const pointIn = (from: Json, latitude: string, longitude: string): Point | null => {
  const [east, north] = [decimal(from, longitude), decimal(from, latitude)];
  return east !== null && north !== null && isPoint([east, north]) ? [east, north] : null;
};

/** An id as text, whether it comes as a number or as one. */
export const idText = (from: Json, field: string): string | null => {
  const value = from[field];
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : text(from, field);
};

/** A word of the platform that no table holds, cut to what can be shown. */
export const unknownWord = (field: string, value: string): string => `${field}=${value.slice(0, 60)}`;

/** The JSON object in `body`; null when it is anything else. */
export function parseJson(body: Uint8Array): Json | null {
  const value = parse(body);
  return isJson(value) ? value : null;
}

/** An answer's body: an object, a list, or nothing at all (a 204); null when it is anything else. */
export function parseBody(body: Uint8Array): { readonly json: Json; readonly list?: readonly Json[] } | null {
  if (body.length === 0) return { json: {} };
  const value = parse(body);
  if (Array.isArray(value)) return { json: {}, list: value.filter(isJson) };
  return isJson(value) ? { json: value } : null;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return null;
  }
}

/** Tells two messages without an id apart by what they say: 128 bits of SHA-256. */
export const digest = (what: unknown): string =>
  createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 32);
