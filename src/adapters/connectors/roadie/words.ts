import type { DeliveryReport } from "../../../domain/index.ts";
import type { No } from "../shared/told.ts";

/** Where a shipment stands, as far as the word alone says it. */
export type Standing = Pick<DeliveryReport, "state" | "returning" | "returned">;

const at = (state: DeliveryReport["state"]): Standing => ({ state, returning: false, returned: false });

/** An event's name, without its `shipment.`, to leg state (§6). */
export const events: Readonly<Record<string, Standing>> = {
  driver_assigned: at("assigned"),
  en_route_to_pickup: at("en_route_to_pickup"),
  at_pickup: at("at_pickup"),
  pickup_confirmed: at("picked_up"),
  en_route_to_delivery: at("en_route_to_dropoff"),
  driver_approaching_delivery: at("en_route_to_dropoff"),
  at_delivery: at("at_dropoff"),
  delivery_confirmed: at("handed_over"),
  delivery_confirmed_with_details: at("handed_over"),
  delivery_attempted: { state: "dropoff_failed", returning: true, returned: false },
  returned: { state: "dropoff_failed", returning: false, returned: true },
  canceled: at("cancelled"),
};

/** `state` (§6): three values were seen, and an event's name may stand there too. `assigned` leaves the rest to the events. */
export const states: Readonly<Record<string, Standing>> = {
  scheduled: at("assigned"),
  assigned: at(null),
  delivered: at("handed_over"),
};

/** Error codes are numbers (§8); one was seen. */
export const errors: Readonly<Record<string, No>> = { "1001": "BAD_REQUEST" };
