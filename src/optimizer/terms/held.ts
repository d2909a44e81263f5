import { shipmentOf, type Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** What it costs to carry what another vehicle was promised to carry. */
export const held = ({ anyHeld, anchor, calls, heldBy, heldPrice }: Instance, v: number): Term | null => {
  if (!anyHeld) return null;
  return {
    line: "held",
    constraint: null,
    scope: "plain",
    visit: (walk) => {
      const { node } = walk;
      if (node < 0 || node >= calls || anchor[shipmentOf(node)] !== node) return;
      const by = heldBy[shipmentOf(node)]!;
      if (by >= 0 && by !== v) walk.cost += heldPrice[shipmentOf(node)]!;
    },
  };
};
