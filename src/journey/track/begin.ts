import {
  isCommitted,
  type Handler,
  type Leg,
  type LegAssigned,
  type LegCancelled,
  type OrderEdited,
  type State,
} from "../../domain/index.ts";

/** T7: from the moment a leg is assigned its promise is watched: when its window ends and it is not there, that is said. */
export const begin: Handler<LegAssigned> = ({ leg }, { state }) => {
  watch(state.must("leg", leg), state);
  return [];
};

/** T7: a changed promise is watched anew. */
export const rewatch: Handler<OrderEdited> = ({ order }, { state }) => {
  for (const leg of state.legsOf(order)) if (isCommitted(leg.state)) watch(leg, state);
  return [];
};

/** T7: a promise that nobody has to keep any more is not watched. */
export const unwatch: Handler<LegCancelled> = ({ leg }, { state }) => {
  state.drop("timer", `late/${leg}`);
  return [];
};

function watch({ id, order, shipper, kind, dropoffWindow: { latest } }: Leg, state: State): void {
  if (kind === "return") return;
  if (latest === null) return state.drop("timer", `late/${id}`);
  state.put("timer", {
    id: `late/${id}`,
    owner: shipper,
    dueAt: latest,
    event: { type: "DisruptionRaised", order, leg: id, kind: "late", detail: "the drop-off window has ended" },
  });
}
