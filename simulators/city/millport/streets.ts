import { rank, type Edge, type Kind, type StreetGraph } from "./graph.ts";
import { apart, dot, minus, unit, type Vec } from "./plane.ts";
import { Spread } from "./streamlines.ts";

/** A run of edges that people call one street: `nodes` in walking order, `edges[i]` between `nodes[i]` and `nodes[i + 1]`. */
export interface Street {
  readonly number: number;
  readonly nodes: readonly number[];
  readonly edges: readonly Edge[];
  readonly label: string;
  readonly length: number;
}

export const kindOf = (street: Street): Kind => street.edges[0]!.kind;
export const lineOf = (graph: StreetGraph, street: Street): Vec[] => street.nodes.map((node) => graph.points[node]!);

/** Streets go straight on at crossings as long as they turn less than this (its cosine). */
const straight = Math.cos((42 * Math.PI) / 180);

/** Every edge outside the roundabouts belongs to exactly one street afterwards; long ones are cut at a crossing. */
export function findStreets(graph: StreetGraph): Street[] {
  const streets: Street[] = [];
  const byRank = graph.edges
    .filter((edge) => !edge.gone && !edge.circle)
    .sort((x, y) => rank(x.kind) - rank(y.kind) || x.id - y.id);
  for (const edge of byRank) {
    if (edge.street !== null) continue;
    edge.street = -1;
    const nodes = [edge.a, edge.b];
    const edges = [edge];
    grow(graph, nodes, edges);
    nodes.reverse();
    edges.reverse();
    grow(graph, nodes, edges);
    for (const part of cut(graph, nodes, edges)) streets.push(number(graph, part, streets.length));
  }
  return streets;
}

function number(graph: StreetGraph, part: { nodes: number[]; edges: Edge[] }, at: number): Street {
  for (const edge of part.edges) edge.street = at;
  const length = part.nodes
    .slice(1)
    .reduce((sum, node, i) => sum + apart(graph.points[node]!, graph.points[part.nodes[i]!]!), 0);
  return { number: at, ...part, label: part.edges[0]!.label, length };
}

/** Goes on at the end of the run while one edge of the same road leads on. */
function grow(graph: StreetGraph, nodes: number[], edges: Edge[]): void {
  for (;;) {
    const [end, before] = [nodes[nodes.length - 1]!, nodes[nodes.length - 2]!];
    const last = edges[edges.length - 1]!;
    const along = unit(minus(graph.points[end]!, graph.points[before]!));
    let best: Edge | null = null;
    let most = straight;
    for (const edge of graph.edgesAt(end)) {
      if (edge.street !== null || edge.circle || edge.kind !== last.kind || edge.label !== last.label) continue;
      if ((edge.oneWay === null) !== (last.oneWay === null)) continue;
      const turn = dot(along, unit(minus(graph.points[graph.other(edge, end)]!, graph.points[end]!)));
      const bend = graph.at[end]!.length === 2 ? Math.max(turn, straight + 0.01) : turn;
      if (bend > most) [best, most] = [edge, bend];
    }
    if (best === null) return;
    best.street = -1;
    edges.push(best);
    nodes.push(graph.other(best, end));
  }
}

/** No residential street is longer than some 700 metres, no nameless other one than 1,600: the name changes at a crossing. */
function cut(graph: StreetGraph, nodes: number[], edges: Edge[]): { nodes: number[]; edges: Edge[] }[] {
  const longest = edges[0]!.label !== "" ? Infinity : 760;
  const parts: { nodes: number[]; edges: Edge[] }[] = [];
  let [from, length] = [0, 0];
  for (let i = 0; i < edges.length; i++) {
    length += apart(graph.points[nodes[i]!]!, graph.points[nodes[i + 1]!]!);
    const crossing = graph.at[nodes[i + 1]!]!.length > 3;
    if (i < edges.length - 1 && length > longest && crossing) {
      parts.push({ nodes: nodes.slice(from, i + 2), edges: edges.slice(from, i + 1) });
      [from, length] = [i + 1, 0];
    }
  }
  parts.push({ nodes: nodes.slice(from), edges: edges.slice(from) });
  return parts;
}

/** Raises the longest residential streets to collectors, well apart from each other and from the main roads. */
export function chooseCollectors(graph: StreetGraph): void {
  const spread = new Spread();
  const runs = findStreets(graph);
  for (const run of runs) if (rank(kindOf(run)) < rank("residential")) spread.keep(lineOf(graph, run));
  const long = runs
    .filter((run) => kindOf(run) === "residential" && run.length > 330)
    .sort((x, y) => y.length - x.length || x.number - y.number);
  for (const run of long) {
    const line = lineOf(graph, run);
    const free = line.filter((p, i) => i === 0 || !spread.crowded(p, unit(minus(p, line[i - 1]!)), 210)).length;
    if (free < line.length * 0.85) continue;
    spread.keep(line);
    for (const edge of run.edges) edge.kind = "tertiary";
  }
  for (const edge of graph.edges) edge.street = null;
}
