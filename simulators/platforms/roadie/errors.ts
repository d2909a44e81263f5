import { json } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

interface Wrong {
  readonly code: number;
  readonly parameter?: string;
  readonly message: string;
}

const codes = {
  parameter: 1001,
  authentication: 1002,
  standing: 1003,
  missing: 1004,
  conflict: 1005,
  limit: 1006,
  fault: 1007,
};

/** `{"errors": [{code, parameter, message}]}`. */
const errors = (status: number, all: readonly Wrong[], headers: Record<string, string> = {}): WireResponse =>
  json(status, { errors: all }, headers);

/** One error for each field that is wrong. */
export const invalid = (problems: ReadonlyMap<string, string>): WireResponse =>
  errors(
    400,
    [...problems].map(([parameter, message]) => ({ code: codes.parameter, parameter, message })),
  );

export const unauthorized = errors(401, [{ code: codes.authentication, message: "Access token is invalid" }]);
export const forbidden = errors(403, [{ code: codes.standing, message: "This account is not active" }]);
export const notFound = errors(404, [{ code: codes.missing, message: "Not found" }]);
export const conflict = (message: string, parameter?: string): WireResponse =>
  errors(409, [{ code: codes.conflict, ...(parameter !== undefined && { parameter }), message }]);
export const limited = (retryAfter_s: number): WireResponse =>
  errors(429, [{ code: codes.limit, message: "Too many requests" }], { "retry-after": String(retryAfter_s) });
export const broken = (status: number): WireResponse =>
  errors(status, [{ code: codes.fault, message: "Internal error" }]);
