import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Each second of set-up and service at customers. */
export const servicePrice = ({ problem, objective, calls }: Instance, v: number): Term | null => {
  const price = problem.vehicles[v]!.costPerServiceSecond ?? 0;
  if (price === 0 || objective !== "cost") return null;
  return {
    line: "service",
    constraint: null,
    scope: "judges",
    visit: (walk) => {
      if (walk.node >= 0 && walk.node < calls) walk.cost += (walk.departs - walk.begins) * price;
    },
  };
};
