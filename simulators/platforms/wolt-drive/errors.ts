import { refuse } from "../../../src/kernel/result.ts";
import { json } from "../shared/json.ts";
import type { WireResponse } from "../wire.ts";

const reasons = {
  SHIPMENT_PROMISE_NOT_FOUND: "The shipment promise is unknown or has expired",
  DROPOFF_OUTSIDE_OF_DELIVERY_AREA: "The dropoff is outside of the delivery area",
  PICKUP_OUTSIDE_DELIVERY_AREA: "The pickup is outside of the delivery area",
  INVALID_DROPOFF_ADDRESS: "The dropoff address could not be found",
  INVALID_PICKUP_ADDRESS: "The pickup address could not be found",
  INVALID_PAYLOAD: "The payload is not valid",
  INVALID_SCHEDULED_DROPOFF_TIME: "The scheduled dropoff time is too soon or too far ahead",
  CASH_ON_DELIVERY_DISABLED: "Cash on delivery is not enabled",
  DELIVERY_AREA_CLOSED_TEMPORARILY: "There are too few couriers at the moment",
  DUPLICATE_ORDER: "An order with this reference exists already",
  CORPORATE_PAYMENT_METHOD_NOT_FOUND: "The merchant's account is not active",
  ORDER_NOT_FOUND: "There is no such order",
  INVALID_ORDER_STATE_TRANSITION: "The order cannot be cancelled any more",
  VENUE_NOT_FOUND: "There is no such venue or merchant",
  WEBHOOK_NOT_FOUND: "There is no such webhook",
  UNAUTHORIZED: "The key does not match",
  NOT_FOUND: "There is nothing here",
  TOO_MANY_REQUESTS: "Too many requests",
} as const;

export type ErrorCode = keyof typeof reasons;

const statuses: Partial<Record<ErrorCode, number>> = {
  SHIPMENT_PROMISE_NOT_FOUND: 404,
  ORDER_NOT_FOUND: 404,
  VENUE_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  NOT_FOUND: 404,
  UNAUTHORIZED: 401,
  TOO_MANY_REQUESTS: 429,
};

export const error = (error_code: ErrorCode, details = "", headers: Record<string, string> = {}): WireResponse =>
  json(statuses[error_code] ?? 400, { error_code, reason: reasons[error_code], details }, headers);

export const no = (code: ErrorCode, details?: string) => refuse(error(code, details));

/** A field per entry, in the shape of the validator that Wolt's answers come from: `{detail: [{type, loc, msg}]}`. */
export const invalid = (problems: ReadonlyMap<string, string>) =>
  refuse(
    json(422, {
      detail: [...problems].map(([name, msg]) => ({
        type: msg.endsWith("is required") ? "value_error.missing" : "value_error",
        loc: ["body", ...name.split(/[.[\]]+/).filter((part) => part !== "")].map((part) =>
          /^\d+$/.test(part) ? Number(part) : part,
        ),
        msg,
      })),
    }),
  );

export const limited = (retryAfter_s: number): WireResponse =>
  error("TOO_MANY_REQUESTS", "", { "retry-after": String(retryAfter_s) });

export const broken = (status: number): WireResponse =>
  json(status, { error_code: "GENERIC_INTERNAL_ERROR", reason: "Something went wrong", details: "" });
