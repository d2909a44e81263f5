import type { DeliveryReport, FailureReason, LegState } from "../../../domain/index.ts";
import type { PlatformRefusal } from "../../../journey/dispatch/ports.ts";

/** Where a delivery stands, as far as the word alone says it. */
export interface Standing extends Pick<DeliveryReport, "state" | "returning" | "returned"> {}

const at = (state: DeliveryReport["state"]): Standing => ({ state, returning: false, returned: false });
const onTheWayBack: Standing = { state: "dropoff_failed", returning: true, returned: false };
const back: Standing = { state: "dropoff_failed", returning: false, returned: true };

/** Status to leg state (§6). `cancelled` depends on its reason, and a quote is no delivery yet. */
export const statuses: Readonly<Record<string, Standing>> = {
  quote: at(null),
  created: at("assigned"),
  confirmed: at("assigned"),
  enroute_to_pickup: at("en_route_to_pickup"),
  arrived_at_pickup: at("at_pickup"),
  picked_up: at("picked_up"),
  enroute_to_dropoff: at("en_route_to_dropoff"),
  arrived_at_dropoff: at("at_dropoff"),
  delivered: at("handed_over"),
  enroute_to_return: onTheWayBack,
  arrived_at_return: onTheWayBack,
  returned: back,
};

/** Event to leg state (§7), names in lower case. Null: it tells no state. `delivery_cancelled` depends on its reason. */
export const events: Readonly<Record<string, Standing>> = {
  dasher_confirmed: at("assigned"),
  dasher_enroute_to_pickup: at("en_route_to_pickup"),
  dasher_confirmed_pickup_arrival: at("at_pickup"),
  dasher_picked_up: at("picked_up"),
  dasher_enroute_to_dropoff: at("en_route_to_dropoff"),
  dasher_confirmed_dropoff_arrival: at("at_dropoff"),
  dasher_dropped_off: at("handed_over"),
  delivery_return_initialized: onTheWayBack,
  dasher_enroute_to_return: onTheWayBack,
  dasher_confirmed_return_arrival: onTheWayBack,
  delivery_returned: back,
  delivery_batched: at(null),
  delivery_created: at(null),
  delivery_attempted: at(null),
  dasher_completed_shopping: at(null),
  dasher_location_update: at(null),
};

/** `cancellation_reason` (§6): what became of the leg, and our reason. */
export const cancellations: Readonly<
  Record<string, readonly [Extract<LegState, "cancelled" | "dropoff_failed">, FailureReason]>
> = {
  cancelled_by_creator: ["cancelled", "other"],
  failed_to_process_payment: ["cancelled", "other"],
  failed_to_assign_and_refunded: ["cancelled", "other"],
  // Given back before pickup: the goods are still with the shipper, and another carrier may come for them.
  failed_to_pickup: ["cancelled", "other"],
  failed_to_deliver: ["dropoff_failed", "other"],
  failed_to_return: ["dropoff_failed", "other"],
};

/** Error codes (§8). Where the answer has a `reason`, its own row decides. */
export const errors: Readonly<Record<string, PlatformRefusal["code"] | "outage">> = {
  validation_error: "BAD_REQUEST",
  authentication_error: "NOT_ALLOWED",
  authorization_error: "NOT_ALLOWED",
  unknown_delivery_id: "UNKNOWN_DELIVERY",
  unknown_business_id: "BAD_REQUEST",
  unknown_store_id_under_business_id: "BAD_REQUEST",
  duplicate_delivery_id: "ALREADY_BOOKED",
  cancel_not_allowed: "NOT_CANCELLABLE",
  update_not_allowed: "NOT_ALLOWED",
  invalid_delivery_parameters: "BAD_REQUEST",
  missing_dependency_error: "BAD_REQUEST",
  service_fault: "outage",
};

export const errorReasons: Readonly<Record<string, PlatformRefusal["code"] | "outage">> = {
  distance_too_long: "OUT_OF_COVERAGE",
  pickup_address_not_in_coverage: "OUT_OF_COVERAGE",
  delivery_address_not_in_coverage: "OUT_OF_COVERAGE",
  outside_of_delivery_time: "NO_COURIERS",
  delivery_abandoned: "NOT_CANCELLABLE",
  delivery_cancelled: "NOT_CANCELLABLE",
  delivery_completed: "NOT_CANCELLABLE",
  delivery_picked_up: "NOT_CANCELLABLE",
  cancellation_window_closed: "NOT_CANCELLABLE",
  delivery_creation_in_progress: "outage",
  duplicate_request: "outage",
};
