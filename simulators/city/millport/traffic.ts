import type { OsmTags } from "../../../src/kernel/osm.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { forCars, rank, type Edge, type StreetGraph } from "./graph.ts";
import { cross, minus, norm, unit } from "./plane.ts";
import { strongParts } from "./strong-parts.ts";
import { kindOf, lineOf, type Street } from "./streets.ts";
import type { Terrain } from "./terrain.ts";

export interface TurnRule {
  readonly via: number;
  readonly from: Edge;
  readonly to: Edge;
  /** `restriction=…` and its kin (wiki.openstreetmap.org, "Relation:restriction"). */
  readonly tags: OsmTags;
}

export interface Traffic {
  /** Crossings with lights. */
  readonly signals: ReadonlySet<number>;
  readonly turns: readonly TurnRule[];
}

/** One-way streets, lights and forbidden turns. Whatever is one way, every car gets from everywhere to everywhere. */
export function arrangeTraffic(rng: Rng, graph: StreetGraph, terrain: Terrain, streets: readonly Street[]): Traffic {
  calmLanes(rng.fork("calm"), graph, terrain, streets);
  makeOneWays(rng.fork("one-way"), graph, terrain, streets);
  const dice = rng.fork("lights");
  const signals = new Set<number>();
  for (let node = 0; node < graph.points.length; node++) {
    const arms = graph.edgesAt(node).filter((edge) => forCars(edge.kind));
    if (arms.length < 3 || arms.some((edge) => edge.circle || edge.kind === "motorway" || edge.kind === "trunk"))
      continue;
    const big = arms.filter((edge) => rank(edge.kind) <= rank("secondary")).length;
    const collectors = arms.filter((edge) => edge.kind === "tertiary").length;
    if (big >= 3 || (big + collectors >= 3 && dice.next() < (big >= 2 ? 0.75 : 0.4))) signals.add(node);
  }
  return { signals, turns: forbidTurns(rng.fork("turns"), graph, signals) };
}

/** Short lanes of the old town belong to walkers and cars alike. */
function calmLanes(rng: Rng, graph: StreetGraph, terrain: Terrain, streets: readonly Street[]): void {
  for (const street of streets) {
    const old = terrain.quarter(graph.points[street.nodes[0]!]!) === "old town";
    if (old && kindOf(street) === "residential" && street.length < 160 && rng.next() < 0.4)
      for (const edge of street.edges) edge.kind = "living_street";
  }
}

/** Pairs of narrow streets that run in opposite directions; those that would cut somebody off stay as they were. */
function makeOneWays(rng: Rng, graph: StreetGraph, terrain: Terrain, streets: readonly Street[]): void {
  for (const street of streets) {
    if (kindOf(street) !== "residential" || street.length < 110) continue;
    const line = lineOf(graph, street);
    const quarter = terrain.quarter(line[Math.floor(line.length / 2)]!);
    const share = quarter === "old town" ? 0.4 : quarter === "inner" ? 0.34 : 0.05;
    const flip = rng.next() < 0.5;
    if (rng.next() >= share) continue;
    street.edges.forEach((edge, i) => (edge.oneWay = (edge.a === street.nodes[i]) === flip ? "ab" : "ba"));
  }
  for (let cutOff = strays(graph); cutOff.length > 0; cutOff = strays(graph)) {
    const free = new Set(cutOff.map((edge) => edge.street));
    for (const edge of graph.edges) if (edge.kind === "residential" && free.has(edge.street)) edge.oneWay = null;
  }
}

/** The one-way residential edges that lead from one strongly connected part of the car network to another. */
function strays(graph: StreetGraph): Edge[] {
  const part = strongParts(graph);
  return graph.edges.filter(
    (edge) => !edge.gone && edge.kind === "residential" && edge.oneWay !== null && part[edge.a] !== part[edge.b],
  );
}

/** How a turn is forbidden: always, in the rush hours, to lorries alone, or to all but buses and bicycles. */
const bans = (turn: string): readonly OsmTags[] => [
  { restriction: turn },
  { restriction: turn },
  { restriction: turn, except: "psv;bicycle" },
  { "restriction:conditional": `${turn} @ (Mo-Fr 07:00-09:30,16:00-19:00)` },
  { "restriction:hgv": turn },
];

/** At some lights one arm may not turn left, go anywhere but straight on, or turn round; other ways out remain. */
function forbidTurns(rng: Rng, graph: StreetGraph, signals: ReadonlySet<number>): TurnRule[] {
  const turns: TurnRule[] = [];
  for (let via = 0; via < graph.points.length; via++) {
    // Without lights it is the small street whose cars may not cross the main road's.
    if (!signals.has(via) && rng.next() > 0.05) continue;
    const arms = graph.edgesAt(via).filter((edge) => forCars(edge.kind));
    if (arms.length < 3 || arms.length > 4 || arms.some((edge) => edge.oneWay !== null || edge.bridge)) continue;
    if (rng.next() < 0.3) continue;
    const main = arms.filter((edge) => rank(edge.kind) <= rank("tertiary"));
    if (main.length < 2) continue;
    const from = signals.has(via) ? rng.pick(main) : (arms.find((edge) => !main.includes(edge)) ?? main[0]!);
    const along = unit(minus(graph.points[via]!, graph.points[graph.other(from, via)]!));
    const turnOf = (to: Edge): number =>
      cross(along, unit(minus(graph.points[graph.other(to, via)]!, graph.points[via]!)));
    const others = arms.filter((edge) => edge !== from);
    const ahead = others.find((to) => Math.abs(turnOf(to)) < 0.35);
    const [ways, chance] = [others.filter((to) => turnOf(to) > 0.8), rng.next()];
    if (chance < 0.2 && ahead !== undefined)
      turns.push({ via, from, to: ahead, tags: { restriction: "only_straight_on" } });
    else if (chance < 0.35) turns.push({ via, from, to: from, tags: { restriction: "no_u_turn" } });
    else if (ahead !== undefined)
      for (const to of ways) turns.push({ via, from, to, tags: rng.pick(bans("no_left_turn")) });
  }
  return turns;
}

/** Turns the heart of the High Street over to walkers. */
export function makeWalkersStreet(graph: StreetGraph, terrain: Terrain): void {
  for (const edge of graph.edges) {
    if (edge.gone || edge.label !== "High Street" || edge.bridge) continue;
    const p = graph.points[edge.a]!;
    if (norm(p) < 0.07 * terrain.radius + 40) edge.kind = "pedestrian";
  }
}
