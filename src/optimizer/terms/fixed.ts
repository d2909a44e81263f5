import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** The price of using the vehicle at all. */
export const fixed = (instance: Instance, v: number): Term | null => {
  const price = instance.fixed[v]!;
  if (price === 0) return null;
  return { line: "fixed", constraint: null, scope: "plain", begin: (walk) => void (walk.cost += price) };
};
