import type { DisruptionRaised, FailureReason, Happened, Leg, Step } from "../../domain/index.ts";
import type { Facts } from "./advance.ts";

export const failedDropoff = ({ order, id }: Leg, reason: FailureReason | null): DisruptionRaised => ({
  type: "DisruptionRaised",
  order,
  leg: id,
  kind: "failed_dropoff",
  detail: reason ?? "other",
});

/**
 * T5: what could not be handed over goes back where it came from, by the same courier at the same price, as a leg of its own: the goods are
 * on board, so it begins picked up. A return that fails is a matter for people.
 */
export function bringBack(leg: Leg, { at, reason }: Facts, step: Step): readonly Happened[] {
  const { order: orderId } = leg;
  const failed = failedDropoff(leg, reason);
  if (leg.kind === "return" || !leg.assignment) return [failed];

  const back: Leg = {
    ...leg,
    id: step.id("leg"),
    from: leg.to,
    to: leg.from,
    kind: "return",
    state: "picked_up",
    pickupWindow: { earliest: null, latest: null },
    dropoffWindow: { earliest: null, latest: null },
    round: 1,
    excluded: [],
    pickedUpAt: at,
    dueAt: step.now,
    estimate: null,
    driven_m: 0,
    drivenEstimated_m: 0,
    latency_ms: [],
    quoteWait_ms: [],
  };
  const order = step.state.must("order", orderId);
  step.state.put("leg", back);
  step.state.put("order", { ...order, legs: [...order.legs, back.id] });
  const { carrier, courier, price } = leg.assignment;
  return [failed, { type: "LegAssigned", order: orderId, leg: back.id, carrier, courier, price }];
}
