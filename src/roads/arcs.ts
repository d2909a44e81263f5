import type { Stretches } from "./stretches.ts";

// Arcs while a graph is built: `2 × stretch` drives it as drawn, `2 × stretch + 1` the other way.

export const reverseOf = (arc: number): number => arc ^ 1;
export const stretchOf = (arc: number): number => arc >> 1;
export const keyOfArc = ({ forward, backward }: Stretches, arc: number): number =>
  (arc & 1 ? backward : forward)[arc >> 1]!;
export const tailOf = ({ from, to }: Stretches, arc: number): number => (arc & 1 ? to : from)[arc >> 1]!;
export const headOf = ({ from, to }: Stretches, arc: number): number => (arc & 1 ? from : to)[arc >> 1]!;

/** Ending-only at its most open hour, and at any hour at all. */
export const isEnding = ({ ends }: Stretches, arc: number): boolean => ((ends[arc >> 1]! >> (arc & 1)) & 1) === 1;
export const mayEnd = ({ ends }: Stretches, arc: number): boolean => ((ends[arc >> 1]! >> (2 + (arc & 1))) & 1) === 1;

/** The arcs at each junction, either those that leave it or those that arrive. */
export interface ArcsAt {
  readonly start: Uint32Array;
  readonly arcs: Uint32Array;
}

export function arcsAt(
  stretches: Stretches,
  junctions: number,
  end: typeof tailOf,
  alive: (arc: number) => boolean,
): ArcsAt {
  const start = new Uint32Array(junctions + 1);
  const count = 2 * stretches.way.length;
  for (let arc = 0; arc < count; arc++) if (alive(arc)) start[end(stretches, arc) + 1]!++;
  for (let i = 0; i < junctions; i++) start[i + 1]! += start[i]!;
  const [arcs, next] = [new Uint32Array(start[junctions]!), start.slice()];
  for (let arc = 0; arc < count; arc++) if (alive(arc)) arcs[next[end(stretches, arc)]!++] = arc;
  return { start, arcs };
}

export const listAt = ({ start, arcs }: ArcsAt, junction: number): readonly number[] => [
  ...arcs.subarray(start[junction], start[junction + 1]),
];
