import type { WireResponse } from "../wire.ts";
import type { DoordashDelivery, Status } from "./delivery.ts";
import { cancelNotAllowed, updateNotAllowed } from "./errors.ts";

const beforeAssignment: readonly Status[] = ["created"];
const beforeArrival: readonly Status[] = ["created", "confirmed", "enroute_to_pickup"];
const beforePickup: readonly Status[] = [...beforeArrival, "arrived_at_pickup"];

const cancellable = { assignment: beforeAssignment, arrival: beforeArrival, pickup: beforePickup };

/** What every change has in common: it comes too late, or too early. */
function closed({ status }: DoordashDelivery) {
  if (status === "quote") return "delivery_creation_in_progress" as const;
  if (status === "cancelled") return "delivery_cancelled" as const;
  if (status === "delivered" || status === "returned") return "delivery_completed" as const;
  return beforePickup.includes(status) ? null : ("delivery_picked_up" as const);
}

/** Why this delivery cannot be cancelled any more; null when it can. */
export function cancelRefusal(delivery: DoordashDelivery, until: keyof typeof cancellable): WireResponse | null {
  const reason =
    closed(delivery) ?? (cancellable[until].includes(delivery.status) ? null : "cancellation_window_closed");
  return reason === null ? null : cancelNotAllowed(reason);
}

/** Why it cannot be updated; a new address only while nobody has accepted. */
export function updateRefusal(delivery: DoordashDelivery, moved: boolean): WireResponse | null {
  const reason =
    closed(delivery) ?? (moved && !beforeAssignment.includes(delivery.status) ? "update_window_closed" : null);
  return reason === null ? null : updateNotAllowed(reason);
}
