import type { DeliveryReport } from "../../../domain/index.ts";
import type { No } from "../shared/told.ts";

type State = DeliveryReport["state"];

/** Event to leg state (§6). Null: it tells no state. `order.rejected` depends on whether the goods were fetched. */
export const events: Readonly<Record<string, State>> = {
  "order.received": "assigned",
  "order.pickup_eta_updated": null,
  "order.pickup_started": "en_route_to_pickup",
  "order.pickup_arrival": "at_pickup",
  "order.picked_up": "picked_up",
  "order.dropoff_started": "en_route_to_dropoff",
  "order.dropoff_eta_updated": null,
  "order.dropoff_arrival": "at_dropoff",
  "order.dropoff_completed": "handed_over",
  "order.delivered": "handed_over",
  "order.rejected": "cancelled",
  "order.customer_no_show": "dropoff_failed",
  "order.handshake_delivery": null,
  "order.location_updated": null,
};

/** `status` of a creation's answer (§5). */
export const statuses: Readonly<Record<string, "made" | "rejected">> = { INFO_RECEIVED: "made", REJECTED: "rejected" };

/** How far along each state is: events of one moment come in any order, and none leads back (§7). */
export const ranks: Readonly<Record<NonNullable<State>, number>> = {
  assigned: 0,
  en_route_to_pickup: 1,
  at_pickup: 2,
  picked_up: 3,
  en_route_to_dropoff: 4,
  at_dropoff: 5,
  dropoff_failed: 6,
  pickup_failed: 7,
  cancelled: 7,
  handed_over: 7,
};

/** Error codes (§8); `VALIDATION` is ours for a 422 whose `detail` names fields. */
export const errors: Readonly<Record<string, No>> = {
  SHIPMENT_PROMISE_NOT_FOUND: "QUOTE_STALE",
  DROPOFF_OUTSIDE_OF_DELIVERY_AREA: "OUT_OF_COVERAGE",
  PICKUP_OUTSIDE_DELIVERY_AREA: "OUT_OF_COVERAGE",
  INVALID_DROPOFF_ADDRESS: "OUT_OF_COVERAGE",
  INVALID_PICKUP_ADDRESS: "OUT_OF_COVERAGE",
  INVALID_PAYLOAD: "BAD_REQUEST",
  REQUEST_OUTSIDE_DELIVERY_HOURS: "NO_COURIERS",
  INVALID_SCHEDULED_DROPOFF_TIME: "BAD_REQUEST",
  CASH_ON_DELIVERY_DISABLED: "BAD_REQUEST",
  DELIVERY_NOT_ENABLED_FOR_DELIVERY_AREA: "OUT_OF_COVERAGE",
  DELIVERY_AREA_CLOSED: "NO_COURIERS",
  DELIVERY_AREA_CLOSED_TEMPORARILY: "NO_COURIERS",
  DUPLICATE_ORDER: "ALREADY_BOOKED",
  VENUE_CLOSED: "NO_COURIERS",
  MISSING_MERCHANT_CONFIGURATION: "NOT_ALLOWED",
  B2B_CONFIG_NOT_FOUND: "NOT_ALLOWED",
  CORPORATE_PAYMENT_METHOD_NOT_FOUND: "NOT_ALLOWED",
  DELIVERY_CONFIG_MISSING_PRICING: "NOT_ALLOWED",
  DELIVERY_CONFIG_DELIVERY_NOT_ENABLED: "NOT_ALLOWED",
  VENUE_ORDER_LIMIT_EXCEEDED: "NO_COURIERS",
  ORDER_NOT_FOUND: "UNKNOWN_DELIVERY",
  INVALID_ORDER_STATE_TRANSITION: "NOT_CANCELLABLE",
  GENERIC_INTERNAL_ERROR: "outage",
  VALIDATION: "BAD_REQUEST",
};
