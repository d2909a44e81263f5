import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** No longer under way between stops than the vehicle may be. */
export const travel = ({ problem, frozen }: Instance, v: number): Term | null => {
  const most = problem.vehicles[v]!.maxTravel;
  if (most === undefined) return null;
  return {
    line: null,
    constraint: "travel",
    scope: "judges",
    visit: (walk) => {
      if (walk.node < 0 && walk.seconds > most && walk.length > frozen[v]!) walk.broken += walk.seconds - most;
    },
  };
};
