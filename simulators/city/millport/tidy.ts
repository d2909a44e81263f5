import type { Rng } from "../../../src/kernel/rng.ts";
import type { Field } from "./field.ts";
import { forCars, isExpress, rank, type Edge, type StreetGraph } from "./graph.ts";
import { add, apart, between, minus, times, unit, type Vec } from "./plane.ts";
import type { Quarter, Terrain } from "./terrain.ts";

/** Leads streets that end in the middle of a block on to the next street, and takes away what is too short for a house. */
export function openClosedEnds(graph: StreetGraph, field: Field, open: (p: Vec) => boolean): void {
  for (let node = 0; node < graph.points.length; node++) {
    if (graph.at[node]!.length !== 1) continue;
    const stub = tail(graph, node);
    const { kind: own } = stub[0]!;
    const gap =
      own === "unclassified" ? laneGap : rank(own) < rank("tertiary") ? mainGap : field.spacing(graph.points[node]!);
    const goal = ahead(graph, node, stub[0]!, gap * 1.15);
    if (goal !== null && freeWay(open, graph.points[node]!, graph.points[goal]!)) {
      const { kind, label } = stub[0]!;
      graph.stretch(node, goal, { kind, label, oneWay: null });
    } else if (length(graph, stub) < gap * 0.55) for (const edge of stub) graph.drop(edge);
  }
}

/** How far a main road and a country lane are led on to the next street, metres. */
const [mainGap, laneGap] = [90, 240];

/** Whether the ground between two points is free. */
export const freeWay = (open: (p: Vec) => boolean, a: Vec, b: Vec): boolean =>
  [0.2, 0.4, 0.6, 0.8].every((share) => open(between(a, b, share)));

const length = (graph: StreetGraph, edges: readonly Edge[]): number =>
  edges.reduce((sum, edge) => sum + apart(graph.points[edge.a]!, graph.points[edge.b]!), 0);

/** The edges from `end` along `edge` to the first crossing: a dead end's way back. */
function tail(graph: StreetGraph, end: number, first = graph.edgesAt(end)[0]): Edge[] {
  const edges: Edge[] = [];
  let [node, edge] = [end, first];
  while (edge !== undefined && edges.length < 200) {
    edges.push(edge);
    node = graph.other(edge, node);
    if (graph.at[node]!.length !== 2) break;
    edge = graph.edgesAt(node).find((next) => next !== edge);
  }
  return edges;
}

/** What a dead end would meet if it went on: a crossing beside its line, or a point on a street across it. */
export function ahead(graph: StreetGraph, node: number, edge: Edge, reach: number): number | null {
  const p = graph.points[node]!;
  const along = unit(minus(p, graph.points[graph.other(edge, node)]!));
  for (let far = 12; far <= reach; far += 8) {
    const q = add(p, times(along, far));
    const near = graph.nearestNode(
      q,
      12 + far * 0.2,
      (other) => other === node || graph.at[node]!.some((id) => graph.other(graph.edges[id]!, node) === other),
    );
    if (near !== null && graph.edgesAt(near).every((arm) => forCars(arm.kind) && !isExpress(arm.kind))) return near;
    const street = graph.nearestEdge(q, 8, (other) => other !== edge && forCars(other.kind) && !isExpress(other.kind));
    if (street !== null) return graph.split(street, q);
  }
  return null;
}

/** The share of four-armed crossings that lose an arm: old towns and suburbs are made of T-junctions, planned quarters less so. */
const openings: Readonly<Record<Quarter, number>> = {
  "old town": 0.6,
  inner: 0.45,
  suburb: 0.8,
  harbour: 0.2,
  country: 0.4,
};

/** Takes stretches out where four meet, so that blocks differ in size and few crossings have four arms. */
export function thinOut(graph: StreetGraph, rng: Rng, terrain: Terrain): void {
  const seen = new Set<Edge>();
  for (const edge of [...graph.edges]) {
    if (edge.gone || edge.kind !== "residential" || seen.has(edge)) continue;
    const stretch = [...tail(graph, edge.a, edge).reverse(), ...tail(graph, edge.b, edge)];
    for (const part of stretch) seen.add(part);
    const ends = endsOf(stretch).map((node) => graph.at[node]!.length);
    const crossings = ends.filter((arms) => arms >= 4).length;
    if (ends.length !== 2 || Math.min(...ends) < 3 || crossings === 0) continue;
    const share = openings[terrain.quarter(graph.points[edge.a]!)];
    if (rng.next() < (crossings === 2 ? share : share * 0.45)) for (const part of stretch) graph.drop(part);
  }
}

/** The nodes where a run of edges begins and ends: those it touches once. */
function endsOf(stretch: readonly Edge[]): number[] {
  const touched = new Map<number, number>();
  for (const edge of new Set(stretch))
    for (const node of [edge.a, edge.b]) touched.set(node, (touched.get(node) ?? 0) + 1);
  return [...touched].filter(([, times]) => times === 1).map(([node]) => node);
}

/** Drops every street that cannot be reached from the largest part of the network without motorways. */
export function keepOneNetwork(graph: StreetGraph): void {
  const part = new Int32Array(graph.points.length).fill(-1);
  const sizes: number[] = [];
  const flood = (start: number, fits: (edge: Edge) => boolean): void => {
    const open = [start];
    part[start] = sizes.length;
    let size = 0;
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      size++;
      for (const edge of graph.edgesAt(node)) {
        const next = graph.other(edge, node);
        if (!fits(edge) || part[next]! >= 0) continue;
        part[next] = sizes.length;
        open.push(next);
      }
    }
    sizes.push(size);
  };
  const cars = ({ kind }: Edge): boolean => forCars(kind) && !isExpress(kind);
  for (let node = 0; node < part.length; node++) if (part[node]! < 0) flood(node, cars);
  const main = sizes.reduce((best, size, at) => (size > sizes[best]! ? at : best), 0);
  for (const edge of graph.edges) if (!edge.gone && cars(edge) && part[edge.a] !== main) graph.drop(edge);
  dropLoosePaths(graph);
}

/** Footways that no longer touch a street go as well. */
function dropLoosePaths(graph: StreetGraph): void {
  const reached = new Set<number>();
  for (const edge of graph.edges) if (!edge.gone && forCars(edge.kind)) reached.add(edge.a).add(edge.b);
  const open = [...reached];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const edge of graph.edgesAt(node)) {
      const next = graph.other(edge, node);
      if (!reached.has(next)) open.push(next);
      reached.add(next);
    }
  for (const edge of graph.edges) if (!edge.gone && !reached.has(edge.a)) graph.drop(edge);
}

/** Replaces the crossing nearest to `at` by a roundabout of the given radius, driven anticlockwise. False where there is no room. */
export function makeCircle(graph: StreetGraph, at: Vec, radius: number): boolean {
  const centre = graph.nearestNode(at, 60);
  if (centre === null) return false;
  const middle = graph.points[centre]!;
  const arms = graph.edgesAt(centre);
  const far = arms.map((edge) => graph.points[graph.other(edge, centre)]!);
  if (arms.length < 3 || far.some((p) => apart(p, middle) < radius + 4)) return false;
  const angles = far.map((p) => Math.atan2(p[1] - middle[1], p[0] - middle[0]));
  const corners = [...angles.map((angle, arm) => ({ angle, arm })), ...fillers(angles)].sort(
    (a, b) => a.angle - b.angle,
  );
  if (corners.some((corner, i) => i > 0 && corner.angle - corners[i - 1]!.angle < 0.12)) return false;
  const kind = arms.reduce((best, edge) => (rank(edge.kind) < rank(best) ? edge.kind : best), arms[0]!.kind);
  const nodes = corners.map(({ angle }) =>
    graph.addNode(add(middle, [Math.cos(angle) * radius, Math.sin(angle) * radius])),
  );
  corners.forEach(({ arm }, i) => {
    if (arm >= 0) reconnect(graph, arms[arm]!, centre, nodes[i]!);
  });
  nodes.forEach((node, i) => {
    const edge = graph.join(node, nodes[(i + 1) % nodes.length]!, {
      // Never a trunk road: walkers and bicycles must get round it.
      kind: rank(kind) < rank("primary") ? "primary" : kind,
      label: "",
      oneWay: "ab",
    });
    if (edge !== null) edge.circle = true;
  });
  return true;
}

function reconnect(graph: StreetGraph, arm: Edge, centre: number, node: number): void {
  const [a, b] = arm.a === centre ? [node, arm.b] : [arm.a, node];
  graph.drop(arm);
  graph.join(a, b, arm, arm.bridge);
}

/** Corners between the arms, so that the circle looks round. */
function fillers(angles: readonly number[]): { angle: number; arm: number }[] {
  const all: { angle: number; arm: number }[] = [];
  for (let i = 0; i < 12; i++) {
    const angle = -Math.PI + (i + 0.5) * (Math.PI / 6);
    const off = Math.min(
      ...angles.map((other) => Math.abs(Math.atan2(Math.sin(other - angle), Math.cos(other - angle)))),
    );
    if (off > 0.3) all.push({ angle, arm: -1 });
  }
  return all;
}
