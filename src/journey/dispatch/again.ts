import type {
  BookingRefused,
  CarrierCancelled,
  Handler,
  Happened,
  Leg,
  OfferExpired,
  OfferRefused,
  OrderCancelRequested,
  Step,
} from "../../domain/index.ts";
import { legIsOver } from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import { requestCancel } from "./commit.ts";

/** D14: a leg that came back is open again at once, for everybody but the carrier that let go of it (null: for all); unless its order is to end. */
function reopen(leg: Leg, without: ParticipantId | null, { state, now }: Step): readonly Happened[] {
  if (state.must("order", leg.order).cancelRequestedAt !== null) {
    state.put("leg", { ...leg, state: "cancelled", offer: null });
    return [{ type: "LegCancelled", order: leg.order, leg: leg.id, reason: "cancelled by the shipper" }];
  }
  const open: Leg = {
    ...leg,
    state: "open",
    assignment: null,
    offer: null,
    estimate: null,
    round: leg.round + 1,
    excluded: without === null ? leg.excluded : [...new Set([...leg.excluded, without])],
    dueAt: now,
  };
  state.put("leg", open);
  return [{ type: "LegOpened", order: leg.order, leg: leg.id, round: open.round }];
}

/** A silent offer is closed before the leg goes on. */
export const expire: Handler<OfferExpired> = ({ leg: id, offer: offerId, by }, step) => {
  const offer = step.state.must("offer", offerId);
  if (offer.state === "open") step.state.put("offer", { ...offer, state: "expired" });
  return offered(id, offerId, by, step);
};

export const refused: Handler<OfferRefused> = ({ leg, offer, by }, step) => offered(leg, offer, by, step);

const offered = (id: Leg["id"], offer: Leg["offer"], by: ParticipantId, step: Step): readonly Happened[] => {
  const leg = step.state.must("leg", id);
  return leg.state === "offered" && leg.offer === offer ? reopen(leg, by, step) : [];
};

export const unbooked: Handler<BookingRefused> = ({ leg: id, request, carrier }, step) => {
  const leg = step.state.must("leg", id);
  const waiting =
    leg.state === "offered" && leg.offer === null && leg.round === step.state.must("request", request).round;
  return waiting ? reopen(leg, carrier, step) : [];
};

/** `track` has seen that the goods were not picked up yet, and opened the leg's state. */
export const abandoned: Handler<CarrierCancelled> = ({ leg: id, carrier, mayTakeAgain }, step) => {
  const leg = step.state.must("leg", id);
  return leg.assignment?.carrier === carrier ? reopen(leg, mayTakeAgain ? null : carrier, step) : [];
};

/** D15: the shipper wants no more: what nobody has booked ends at once, a platform is asked to cancel first. */
export const end: Handler<OrderCancelRequested> = ({ order, reason }, step) =>
  step.state.legsOf(order).flatMap((leg): readonly Happened[] => {
    if (legIsOver(leg.state)) return [];
    const { assignment } = leg;
    if (assignment?.reference) return requestCancel(leg, assignment.carrier, assignment.reference, step);
    if (leg.offer) {
      step.state.put("offer", { ...step.state.must("offer", leg.offer), state: "withdrawn" });
      step.state.drop("timer", `offer/${leg.offer}`);
    }
    step.state.drop("timer", `due/${leg.id}`);
    step.state.put("leg", { ...leg, state: "cancelled", offer: null });
    return [{ type: "LegCancelled", order, leg: leg.id, reason }];
  });
