import { kinds } from "../compile-nodes.ts";
import { shipmentOf, type Instance } from "../instance.ts";
import type { Term, Walk } from "../walk.ts";

/**
 * No more on board than fits: asked after each pickup that was chosen, and all through a trip that goods from the depot
 * were chosen for, because they are on board from its beginning.
 */
export const capacity = (instance: Instance, v: number): Term => {
  const { dimensions, load, anyDepot } = instance;
  const most = instance.capacity.subarray(v * dimensions, (v + 1) * dimensions);
  /** By dimension, the last stop of this trip that brings goods from the depot; -1: none. */
  const ladenTo = new Int32Array(dimensions).fill(-1);
  const judge = (walk: Walk, picked: number): void => {
    for (let d = 0; d < dimensions; d++) {
      const over = walk.load[d]! - most[d]!;
      if (over <= 0) continue;
      const heavier = picked >= 0 && load[picked * dimensions + d]! > 0;
      if (heavier || walk.k < ladenTo[d]!) walk.broken += over;
    }
  };
  return {
    line: null,
    constraint: "capacity",
    scope: "plain",
    begin: (walk) => {
      if (!anyDepot) return;
      findLaden(walk, 0, ladenTo);
      walk.k = -1;
      judge(walk, -1);
    },
    visit: (walk) => {
      if (walk.node < 0) return;
      if (anyDepot && instance.kind[walk.node] === kinds.reload) findLaden(walk, walk.k + 1, ladenTo);
      const isPickup = walk.node < instance.calls && (walk.node & 1) === 0;
      judge(walk, isPickup && walk.chosen ? shipmentOf(walk.node) : -1);
    },
  };
};

function findLaden({ instance, v, nodes, length }: Walk, first: number, ladenTo: Int32Array): void {
  const { calls, kind, depot, load, frozen } = instance;
  ladenTo.fill(-1);
  for (let k = first; k < length; k++) {
    const node = nodes[k]!;
    if (node >= calls && kind[node] === kinds.reload) return;
    if (node >= calls || k < frozen[v]! || depot[shipmentOf(node)] !== 1) continue;
    for (let d = 0; d < ladenTo.length; d++) if (load[shipmentOf(node) * ladenTo.length + d]! > 0) ladenTo[d] = k;
  }
}
