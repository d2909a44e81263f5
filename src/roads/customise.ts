import { type Half, type Hierarchy, lower, upper } from "./hierarchy.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { Skeleton } from "./skeleton.ts";

/**
 * Makes hierarchies on one skeleton: one for each set of speeds, every time with the same edges and other keys. Exact
 * for any keys; `Infinity` closes a turn.
 *
 * Source: Dibbelt, Strasser & Wagner, Customizable Contraction Hierarchies, 2016 (the basic customisation).
 */
export class Customiser {
  readonly #skeleton: Skeleton;
  readonly #intoUp: Incoming;
  readonly #intoDown: Incoming;
  /** Of each turn: its edge, `-1 - edge` where it leads down, `noEdge` where it leads back to its own state. */
  readonly #edgeOfTurn: Int32Array;
  /** Of each upper end of the rank at work: the edge there. */
  readonly #edgeTo: Uint32Array;

  constructor(skeleton: Skeleton, graph: Pick<RoadGraph, "turnStart" | "turnTo">) {
    this.#skeleton = skeleton;
    this.#intoUp = incoming(skeleton.upStart, skeleton.upTo);
    this.#intoDown = incoming(skeleton.downStart, skeleton.downFrom);
    this.#edgeOfTurn = edgesOfTurns(skeleton, graph);
    this.#edgeTo = new Uint32Array(skeleton.rank.length);
  }

  /** The hierarchy in which each turn costs its key. */
  customise(turnKey: Float64Array): Hierarchy {
    const { upTo, downFrom } = this.#skeleton;
    const [upKey, downKey] = [
      new Float64Array(upTo.length).fill(Infinity),
      new Float64Array(downFrom.length).fill(Infinity),
    ];
    const [upVia, downVia] = [new Int32Array(upTo.length).fill(-1), new Int32Array(downFrom.length).fill(-1)];
    const hierarchy = { ...this.#skeleton, upKey, upVia, downKey, downVia };
    this.#edgeOfTurn.forEach((edge, turn) => {
      if (edge === noEdge) return;
      if (edge >= 0) upKey[edge] = Math.min(upKey[edge]!, turnKey[turn]!);
      else downKey[-1 - edge] = Math.min(downKey[-1 - edge]!, turnKey[turn]!);
    });
    const [up, down] = [upper(hierarchy), lower(hierarchy)];
    for (let rank = 0; rank < this.#skeleton.rank.length; rank++) {
      this.#improve(rank, up, this.#intoDown, down.key);
      this.#improve(rank, down, this.#intoUp, up.key);
    }
    return hierarchy;
  }

  /** Tries for each edge of a rank, in one direction, the ways over every rank below it. */
  #improve(rank: number, half: Half, { start: first, edge: edges, low: lows }: Incoming, keyInto: Float64Array): void {
    const { start, end, key, via } = half;
    const edgeTo = this.#edgeTo;
    for (let edge = start[rank]!; edge < start[rank + 1]!; edge++) edgeTo[end[edge]!] = edge;
    for (let i = first[rank]!; i < first[rank + 1]!; i++) {
      const low = lows[i]!;
      const below = keyInto[edges[i]!]!;
      if (below === Infinity) continue;
      // Upper ends ascend: those above this rank stand last.
      const begin = start[low]!;
      for (let on = start[low + 1]! - 1; on >= begin && end[on]! > rank; on--) {
        const total = below + key[on]!;
        const edge = edgeTo[end[on]!]!;
        if (total < key[edge]!) {
          key[edge] = total;
          via[edge] = low;
        }
      }
    }
  }
}

const noEdge = 2 ** 31 - 1;

/** The edges of one direction by their upper end. */
interface Incoming {
  readonly start: Uint32Array;
  readonly edge: Uint32Array;
  readonly low: Uint32Array;
}

function incoming(start: Uint32Array, end: Uint32Array): Incoming {
  const into = new Uint32Array(start.length);
  for (let i = 0; i < end.length; i++) into[end[i]! + 1]!++;
  for (let rank = 1; rank < into.length; rank++) into[rank]! += into[rank - 1]!;
  const [edge, low, next] = [new Uint32Array(end.length), new Uint32Array(end.length), into.slice()];
  for (let rank = 0; rank + 1 < start.length; rank++)
    for (let i = start[rank]!; i < start[rank + 1]!; i++) {
      const at = next[end[i]!]!++;
      [edge[at], low[at]] = [i, rank];
    }
  return { start: into, edge, low };
}

function edgesOfTurns(skeleton: Skeleton, { turnStart, turnTo }: Pick<RoadGraph, "turnStart" | "turnTo">): Int32Array {
  const { rank, upStart, upTo, downStart, downFrom } = skeleton;
  const edgeOf = new Int32Array(turnTo.length);
  for (let state = 0; state < rank.length; state++)
    for (let turn = turnStart[state]!; turn < turnStart[state + 1]!; turn++) {
      const [from, to] = [rank[state]!, rank[turnTo[turn]!]!];
      if (from === to) edgeOf[turn] = noEdge;
      else edgeOf[turn] = from < to ? edgeAt(upStart, upTo, from, to) : -1 - edgeAt(downStart, downFrom, to, from);
    }
  return edgeOf;
}

/** The edge between two ranks, kept at the lower. */
export function edgeAt(start: Uint32Array, end: Uint32Array, low: number, high: number): number {
  let [first, last] = [start[low]!, start[low + 1]!];
  while (last - first > 1) {
    const middle = (first + last) >> 1;
    if (end[middle]! <= high) first = middle;
    else last = middle;
  }
  return first;
}
