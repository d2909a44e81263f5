import type { RoadGraph } from "./road-graph.ts";

/** How a city's stretches hang together: junctions where they lie, and the stretches between them. */
export interface Streets {
  /** Of each junction, 1e-7 degrees. */
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Of each stretch, the junctions it lies between. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** The stretches at each junction, a loop twice. */
  readonly start: Uint32Array;
  readonly stretches: Uint32Array;
}

/** Ends of stretches are one junction where a turn leads from one to the other, whatever their coordinates say. */
export function streetsOf(graph: RoadGraph): Streets {
  const { coords, stretchStart } = graph;
  const count = stretchStart.length - 1;
  const junctionOf = numbered(joinEnds(graph));
  const junctions = junctionOf.reduce((most, at) => Math.max(most, at + 1), 0);
  const [x, y, start] = [new Int32Array(junctions), new Int32Array(junctions), new Uint32Array(junctions + 1)];
  const [from, to] = [new Uint32Array(count), new Uint32Array(count)];
  for (let end = 0; end < 2 * count; end++) {
    const [stretch, at] = [end >> 1, junctionOf[end]!];
    const point = end & 1 ? stretchStart[stretch + 1]! - 1 : stretchStart[stretch]!;
    [x[at], y[at]] = [coords[2 * point]!, coords[2 * point + 1]!];
    (end & 1 ? to : from)[stretch] = at;
    start[at + 1]!++;
  }
  for (let at = 0; at < junctions; at++) start[at + 1]! += start[at]!;
  const [stretches, next] = [new Uint32Array(2 * count), start.slice()];
  for (let end = 0; end < 2 * count; end++) stretches[next[junctionOf[end]!]!++] = end >> 1;
  return { x, y, from, to, start, stretches };
}

/** For each end of a stretch (`2 × stretch`, plus 1 for its far end) the least end at the same junction. */
function joinEnds({ stretchStart, stateArc, arcSide, turnStart, turnTo }: RoadGraph): Uint32Array {
  const root = Uint32Array.from({ length: 2 * (stretchStart.length - 1) }, (_, end) => end);
  const find = (end: number): number => {
    let at = end;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  for (let state = 0; state < stateArc.length; state++) {
    const head = arcSide[stateArc[state]!]! ^ 1;
    for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) {
      const [one, other] = [find(head), find(arcSide[stateArc[turnTo[i]!]!]!)];
      root[Math.max(one, other)] = Math.min(one, other);
    }
  }
  return root.map((_, end) => find(end));
}

/** Numbers groups from 0 in the order in which their first members come. */
function numbered(groups: Uint32Array): Uint32Array {
  const number = new Uint32Array(groups.length);
  let next = 0;
  return groups.map((first, at) => (first === at ? (number[at] = next++) : number[first]!));
}
