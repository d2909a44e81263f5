import type { OsmTags } from "../../../src/kernel/osm.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import type { Edge, StreetGraph } from "./graph.ts";
import type { OsmDraft } from "./osm-draft.ts";
import { between } from "./plane.ts";
import { nodeTags, pathBarrier, streetTags } from "./signs.ts";
import type { Street } from "./streets.ts";
import type { Terrain } from "./terrain.ts";
import type { Traffic } from "./traffic.ts";

/** What is drawn, and with what on it. */
export interface StreetPlan {
  readonly graph: StreetGraph;
  readonly terrain: Terrain;
  readonly streets: readonly Street[];
  readonly names: readonly (string | null)[];
  readonly traffic: Traffic;
}

/** Draws all streets with their names, bridges, roundabouts, lights and forbidden turns; returns each graph node's OSM node. */
export function drawStreets(draft: OsmDraft, rng: Rng, plan: StreetPlan): Int32Array {
  const { graph, streets, traffic } = plan;
  const nodes = new Int32Array(graph.points.length);
  for (let node = 0; node < nodes.length; node++) {
    if (graph.at[node]!.length === 0) continue;
    nodes[node] = draft.node(graph.points[node]!, nodeTags(graph, node, traffic.signals));
  }
  const ways = new Map<Edge, number>();
  const breaks = new Set(traffic.turns.map((turn) => turn.via));
  for (const street of streets) drawStreet(draft, rng, plan, nodes, street, breaks, ways);
  drawCircles(draft, graph, nodes);
  for (const { via, from, to, tags } of traffic.turns)
    draft.relation(
      [
        { type: "way", ref: ways.get(from)!, role: "from" },
        { type: "node", ref: nodes[via]!, role: "via" },
        { type: "way", ref: ways.get(to)!, role: "to" },
      ],
      { type: "restriction", ...tags },
    );
  return nodes;
}

function drawStreet(
  draft: OsmDraft,
  rng: Rng,
  { graph, terrain, names }: StreetPlan,
  nodes: Int32Array,
  street: Street,
  breaks: ReadonlySet<number>,
  ways: Map<Edge, number>,
): void {
  const name = names[street.number] ?? null;
  const overRiver = ({ a, b, bridge }: Edge): boolean =>
    bridge && terrain.dry(between(graph.points[a]!, graph.points[b]!, 0.5)) < 0;
  for (let from = 0; from < street.edges.length;) {
    const first = street.edges[from]!;
    const direction = directionOf(first, street.nodes[from]!);
    let to = from + 1;
    while (to < street.edges.length && to - from < 150) {
      const edge = street.edges[to]!;
      if (
        breaks.has(street.nodes[to]!) ||
        edge.bridge !== first.bridge ||
        edge.level !== first.level ||
        directionOf(edge, street.nodes[to]!) !== direction
      )
        break;
      to++;
    }
    const refs = street.nodes.slice(from, to + 1).map((node) => nodes[node]!);
    if (direction === "back") refs.reverse();
    if (first.kind === "footway" && name === null) blockPath(draft, rng, refs, graph, first);
    const quarter = terrain.quarter(graph.points[first.a]!);
    const signs = streetTags(rng, { street, edge: first, name, quarter, oneWay: direction !== "both" });
    const river: OsmTags = overRiver(first) ? { "bridge:name": `${name ?? "River"} Bridge` } : {};
    const way = draft.way(refs, { ...signs, ...river });
    for (let i = from; i < to; i++) ways.set(street.edges[i]!, way);
    from = to;
  }
}

/** Puts a bollard or gate into the middle of a straight path, where there is one. */
function blockPath(draft: OsmDraft, rng: Rng, refs: number[], graph: StreetGraph, { a, b }: Edge): void {
  const tags = refs.length === 2 ? pathBarrier(rng) : null;
  if (tags !== null) refs.splice(1, 0, draft.node(between(graph.points[a]!, graph.points[b]!, 0.5), tags));
}

const directionOf = (edge: Edge, from: number): "both" | "on" | "back" =>
  edge.oneWay === null ? "both" : (edge.oneWay === "ab") === (edge.a === from) ? "on" : "back";

function drawCircles(draft: OsmDraft, graph: StreetGraph, nodes: Int32Array): void {
  const open = new Set(graph.edges.filter((edge) => edge.circle && !edge.gone));
  for (const start of open) {
    const rim = [start.a];
    let edge: Edge | undefined = start;
    while (edge !== undefined) {
      open.delete(edge);
      rim.push(edge.b);
      const end: number = edge.b;
      edge = graph.edgesAt(end).find((next) => open.has(next) && next.a === end);
    }
    draft.way(
      rim.map((node) => nodes[node]!),
      { highway: start.kind, junction: "roundabout", oneway: "yes", maxspeed: "30", surface: "asphalt" },
    );
  }
}
