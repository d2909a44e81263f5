import type { DeliveryReport, FailureReason } from "../../../domain/index.ts";
import type { No } from "../shared/told.ts";

/** Where a delivery stands, as far as the word alone says it. */
export type Standing = Pick<DeliveryReport, "state" | "returning" | "returned">;

const at = (state: DeliveryReport["state"]): Standing => ({ state, returning: false, returned: false });

/** Status to leg state (§6). `IN_DELIVERY` is a setting's; the last three depend on whether the goods were fetched. */
export const statuses: Readonly<Record<string, Standing>> = {
  QUEUEING: at("assigned"),
  ALLOCATING: at("assigned"),
  PENDING_PICKUP: at("assigned"),
  PICKING_UP: at("en_route_to_pickup"),
  PENDING_DROP_OFF: at("picked_up"),
  IN_DELIVERY: at("at_dropoff"),
  COMPLETED: at("handed_over"),
  IN_RETURN: { state: "dropoff_failed", returning: true, returned: false },
  RETURNED: { state: "dropoff_failed", returning: false, returned: true },
  CANCELED: at("cancelled"),
  CANCELLED: at("cancelled"),
  FAILED: at("cancelled"),
};

/** The number before the bar of `failedReason` (§5). */
export const reasons: Readonly<Record<string, FailureReason>> = { "2": "other", "5": "other", "6": "other" };

/** Messages (§8), in lower case: Grab has no codes. */
export const errors: Readonly<Record<string, No>> = {
  "distance sla exceeded": "OUT_OF_COVERAGE",
  "package over weight limit": "BAD_REQUEST",
  "package over size limit": "BAD_REQUEST",
  "invalid servicetype": "BAD_REQUEST",
  "invalid vehicletype": "BAD_REQUEST",
  "city not supported": "OUT_OF_COVERAGE",
  "multi-city delivery not supported": "OUT_OF_COVERAGE",
  "invalid parameters": "BAD_REQUEST",
  "offer is invalid": "BAD_REQUEST",
  "time outside service hours": "NO_COURIERS",
};

/** The smallest vehicle that takes so much; the names are Grab's, the bounds are not confirmed. */
export const vehicles = [
  { type: "BIKE", liters: 125, grams: 20_000 },
  { type: "CAR", liters: 300, grams: 100_000 },
  { type: "VAN", liters: 2_000, grams: 600_000 },
  { type: "TRUCK", liters: Infinity, grams: Infinity },
] as const;
