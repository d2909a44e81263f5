import type { DeliveryReport } from "../../../domain/index.ts";

/** Where a parcel stands, as far as the word alone says it. */
export type Standing = Pick<DeliveryReport, "state" | "returned">;

const at = (state: DeliveryReport["state"]): Standing => ({ state, returned: false });

/** Status to leg state (§6). The ends that are `cancelled` depend on whether the goods were fetched. */
export const statuses: Readonly<Record<string, Standing>> = {
  CREATED: at("assigned"),
  SCHEDULED: at("assigned"),
  ACTIVATED: at("assigned"),
  ACCEPTED: at("en_route_to_pickup"),
  WAITING_FOR_PICKUP: at("at_pickup"),
  PICKED: at("picked_up"),
  WAITING_FOR_DELIVERY: at("at_dropoff"),
  DELIVERED: at("handed_over"),
  REJECTED: at("cancelled"),
  CANCELLED: at("cancelled"),
  EXPIRED: at("cancelled"),
  RETURNED: { state: "dropoff_failed", returned: true },
};
