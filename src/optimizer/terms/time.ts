import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Each second of travel. */
export const time = ({ perSecond }: Instance, v: number): Term | null => {
  const price = perSecond[v]!;
  if (price === 0) return null;
  return { line: "time", constraint: null, scope: "plain", visit: (walk) => void (walk.cost += walk.way * price) };
};
