import { json } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

/** `{"message": …}`: more is not known of errors. */
export const error = (status: number, message: string, headers: Record<string, string> = {}): WireResponse =>
  json(status, { message }, headers);

export const invalid = (problems: ReadonlyMap<string, string>): WireResponse =>
  error(400, [...problems].map(([name, text]) => `${name}: ${text}`).join("; "));

export const unauthorized = error(401, "Unauthorized");
export const notFound = error(404, "Not found");
export const limited = (retryAfter_s: number): WireResponse =>
  error(429, "Too many requests", { "retry-after": String(retryAfter_s) });
export const broken = (status: number): WireResponse => error(status, "Internal error");
