import type { Happened, Leg, OrderChange, Quote, Request, Step } from "../../domain/index.ts";
import type { RequestId } from "../../kernel/id.ts";
import { invariant } from "../../kernel/invariant.ts";
import { after, seconds } from "../../kernel/quantity.ts";

/** D7: an own courier is assigned, a partner is offered the leg, a platform is asked to book: each in the step that decided. */
export function commit(leg: Leg, quote: Quote, step: Step): readonly Happened[] {
  if (quote.own) return assign(leg, quote, null, step);
  return quote.source === "agreement" ? offer(leg, quote, step) : requestBooking(leg, quote, step);
}

/** The leg has a carrier. `reference` is the carrier's own id of the delivery, null for own couriers and partners. */
export function assign(leg: Leg, quote: Quote, reference: string | null, step: Step): readonly Happened[] {
  const { carrier, price, own } = quote;
  step.state.put("leg", {
    ...leg,
    state: "assigned",
    offer: null,
    assignment: {
      carrier,
      quote: quote.id,
      courier: own?.courier ?? null,
      shift: own?.shift ?? null,
      price,
      reference,
      at: step.now,
    },
    estimate: {
      pickup: quote.pickupAt,
      dropoff: quote.dropoffAt,
      early: null,
      late: null,
      madeAt: step.now,
      source: own ? "plan" : "carrier",
    },
  });
  return [{ type: "LegAssigned", order: leg.order, leg: leg.id, carrier, courier: own?.courier ?? null, price }];
}

function offer(leg: Leg, quote: Quote, step: Step): readonly Happened[] {
  const carriage = step.state.must("participant", quote.carrier).carriage;
  invariant(carriage?.kind === "partner", "only a partner is offered a leg");
  const id = step.id("offer");
  const expiresAt = after(step.now, seconds(carriage.tariff.answerWithin));
  const { order, id: legId, shipper } = leg;
  step.state.put("offer", { id, leg: legId, to: quote.carrier, quote, madeAt: step.now, expiresAt, state: "open" });
  step.state.put("leg", { ...leg, state: "offered", offer: id });
  step.state.put("timer", {
    id: `offer/${id}`,
    owner: shipper,
    dueAt: after(expiresAt, seconds(1)),
    event: { type: "OfferExpired", order, leg: legId, offer: id, by: quote.carrier },
  });
  return [{ type: "LegOffered", order, leg: legId, offer: id, to: quote.carrier, expiresAt }];
}

function requestBooking(leg: Leg, quote: Quote, step: Step): readonly Happened[] {
  const request = step.id("request");
  const key = `${leg.id}-${leg.round}`;
  step.state.put("request", {
    id: request,
    kind: "booking",
    order: leg.order,
    leg: leg.id,
    owner: leg.shipper,
    carriers: [quote.carrier],
    round: leg.round,
    key,
    quote,
    reference: null,
    madeAt: step.now,
    deadline: null,
    state: "open",
  });
  step.state.put("leg", { ...leg, state: "offered", untold: [] });
  return [{ type: "BookingRequested", order: leg.order, leg: leg.id, request, carrier: quote.carrier, quote, key }];
}

/** Asks a platform to cancel a delivery that it has booked. */
export function requestCancel(leg: Leg, carrier: Quote["carrier"], reference: string, step: Step): readonly Happened[] {
  const key = `${leg.id}-${leg.round}-cancel`;
  const request = ofBooking(leg, { kind: "cancel", carriers: [carrier], key, reference }, step);
  return [{ type: "CancelRequested", order: leg.order, leg: leg.id, request, carrier, reference }];
}

/** Tells a platform what was changed of a delivery that it has booked. */
export function requestUpdate(
  leg: Leg,
  carrier: Quote["carrier"],
  reference: string,
  changes: readonly OrderChange[],
  step: Step,
): readonly Happened[] {
  const key = `${leg.id}-${leg.round}`;
  const request = ofBooking(leg, { kind: "update", carriers: [carrier], key, reference, changes }, step);
  return [{ type: "UpdateRequested", order: leg.order, leg: leg.id, request, carrier, reference, changes }];
}

function ofBooking(
  leg: Leg,
  asked: Pick<Request, "kind" | "carriers" | "key" | "reference" | "changes">,
  step: Step,
): RequestId {
  const id = step.id("request");
  step.state.put("request", {
    id,
    order: leg.order,
    leg: leg.id,
    owner: leg.shipper,
    round: leg.round,
    quote: null,
    madeAt: step.now,
    deadline: null,
    state: "open",
    ...asked,
  });
  return id;
}
