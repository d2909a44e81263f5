import type { Key } from "./key.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { FoundWay, Search, Seeds } from "./search.ts";
import { arcsOf, begin, end, endingsOn, keyUpTo, lastArcsOf } from "./seeds.ts";
import type { RoadSnap } from "./snap.ts";

// A search drives whole arcs, so two points on one stretch need care: the target may lie ahead on the arc that the
// journey starts on, or so close behind that the way there leads round about and back onto the same stretch.

/**
 * The best way between two snaps on one stretch: straight on where the target lies ahead, or round about, which must
 * leave the stretch first.
 */
export function wayWithin(graph: RoadGraph, search: Search, from: RoadSnap, to: RoadSnap): FoundWay | null {
  const around = aroundFrom(graph, search, begin(graph, from), end(graph, to));
  let best = around;
  for (const way of waysAhead(graph, from, to)) if (best === null || way.key <= best.key) best = way;
  return best;
}

/** Along the arcs on which the target lies ahead. */
function waysAhead(graph: RoadGraph, from: RoadSnap, to: RoadSnap): FoundWay[] {
  const last = lastArcsOf(graph, to);
  return arcsOf(graph, from).flatMap((arc) => {
    if (!last.includes(arc)) return [];
    const isAhead = graph.arcSide[arc]! & 1 ? to.share <= from.share : to.share >= from.share;
    const key = keyUpTo(graph, arc, to) - keyUpTo(graph, arc, from);
    return isAhead ? [{ key, states: [graph.arcSource[arc]!] }] : [];
  });
}

/** The best way that makes at least one turn. */
function aroundFrom(
  { turnStart, turnTo, turnKey }: RoadGraph,
  search: Search,
  from: Seeds,
  to: Seeds,
): FoundWay | null {
  let best: FoundWay | null = null;
  from.states.forEach((state, i) => {
    const [first, last] = [turnStart[state]!, turnStart[state + 1]!];
    const states = [...turnTo.subarray(first, last)];
    if (states.length === 0) return;
    const way = search.way({ states, keys: [...turnKey.subarray(first, last)].map((key) => from.keys[i]! + key) }, to);
    if (way !== null && (best === null || way.key < best.key)) best = { key: way.key, states: [state, ...way.states] };
  });
  return best;
}

/** Keys between snaps on one stretch, for matrices: what lies outside the stretch is searched once and remembered. */
export function keysWithin(graph: RoadGraph, search: Search): (from: RoadSnap, to: RoadSnap) => Key {
  const outside = new Map<number, readonly Outside[]>();
  return (from, to) => {
    const known = outside.get(from.stretch) ?? outsideOf(graph, search, from);
    if (outside.size >= mostRemembered) outside.clear();
    outside.set(from.stretch, known);
    let best = Infinity;
    const last = lastArcsOf(graph, to);
    for (const { leave, enter, key } of known.filter((one) => last.includes(one.enter)))
      best = Math.min(best, graph.arcKey[leave]! - keyUpTo(graph, leave, from) + key + keyUpTo(graph, enter, to));
    for (const { key } of waysAhead(graph, from, to)) best = Math.min(best, key);
    return best;
  };
}

/** Stretches; forgotten all at once, as finding one out again costs a millisecond. */
const mostRemembered = 20_000;

/** From the end of one arc of a stretch, at least one turn, to the start of one. */
interface Outside {
  readonly leave: number;
  readonly enter: number;
  readonly key: Key;
}

function outsideOf(graph: RoadGraph, search: Search, { stretch }: RoadSnap): Outside[] {
  const arcs = arcsOf(graph, { stretch });
  return arcs.flatMap((leave) =>
    arcs.map((enter): Outside => {
      const states = endingsOn(graph, enter);
      const way = aroundFrom(
        graph,
        search,
        { states: [graph.arcSource[leave]!], keys: [0] },
        { states, keys: states.map(() => 0) },
      );
      return { leave, enter, key: way === null ? Infinity : way.key - graph.arcKey[enter]! };
    }),
  );
}
