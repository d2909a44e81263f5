import { kinds } from "../compile-nodes.ts";
import { shipmentOf, type Instance } from "../instance.ts";
import type { Term, Walk } from "../walk.ts";

/**
 * No more on board than fits, one term for each dimension of load: asked wherever goods came on board by choice, and all
 * through a trip that goods from the depot were chosen for, because they are on board from its beginning.
 */
export const capacity = (instance: Instance, v: number): Term[] =>
  Array.from({ length: instance.dimensions }, (_, dimension) => inOne(instance, v, dimension));

function inOne(instance: Instance, v: number, dimension: number): Term {
  const { dimensions, load, collects, calls, anyDepot } = instance;
  const most = instance.capacity[v * dimensions + dimension]!;
  /** The last stop of this trip that brings goods from the depot; -1: none. */
  let ladenTo = -1;
  const judge = (walk: Walk): void => {
    const over = walk.load[dimension]! - most;
    if (over > 0 && (walk.k < ladenTo || comesOnBoard(walk))) walk.broken += over;
  };
  const comesOnBoard = ({ k, node, chosen }: Walk): boolean => {
    if (k < 0 || !chosen || node >= calls) return false;
    const amounts = (node & 1) === 0 ? load : collects;
    return amounts !== null && amounts[shipmentOf(node) * dimensions + dimension]! > 0;
  };
  return {
    line: null,
    constraint: "capacity",
    dimension,
    // What is collected at deliveries the search in constant time does not know.
    scope: collects === null ? "plain" : "judges",
    begin: (walk) => {
      if (!anyDepot) return;
      ladenTo = lastLaden(walk, 0, dimension);
      walk.k = -1;
      judge(walk);
    },
    visit: (walk) => {
      if (walk.node < 0) return;
      if (anyDepot && instance.kind[walk.node] === kinds.reload) ladenTo = lastLaden(walk, walk.k + 1, dimension);
      judge(walk);
    },
  };
}

/** The last stop of the trip that begins with stop `first` to which goods from the depot were chosen to be brought. */
function lastLaden({ instance, v, nodes, length }: Walk, first: number, dimension: number): number {
  const { calls, kind, depot, load, frozen, dimensions } = instance;
  let last = -1;
  for (let k = first; k < length; k++) {
    const node = nodes[k]!;
    if (node >= calls && kind[node] === kinds.reload) return last;
    if (node >= calls || k < frozen[v]! || depot[shipmentOf(node)] !== 1) continue;
    if (load[shipmentOf(node) * dimensions + dimension]! > 0) last = k;
  }
  return last;
}
