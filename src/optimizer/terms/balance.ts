import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** The square of what each vehicle has to do: the same work costs least where it is shared evenly. */
export const balance = ({ problem, objective }: Instance): Term | null => {
  const asked = problem.balance;
  if (asked === undefined || asked.price === 0 || objective !== "cost") return null;
  return {
    line: "balance",
    constraint: null,
    scope: "judges",
    end: (walk) => {
      const work = asked.of === "stops" ? walk.calls : walk.seconds;
      walk.cost += asked.price * work * work;
    },
  };
};
