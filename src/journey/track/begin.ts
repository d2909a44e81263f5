import type { Handler, LegAssigned } from "../../domain/index.ts";

/** T7: from the moment a leg is assigned its promise is watched: when its window ends and it is not there, that is said. */
export const begin: Handler<LegAssigned> = ({ order, leg: id }, { state }) => {
  const leg = state.must("leg", id);
  const { latest } = leg.dropoffWindow;
  if (latest === null || leg.kind === "return") return [];
  state.put("timer", {
    id: `late/${id}`,
    owner: leg.shipper,
    dueAt: latest,
    event: { type: "DisruptionRaised", order, leg: id, kind: "late", detail: "the drop-off window has ended" },
  });
  return [];
};
