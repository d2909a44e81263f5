import { shipmentOf, type Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Shipments that must not meet are in different routes. Counted at the later one of two that met by choice. */
export const apart = (instance: Instance): ((v: number) => Term) | null => {
  const lists = instance.apart;
  if (lists.every((list) => list === null)) return null;
  return (v) => ({
    line: null,
    constraint: "apart",
    scope: "plain",
    visit: (walk) => {
      const { node, chosen, nodes, k } = walk;
      if (node < 0 || node >= instance.calls || !chosen || instance.bound[shipmentOf(node)]! >= 0) return;
      const list = lists[shipmentOf(node)]!;
      if (list === null || (instance.single[shipmentOf(node)]! < 0 && (node & 1) === 1)) return;
      for (const other of list) {
        let met = instance.bound[other] === v;
        for (let back = 0; back < k && !met; back++)
          met = nodes[back]! < instance.calls && shipmentOf(nodes[back]!) === other;
        if (met) walk.broken += 1;
      }
    },
  });
};
