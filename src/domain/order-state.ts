import type { ParcelId } from "../kernel/id.ts";
import { beforePickup, legIsOver, type LegState } from "./leg-state.ts";
import { parcelIsFinal, type ParcelState } from "./parcel-state.ts";

export const orderStates = [
  "placed",
  "accepted",
  "in_progress",
  "delivered",
  "partly_delivered",
  "failed",
  "returned",
  "cancelled",
] as const;
export type OrderState = (typeof orderStates)[number];

const closed: readonly OrderState[] = ["delivered", "partly_delivered", "failed", "returned", "cancelled"];
export const orderIsClosed = (state: OrderState): boolean => closed.includes(state);

/**
 * An order's state is never set: it follows from its legs and parcels.
 *
 * A parcel is settled when it has reached a final state, or when it was never fetched and no leg that carries it can
 * still fetch it. While one is not settled the order is open: `in_progress` as soon as somebody is on the way for it.
 * Once all are settled: all delivered, some delivered, else returned, else failed (lost, damaged, not handed to the
 * courier), else cancelled.
 */
export function orderState(
  accepted: boolean,
  parcels: readonly { readonly id: ParcelId; readonly state: ParcelState }[],
  legs: readonly { readonly state: LegState; readonly parcels: readonly ParcelId[] }[],
): OrderState {
  const carrying = (parcel: ParcelId) => legs.filter((leg) => leg.parcels.includes(parcel));
  const settled = parcels.every(
    ({ id, state }) =>
      parcelIsFinal(state) ||
      (state === "expected" && legs.length > 0 && carrying(id).every((leg) => legIsOver(leg.state))),
  );
  if (!settled) return !accepted ? "placed" : begun(parcels, legs) ? "in_progress" : "accepted";

  const count = (state: ParcelState) => parcels.filter((parcel) => parcel.state === state).length;
  if (count("delivered") === parcels.length) return "delivered";
  if (count("delivered") > 0) return "partly_delivered";
  if (count("returned") > 0) return "returned";
  if (count("lost") + count("damaged") > 0) return "failed";
  return legs.some((leg) => leg.state === "pickup_failed") ? "failed" : "cancelled";
}

const begun = (
  parcels: readonly { readonly state: ParcelState }[],
  legs: readonly { readonly state: LegState }[],
): boolean =>
  parcels.some(({ state }) => state !== "expected") ||
  legs.some(
    ({ state }) =>
      state === "en_route_to_pickup" || state === "at_pickup" || (!beforePickup(state) && !legIsOver(state)),
  );
