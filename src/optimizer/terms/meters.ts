import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** No farther than the vehicle may go. */
export const meters = ({ problem, frozen }: Instance, v: number): Term | null => {
  const most = problem.vehicles[v]!.maxMeters;
  if (most === undefined) return null;
  return {
    line: null,
    constraint: "meters",
    scope: "judges",
    visit: (walk) => {
      if (walk.node < 0 && walk.distance > most && walk.length > frozen[v]!) walk.broken += walk.distance - most;
    },
  };
};
