import type { DeliveryReport, FailureReason } from "../../../domain/index.ts";
import type { PlatformRefusal } from "../../../journey/dispatch/ports.ts";

/** Where a delivery stands, as far as the word alone says it. */
export interface Standing extends Pick<DeliveryReport, "state" | "returning" | "returned"> {}

const at = (state: DeliveryReport["state"]): Standing => ({ state, returning: false, returned: false });

/** The contract's states: our own words, and two for the way back. */
export const states: Readonly<Record<string, Standing>> = {
  assigned: at("assigned"),
  en_route_to_pickup: at("en_route_to_pickup"),
  at_pickup: at("at_pickup"),
  picked_up: at("picked_up"),
  en_route_to_dropoff: at("en_route_to_dropoff"),
  at_dropoff: at("at_dropoff"),
  handed_over: at("handed_over"),
  dropoff_failed: at("dropoff_failed"),
  returning: { state: "dropoff_failed", returning: true, returned: false },
  returned: { state: "dropoff_failed", returning: false, returned: true },
  pickup_failed: at("pickup_failed"),
  cancelled: at("cancelled"),
};

/** The contract's reasons are ours. */
export const reasons: ReadonlySet<string> = new Set<FailureReason>([
  "not_ready",
  "closed",
  "nobody_home",
  "wrong_address",
  "no_access",
  "refused_by_recipient",
  "age_check_failed",
  "damaged",
  "other",
]);

/** Codes of a refusal; a carrier may have others of its own, for which the status speaks. */
export const errors: Readonly<Record<string, PlatformRefusal["code"]>> = {
  OUT_OF_COVERAGE: "OUT_OF_COVERAGE",
  NO_COURIERS: "NO_COURIERS",
  QUOTE_STALE: "QUOTE_STALE",
  NOT_CANCELLABLE: "NOT_CANCELLABLE",
  UNKNOWN_DELIVERY: "UNKNOWN_DELIVERY",
  ALREADY_BOOKED: "ALREADY_BOOKED",
};
