import { deliveryStates, type DeliveryState } from "../api/contract.ts";

/** Before the goods are fetched; a delivery may go on from each to each that stands behind it, and back to `assigned`: another courier. */
const approach: readonly DeliveryState[] = ["assigned", "en_route_to_pickup", "at_pickup"];
const withGoods: readonly DeliveryState[] = ["picked_up", "en_route_to_dropoff", "at_dropoff"];

const later = (states: readonly DeliveryState[], than: DeliveryState): readonly DeliveryState[] =>
  states.slice(states.indexOf(than) + 1);

function successors(state: DeliveryState): readonly DeliveryState[] {
  if (approach.includes(state))
    return ["assigned", ...later(approach, state), ...withGoods, "pickup_failed", "cancelled", ...handedOn];
  if (withGoods.includes(state)) return [...later(withGoods, state), ...handedOn];
  if (state === "dropoff_failed") return ["en_route_to_dropoff", "at_dropoff", ...handedOn];
  return state === "returning" ? ["returned"] : [];
}

/** Where goods that were fetched may be next. Between two looks more than one step may pass. */
const handedOn: readonly DeliveryState[] = ["handed_over", "dropoff_failed", "returning", "returned"];

export const mayFollow = (from: DeliveryState, to: DeliveryState): boolean => successors(from).includes(to);

const over: readonly DeliveryState[] = deliveryStates.filter((state) => successors(state).length === 0);

export const isOver = (state: DeliveryState): boolean => over.includes(state);
