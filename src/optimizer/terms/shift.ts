import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** The route has ended when the shift does, unless frozen stops alone are too much. */
export const shift = ({ returns, frozen }: Instance, v: number): Term => ({
  line: null,
  constraint: "shift",
  scope: "plain",
  end: (walk) => {
    if (walk.arrival > returns[v]! && walk.length > frozen[v]!) walk.broken += walk.arrival - returns[v]!;
  },
});
