import { decimetersOf } from "./key.ts";
import { fixed, metersPerDegree, metersPerDegreeEast } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { FoundWay } from "./search.ts";
import type { RoadPath } from "./trace.ts";

/** What to do where a step begins; the same words as the domain's `Maneuver`. */
export type Maneuver =
  | "depart"
  | "continue"
  | "slight_left"
  | "left"
  | "sharp_left"
  | "slight_right"
  | "right"
  | "sharp_right"
  | "turn_round"
  | "roundabout"
  | "ferry"
  | "arrive";

/** A part of a route that needs one instruction. Milliseconds and decimetres to the next step. */
export interface RoadStep {
  readonly maneuver: Maneuver;
  readonly street: string | null;
  /** Which exit of a roundabout, from 1; null elsewhere. */
  readonly exit: number | null;
  /** Place in the shape. */
  readonly at: number;
  readonly milliseconds: number;
  readonly decimeters: number;
}

type Start = Pick<RoadStep, "maneuver" | "street" | "exit" | "at">;

/** From `depart` to `arrive`; the path must be that of the way. */
export function stepsOf(graph: RoadGraph, { key, states }: FoundWay, path: RoadPath): RoadStep[] {
  const arcs = states.map((state) => graph.stateArc[state]!);
  const starts: Start[] = [{ maneuver: "depart", street: streetOf(graph, arcs[0]!), exit: null, at: 0 }];
  for (let i = 1; i < arcs.length; i++) {
    const start = startAt(graph, states, arcs, i);
    if (start !== null) starts.push({ ...start, at: path.begins[i]! });
  }
  starts.push({ maneuver: "arrive", street: null, exit: null, at: path.shape.length - 1 });
  const passed = lengthsAlong(path, decimetersOf(key));
  return starts.map((start, i) => {
    const end = starts[i + 1]?.at ?? start.at;
    return {
      ...start,
      milliseconds: path.elapsed[end]! - path.elapsed[start.at]!,
      decimeters: Math.round(passed[end]!) - Math.round(passed[start.at]!),
    };
  });
}

const streetOf = ({ names, stretchName, arcSide }: RoadGraph, arc: number): string | null =>
  names[stretchName[arcSide[arc]! >> 1]!] ?? null;

/** Null where people just go on. */
function startAt(
  graph: RoadGraph,
  states: readonly number[],
  arcs: readonly number[],
  i: number,
): Omit<Start, "at"> | null {
  const [before, arc] = [arcs[i - 1]!, arcs[i]!];
  const is = (kind: Uint8Array, of: number): boolean => kind[graph.arcSide[of]! >> 1] === 1;
  const street = streetOf(graph, arc);
  const isRound = (of: number): boolean => is(graph.stretchRoundabout, of);
  if (isRound(arc)) return isRound(before) ? null : roundabout(graph, states, arcs, i, isRound);
  if (isRound(before)) return arcs.slice(0, i).every(isRound) ? { maneuver: "continue", street, exit: null } : null;
  if (is(graph.stretchFerry, arc) !== is(graph.stretchFerry, before))
    return { maneuver: is(graph.stretchFerry, arc) ? "ferry" : "continue", street, exit: null };
  if (graph.arcSide[arc] === (graph.arcSide[before]! ^ 1)) return { maneuver: "turn_round", street, exit: null };
  const degrees = bendBetween(graph, before, arc);
  const isSame = street === streetOf(graph, before);
  if (isSame && Math.abs(degrees) < 45) return null;
  const isForced = waysOn(graph, states[i - 1]!, before) === 1;
  if (isSame && isForced) return null;
  return { maneuver: isForced ? "continue" : maneuverFor(degrees), street, exit: null };
}

/** The street is the one it is left by. */
function roundabout(
  graph: RoadGraph,
  states: readonly number[],
  arcs: readonly number[],
  i: number,
  isRound: (arc: number) => boolean,
): Omit<Start, "at"> {
  let exit = 0;
  for (let at = i; at < arcs.length; at++) {
    if (!isRound(arcs[at]!)) return { maneuver: "roundabout", street: streetOf(graph, arcs[at]!), exit };
    const [first, last] = [graph.turnStart[states[at]!]!, graph.turnStart[states[at]! + 1]!];
    if (graph.turnTo.subarray(first, last).some((to) => !isRound(graph.stateArc[to]!))) exit++;
  }
  return { maneuver: "roundabout", street: streetOf(graph, arcs.at(-1)!), exit: null };
}

/** Arcs that may follow a state, turning round not counted. */
function waysOn({ turnStart, turnTo, turnKey, stateArc, arcSide }: RoadGraph, state: number, arc: number): number {
  const next = new Set<number>();
  for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) {
    const to = stateArc[turnTo[i]!]!;
    if (turnKey[i] !== Infinity && arcSide[to] !== (arcSide[arc]! ^ 1)) next.add(to);
  }
  return next.size;
}

/** Degrees from one arc into the next, -180 to 180, to the left positive. */
export function bendBetween(graph: RoadGraph, before: number, arc: number): number {
  const [[x1, y1], [x2, y2]] = [heading(graph, before, "end"), heading(graph, arc, "start")];
  return (Math.atan2(x1 * y2 - y1 * x2, x1 * x2 + y1 * y2) * 180) / Math.PI;
}

/** Metres east and north of an arc's first or last piece. */
function heading({ coords, stretchStart, arcSide }: RoadGraph, arc: number, at: "start" | "end"): [number, number] {
  const [stretch, isBack] = [arcSide[arc]! >> 1, (arcSide[arc]! & 1) === 1];
  const atDrawnStart = (at === "start") !== isBack;
  const from = atDrawnStart ? stretchStart[stretch]! : stretchStart[stretch + 1]! - 2;
  const east = (coords[2 * from + 2]! - coords[2 * from]!) * metersPerDegreeEast(coords[2 * from + 1]! / fixed);
  const north = (coords[2 * from + 3]! - coords[2 * from + 1]!) * metersPerDegree;
  return isBack ? [-east, -north] : [east, north];
}

function maneuverFor(degrees: number): Maneuver {
  const size = Math.abs(degrees);
  if (size < 20) return "continue";
  const side = degrees > 0 ? "left" : "right";
  if (size < 45) return `slight_${side}`;
  return size > 120 ? `sharp_${side}` : side;
}

/** Decimetres from the start at each point of the shape; the last is the whole length. */
function lengthsAlong({ shape }: RoadPath, decimeters: number): Float64Array {
  const lengths = new Float64Array(shape.length);
  for (let i = 1; i < shape.length; i++) {
    const [before, here] = [shape[i - 1]!, shape[i]!];
    const east = (here[0] - before[0]) * metersPerDegreeEast((before[1] + here[1]) / 2);
    const north = (here[1] - before[1]) * metersPerDegree;
    lengths[i] = lengths[i - 1]! + Math.sqrt(east * east + north * north);
  }
  const drawn = lengths.at(-1)! || 1;
  return lengths.map((length) => (length / drawn) * decimeters);
}
