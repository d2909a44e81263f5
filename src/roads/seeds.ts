import { partOf, type Key } from "./key.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { Seeds } from "./search.ts";
import type { RoadSnap } from "./snap.ts";

/** Key of an arc up to where a snap lies on it. */
export function keyUpTo({ arcKey, arcSide }: RoadGraph, arc: number, { share }: RoadSnap): Key {
  return partOf(arcKey[arc]!, arcSide[arc]! & 1 ? 1 - share : share);
}

/** The open arcs of a snap's stretch. */
export const arcsOf = ({ stretchArcs }: RoadGraph, { stretch }: Pick<RoadSnap, "stretch">): number[] =>
  [stretchArcs[2 * stretch]!, stretchArcs[2 * stretch + 1]!].filter((arc) => arc !== -1);

/** From the snap to the end of its arcs. */
export function begin(graph: RoadGraph, snap: RoadSnap): Seeds {
  const arcs = arcsOf(graph, snap);
  return {
    states: arcs.map((arc) => graph.arcSource[arc]!),
    keys: arcs.map((arc) => graph.arcKey[arc]! - keyUpTo(graph, arc, snap)),
  };
}

/** Every state in which a journey may end on an arc. */
export function endingsOn({ stateNext }: RoadGraph, arc: number): number[] {
  const states: number[] = [];
  for (let state = arc; state !== -1; state = stateNext[state]!) states.push(state);
  return states;
}

/** The arcs on which a journey to the snap may end. */
export const lastArcsOf = (graph: RoadGraph, snap: RoadSnap): number[] =>
  arcsOf(graph, snap).filter((arc) => snap.only === undefined || (graph.arcSide[arc]! & 1) === snap.only);

/** A search drives an arc to its end; what lies behind the snap is taken off again. */
export function end(graph: RoadGraph, snap: RoadSnap): Seeds {
  const arcs = lastArcsOf(graph, snap).flatMap((arc) => endingsOn(graph, arc).map((state) => ({ arc, state })));
  return {
    states: arcs.map(({ state }) => state),
    keys: arcs.map(({ arc }) => keyUpTo(graph, arc, snap) - graph.arcKey[arc]!),
  };
}
