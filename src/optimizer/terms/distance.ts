import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Each metre of travel. */
export const distance = ({ perMeter }: Instance, v: number): Term | null => {
  const price = perMeter[v]!;
  if (price === 0) return null;
  return {
    line: "distance",
    constraint: null,
    scope: "plain",
    visit: (walk) => void (walk.cost += walk.meters * price),
  };
};
