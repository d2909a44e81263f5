import { decimetersOf, keyOf, millisecondsOf } from "./key.ts";
import type { RoadGraph } from "./road-graph.ts";

/** The same roads driven at a share of their speed, arc by arc; waits at signals and in turns stay as they are. */
export function atShares(graph: RoadGraph, shareOf: (arc: number) => number): RoadGraph {
  const arcKey = graph.arcKey.map((key, arc) => {
    const share = shareOf(arc);
    if (share === 1 || key === Infinity) return key;
    const wait = graph.arcWait[arc]!;
    return keyOf((millisecondsOf(key) - wait) / share + wait, decimetersOf(key));
  });
  const turnKey = graph.turnKey.map((key, turn) => {
    const arc = graph.stateArc[graph.turnTo[turn]!]!;
    return key === Infinity ? key : key - graph.arcKey[arc]! + arcKey[arc]!;
  });
  return { ...graph, arcKey, turnKey };
}
