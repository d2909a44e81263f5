import type { Rng } from "../../../src/kernel/rng.ts";
import { isExpress, type Kind, type StreetGraph } from "./graph.ts";
import { Corridor } from "./corridor.ts";
import {
  add,
  apart,
  bend,
  beside,
  between,
  densify,
  left,
  minus,
  polar,
  simplify,
  times,
  unit,
  type Vec,
} from "./plane.ts";
import { ring, type Sway } from "./ring.ts";
import type { Terrain } from "./terrain.ts";

/** The middle lines of the expressways: one around the town, one out of it. */
export interface Motorways {
  readonly bypass: readonly Vec[];
  readonly spur: readonly Vec[];
  /** Ground that streets keep away from, and main roads pass on bridges. */
  readonly corridor: Corridor;
}

/** Half of what lies between the two carriageways' middles, and how far a ramp leaves before the road it leads to; metres. */
const [halfGap, rampLength] = [9, 250];
/** Where the bypass runs, as a share of the town's radius. */
const bypassShare = 0.74;
/** How far from the bypass's middle the ramps meet the road that crosses it, metres. */
const terminal = 85;

export function motorways(rng: Rng, terrain: Terrain, sway: Sway): Motorways {
  const around = ring(terrain, sway, bypassShare, [16, 164], 0.11);
  const bypass = [
    ...runOut(terrain, around[0]!, around[1]!, 0).reverse(),
    ...around,
    ...runOut(terrain, around[around.length - 1]!, around[around.length - 2]!, Math.PI),
  ];
  const angle = (rng.between(112, 124) * Math.PI) / 180;
  const start = around.reduce((best, p) => (offBearing(p, angle) < offBearing(best, angle) ? p : best));
  const spur: Vec[] = [];
  for (let r = Math.hypot(...start); r <= 1.62 * terrain.radius; r += 45)
    spur.push(polar(angle + 0.08 * (sway(polar(angle, r)) - sway(start)), r));
  const smooth = simplify(bypass, 4);
  return { bypass: smooth, spur, corridor: new Corridor([smooth, spur], 34) };
}

const offBearing = (p: Vec, angle: number): number => Math.abs(Math.atan2(p[1], p[0]) - angle);

/** Goes on from the end of the ring, turning gently towards `aim` (radians) and away from the sea, to the sheet's edge. */
function runOut(terrain: Terrain, end: Vec, before: Vec, aim: number): Vec[] {
  const line: Vec[] = [];
  const step = 40;
  let at = end;
  let heading = Math.atan2(end[1] - before[1], end[0] - before[0]);
  while (Math.abs(at[0]) < 1.62 * terrain.radius && line.length < 400) {
    const off = at[1] - terrain.coast(at[0]) - 0.34 * terrain.radius;
    const inland = Math.max(-0.5, Math.min(0.5, -off / (0.3 * terrain.radius)));
    const want = aim + (aim === 0 ? inland : -inland);
    const turn = Math.atan2(Math.sin(want - heading), Math.cos(want - heading));
    heading += Math.max(-step / 420, Math.min(step / 420, turn));
    at = add(at, polar(heading, step));
    line.push(at);
  }
  return line;
}

/** Two carriageways each, joined at the sheet's edge, so that nobody is lost there. */
export function layCarriageways(graph: StreetGraph, terrain: Terrain, { bypass, spur }: Motorways): void {
  const lay = (line: readonly Vec[], kind: Kind, label: string): void => {
    const points = densify(line, 60);
    // The ends are common to both carriageways; in between, nothing may be shared.
    const nodes = points.map((p, i) => (i === 0 || i === points.length - 1 ? graph.nodeFor(p) : graph.addNode(p)));
    for (let i = 1; i < nodes.length; i++) {
      const bridge = terrain.dry(between(points[i - 1]!, points[i]!, 0.5)) < 30;
      graph.join(nodes[i - 1]!, nodes[i]!, { kind, label, oneWay: "ab", level: bridge ? 1 : 0 }, bridge);
    }
  };
  const [outer, inner] = [beside(bypass, halfGap, true), beside(bypass, -halfGap, true).reverse()];
  lay(outer, "trunk", "Ring Road");
  lay(inner, "trunk", "Ring Road");
  const free = spur.filter((p) => apart(p, spur[0]!) > 330);
  const far = free[free.length - 1]!;
  const [away, home] = [beside(free, halfGap, false), beside(free, -halfGap, false).reverse()];
  lay([...away.slice(0, -1), far], "motorway", "M1");
  lay([far, ...home.slice(1)], "motorway", "M1");
  meetBypass(graph, spur[0]!, unit(minus(spur[1]!, spur[0]!)), away[0]!, home[home.length - 1]!);
}

/** The motorway out of town and the bypass: four ramps, the two that turn left on bridges, one above the other. */
function meetBypass(graph: StreetGraph, at: Vec, out: Vec, away: Vec, home: Vec): void {
  const along = left(out);
  const on = (share: number, side: 1 | -1): Vec =>
    add(add(at, times(along, share * 1.25 * rampLength)), times(out, side * halfGap));
  const [outbound, inbound] = [times(out, 1), times(out, -1)];
  const back = times(along, -1);
  ramp(graph, home, inbound, on(1, 1), along, 0);
  ramp(graph, on(-1, 1), along, away, outbound, 0);
  ramp(graph, home, inbound, on(-1.1, -1), back, 1);
  ramp(graph, on(1.1, -1), back, away, outbound, 2);
}

/** One lane from carriageway to carriageway or road; `level` 0 stays on the ground. */
function ramp(graph: StreetGraph, from: Vec, out: Vec, to: Vec, home: Vec, level: number): void {
  const [first, last] = [carriageway(graph, from, out), carriageway(graph, to, home)];
  const [a, b] = [graph.points[first]!, graph.points[last]!];
  const line = bend(a, out, b, home, apart(a, b) * 0.45);
  const nodes = [first, ...line.slice(1, -1).map((p) => graph.addNode(p)), last];
  const middle = level === 0 ? 0 : Math.floor(nodes.length / 4);
  const laid = { kind: "trunk_link" as const, label: "", oneWay: "ab" as const };
  if (level === 0) return graph.chain(nodes, laid);
  graph.chain(nodes.slice(0, middle + 1), laid);
  graph.chain(nodes.slice(middle, -middle), { ...laid, level }, true);
  graph.chain(nodes.slice(-middle - 1), laid);
}

/** The node where a ramp leaves or joins the carriageway that runs towards `travel`: its end, or a new one on its nearest stretch. */
function carriageway(graph: StreetGraph, p: Vec, travel: Vec): number {
  const edge = graph.nearestEdge(p, 90, ({ kind, a, b }) => {
    const runs = unit(minus(graph.points[b]!, graph.points[a]!));
    return (kind === "trunk" || kind === "motorway") && runs[0] * travel[0] + runs[1] * travel[1] > 0.7;
  });
  return edge === null ? graph.nodeFor(p) : graph.split(edge, p);
}

/**
 * Where a main road passes over the bypass: an exit and an entry on each side, meeting the road at one crossing each
 * (a diamond interchange). Nothing happens where the next interchange is too near, or the road too short.
 */
export function addInterchanges(
  graph: StreetGraph,
  { bypass, spur, corridor }: Motorways,
  roads: readonly (readonly Vec[])[],
): void {
  const taken: Vec[] = [spur[0]!, bypass[0]!, bypass[bypass.length - 1]!];
  const middle = densify(bypass, 15);
  for (const road of roads) {
    const crossing = crossingOf(corridor, middle, road);
    if (crossing === null || taken.some((p) => apart(p, crossing.at) < 2.6 * rampLength)) continue;
    taken.push(crossing.at);
    const { at, along, near, far } = crossing;
    const outside = times(left(along), -1);
    for (const [door, side] of [near, far].map((p) => [p, dotSign(minus(p, at), outside)] as const)) {
      const arm = graph.nearestEdge(door, 12, (edge) => !isExpress(edge.kind));
      if (arm === null) continue;
      const node = graph.split(arm, door);
      const travel = times(along, side);
      const offset = times(outside, side * halfGap);
      const leave = add(add(at, times(travel, -rampLength)), offset);
      const enter = add(add(at, times(travel, rampLength)), offset);
      const away = unit(minus(graph.points[node]!, at));
      slip(graph, leave, travel, node, away, true);
      slip(graph, enter, travel, node, away, false);
    }
  }
}

const dotSign = (a: Vec, b: Vec): 1 | -1 => (a[0] * b[0] + a[1] * b[1] > 0 ? 1 : -1);

function slip(graph: StreetGraph, p: Vec, travel: Vec, node: number, away: Vec, exit: boolean): void {
  const on = carriageway(graph, p, travel);
  const [a, b] = [graph.points[on]!, graph.points[node]!];
  const towards = unit(add(times(travel, 1), times(away, exit ? 0.9 : -0.9)));
  const line = exit ? bend(a, travel, b, towards, apart(a, b) * 0.4) : bend(b, towards, a, travel, apart(a, b) * 0.4);
  const inner = line.slice(1, -1).map((q) => graph.addNode(q));
  graph.chain(exit ? [on, ...inner, node] : [node, ...inner, on], { kind: "trunk_link", label: "", oneWay: "ab" });
}

interface Crossing {
  readonly at: Vec;
  /** The bypass's direction there. */
  readonly along: Vec;
  /** The points of the crossing road where ramps begin. */
  readonly near: Vec;
  readonly far: Vec;
}

function crossingOf(corridor: Corridor, middle: readonly Vec[], road: readonly Vec[]): Crossing | null {
  const line = densify(road, 6);
  let [best, off] = [-1, 12];
  let along: Vec = [1, 0];
  for (let i = 0; i < line.length; i++)
    for (let k = corridor.holds(line[i]!) ? 1 : middle.length; k < middle.length; k++) {
      const far = apart(line[i]!, middle[k]!);
      if (far < off) [best, off, along] = [i, far, unit(minus(middle[k]!, middle[k - 1]!))];
    }
  if (best < 0) return null;
  const at = line[best]!;
  const before = line.slice(0, best).findLast((p) => apart(p, at) > terminal);
  const behind = line.slice(best).find((p) => apart(p, at) > terminal);
  return before === undefined || behind === undefined ? null : { at, along, near: before, far: behind };
}
