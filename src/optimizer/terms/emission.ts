import { kinds } from "../compile-nodes.ts";
import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";
import { usedOn } from "./energy.ts";

/** The price of what is emitted. */
export const emission = ({ problem, objective, kind }: Instance, v: number): Term | null => {
  const asked = problem.vehicles[v]!.energy;
  if (asked === undefined || asked.emissionCostPerUnit === 0 || objective !== "cost") return null;
  return {
    line: "emission",
    constraint: null,
    scope: "judges",
    visit: (walk) => {
      if (walk.node >= 0 && kind[walk.node] === kinds.rest) return;
      walk.cost += usedOn(walk, asked) * asked.emissionCostPerUnit;
    },
  };
};
