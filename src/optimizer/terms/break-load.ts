import { kinds } from "../compile-nodes.ts";
import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** No more on board at a break than is allowed there: one term for each dimension of load. */
export const breakLoad = ({ problem, dimensions, kind, helper }: Instance, v: number): Term[] | null => {
  const most = (problem.vehicles[v]!.breaks ?? []).map(({ maxLoad }) => maxLoad);
  if (most.every((limits) => limits === undefined)) return null;
  return Array.from({ length: dimensions }, (_, dimension) => ({
    line: null,
    constraint: "break-load",
    dimension,
    scope: "bends",
    visit: (walk) => {
      if (walk.node < 0 || kind[walk.node] !== kinds.rest || !walk.chosen) return;
      const over = walk.load[dimension]! - (most[helper[walk.node]!]?.[dimension] ?? Infinity);
      if (over > 0) walk.broken += over;
    },
  }));
};
