import type { Rng } from "../../../src/kernel/rng.ts";
import { rank, type StreetGraph } from "./graph.ts";
import { add, apart, between, left, minus, times, unit, type Vec } from "./plane.ts";
import type { Quarter, Terrain } from "./terrain.ts";

/** A car park behind the houses, with the lane that leads to it in the street graph. */
export interface Yard {
  /** Its corners, anticlockwise. */
  readonly ring: readonly Vec[];
}

/** What lanes into yards are labelled; they have no name, and no house has its number there. */
export const yardLane = "(yard)";

/** How many streets in a hundred have a yard behind them. */
const shares: Partial<Record<Quarter, number>> = { "old town": 0.05, inner: 0.17, suburb: 0.1, harbour: 0.5 };

/** Lanes into the middle of blocks, each ending in the aisles of a car park: the service roads of a real town. */
export function layYards(graph: StreetGraph, rng: Rng, terrain: Terrain, allowed: (p: Vec) => boolean): Yard[] {
  const yards: Yard[] = [];
  for (const edge of [...graph.edges]) {
    if (edge.gone || edge.bridge || rank(edge.kind) < rank("primary") || rank(edge.kind) > rank("residential"))
      continue;
    const [a, b] = [graph.points[edge.a]!, graph.points[edge.b]!];
    const share = shares[terrain.quarter(a)] ?? 0;
    if (apart(a, b) < 30 || rng.next() > share) continue;
    const start = between(a, b, rng.between(0.4, 0.6));
    const along = unit(minus(b, a));
    const out = times(left(along), rng.next() < 0.5 ? 1 : -1);
    const [lead, wide, deep] = [rng.between(18, 30), rng.between(14, 46), rng.between(12, 22)];
    const gate = add(start, times(out, lead));
    const corner = (aside: number, far: number): Vec => add(add(gate, times(along, aside)), times(out, far));
    const loop = [corner(wide / 2, 0), corner(wide / 2, deep), corner(-wide / 2, deep), corner(-wide / 2, 0)];
    const rim = [...loop, corner(0, deep / 2), corner(0, deep), gate];
    const room = (p: Vec): boolean => allowed(p) && graph.nearestEdge(p, 15, (other) => other !== edge) === null;
    if (!rim.every(room)) continue;
    const aisle = { kind: "service" as const, label: yardLane, oneWay: null };
    const [root, door] = [graph.split(edge, start), graph.addNode(gate)];
    graph.chain([root, door], aisle);
    const corners = loop.map((p) => graph.addNode(p));
    graph.chain([door, ...corners, ...(rng.next() < 0.7 ? [door] : [])], aisle);
    const ring = [
      [6, -5],
      [6, 5],
      [-6, 5],
      [-6, -5],
    ].map(([x, y], i) => add(loop[i]!, add(times(along, x!), times(out, y!))));
    yards.push({ ring });
  }
  return yards;
}
