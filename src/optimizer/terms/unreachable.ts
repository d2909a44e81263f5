import type { Instance } from "../instance.ts";
import { unreachable as noWay } from "../types.ts";
import type { Term } from "../walk.ts";

/** There is a way to every stop. */
export const unreachable = ({ frozen }: Instance, v: number): Term => ({
  line: null,
  constraint: "unreachable",
  scope: "plain",
  visit: (walk) => {
    if (walk.way >= noWay && walk.length > frozen[v]!) walk.broken += 1;
  },
});
