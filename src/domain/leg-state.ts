/** Where a leg stands (design: three state machines). Every connector maps a platform's words onto these. */
export const legStates = [
  "open",
  "offered",
  "assigned",
  "en_route_to_pickup",
  "at_pickup",
  "picked_up",
  "en_route_to_dropoff",
  "at_dropoff",
  "handed_over",
  "cancelled",
  "pickup_failed",
  "dropoff_failed",
] as const;

export type LegState = (typeof legStates)[number];

/**
 * What may follow what. Carriers differ in what they report (Uber Direct never says "arrived"), so the en-route and at
 * states may be passed over; the pickup itself never is, because custody changes hands there. A carrier may withdraw until
 * the pickup, and the leg is open again. After `dropoff_failed` comes another try; a return is a leg of its own.
 */
const next: Readonly<Record<LegState, readonly LegState[]>> = {
  open: ["offered", "assigned", "cancelled"],
  offered: ["open", "assigned", "cancelled"],
  assigned: ["open", "en_route_to_pickup", "at_pickup", "picked_up", "pickup_failed", "cancelled"],
  en_route_to_pickup: ["open", "at_pickup", "picked_up", "pickup_failed", "cancelled"],
  at_pickup: ["open", "picked_up", "pickup_failed", "cancelled"],
  picked_up: ["en_route_to_dropoff", "at_dropoff", "handed_over", "dropoff_failed"],
  en_route_to_dropoff: ["at_dropoff", "handed_over", "dropoff_failed"],
  at_dropoff: ["handed_over", "dropoff_failed"],
  dropoff_failed: ["en_route_to_dropoff"],
  handed_over: [],
  cancelled: [],
  pickup_failed: [],
};

export const legMayBecome = (from: LegState, to: LegState): boolean => next[from].includes(to);
export const legSuccessors = (from: LegState): readonly LegState[] => next[from];
export const legIsOver = (state: LegState): boolean => next[state].length === 0;
/** Nobody has taken the goods yet, so the leg may still be cancelled or go to another carrier. */
export const beforePickup = (state: LegState): boolean =>
  state === "open" ||
  state === "offered" ||
  state === "assigned" ||
  state === "en_route_to_pickup" ||
  state === "at_pickup";
/** Somebody has promised to carry it, or is carrying it. */
export const isCommitted = (state: LegState): boolean => state !== "open" && state !== "offered" && !legIsOver(state);
/** The goods are with the leg's carrier. */
export const hasGoods = (state: LegState): boolean =>
  state === "picked_up" || state === "en_route_to_dropoff" || state === "at_dropoff" || state === "dropoff_failed";
