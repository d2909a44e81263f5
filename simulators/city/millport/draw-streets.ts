import type { OsmTags } from "../../../src/kernel/osm.ts";
import { forCars, rank, type Edge, type Kind, type StreetGraph } from "./graph.ts";
import type { OsmDraft } from "./osm-draft.ts";
import { between } from "./plane.ts";
import type { Street } from "./streets.ts";
import type { Terrain } from "./terrain.ts";
import type { Traffic } from "./traffic.ts";

/** Kilometres per hour where a sign stands; the smaller kinds live by the rule of the place. */
const signed: Partial<Record<Kind, string>> = {
  motorway: "100",
  trunk: "80",
  motorway_link: "60",
  trunk_link: "50",
  primary: "50",
  secondary: "50",
  tertiary: "50",
  residential: "30",
  living_street: "20",
};
const lanes: Partial<Record<Kind, string>> = { motorway: "2", trunk: "2", primary: "2" };

/** What is drawn, and with what on it. */
export interface StreetPlan {
  readonly graph: StreetGraph;
  readonly terrain: Terrain;
  readonly streets: readonly Street[];
  readonly names: readonly (string | null)[];
  readonly traffic: Traffic;
}

/** Draws all streets with their names, bridges, roundabouts, lights and forbidden turns; returns each graph node's OSM node. */
export function drawStreets(draft: OsmDraft, plan: StreetPlan): Int32Array {
  const { graph, streets, traffic } = plan;
  const nodes = new Int32Array(graph.points.length);
  for (let node = 0; node < nodes.length; node++) {
    if (graph.at[node]!.length === 0) continue;
    nodes[node] = draft.node(graph.points[node]!, nodeTags(graph, node, traffic));
  }
  const ways = new Map<Edge, number>();
  const breaks = new Set(traffic.turns.map((turn) => turn.via));
  for (const street of streets) drawStreet(draft, plan, nodes, street, breaks, ways);
  drawCircles(draft, graph, nodes);
  for (const { via, from, to, rule } of traffic.turns)
    draft.relation(
      [
        { type: "way", ref: ways.get(from)!, role: "from" },
        { type: "node", ref: nodes[via]!, role: "via" },
        { type: "way", ref: ways.get(to)!, role: "to" },
      ],
      { type: "restriction", restriction: rule },
    );
  return nodes;
}

function nodeTags(graph: StreetGraph, node: number, traffic: Traffic): OsmTags {
  if (traffic.signals.has(node)) return { highway: "traffic_signals" };
  const arms = graph.edgesAt(node);
  const walkers = arms.some((edge) => !forCars(edge.kind));
  if (walkers && arms.some((edge) => rank(edge.kind) <= rank("secondary")))
    return { highway: "crossing", crossing: "zebra" };
  return {};
}

function drawStreet(
  draft: OsmDraft,
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
    const river: OsmTags = overRiver(first) ? { "bridge:name": `${name ?? "River"} Bridge` } : {};
    const way = draft.way(refs, { ...streetTags(first, name, direction !== "both"), ...river });
    for (let i = from; i < to; i++) ways.set(street.edges[i]!, way);
    from = to;
  }
}

const directionOf = (edge: Edge, from: number): "both" | "on" | "back" =>
  edge.oneWay === null ? "both" : (edge.oneWay === "ab") === (edge.a === from) ? "on" : "back";

function streetTags({ kind, bridge, level }: Edge, name: string | null, oneWay: boolean): OsmTags {
  return {
    highway: kind,
    ...(name === null ? {} : kind === "motorway" ? { ref: name } : kind === "trunk" ? { name, ref: "A31" } : { name }),
    ...(signed[kind] === undefined ? {} : { maxspeed: signed[kind] }),
    ...(lanes[kind] === undefined ? {} : { lanes: lanes[kind] }),
    ...(oneWay ? { oneway: "yes" } : {}),
    ...(bridge ? { bridge: "yes", layer: String(Math.max(1, level)) } : {}),
    ...(kind === "motorway"
      ? {}
      : kind === "pedestrian" || kind === "living_street"
        ? { surface: "sett", lit: "yes" }
        : { surface: "asphalt" }),
  };
}

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
