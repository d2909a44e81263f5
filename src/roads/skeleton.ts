import { dissect } from "./dissect.ts";
import type { RoadGraph } from "./road-graph.ts";
import { SkeletonEdges } from "./skeleton-edges.ts";
import { streetsOf } from "./streets.ts";

/**
 * What a hierarchy is built on, whatever the speeds: an order of the states, and every edge that may ever be needed
 * between two of them. `customise` gives the edges their keys.
 *
 * States are named by rank, 0 the least important. Contracting them in that order without asking which way is shorter
 * leaves these edges; an edge is kept at its lower end, its upper ends ascending.
 *
 * Source: Dibbelt, Strasser & Wagner, Customizable Contraction Hierarchies, 2016; edges kept by direction as in
 * Buchhold et al., Customizable Contraction Hierarchies with Turn Costs, 2020.
 */
export interface Skeleton {
  /** Of each state. */
  readonly rank: Uint32Array;
  /** By rank: where everything lies that can be reached going up, one after the other; -1 at a top. */
  readonly parent: Int32Array;
  readonly upStart: Uint32Array;
  readonly upTo: Uint32Array;
  readonly downStart: Uint32Array;
  readonly downFrom: Uint32Array;
}

type Turns = Pick<RoadGraph, "turnStart" | "turnTo">;

export function buildSkeleton(graph: RoadGraph): Skeleton {
  const rank = rankStates(graph);
  const count = rank.length;
  const [up, down] = [new SkeletonEdges(count), new SkeletonEdges(count)];
  const turns = turnsByLowerEnd(graph, rank);
  const tree = new EliminationTree(count);
  for (let at = 0; at < count; at++) {
    for (let i = turns.start[at]!; i < turns.start[at + 1]!; i++)
      (turns.isUp[i] === 1 ? up : down).find(at, turns.high[i]!);
    // Who comes down from here to a rank below may want to go on wherever that rank goes up to; and the other way round.
    down.forEachLow(at, (low) => (up.takeOver(at, low), tree.join(low, at)));
    up.forEachLow(at, (low) => (down.takeOver(at, low), tree.join(low, at)));
    up.close(at);
    down.close(at);
  }
  const [ups, downs] = [up.laid(), down.laid()];
  return { rank, parent: tree.parent, upStart: ups.start, upTo: ups.end, downStart: downs.start, downFrom: downs.end };
}

function turnsByLowerEnd({ turnStart, turnTo }: Turns, rank: Uint32Array) {
  const start = new Uint32Array(rank.length + 1);
  const forEach = (visit: (low: number, high: number, isUp: boolean) => void): void => {
    for (let state = 0; state < rank.length; state++)
      for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) {
        const [from, to] = [rank[state]!, rank[turnTo[i]!]!];
        if (from !== to) visit(Math.min(from, to), Math.max(from, to), from < to);
      }
  };
  forEach((low) => void start[low + 1]!++);
  for (let at = 0; at < rank.length; at++) start[at + 1]! += start[at]!;
  const [next, high, isUp] = [start.slice(), new Uint32Array(start.at(-1)!), new Uint8Array(start.at(-1)!)];
  forEach((low, to, ups) => {
    const at = next[low]!++;
    [high[at], isUp[at]] = [to, ups ? 1 : 0];
  });
  return { start, high, isUp };
}

/** The states of one stretch lie side by side, in the order of the stretches. */
function rankStates(graph: RoadGraph): Uint32Array {
  const order = dissect(streetsOf(graph));
  const place = new Uint32Array(order.length);
  order.forEach((stretch, at) => void (place[stretch] = at));
  const first = new Uint32Array(order.length + 1);
  const placeOf = (state: number): number => place[graph.arcSide[graph.stateArc[state]!]! >> 1]!;
  for (let state = 0; state < graph.stateArc.length; state++) first[placeOf(state) + 1]!++;
  for (let at = 0; at < order.length; at++) first[at + 1]! += first[at]!;
  return graph.stateArc.map((_, state) => first[placeOf(state)]!++);
}

/**
 * The tree in which every edge of the skeleton leads from a rank to one of its ancestors.
 *
 * Source: Liu, The Role of Elimination Trees in Sparse Factorization, 1990.
 */
class EliminationTree {
  readonly parent: Int32Array;
  readonly #ancestor: Int32Array;

  constructor(count: number) {
    [this.parent, this.#ancestor] = [new Int32Array(count).fill(-1), new Int32Array(count).fill(-1)];
  }

  /** There is an edge between `low` and `high`; edges must come by ascending `high`. */
  join(low: number, high: number): void {
    const ancestor = this.#ancestor;
    for (let at = low; at !== high;) {
      const next = ancestor[at]!;
      ancestor[at] = high;
      if (next === -1) this.parent[at] = high;
      at = next === -1 ? high : next;
    }
  }
}
