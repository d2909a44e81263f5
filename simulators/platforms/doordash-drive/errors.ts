import { refuse } from "../../../src/kernel/result.ts";
import type { WireResponse } from "../wire.ts";
import { json } from "../shared/json.ts";

export type CancelReason =
  | "delivery_abandoned"
  | "delivery_cancelled"
  | "delivery_completed"
  | "delivery_creation_in_progress"
  | "delivery_picked_up"
  | "cancellation_window_closed"
  | "duplicate_request";

export type UpdateReason =
  | "delivery_cancelled"
  | "delivery_completed"
  | "delivery_creation_in_progress"
  | "delivery_picked_up"
  | "delivery_abandoned"
  | "update_window_closed";

export type Unserviceable =
  | "distance_too_long"
  | "pickup_address_not_in_coverage"
  | "delivery_address_not_in_coverage"
  | "outside_of_delivery_time";

const error = (
  status: number,
  code: string,
  message: string,
  extra: object = {},
  headers: Record<string, string> = {},
): WireResponse => json(status, { code, message, ...extra }, headers);

/** One error for each field that is wrong. */
export const invalid = (problems: ReadonlyMap<string, string>): WireResponse =>
  error(400, "validation_error", "One or more request values couldn't be validated", {
    field_errors: [...problems].map(([field, text]) => ({ field, error: text })),
  });

export const invalidField = (field: string, text: string): WireResponse => invalid(new Map([[field, text]]));

export const unauthenticated = (message: string): WireResponse => error(401, "authentication_error", message);
export const unauthorized: WireResponse = error(403, "authorization_error", "You are not authorized to use this API");

export const unknownDelivery = (external_delivery_id: string): WireResponse =>
  error(404, "unknown_delivery_id", `Delivery with ID [${external_delivery_id}] was not found`, {
    external_delivery_id,
  });
export const unknownBusiness = (external_business_id: string): WireResponse =>
  error(404, "unknown_business_id", `Business with ID [${external_business_id}] was not found`, {
    external_business_id,
  });
export const unknownStore = (external_business_id: string, external_store_id: string): WireResponse =>
  error(
    404,
    "unknown_store_id_under_business_id",
    `Store with ID [${external_store_id}] was not found under business [${external_business_id}]`,
    {
      external_business_id,
      external_store_id,
    },
  );

export const duplicate = (external_delivery_id: string): WireResponse =>
  error(409, "duplicate_delivery_id", `Delivery with ID [${external_delivery_id}] already exists`, {
    external_delivery_id,
  });
export const duplicateOf = (what: "business" | "store", id: string): WireResponse =>
  error(409, `duplicate_${what}_id`, `A ${what} with ID [${id}] already exists`, { [`external_${what}_id`]: id });
export const cancelNotAllowed = (reason: CancelReason): WireResponse =>
  error(409, "cancel_not_allowed", "The delivery cannot be cancelled", { reason });
export const updateNotAllowed = (reason: UpdateReason): WireResponse =>
  error(409, "update_not_allowed", "The delivery cannot be updated", { reason });
export const unserviceable = (reason: Unserviceable): WireResponse =>
  error(422, "invalid_delivery_parameters", "The delivery cannot be made with these parameters", { reason });

/** The code of a 429 is not documented. */
export const limited = (retryAfter_s: number | null): WireResponse =>
  error(
    429,
    "too_many_requests",
    "Too many requests",
    {},
    retryAfter_s === null ? {} : { "retry-after": String(retryAfter_s) },
  );
export const fault = (status: number): WireResponse =>
  error(status, "service_fault", "Something went wrong, please try again");

export const no = (response: WireResponse) => refuse(response);
