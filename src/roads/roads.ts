import { decimetersOf, millisecondsOf } from "./key.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { FoundWay, Search, Seeds } from "./search.ts";
import { keysWithin, wayWithin } from "./same-stretch.ts";
import { begin, end } from "./seeds.ts";
import { drawIsochrones, type Polygons } from "./isochrones.ts";
import { type RoadStep, stepsOf } from "./steps.ts";
import { traceWay, type RoadPath } from "./trace.ts";
import { nearestRoad, type RoadSnap } from "./snap.ts";

/** A route with its shape; times in milliseconds, lengths in decimetres. */
export interface RoadRoute extends RoadPath {
  readonly milliseconds: number;
  readonly decimeters: number;
  readonly steps: readonly RoadStep[];
}

/**
 * What a city's roads answer for one profile. Points are snapped first; starts and ends lie part-way along a stretch,
 * exactly.
 */
export interface Roads {
  readonly graph: RoadGraph;
  /** The nearest road at any distance; null when the profile has none. */
  snap(lon: number, lat: number): RoadSnap | null;
  /** Null only where a stretch has no way to another; in a built graph there is always one. */
  route(from: RoadSnap, to: RoadSnap): RoadRoute | null;
  /**
   * Keys (see key.ts) row by row; `Infinity` where there is no way. What a snap costs to look at is remembered as long
   * as the snap lives.
   */
  matrix(from: readonly RoadSnap[], to: readonly RoadSnap[]): Float64Array;
  /** Where one can be within some milliseconds, for each limit (see isochrones.ts). */
  isochrones(from: RoadSnap, limits: readonly number[]): Polygons[];
}

export function openRoads(graph: RoadGraph, search: Search): Roads {
  const wayTo = (from: RoadSnap, to: RoadSnap): FoundWay | null =>
    from.stretch === to.stretch ? wayWithin(graph, search, from, to) : search.way(begin(graph, from), end(graph, to));
  const between = (from: RoadSnap, to: RoadSnap): FoundWay | null =>
    wayTo(from, to) ?? (to.only === undefined ? null : wayTo(from, inBoth(to)));
  const within = keysWithin(graph, search);
  // One Seeds object for one snap: a search may remember what it found from it.
  const known = new WeakMap<RoadSnap, { readonly begin: Seeds; readonly end: Seeds }>();
  const seedsOf = (snap: RoadSnap): { readonly begin: Seeds; readonly end: Seeds } => {
    const seeds = known.get(snap) ?? { begin: begin(graph, snap), end: end(graph, snap) };
    known.set(snap, seeds);
    return seeds;
  };
  const cellsOf = (from: readonly RoadSnap[], to: readonly RoadSnap[]): Float64Array => {
    const cells = search.matrix(
      from.map((snap) => seedsOf(snap).begin),
      to.map((snap) => seedsOf(snap).end),
    );
    forEachShared(from, to, (i, j) => void (cells[i * to.length + j] = within(from[i]!, to[j]!)));
    return cells;
  };
  return {
    graph,
    snap: (lon, lat) => nearestRoad(graph, lon, lat),
    route(from, to) {
      const way = between(from, to);
      if (way === null) return null;
      const path = traceWay(graph, way, from, to);
      const [milliseconds, decimeters] = [millisecondsOf(way.key), decimetersOf(way.key)];
      return { milliseconds, decimeters, ...path, steps: stepsOf(graph, way, path) };
    },
    matrix: (from, to) => withBoth(from, to, cellsOf),
    isochrones: (from, limits) => drawIsochrones(graph, from, search.spread(begin(graph, from)), limits),
  };
}

const inBoth = ({ only: _, ...snap }: RoadSnap): RoadSnap => snap;

/** A matrix in which targets that no way reaches in the direction they ask for are reached in any. */
function withBoth(
  from: readonly RoadSnap[],
  to: readonly RoadSnap[],
  cellsOf: (from: readonly RoadSnap[], to: readonly RoadSnap[]) => Float64Array,
): Float64Array {
  const cells = cellsOf(from, to);
  const isMissed = (target: number): boolean => from.some((_, i) => cells[i * to.length + target] === Infinity);
  const missed = [...to.keys()].filter((target) => to[target]!.only !== undefined && isMissed(target));
  if (missed.length === 0) return cells;
  const others = cellsOf(
    from,
    missed.map((target) => inBoth(to[target]!)),
  );
  from.forEach((_, i) =>
    missed.forEach((target, j) => {
      const cell = i * to.length + target;
      if (cells[cell] === Infinity) cells[cell] = others[i * missed.length + j]!;
    }),
  );
  return cells;
}

/** Pairs on the same stretch, found without looking at every pair. */
function forEachShared(
  from: readonly RoadSnap[],
  to: readonly RoadSnap[],
  visit: (i: number, j: number) => void,
): void {
  const byStretch = new Map<number, number[]>();
  from.forEach(({ stretch }, i) => {
    const known = byStretch.get(stretch);
    if (known === undefined) byStretch.set(stretch, [i]);
    else known.push(i);
  });
  to.forEach(({ stretch }, j) => byStretch.get(stretch)?.forEach((i) => visit(i, j)));
}
