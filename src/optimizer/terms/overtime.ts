import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Each second of duty after so many costs more. */
export const overtime = ({ problem, objective }: Instance, v: number): Term | null => {
  const { overtimeAfter = null, overtimePerSecond = 0 } = problem.vehicles[v]!.duty ?? {};
  if (overtimeAfter === null || overtimePerSecond === 0 || objective !== "cost") return null;
  return {
    line: "overtime",
    constraint: null,
    scope: "spans",
    end: (walk) => {
      const over = walk.arrival - walk.begin - overtimeAfter;
      if (over > 0) walk.cost += over * overtimePerSecond;
    },
  };
};
