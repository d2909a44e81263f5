import type { DeliveryReport } from "../../../domain/index.ts";
import type { No } from "../shared/told.ts";

/** Where a delivery stands, as far as the word alone says it. */
export type Standing = Pick<DeliveryReport, "state" | "returning" | "returned">;

const at = (state: DeliveryReport["state"]): Standing => ({ state, returning: false, returned: false });

/** Order status to leg state (§6). `active` says only that somebody took it: the delivery's own status says more. */
export const orders: Readonly<Record<string, Standing>> = {
  new: at("assigned"),
  available: at("assigned"),
  active: at("assigned"),
  completed: at("handed_over"),
  canceled: at("cancelled"),
  delayed: at("assigned"),
  reactivated: at("assigned"),
  draft: at("assigned"),
};

/** Delivery status to leg state (§6). `failed` comes back where a return is required; `delayed` says nothing of where it is. */
export const deliveries: Readonly<Record<string, Standing>> = {
  planned: at("assigned"),
  active: at("assigned"),
  courier_assigned: at("assigned"),
  courier_departed: at("en_route_to_pickup"),
  courier_at_pickup: at("at_pickup"),
  parcel_picked_up: at("picked_up"),
  courier_arrived: at("at_dropoff"),
  finished: at("handed_over"),
  delayed: at(null),
  failed: at("dropoff_failed"),
  returned: { state: "dropoff_failed", returning: false, returned: true },
  canceled: at("cancelled"),
  cancelled: at("cancelled"),
  deleted: at("cancelled"),
  invalid: at("cancelled"),
  draft: at("assigned"),
};

/** Names in `errors`, and codes of parameters (§8). */
export const errors: Readonly<Record<string, No>> = {
  invalid_api_version: "BAD_REQUEST",
  requests_limit_exceeded: "outage",
  required_auth_token: "NOT_ALLOWED",
  invalid_auth_token: "NOT_ALLOWED",
  invalid_parameters: "BAD_REQUEST",
  unapproved_contract: "NOT_ALLOWED",
  service_unavailable: "outage",
  required: "BAD_REQUEST",
  unknown: "BAD_REQUEST",
  invalid_value: "BAD_REQUEST",
  min_length: "BAD_REQUEST",
  max_length: "BAD_REQUEST",
  earlier_than_now: "BAD_REQUEST",
  coordinates_out_of_bounds: "OUT_OF_COVERAGE",
  address_not_found: "OUT_OF_COVERAGE",
  invalid_phone: "BAD_REQUEST",
};

/** The smallest vehicle that takes so much: a motorbike's number is confirmed, a car's is not. */
export const vehicles = [
  { type: 8, liters: 60, grams: 20_000 },
  { type: 7, liters: Infinity, grams: Infinity },
] as const;
