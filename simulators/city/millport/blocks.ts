import type { Rng } from "../../../src/kernel/rng.ts";
import { rank, type StreetGraph } from "./graph.ts";
import type { Corridor } from "./corridor.ts";
import { apart, areaOf, between, norm, polar, type Vec } from "./plane.ts";
import type { Quarter, Terrain } from "./terrain.ts";

/** What a block between streets is used for. */
export type Use =
  | "residential"
  | "retail"
  | "industrial"
  | "park"
  | "square"
  | "school"
  | "hospital"
  | "cemetery"
  | "allotments"
  | "farmland"
  | "meadow"
  | "orchard"
  | "sports"
  | "none";

export interface Block {
  /** Graph nodes around it, anticlockwise, the first not repeated. */
  readonly nodes: readonly number[];
  readonly ring: readonly Vec[];
  /** Square metres. */
  readonly area: number;
  readonly middle: Vec;
  readonly use: Use;
}

/** Every area enclosed by streets, with its use. The outside of the town is none. */
export function findBlocks(rng: Rng, graph: StreetGraph, terrain: Terrain, tracks: Corridor): Block[] {
  const blocks: Block[] = [];
  for (const nodes of faces(graph)) {
    const ring = nodes.map((node) => graph.points[node]!);
    const area = areaOf(ring);
    if (area < 150 || area > 400_000) continue;
    const middle = middleOf(ring);
    if (terrain.dry(middle) < 5) continue;
    blocks.push({ nodes, ring, area, middle, use: "residential" });
  }
  return assignUses(rng, terrain, blocks).map((block) => (crossed(block, tracks) ? { ...block, use: "none" } : block));
}

/** Whether a railway runs through: no park or school then. */
const crossed = ({ ring, middle, use }: Block, tracks: Corridor): boolean =>
  use !== "residential" &&
  use !== "industrial" &&
  [middle, ...ring.flatMap((p) => [between(p, middle, 0.25), between(p, middle, 0.6)])].some((p) => tracks.holds(p));

function middleOf(ring: readonly Vec[]): Vec {
  const sum = ring.reduce<Vec>(([x, y], p) => [x + p[0], y + p[1]], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

/** Walks along every edge in both directions, always taking the next one clockwise: each walk is the rim of a block. */
function faces(graph: StreetGraph): number[][] {
  const turnOf = new Map<number, number[]>();
  for (let node = 0; node < graph.points.length; node++) {
    const around = graph
      .edgesAt(node)
      .filter((edge) => rank(edge.kind) <= rank("pedestrian") && edge.kind !== "service");
    const bearing = (other: number): number =>
      Math.atan2(graph.points[other]![1] - graph.points[node]![1], graph.points[other]![0] - graph.points[node]![0]);
    turnOf.set(
      node,
      around.map((edge) => graph.other(edge, node)).sort((a, b) => bearing(a) - bearing(b)),
    );
  }
  const key = (a: number, b: number): number => a * graph.points.length + b;
  const seen = new Set<number>();
  const found: number[][] = [];
  for (const [start, around] of turnOf)
    for (const first of around) {
      const rim: number[] = [];
      for (let [a, b] = [start, first]; !seen.has(key(a, b)) && rim.length < 2000;) {
        seen.add(key(a, b));
        rim.push(a);
        const ways = turnOf.get(b)!;
        const next = ways[(ways.indexOf(a) - 1 + ways.length) % ways.length]!;
        [a, b] = [b, next];
      }
      if (rim.length >= 3) found.push(withoutStubs(rim));
    }
  return found.filter((rim) => rim.length >= 3);
}

/** A dead end inside a block is walked in and out again: not part of its rim. */
function withoutStubs(rim: readonly number[]): number[] {
  const out: number[] = [];
  for (const node of rim) {
    if (out.length >= 2 && out[out.length - 2] === node) out.pop();
    else out.push(node);
  }
  while (out.length > 2 && out[0] === out[out.length - 2]) out.splice(out.length - 1, 1);
  return new Set(out).size === out.length ? out : [];
}

function assignUses(rng: Rng, terrain: Terrain, blocks: readonly Block[]): Block[] {
  const green = terrain.radius * 0.3;
  const square = [...blocks].filter((block) => block.area < 9000).sort((a, b) => norm(a.middle) - norm(b.middle))[0];
  const hospitals = chooseHospitals(terrain, blocks);
  return blocks.map((block) => {
    const quarter = terrain.quarter(block.middle);
    const chance = rng.next();
    if (block === square) return { ...block, use: "square" };
    if (hospitals.has(block)) return { ...block, use: "hospital" };
    return { ...block, use: useOf(quarter, block, chance, norm(block.middle) < green) };
  });
}

/** One block of two to six hectares for some 70,000 people, well apart. */
function chooseHospitals(terrain: Terrain, blocks: readonly Block[]): Set<Block> {
  const count = Math.max(1, Math.round((terrain.radius / 2900) ** 2));
  const fit = blocks.filter(({ area, middle }) => area > 14_000 && area < 60_000 && terrain.outwards(middle) < 0.9);
  const chosen = new Set<Block>();
  for (let i = 0; i < count && fit.length > 0; i++) {
    const spot = polar(0.5 + i * 2.4, terrain.radius * (0.35 + 0.3 * ((i * 0.618) % 1)));
    chosen.add(fit.reduce((best, block) => (apart(block.middle, spot) < apart(best.middle, spot) ? block : best)));
  }
  return chosen;
}

/** Long, thin or very large: the verges of motorways and railways, and what was left between quarters. */
const isLeftOver = (block: Block): boolean => {
  let rim = 0;
  for (let i = 0; i < block.ring.length; i++) rim += apart(block.ring[i]!, block.ring[(i + 1) % block.ring.length]!);
  return (rim * rim) / block.area > 52;
};

/** Fields, mostly; near the town allotments and industrial estates, since land is cheap and the main road near. */
function countryUse({ area }: Block, chance: number): Use {
  if (area < 25_000) return chance < 0.3 ? "orchard" : chance < 0.55 ? "allotments" : "none";
  if (chance < 0.07 && area < 150_000) return "industrial";
  return chance < 0.24 ? "farmland" : chance < 0.4 ? "meadow" : "none";
}

function useOf(quarter: Quarter, block: Block, chance: number, central: boolean): Use {
  if (quarter === "harbour") return "industrial";
  if (quarter === "country") return countryUse(block, chance);
  if (isLeftOver(block)) return block.area > 20_000 ? "none" : "residential";
  if (quarter === "old town") return chance < 0.25 ? "retail" : "residential";
  if (block.area > 110_000) return chance < 0.5 ? "park" : "residential";
  if (block.area > 40_000 && chance < 0.2) return chance < 0.06 ? "sports" : "park";
  if (block.area > 5000 && chance < 0.05) return "park";
  if (block.area > 6000 && chance < 0.08) return "school";
  if (block.area > 6000 && chance < 0.09) return "cemetery";
  if (block.area > 8000 && chance < 0.105) return "sports";
  if (quarter === "suburb" && chance > 0.98) return "allotments";
  if (quarter === "suburb" && chance > 0.96) return "industrial";
  return central && chance > 0.9 ? "retail" : "residential";
}
