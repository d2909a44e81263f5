import { unreachable, type Handler, type LegProgressed, type Travel } from "../../domain/index.ts";

/** T9: partners and platforms do not tell how far they drove: their legs count as the road from door to door, marked as estimated. */
export const measure =
  ({ travel }: { travel: Travel }): Handler<LegProgressed> =>
  async ({ leg: id, to }, { state }) => {
    const leg = state.must("leg", id);
    if (leg.assignment?.courier || (to !== "handed_over" && to !== "dropoff_failed")) return [];
    const { meters } = await travel.matrix([leg.from.point], [leg.to.point], "van");
    if (meters[0] !== unreachable) state.put("leg", { ...leg, drivenEstimated_m: leg.drivenEstimated_m + meters[0]! });
    return [];
  };
