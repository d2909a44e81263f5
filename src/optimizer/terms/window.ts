import { kinds } from "../compile-nodes.ts";
import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Work begins before the last window of a stop closes. */
export const window = ({ kind }: Instance): Term => ({
  line: null,
  constraint: "window",
  scope: "plain",
  visit: (walk) => {
    if (walk.late > 0 && walk.chosen && kind[walk.node] !== kinds.rest) walk.broken += walk.late;
  },
});
