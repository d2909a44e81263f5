import type { Rng } from "../../../src/kernel/rng.ts";
import { rank, type Edge, type StreetGraph } from "./graph.ts";
import { add, apart, between, dot, left, minus, polar, times, unit, type Vec } from "./plane.ts";
import type { Quarter, Terrain } from "./terrain.ts";
import { ahead, freeWay } from "./tidy.ts";

/** How many streets in a hundred of a quarter get a close, how far it leads in, and how much it may bend (radians a step). */
const habits: Partial<
  Record<Quarter, { readonly share: number; readonly reach: readonly [number, number]; readonly bend: number }>
> = {
  "old town": { share: 0.1, reach: [22, 50], bend: 0.5 },
  inner: { share: 0.2, reach: [32, 70], bend: 0.15 },
  suburb: { share: 0.5, reach: [45, 150], bend: 0.35 },
};

const step = 14;
/** A close ends this far before the next street, metres: there are gardens between. */
const garden = 26;

/** Dead ends that lead into blocks with room inside: courts in the town, winding closes in the suburbs. */
export function growCloses(graph: StreetGraph, rng: Rng, terrain: Terrain, allowed: (p: Vec) => boolean): void {
  for (const edge of [...graph.edges]) {
    if (edge.gone || edge.bridge || edge.level !== 0 || rank(edge.kind) < rank("tertiary")) continue;
    if (rank(edge.kind) > rank("residential")) continue;
    const [a, b] = [graph.points[edge.a]!, graph.points[edge.b]!];
    const habit = habits[terrain.quarter(a)];
    if (habit === undefined || apart(a, b) < 34 || rng.next() > habit.share) continue;
    const start = between(a, b, rng.between(0.35, 0.65));
    const out = times(left(unit(minus(b, a))), rng.next() < 0.5 ? 1 : -1);
    const line = grow(graph, edge, start, out, rng.between(...habit.reach), habit.bend * (rng.next() - 0.5), allowed);
    if (line.length * step < habit.reach[0]) continue;
    const root = graph.split(edge, start);
    graph.chain([root, ...line.map((p) => graph.addNode(p))], { kind: "residential", label: "", oneWay: null });
  }
}

/** From the ends of closes footpaths lead on to the next street: who walks has shorter ways. */
export function cutThrough(graph: StreetGraph, rng: Rng, open: (p: Vec) => boolean): void {
  for (let node = 0; node < graph.points.length; node++) {
    const [arm, ...more] = graph.edgesAt(node);
    if (arm === undefined || more.length > 0 || arm.kind !== "residential" || rng.next() > 0.5) continue;
    const goal = ahead(graph, node, arm, 95);
    if (goal === null || !freeWay(open, graph.points[node]!, graph.points[goal]!)) continue;
    graph.stretch(node, goal, { kind: "footway", label: "", oneWay: null });
  }
}

function grow(
  graph: StreetGraph,
  from: Edge,
  start: Vec,
  out: Vec,
  reach: number,
  bend: number,
  allowed: (p: Vec) => boolean,
): Vec[] {
  const line: Vec[] = [];
  let at = start;
  let heading = Math.atan2(out[1], out[0]);
  const own = (edge: Edge, p: Vec): boolean =>
    edge === from ||
    (apart(p, start) < 2.2 * garden && dot(minus(p, start), out) < 2.2 * garden && touches(graph, edge, from));
  for (let far = step; far <= reach; far += step) {
    if (far > 30) heading += bend;
    const next = add(at, polar(heading, step));
    const ahead = add(at, polar(heading, step + garden));
    if (!allowed(next)) break;
    if (graph.nearestEdge(ahead, garden, (edge) => !own(edge, next)) !== null) break;
    if (graph.nearestEdge(next, garden, (edge) => !own(edge, next)) !== null) break;
    line.push(next);
    at = next;
  }
  return line;
}

const touches = (graph: StreetGraph, edge: Edge, from: Edge): boolean =>
  [from.a, from.b].some((node) => graph.at[node]!.includes(edge.id));
