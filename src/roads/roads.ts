import { decimetersOf, millisecondsOf, partOf, type Key } from "./key.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { FoundWay, Search, Seeds } from "./search.ts";
import { traceWay, type RoadPath } from "./trace.ts";
import { nearestRoad, type RoadSnap } from "./snap.ts";

/** A route with its shape; times in milliseconds, lengths in decimetres. */
export interface RoadRoute extends RoadPath {
  readonly milliseconds: number;
  readonly decimeters: number;
}

/** What a city's roads answer for one profile. Points are snapped first; starts and ends lie part-way along a stretch, exactly. */
export interface Roads {
  readonly graph: RoadGraph;
  /** The nearest road at any distance; null when the profile has none. */
  snap(lon: number, lat: number): RoadSnap | null;
  /** Null only where a stretch has no way to another; in a built graph there is always one. */
  route(from: RoadSnap, to: RoadSnap): RoadRoute | null;
  /** Keys (see key.ts) row by row; `Infinity` where there is no way. What a snap costs to look at is remembered as long as the snap lives. */
  matrix(from: readonly RoadSnap[], to: readonly RoadSnap[]): Float64Array;
}

export function openRoads(graph: RoadGraph, search: Search): Roads {
  const between = (from: RoadSnap, to: RoadSnap): FoundWay | null =>
    from.stretch === to.stretch
      ? withinStretch(graph, search, from, to)
      : search.way(begin(graph, from), end(graph, to));
  // One Seeds object for one snap: a search may remember what it found from it.
  const known = new WeakMap<RoadSnap, { readonly begin: Seeds; readonly end: Seeds }>();
  const seedsOf = (snap: RoadSnap): { readonly begin: Seeds; readonly end: Seeds } => {
    const seeds = known.get(snap) ?? { begin: begin(graph, snap), end: end(graph, snap) };
    known.set(snap, seeds);
    return seeds;
  };
  return {
    graph,
    snap: (lon, lat) => nearestRoad(graph, lon, lat),
    route(from, to) {
      const way = between(from, to);
      if (way === null) return null;
      return {
        milliseconds: millisecondsOf(way.key),
        decimeters: decimetersOf(way.key),
        ...traceWay(graph, way, from, to),
      };
    },
    matrix(from, to) {
      const cells = search.matrix(
        from.map((snap) => seedsOf(snap).begin),
        to.map((snap) => seedsOf(snap).end),
      );
      forEachShared(from, to, (i, j) => void (cells[i * to.length + j] = between(from[i]!, to[j]!)?.key ?? Infinity));
      return cells;
    },
  };
}

/** Key of an arc up to where a snap lies on it. */
export function keyUpTo({ arcKey, arcSide }: RoadGraph, arc: number, { share }: RoadSnap): Key {
  return partOf(arcKey[arc]!, arcSide[arc]! & 1 ? 1 - share : share);
}

const arcsOf = ({ stretchArcs }: RoadGraph, { stretch }: RoadSnap): number[] =>
  [stretchArcs[2 * stretch]!, stretchArcs[2 * stretch + 1]!].filter((arc) => arc !== -1);

/** From the snap to the end of its arcs. */
export function begin(graph: RoadGraph, snap: RoadSnap): Seeds {
  const arcs = arcsOf(graph, snap);
  return {
    states: arcs.map((arc) => graph.arcSource[arc]!),
    keys: arcs.map((arc) => graph.arcKey[arc]! - keyUpTo(graph, arc, snap)),
  };
}

/** A search drives an arc to its end; what lies behind the snap is taken off again. */
export function end(graph: RoadGraph, snap: RoadSnap): Seeds {
  const arcs = arcsOf(graph, snap).flatMap((arc) =>
    [...new Set([arc, graph.arcSource[arc]!])].map((state) => ({ arc, state })),
  );
  return {
    states: arcs.map(({ state }) => state),
    keys: arcs.map(({ arc }) => keyUpTo(graph, arc, snap) - graph.arcKey[arc]!),
  };
}

/** On one stretch: straight on where the target lies ahead, or round about, which must leave the stretch first. */
function withinStretch(graph: RoadGraph, search: Search, from: RoadSnap, to: RoadSnap): FoundWay | null {
  const around = aroundFrom(graph, search, begin(graph, from), end(graph, to));
  const ahead = arcsOf(graph, from).map((arc): FoundWay => {
    const key = keyUpTo(graph, arc, to) - keyUpTo(graph, arc, from);
    const isAhead = graph.arcSide[arc]! & 1 ? to.share <= from.share : to.share >= from.share;
    return { key: isAhead ? key : Infinity, states: [graph.arcSource[arc]!] };
  });
  let best = around;
  for (const way of ahead) if (way.key !== Infinity && (best === null || way.key <= best.key)) best = way;
  return best;
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

/** Pairs on the same stretch, found without looking at every pair. */
function forEachShared(
  from: readonly RoadSnap[],
  to: readonly RoadSnap[],
  visit: (i: number, j: number) => void,
): void {
  const byStretch = new Map<number, number[]>();
  from.forEach(({ stretch }, i) => void byStretch.set(stretch, [...(byStretch.get(stretch) ?? []), i]));
  to.forEach(({ stretch }, j) => byStretch.get(stretch)?.forEach((i) => visit(i, j)));
}
