import { shipmentOf, type Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** No longer on board than the goods bear, from the end of the pickup to the beginning of the delivery. */
export const ride = ({ problem, shipments, calls }: Instance): (() => Term) | null => {
  const longest = Float64Array.from(problem.shipments, (s) => s.maxRide ?? Infinity);
  if (longest.every((limit) => limit === Infinity)) return null;
  const left = new Float64Array(shipments).fill(-1);
  return () => ({
    line: null,
    constraint: "ride",
    scope: "judges",
    begin: ({ nodes, length }) => {
      for (let k = 0; k < length; k++) if (nodes[k]! < calls) left[shipmentOf(nodes[k]!)] = -1;
    },
    visit: (walk) => {
      const { node } = walk;
      if (node < 0 || node >= calls) return;
      const shipment = shipmentOf(node);
      if (longest[shipment] === Infinity) return;
      if ((node & 1) === 0) left[shipment] = walk.departs;
      else if (left[shipment]! >= 0 && walk.chosen) {
        const over = walk.begins - left[shipment]! - longest[shipment]!;
        if (over > 0) walk.broken += over;
      }
    },
  });
};
