import { json } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

const statuses = {
  bad_request: 400,
  address_not_found: 400,
  invalid_point_phone: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  inappropriate_status: 409,
  old_version: 409,
  offer_expired: 409,
  state_mismatch: 409,
  free_cancel_is_unavailable: 409,
  "estimating.cant_construct_route": 409,
  too_many_requests: 429,
} as const;

export type ErrorCode = keyof typeof statuses;

export const error = (code: ErrorCode, message: string = code, headers: Record<string, string> = {}): WireResponse =>
  json(statuses[code], { code, message }, headers);

/** Every wrong field at once, in the one message. */
export const invalid = (problems: ReadonlyMap<string, string>): WireResponse =>
  error("bad_request", [...problems].map(([name, text]) => `${name}: ${text}`).join("; "));

export const limited = (retryAfter_s: number): WireResponse =>
  error("too_many_requests", "Too many requests", { "retry-after": String(retryAfter_s) });
export const broken = (status: number): WireResponse =>
  json(status, { code: "internal_error", message: "Internal error" });
