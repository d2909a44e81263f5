import type {
  Handler,
  Happened,
  Leg,
  LegDue,
  LegOpened,
  Order,
  OrderAccepted,
  OrderEdited,
} from "../../domain/index.ts";
import { before, hours, later, minutes, type Instant } from "../../kernel/quantity.ts";

/** P2: a planned leg is decided this long before the latest moment its parcels may be handed over. */
const planningHorizon = hours(1.5);
/** P2: but never later than this before the pickup may begin. */
const beforePickupOpens = minutes(20);

/** P1: an accepted order enters the pool as one leg from door to door; one that is wanted no more ends there. */
export const place: Handler<OrderAccepted> = ({ order: id }, { state, now, id: newId }) => {
  const order = state.must("order", id);
  const unwanted = order.cancelRequestedAt !== null;
  const leg: Leg = {
    id: newId("leg"),
    order: id,
    shipper: order.shipper,
    parcels: order.parcels.map((parcel) => parcel.id),
    from: order.pickup,
    to: order.dropoff,
    pickupWindow: order.pickupWindow,
    dropoffWindow: order.dropoffWindow,
    readyAt: order.readyAt,
    kind: "delivery",
    state: unwanted ? "cancelled" : "open",
    assignment: null,
    round: 1,
    excluded: [],
    offer: null,
    dueAt: dueAt(order, now),
    estimate: null,
    pickedUpAt: null,
    handedOverAt: null,
    driven_m: 0,
    drivenEstimated_m: 0,
    latency_ms: [],
    quoteWait_ms: [],
  };
  state.put("leg", leg);
  state.put("order", { ...order, legs: [...order.legs, leg.id] });
  const opened: Happened = { type: "LegOpened", order: id, leg: leg.id, round: leg.round };
  return unwanted
    ? [opened, { type: "LegCancelled", order: id, leg: leg.id, reason: "cancelled by the shipper" }]
    : [opened];
};

function dueAt({ serviceLevel, dropoffWindow, pickupWindow, readyAt }: Order, now: Instant): Instant {
  if (serviceLevel === "on_demand") return now;
  const ready = later(readyAt, pickupWindow.earliest ?? readyAt);
  const byPickup = before(ready, beforePickupOpens);
  const byDropoff = dropoffWindow.latest === null ? byPickup : before(dropoffWindow.latest, planningHorizon);
  return later(now, byPickup < byDropoff ? byPickup : byDropoff);
}

/** P3: an open leg is decided when it is due: at once, or when its timer rings. */
export const wait: Handler<LegOpened> = ({ order, leg: id, round }, { state, now }) => {
  const leg = state.must("leg", id);
  if (leg.state !== "open" || leg.round !== round) return [];
  const due: LegDue = { type: "LegDue", order, leg: id, round };
  if (leg.dueAt <= now) {
    state.drop("timer", `due/${id}`);
    return [due];
  }
  state.put("timer", { id: `due/${id}`, owner: leg.shipper, dueAt: leg.dueAt, event: due });
  return [];
};

/** P8: a changed order is decided when its new times say so: a leg still waiting for its time waits anew. */
export const reconsider: Handler<OrderEdited> = ({ order: id }, { state, now }) => {
  const order = state.must("order", id);
  return state.legsOf(id).flatMap((leg) => {
    if (leg.state !== "open" || leg.dueAt <= now) return [];
    state.put("leg", { ...leg, dueAt: dueAt(order, now) });
    return [{ type: "LegOpened" as const, order: id, leg: leg.id, round: leg.round }];
  });
};
