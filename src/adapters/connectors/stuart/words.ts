import type { DeliveryReport, FailureReason } from "../../../domain/index.ts";
import type { No } from "../shared/told.ts";

type State = DeliveryReport["state"];

/** Delivery status to leg state (§6). `delivering` is both picked up and on the way: the later one is told, and the pickup is implied. */
export const deliveries: Readonly<Record<string, State>> = {
  pending: "assigned",
  picking: "en_route_to_pickup",
  almost_picking: "en_route_to_pickup",
  waiting_at_pickup: "at_pickup",
  delivering: "en_route_to_dropoff",
  almost_delivering: "en_route_to_dropoff",
  waiting_at_dropoff: "at_dropoff",
  delivered: "handed_over",
  cancelled: "cancelled",
};

/** Job status to leg state (§6), for a job whose delivery says nothing. Jobs spell `canceled` with one l. */
export const jobs: Readonly<Record<string, State>> = {
  new: "assigned",
  scheduled: "assigned",
  searching: "assigned",
  accepted: "assigned",
  in_progress: null,
  finished: null,
  canceled: "cancelled",
  expired: "cancelled",
  voided: "cancelled",
};

/** Package events of the third webhook family (§6). */
export const packages: Readonly<Record<string, State>> = {
  package_created: "assigned",
  courier_assigned: "en_route_to_pickup",
  courier_arriving_at_pickup: "en_route_to_pickup",
  courier_waiting_at_pickup: "at_pickup",
  package_delivering: "en_route_to_dropoff",
  courier_arriving_at_dropoff: "en_route_to_dropoff",
  courier_waiting_at_dropoff: "at_dropoff",
  package_delivered: "handed_over",
  package_canceled: "cancelled",
};

/** `cancellation.reason_key` (§9): one value is known. */
export const reasons: Readonly<Record<string, FailureReason>> = { job_expired: "other" };

/** Error codes (§8). */
export const errors: Readonly<Record<string, No>> = {
  INVALID_GRANT: "NOT_ALLOWED",
  RECORD_INVALID: "BAD_REQUEST",
  CANT_GEOCODE_ADDRESS: "OUT_OF_COVERAGE",
  OUT_OF_RANGE: "OUT_OF_COVERAGE",
  ADDRESS_INVALID: "OUT_OF_COVERAGE",
  ADDRESS_CONTACT_PHONE_REQUIRED: "BAD_REQUEST",
  PHONE_INVALID: "BAD_REQUEST",
  JOB_DISTANCE_NOT_ALLOWED: "OUT_OF_COVERAGE",
  JOB_DELIVERIES_INVALID: "BAD_REQUEST",
  JOB_PICKUP_AT_INVALID: "BAD_REQUEST",
};

/** The smallest package type that takes so much; the names are Stuart's, the bounds are not confirmed. */
export const packageTypes = [
  { type: "small", liters: 12, grams: 12_000 },
  { type: "medium", liters: 50, grams: 12_000 },
  { type: "large", liters: 225, grams: 40_000 },
  { type: "xlarge", liters: Infinity, grams: Infinity },
] as const;
