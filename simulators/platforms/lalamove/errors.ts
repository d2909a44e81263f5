import { refuse } from "../../../src/kernel/result.ts";
import { json } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

const messages = {
  ERR_UNAUTHORIZED: "Unauthorized",
  ERR_INSUFFICIENT_CREDIT: "Insufficient wallet balance",
  ERR_FORBIDDEN: "Forbidden",
  ERR_NOT_FOUND: "Not found",
  ERR_ORDER_NOT_FOUND: "Order not found",
  ERR_DRIVER_NOT_FOUND: "Driver not found",
  ERR_CANCELLATION_FORBIDDEN: "Cancellation is not allowed",
  ERR_TOO_MANY_STOPS: "Too many stops",
  ERR_INSUFFICIENT_STOPS: "Not enough stops",
  ERR_INVALID_MARKET: "Market is not valid",
  ERR_INVALID_PHONE_NUMBER: "Phone number is not valid",
  ERR_INVALID_SCHEDULE_TIME: "Schedule time is in the past or too far ahead",
  ERR_INVALID_SERVICE_TYPE: "Service type is not offered in this city",
  ERR_INVALID_SPECIAL_REQUEST: "Special request is not offered for this service",
  ERR_OUT_OF_SERVICE_AREA: "Stop is out of the service area",
  ERR_INVALID_QUOTATION_ID: "Quotation is wrong or has expired",
  ERR_INVALID_RESPONSE: "The webhook did not answer 200",
  ERR_CHANGE_DRIVER: "The driver cannot be changed now",
  ERR_INVALID_TIPS: "Priority fee is not an amount",
  ERR_EXCEED_MIN_TIPS: "Priority fee must exceed the one before",
  ERR_EXCEED_MAX_TIPS: "Priority fee is too high",
  ERR_INVALID_ORDER_STATUS: "The order's status does not allow this",
  ERR_EDIT: "Cannot edit order",
  ERR_EDIT_TIMES: "Cannot edit order, editing times exceeded",
  ERR_RATE_LIMIT_EXCEEDED: "Too many requests",
  ERR_INVALID_JSON: "The body is not JSON",
} as const;

export type ErrorId = keyof typeof messages;

const statuses: Partial<Record<ErrorId, number>> = {
  ERR_INVALID_JSON: 400,
  ERR_UNAUTHORIZED: 401,
  ERR_INSUFFICIENT_CREDIT: 402,
  ERR_FORBIDDEN: 403,
  ERR_NOT_FOUND: 404,
  ERR_ORDER_NOT_FOUND: 404,
  ERR_DRIVER_NOT_FOUND: 404,
  ERR_CANCELLATION_FORBIDDEN: 409,
  ERR_RATE_LIMIT_EXCEEDED: 429,
};

/** The array form of the error chapter. Edit refusals are plain messages, without an id. */
export function error(id: ErrorId, detail?: string, headers: Record<string, string> = {}): WireResponse {
  const named = id.startsWith("ERR_EDIT") ? {} : { id };
  return json(
    statuses[id] ?? 422,
    { errors: [{ ...named, message: messages[id], ...(detail && { detail }) }] },
    headers,
  );
}

export const no = (id: ErrorId, detail?: string) => refuse(error(id, detail));

/** Where something is wrong in a body: `stops[0].address` is `/data/stops/0/address`. */
export const pointerTo = (name: string): string => `/data/${name.replace(/\[(\d+)\]/g, "/$1").replaceAll(".", "/")}`;

/** Every wrong field at once. */
export const invalid = (problems: ReadonlyMap<string, string>) =>
  refuse(
    json(422, {
      errors: [...problems].map(([name, message]) => ({
        id: message.endsWith("is required") ? "ERR_MISSING_FIELD" : "ERR_INVALID_FIELD",
        message,
        detail: pointerTo(name),
      })),
    }),
  );

export const limited = (retryAfter_s: number): WireResponse =>
  error("ERR_RATE_LIMIT_EXCEEDED", undefined, { "retry-after": String(retryAfter_s) });

export const broken = (status: number): WireResponse =>
  json(status, { errors: [{ id: "ERR_INTERNAL", message: "Internal error" }] });
