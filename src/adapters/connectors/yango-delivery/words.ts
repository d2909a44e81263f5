import type { DeliveryReport } from "../../../domain/index.ts";
import type { No } from "../shared/told.ts";

/** Where a claim stands, as far as the word alone says it. */
export type Standing = Pick<DeliveryReport, "state" | "returning" | "returned">;

const at = (state: DeliveryReport["state"]): Standing => ({ state, returning: false, returned: false });
const onTheWayBack: Standing = { state: "dropoff_failed", returning: true, returned: false };
const back: Standing = { state: "dropoff_failed", returning: false, returned: true };

/** Status to leg state (§6). `failed` depends on whether the goods were fetched. */
export const statuses: Readonly<Record<string, Standing>> = {
  new: at(null),
  estimating: at(null),
  ready_for_approval: at(null),
  estimating_failed: at("cancelled"),
  accepted: at("assigned"),
  performer_lookup: at("assigned"),
  performer_draft: at("assigned"),
  performer_found: at("en_route_to_pickup"),
  performer_not_found: at("cancelled"),
  pickup_arrived: at("at_pickup"),
  ready_for_pickup_confirmation: at("at_pickup"),
  pickuped: at("picked_up"),
  delivery_arrived: at("at_dropoff"),
  ready_for_delivery_confirmation: at("at_dropoff"),
  pay_waiting: at("at_dropoff"),
  delivered: at("handed_over"),
  delivered_finish: at("handed_over"),
  returning: onTheWayBack,
  return_arrived: onTheWayBack,
  ready_for_return_confirmation: onTheWayBack,
  returned: back,
  returned_finish: back,
  failed: at("cancelled"),
  cancelled: at("cancelled"),
  cancelled_with_payment: at("cancelled"),
  cancelled_by_taxi: at("cancelled"),
  cancelled_with_items_on_hands: at("dropoff_failed"),
};

/** Before these a claim is only a price: nobody is bound (§6). */
export const priced: readonly string[] = ["new", "estimating", "ready_for_approval", "estimating_failed"];

/** Error codes (§8), of refusals and of `error_messages`. */
export const errors: Readonly<Record<string, No>> = {
  address_not_found: "OUT_OF_COVERAGE",
  invalid_point_phone: "BAD_REQUEST",
  unauthorized: "NOT_ALLOWED",
  not_found: "UNKNOWN_DELIVERY",
  inappropriate_status: "NOT_CANCELLABLE",
  old_version: "outage",
  offer_expired: "QUOTE_STALE",
  state_mismatch: "outage",
  free_cancel_is_unavailable: "NOT_CANCELLABLE",
  "estimating.cant_construct_route": "OUT_OF_COVERAGE",
  "estimating.requirement_unavailable": "NO_COURIERS",
};

/** The smallest class that takes so much; the names are Yango's, the bounds are not confirmed. */
export const classes = [
  { type: "courier", liters: 80, grams: 10_000 },
  { type: "express", liters: 300, grams: 20_000 },
  { type: "cargo", liters: Infinity, grams: Infinity },
] as const;
