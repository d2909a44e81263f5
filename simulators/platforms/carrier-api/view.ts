import { toIso, type Instant } from "../../../src/kernel/quantity.ts";
import type { JsonObject } from "../shared/json.ts";
import type { Delivery } from "./delivery.ts";

const isoOrNull = (at: Instant | null): string | null => (at === null ? null : toIso(at));

/** A delivery as it is told. */
export function deliveryView(delivery: Delivery, publicUrl: string): JsonObject {
  const { id, wanted, life, courier, position, leftSafe } = delivery;
  const shown = courier !== null && !delivery.isOver;
  return {
    id,
    externalId: wanted.externalId,
    state: life.state,
    reason: delivery.reason,
    leftSafe,
    price: { amount: delivery.price, currency: delivery.currency },
    pickupAt: isoOrNull(life.reached("picked_up") ?? delivery.pickupAt),
    dropoffAt: isoOrNull(life.reached("handed_over") ?? delivery.dropoffAt),
    courier: shown
      ? {
          name: courier.name,
          phone: courier.phone,
          position: position && { point: [position.point[0], position.point[1]], at: toIso(position.at) },
        }
      : null,
    proof:
      life.state === "handed_over"
        ? leftSafe
          ? { kind: "photo", value: `${publicUrl}/proofs/${id}.jpg` }
          : { kind: "name", value: wanted.dropoff.name }
        : null,
    tracking: `${publicUrl}/track/${id}`,
    changedAt: toIso(life.updated),
    version: delivery.version,
  };
}
