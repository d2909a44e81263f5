import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** From leaving to the end: each second has its price, and there may be no more than so many. */
export const duty = ({ problem, objective, frozen }: Instance, v: number): Term | null => {
  const asked = problem.vehicles[v]!.duty;
  if (asked === undefined) return null;
  const price = objective === "cost" ? asked.costPerSecond : 0;
  const longest = asked.longest ?? Infinity;
  return {
    line: "duty",
    constraint: "duty",
    scope: "spans",
    end: (walk) => {
      const on = walk.arrival - walk.begin;
      walk.cost += on * price;
      if (on > longest && walk.length > frozen[v]!) walk.broken += on - longest;
    },
  };
};
