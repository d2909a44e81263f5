import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";
import { timesOf } from "./service-time.ts";

/** Work takes longer where the vehicle has just come from another place. */
export const setup = (instance: Instance, v: number): Term | null => {
  const seconds = timesOf(instance, v, "setup") ?? instance.setup;
  if (!instance.anySetup && seconds === instance.setup) return null;
  return {
    line: null,
    constraint: null,
    scope: "bends",
    visit: (walk) => {
      if (walk.node >= 0 && walk.from !== walk.here) walk.departs += seconds[walk.node]!;
    },
  };
};
