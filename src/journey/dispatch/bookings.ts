import { beforePickup, type BookingConfirmed, type CancelAnswered, type Handler } from "../../domain/index.ts";
import { assign, requestCancel, requestUpdate } from "./commit.ts";

/** D12: the platform has it. A booking that nobody waits for any more is cancelled again, so that no order is in two hands. */
export const confirm: Handler<BookingConfirmed> = (
  { leg: id, request: requestId, carrier, quote, reference, price },
  step,
) => {
  const leg = step.state.must("leg", id);
  const request = step.state.must("request", requestId);
  if (leg.state !== "offered" || leg.offer !== null || leg.round !== request.round) {
    return requestCancel(leg, carrier, reference, step);
  }
  step.state.drop("round", id);
  const { untold = [], ...booked } = leg;
  const assigned = assign(booked, { ...quote, price }, reference, step);
  return untold.length === 0 ? assigned : [...assigned, ...requestUpdate(booked, carrier, reference, untold, step)];
};

/** D13: a cancelled booking ends its leg when the order is to end; when the platform refuses, a person must know. */
export const ended: Handler<CancelAnswered> = ({ order, leg: id, request: requestId, done, reason }, { state }) => {
  const leg = state.must("leg", id);
  const request = state.must("request", requestId);
  if (!done)
    return [
      {
        type: "DisruptionRaised",
        order,
        leg: id,
        kind: "cancel_refused",
        detail: reason ?? "the platform did not say why",
      },
    ];
  const current = leg.assignment?.reference === request.reference;
  if (!current || !beforePickup(leg.state)) return [];
  state.put("leg", { ...leg, state: "cancelled" });
  return [{ type: "LegCancelled", order, leg: id, reason: "cancelled by the shipper" }];
};
