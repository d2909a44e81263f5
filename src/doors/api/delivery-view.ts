import type { Attempt, Leg, Order, Proof } from "../../domain/index.ts";
import type { Point } from "../../kernel/point.ts";
import { toIso, type Instant } from "../../kernel/quantity.ts";
import type { Delivery, DeliveryState } from "./contract.ts";
import { isoOrNull, moneyOrNull } from "./views.ts";

/** All that an order's delivery is told from. */
export interface DeliveryFacts {
  readonly order: Order;
  readonly legs: readonly Leg[];
  readonly attempts: readonly Attempt[];
  readonly proof: Pick<Proof, "kind" | "value"> | null;
  readonly courier: { readonly name: string | null; readonly position: { point: Point; at: Instant } | null } | null;
  /** Of the last event of the order. */
  readonly changed: { readonly at: Instant; readonly sequence: number };
}

/**
 * An order in the words of the carrier API: one delivery, however many legs carry it. An open leg is `assigned`, because to whoever asked
 * the network has taken it; which carrier has it may still change.
 */
export function deliveryView({ order, legs, attempts, proof, courier, changed }: DeliveryFacts): Delivery {
  const leg = wayThere(legs);
  const failed = attempts.findLast(({ succeeded }) => !succeeded);
  return {
    id: order.id,
    externalId: order.reference ?? order.id,
    state: deliveryState(order, legs),
    reason: failed?.reason ?? null,
    leftSafe: order.state === "delivered" && attempts.at(-1)?.proofKind === "safe_place",
    price: moneyOrNull(order.price),
    pickupAt: isoOrNull(leg?.pickedUpAt ?? leg?.estimate?.pickup ?? null),
    dropoffAt: isoOrNull(leg?.handedOverAt ?? leg?.estimate?.dropoff ?? null),
    courier: courier && {
      name: courier.name,
      phone: null,
      position: courier.position && {
        point: [courier.position.point[0], courier.position.point[1]],
        at: toIso(courier.position.at),
      },
    },
    proof: proof && { kind: proof.kind, value: proof.value },
    tracking: null,
    changedAt: toIso(changed.at),
    version: changed.sequence,
  };
}

/** The leg that brings the goods to the recipient: the last one, where more than one was tried. */
export const wayThere = (legs: readonly Leg[]): Leg | undefined => legs.findLast(({ kind }) => kind === "delivery");

export function deliveryState(order: Pick<Order, "state">, legs: readonly Leg[]): DeliveryState {
  if (order.state === "cancelled" || order.state === "returned") return order.state;
  if (order.state === "delivered" || order.state === "partly_delivered") return "handed_over";
  if (legs.some(({ kind }) => kind === "return")) return "returning";
  const state = wayThere(legs)?.state ?? "open";
  // A leg that was withdrawn before the pickup is tried again, or its order ends.
  return state === "open" || state === "offered" || state === "cancelled" ? "assigned" : state;
}
