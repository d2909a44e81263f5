import type { WireResponse } from "../wire.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export const bytes = (text: string): Uint8Array => encoder.encode(text);

/** A JSON answer. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): WireResponse => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: bytes(JSON.stringify(body)),
});

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The JSON object in a body; null when it is anything else. An empty body counts as `{}` when `optional`. */
export function readObject(body: Uint8Array, optional = false): JsonObject | null {
  if (optional && body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(decoder.decode(body));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
