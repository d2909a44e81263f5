import { components } from "./islands.ts";
import type { RoadGraph } from "./road-graph.ts";
import { endingsOn } from "./seeds.ts";

/**
 * The same graph with arcs only where a journey can begin or end now: what closures have cut off is snapped to no more,
 * so that every stretch with an arc still leads to every other.
 */
export function whereConnected(graph: RoadGraph): RoadGraph {
  const isMain = largestComponent(graph);
  const [entered, leads] = [reach(openTurns(graph, false), isMain), reach(openTurns(graph, true), isMain)];
  const begins = (arc: number): boolean => arc !== -1 && leads[graph.arcSource[arc]!] === 1;
  const ends = (arc: number): boolean => arc !== -1 && endingsOn(graph, arc).some((state) => entered[state] === 1);
  const stretchArcs = graph.stretchArcs.map((arc, i) => {
    const both = [arc, graph.stretchArcs[i ^ 1]!];
    return both.some(begins) && both.some(ends) && (begins(arc) || ends(arc)) ? arc : -1;
  });
  return { ...graph, stretchArcs };
}

/** Whether a state belongs to the most that lead to each other. */
function largestComponent({ turnStart, turnTo, turnKey }: RoadGraph): (state: number) => boolean {
  const all = new Uint8Array(turnStart.length - 1).fill(1);
  const open = new Uint8Array(turnKey.length);
  for (let turn = 0; turn < turnKey.length; turn++) if (turnKey[turn] !== Infinity) open[turn] = 1;
  const component = components({ start: turnStart, to: turnTo }, all, open);
  const sizes = new Uint32Array(component.length);
  for (const one of component) sizes[one]!++;
  const main = sizes.reduce((best, size, one) => (size > sizes[best]! ? one : best), 0);
  return (state) => component[state] === main;
}

interface Moves {
  readonly start: Uint32Array;
  readonly to: Uint32Array;
}

/** Turns that are not closed, from where they begin, or backwards from where they end. */
function openTurns({ stateArc, turnStart, turnTo, turnKey }: RoadGraph, isBackwards: boolean): Moves {
  const start = new Uint32Array(stateArc.length + 1);
  const forEach = (visit: (from: number, to: number) => void): void => {
    for (let state = 0; state < stateArc.length; state++)
      for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++)
        if (turnKey[i] !== Infinity) visit(isBackwards ? turnTo[i]! : state, isBackwards ? state : turnTo[i]!);
  };
  forEach((from) => void start[from + 1]!++);
  for (let state = 0; state < stateArc.length; state++) start[state + 1]! += start[state]!;
  const [to, next] = [new Uint32Array(start.at(-1)!), start.slice()];
  forEach((from, end) => void (to[next[from]!++] = end));
  return { start, to };
}

/** 1 for each state that is one of some, or reached from one of them. */
function reach({ start, to }: Moves, isFirst: (state: number) => boolean): Uint8Array {
  const reached = new Uint8Array(start.length - 1);
  const open: number[] = [];
  const mark = (state: number): void => {
    if (reached[state] === 1) return;
    reached[state] = 1;
    open.push(state);
  };
  for (let state = 0; state < reached.length; state++) if (isFirst(state)) mark(state);
  while (open.length > 0) {
    const state = open.pop()!;
    for (let i = start[state]!; i < start[state + 1]!; i++) mark(to[i]!);
  }
  return reached;
}
