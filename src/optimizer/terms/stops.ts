import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** No more pickups and deliveries than the vehicle may have. */
export const stops = ({ problem, frozen }: Instance, v: number): Term | null => {
  const most = problem.vehicles[v]!.maxStops;
  if (most === null) return null;
  return {
    line: null,
    constraint: "stops",
    scope: "plain",
    end: (walk) => {
      if (walk.calls > most && walk.length > frozen[v]!) walk.broken += walk.calls - most;
    },
  };
};
