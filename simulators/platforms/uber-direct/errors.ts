import { refuse } from "../../../src/kernel/result.ts";
import type { WireResponse } from "../wire.ts";
import { json } from "../shared/json.ts";

/** Code, HTTP status and text of each refusal. Source: openapi.yaml of uber/uber-direct-sdk, 1.0.1; texts partly inferred. */
const errors = {
  invalid_params: [400, "The parameters of your request were invalid."],
  unknown_location: [400, "The specified location was not understood."],
  address_undeliverable: [400, "The specified location is not in a deliverable area."],
  address_undeliverable_limited_couriers: [
    400,
    "The specified location is not in a deliverable area at this time because there are limited couriers available.",
  ],
  pickup_window_too_small: [400, "The pickup window needs to be at least 10 minutes long."],
  pickup_ready_too_early: [400, "The pickup ready time must not be in the past."],
  pickup_ready_too_late: [400, "The pickup ready time must be within the next 30 days."],
  pickup_deadline_too_early: [400, "The pickup deadline needs to be at least 20 minutes from now."],
  dropoff_deadline_too_early: [
    400,
    "The dropoff deadline needs to be at least 20 minutes after the dropoff ready time.",
  ],
  dropoff_deadline_before_pickup_deadline: [400, "The dropoff deadline needs to be after the pickup deadline."],
  dropoff_ready_after_pickup_deadline: [400, "The dropoff ready time needs to be at or before the pickup deadline."],
  expired_quote: [400, "The price quote specified has expired."],
  used_quote: [400, "The price quote specified has already been used."],
  mismatched_price_quote: [400, "The price quote specified doesn't match the delivery."],
  not_allowed: [400, "This is not allowed in this environment."],
  noncancelable_delivery: [400, "Delivery cannot be canceled."],
  max_tip_exceeded: [400, "The tip exceeds the maximum."],
  tip_already_recorded: [400, "A tip was already recorded for this delivery."],
  no_tip: [400, "No tip was given."],
  invalid_tipping_state: [400, "The delivery cannot be tipped in its current state."],
  customer_suspended: [402, "Your account is passed due. Payment is required."],
  customer_blocked: [403, "Your account is not allowed to create deliveries."],
  customer_not_found: [404, "Customer does not exist."],
  delivery_not_found: [404, "The requested delivery does not exist."],
  duplicate_delivery: [409, "An active delivery like this already exists."],
  customer_limited: [429, "Your account's limits have been exceeded."],
  couriers_busy: [503, "All of our couriers are currently busy."],
  robo_couriers_busy: [503, "All of our robo couriers are currently busy."],
  service_unavailable: [503, "Service is currently unavailable."],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof errors;
export type Metadata = Readonly<Record<string, string>>;

export function errorResponse(
  code: ErrorCode,
  metadata?: Metadata,
  headers: Record<string, string> = {},
): WireResponse {
  const [status, message] = errors[code];
  return json(status, { code, message, kind: "error", ...(metadata && { metadata }) }, headers);
}

export const no = (code: ErrorCode, metadata?: Metadata) => refuse(errorResponse(code, metadata));

/** `invalid_params` naming every field in `problems`. */
export const invalid = (problems: ReadonlyMap<string, string>) => no("invalid_params", Object.fromEntries(problems));

/** The two whose samples carry no `kind`. */
export const unauthorized = json(401, { code: "unauthorized", message: "Please provide a valid access token." });
export const internalError = (status: number): WireResponse =>
  status === 503
    ? errorResponse("service_unavailable")
    : json(status, { code: "internal_server_error", message: "An unknown error occurred." });
