import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Each second that work begins after it was due. */
export const lateness = ({ soft, due, lateCost }: Instance): Term | null => {
  if (!soft) return null;
  return {
    line: "lateness",
    constraint: null,
    scope: "plain",
    visit: (walk) => {
      const { node, begins } = walk;
      if (node >= 0 && begins > due[node]!) walk.cost += (begins - due[node]!) * lateCost[node]!;
    },
  };
};
