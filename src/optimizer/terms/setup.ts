import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Work takes longer where the vehicle has just come from another place. */
export const setup = (instance: Instance): (() => Term) | null => {
  if (instance.setup.every((seconds) => seconds === 0)) return null;
  return () => ({
    line: null,
    constraint: null,
    scope: "bends",
    visit: (walk) => {
      if (walk.node >= 0 && walk.from !== walk.here) walk.departs += instance.setup[walk.node]!;
    },
  });
};
