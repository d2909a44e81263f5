import { contains, type Handler, type JourneySettled, type Outcome } from "../../domain/index.ts";
import { add, money } from "../../kernel/money.ts";

/** L1: every settled order leaves one Outcome; measures are sums over these. */
export const observe: Handler<JourneySettled> = ({ order: id }, { state, now }) => {
  const order = state.must("order", id);
  const legs = state.legsOf(id);
  const last = legs.findLast((leg) => leg.kind === "delivery" && leg.handedOverAt !== null);
  const carrier = last?.assignment?.carrier ?? null;
  const currency = order.price?.currency ?? "EUR";
  const paid = legs.flatMap((leg) => (leg.assignment && leg.pickedUpAt !== null ? [leg.assignment.price] : []));
  const outcome: Outcome = {
    id,
    shipper: order.shipper,
    placedAt: order.placedAt,
    closedAt: order.closedAt ?? now,
    state: order.state,
    parcels: order.parcels.length,
    delivered: order.parcels.filter((parcel) => parcel.state === "delivered").length,
    onTime: last ? contains(order.dropoffWindow, last.handedOverAt!) : null,
    onTimeOriginal: last ? contains(order.originalDropoffWindow, last.handedOverAt!) : null,
    carrier,
    carrierKind: carrier === null ? null : (state.must("participant", carrier).carriage?.kind ?? null),
    cost: paid.reduce(add, money(0, currency)),
    driven_m: legs.reduce((sum, leg) => sum + leg.driven_m, 0),
    drivenEstimated_m: legs.reduce((sum, leg) => sum + leg.drivenEstimated_m, 0),
    latency_ms: legs.flatMap((leg) => leg.latency_ms),
    quoteWait_ms: legs.flatMap((leg) => leg.quoteWait_ms),
  };
  state.put("outcome", outcome);
  return [];
};
