import { refuse } from "../../../src/kernel/result.ts";
import { json } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

/** The refusals that carry one of the messages that the page lists. */
export const bad = (message: string, detail?: string): WireResponse =>
  json(400, { message: detail === undefined ? message : `${message}: ${detail}` });

export const no = (message: string, detail?: string) => refuse(bad(message, detail));

/** Every wrong field at once, in the one message. */
export const invalid = (problems: ReadonlyMap<string, string>): WireResponse =>
  bad("Invalid parameters", [...problems].map(([name, text]) => `${name} ${text}`).join("; "));

export const unauthorized = json(401, { message: "Unauthorized" });
export const forbidden = json(403, { message: "Forbidden" });
export const notFound = json(404, { message: "Not found" });
export const conflict = (message: string): WireResponse => json(409, { message });
export const limited = (retryAfter_s: number): WireResponse =>
  json(429, { message: "Too many requests" }, { "retry-after": String(retryAfter_s) });
export const broken = (status: number): WireResponse => json(status, { message: "Internal server error" });
