import type { Rng } from "../../../src/kernel/rng.ts";
import { densify, noise, norm, polar, unit, type Vec } from "./plane.ts";
import type { Kind } from "./graph.ts";
import type { Terrain } from "./terrain.ts";

/** A main road as it is drawn before anything else; it may cross the river, on a bridge. */
export interface MainRoad {
  readonly name: string;
  readonly kind: Kind;
  readonly line: readonly Vec[];
  /** One carriageway only, in drawing order. */
  readonly oneWay?: boolean;
}

export interface Skeleton {
  readonly roads: readonly MainRoad[];
  /** Where roundabouts belong. */
  readonly circles: readonly Vec[];
  /** Where the motorway runs: no other street comes near. */
  readonly motorway: readonly Vec[];
  /** Behind the docks: the depots lie along it. */
  readonly harbourRoad: readonly Vec[];
}

/** Only the motorway leads to this road, so nobody lives there: no bicycle would reach them. */
export const beyondTheMotorway = "Northern Road";

/** Where the outer ring runs, as a share of the town's radius. */
const outerShare = 0.74;

/** How far behind the coast the harbour road runs, as a share of the town's radius. */
const dockDepth = 0.2;

/** The roads a town has first: the one along the water, the rings, the high street, the roads to the villages, the motorway. */
export function drawSkeleton(rng: Rng, terrain: Terrain): Skeleton {
  const sway = noise(rng.fork("sway"), terrain.radius * 0.4);
  const harbourRoad = harbour(terrain);
  const motorway = motorwayLine(rng.fork("motorway"), terrain, sway);
  const inner = ring(terrain, sway, 0.3);
  const outer = ring(terrain, sway, outerShare);
  const end = motorway[0]!;
  const roads: MainRoad[] = [
    { name: "Inner Ring", kind: "primary", line: inner },
    { name: "Outer Ring", kind: "trunk", line: outer },
    { name: "High Street", kind: "secondary", line: highStreet(terrain, sway) },
    ...radials(rng.fork("radials"), terrain, sway, motorway),
    ...alongWater(terrain),
    { name: "Harbour Road", kind: "secondary", line: harbourRoad },
    ...carriageways(motorway),
    { name: beyondTheMotorway, kind: "trunk", line: beyond(motorway) },
  ];
  return { roads, circles: [end, motorway[motorway.length - 1]!], motorway, harbourRoad };
}

/** A half ring through all dry directions; where it meets the sea it ends. */
function ring(terrain: Terrain, sway: (p: Vec) => number, share: number): Vec[] {
  const line: Vec[] = [];
  for (let degrees = -40; degrees <= 220; degrees += 2) {
    const angle = (degrees * Math.PI) / 180;
    const p = polar(angle, ringAt(terrain, sway, share, angle));
    const inland = p[0] > terrain.docks[0] && p[0] < terrain.docks[1] ? dockDepth * terrain.radius - 5 : 40;
    if (p[1] > terrain.coast(p[0]) + inland) line.push(p);
    else if (line.length > 0) break;
  }
  return line;
}

function highStreet(terrain: Terrain, sway: (p: Vec) => number): Vec[] {
  const line: Vec[] = [];
  for (let x = -1.25 * terrain.radius; x <= 1.2 * terrain.radius; x += 25) {
    const y = 30 + sway([x, 3000]) * 0.05 * terrain.radius + 0.08 * Math.max(0, Math.abs(x) - 0.3 * terrain.radius);
    if (terrain.dry([x, y]) > 40 || Math.abs(x - terrain.river(y)) < 400) line.push([x, y]);
  }
  return line;
}

/** Roads from the inner ring to the villages around, one direction kept free for the motorway. */
function radials(rng: Rng, terrain: Terrain, sway: (p: Vec) => number, motorway: readonly Vec[]): MainRoad[] {
  const taken = Math.atan2(motorway[0]![1], motorway[0]![0]);
  const roads: MainRoad[] = [];
  for (const degrees of [22, 46, 70, 98, 138, 162]) {
    const angle = ((degrees + rng.between(-5, 5)) * Math.PI) / 180;
    if (Math.abs(angle - taken) < 0.16) continue;
    const line: Vec[] = [];
    for (let r = 0.12; r <= 1.36; r += 0.01) {
      const base = polar(angle, terrain.radius * r);
      const p = polar(angle + 0.16 * sway(base), terrain.radius * r);
      if (terrain.dry(p) < 25) {
        if (line.length > 0.3 * 100) break;
        line.length = 0;
      } else line.push(p);
    }
    if (line.length > 25)
      roads.push({ name: `Radial ${degrees}`, kind: roads.length % 2 === 0 ? "primary" : "secondary", line });
  }
  return roads;
}

/** Esplanade, quays and river roads: the water's edge on both banks. */
function alongWater(terrain: Terrain): MainRoad[] {
  const { radius } = terrain;
  const mouth = terrain.river(terrain.coast(terrain.river(0)));
  const bank = (side: -1 | 1, y: number): Vec => [terrain.river(y) + side * (terrain.halfWidth(y) + 22), y];
  const west: Vec[] = [];
  for (let x = -1.15 * radius; x < mouth; x += 20) {
    const p: Vec = [x, terrain.coast(x) + 42];
    if (terrain.dry(p) > 20) west.push(p);
  }
  const from = (side: -1 | 1): Vec[] => {
    const line: Vec[] = [];
    const start = terrain.coast(mouth) + (side < 0 ? 60 : 0.16 * radius);
    for (let y = start; y < 0.62 * radius; y += 20) line.push(bank(side, y));
    return line;
  };
  const westQuay = from(-1);
  return [
    { name: "Esplanade", kind: "secondary", line: [...west, ...westQuay.slice(0, 1)] },
    { name: "West Quay", kind: "tertiary", line: westQuay },
    { name: "East Quay", kind: "tertiary", line: from(1) },
  ];
}

/** From the west quay over the river, behind the docks, to where the town ends. */
function harbour(terrain: Terrain): Vec[] {
  const { radius } = terrain;
  const inland = dockDepth * radius;
  const y = terrain.coast(terrain.docks[0]) + inland;
  const line: Vec[] = [
    [terrain.river(y) - terrain.halfWidth(y) - 22, y],
    [terrain.river(y) + terrain.halfWidth(y) + 22, y],
  ];
  for (let x = terrain.docks[0]; x < 1.1 * radius; x += 25) {
    const back = x < terrain.docks[1] ? inland : Math.max(50, inland - (x - terrain.docks[1]) * 0.8);
    if (x > line[1]![0] + 20) line.push([x, terrain.coast(x) + back]);
  }
  return line;
}

/** How far out the ring of `share` runs towards `angle`, metres. */
const ringAt = (terrain: Terrain, sway: (p: Vec) => number, share: number, angle: number): number =>
  terrain.radius * share * (1 + 0.09 * sway(polar(angle, terrain.radius * share)));

/** From the outer ring outwards, on the old town's side of the river. */
function motorwayLine(rng: Rng, terrain: Terrain, sway: (p: Vec) => number): Vec[] {
  const angle = (rng.between(114, 124) * Math.PI) / 180;
  const start = ringAt(terrain, sway, outerShare, angle);
  const bend = (r: number): number => 0.08 * (sway(polar(angle, r)) - sway(polar(angle, start)));
  const line: Vec[] = [];
  for (let r = start; r <= 1.36 * terrain.radius; r += 45) line.push(polar(angle + bend(r), r));
  return line;
}

function carriageways(line: readonly Vec[]): MainRoad[] {
  const side = (offset: number): Vec[] =>
    line.map((p, i) => {
      if (i === 0 || i === line.length - 1) return p;
      const along = unit([line[i + 1]![0] - line[i - 1]![0], line[i + 1]![1] - line[i - 1]![1]]);
      return [p[0] + along[1] * offset, p[1] - along[0] * offset];
    });
  return [
    { name: "M1", kind: "motorway", line: densify(side(11), 80), oneWay: true },
    { name: "M1", kind: "motorway", line: densify(side(-11), 80).reverse(), oneWay: true },
  ];
}

/** The trunk road that goes on where the motorway ends. */
function beyond(motorway: readonly Vec[]): Vec[] {
  const end = motorway[motorway.length - 1]!;
  const away = unit(end);
  return Array.from({ length: Math.max(2, Math.floor(norm(end) / 600)) }, (_, i) => [
    end[0] + away[0] * i * 40,
    end[1] + away[1] * i * 40 + (norm(end) * i * i) / 12000,
  ]);
}
