import { millisecondsOf } from "./key.ts";
import { fixed } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { FoundWay } from "./search.ts";
import { pieceLengths, type RoadSnap } from "./snap.ts";

/** A way as people see it. */
export interface RoadPath {
  /** [longitude, latitude] in degrees, from snap to snap; two points at least. */
  readonly shape: readonly (readonly [number, number])[];
  /**
   * Milliseconds from the start at each point of `shape`, never falling; waiting at a turn lies before the turn's
   * point.
   */
  readonly elapsed: readonly number[];
  /** Of each state of the way the place in `shape` at which it begins, ascending. */
  readonly begins: readonly number[];
}

/** Draws a way from where it starts on its first stretch to where it ends on its last. */
export function traceWay(graph: RoadGraph, way: FoundWay, from: RoadSnap, to: RoadSnap): RoadPath {
  const [shape, elapsed, begins] = [[] as (readonly [number, number])[], [] as number[], [] as number[]];
  const add = (lon: number, lat: number, at: number): void => {
    const last = shape.at(-1);
    // The start keeps its own moment: who waits at once stands there twice.
    if (shape.length > 1 && last![0] === lon && last![1] === lat) elapsed.pop();
    else shape.push([lon, lat]);
    elapsed.push(at);
  };
  const total = millisecondsOf(way.key);
  add(from.lon, from.lat, 0);
  let at = 0;
  way.states.forEach((state, i) => {
    const arc = graph.stateArc[state]!;
    const against = (graph.arcSide[arc]! & 1) === 1;
    const [first, last] = [i === 0, i === way.states.length - 1];
    const start = first ? (against ? 1 - from.share : from.share) : 0;
    const end = last ? (against ? 1 - to.share : to.share) : 1;
    const wait = first ? 0 : waitBefore(graph, way.states[i - 1]!, state);
    if (wait > 0) add(...shape.at(-1)!, (at += wait));
    begins.push(shape.length - 1);
    const time = millisecondsOf(graph.arcKey[arc]!);
    const begun = at;
    eachPoint(graph, arc, { start, end }, (lon, lat, share) => add(lon, lat, begun + time * (share - start)));
    at += time * (end - start);
  });
  add(to.lon, to.lat, total);
  return { shape, elapsed: elapsed.map((ms) => Math.min(Math.round(ms), total)), begins };
}

/** Milliseconds lost in the turn between two states that follow each other. */
function waitBefore({ turnStart, turnTo, turnKey, arcKey, stateArc }: RoadGraph, from: number, to: number): number {
  for (let i = turnStart[from]!; i < turnStart[from + 1]!; i++)
    if (turnTo[i] === to) return millisecondsOf(turnKey[i]! - arcKey[stateArc[to]!]!);
  return 0;
}

/** Tells an arc's own points strictly between two shares of its length, and its end point when that is reached, in the order they are passed. */
function eachPoint(
  graph: RoadGraph,
  arc: number,
  { start, end }: { readonly start: number; readonly end: number },
  tell: (lon: number, lat: number, share: number) => void,
): void {
  const side = graph.arcSide[arc]!;
  const [stretch, against] = [side >> 1, (side & 1) === 1];
  const [first, lengths] = [graph.stretchStart[stretch]!, pieceLengths(graph, stretch)];
  const pieces = lengths.length;
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  let along = 0;
  for (let passed = 0; passed <= pieces; passed++) {
    const share = along / total;
    if (share > start + 1e-12 && (share < end - 1e-12 || (end === 1 && share > 1 - 1e-9))) {
      const at = 2 * (first + (against ? pieces - passed : passed));
      tell(graph.coords[at]! / fixed, graph.coords[at + 1]! / fixed, Math.min(1, share));
    }
    along += lengths[against ? pieces - 1 - passed : passed] ?? 0;
  }
}
