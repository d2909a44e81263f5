import type { Rng } from "../../../src/kernel/rng.ts";
import { motorways, type Motorways } from "./motorways.ts";
import { noise, polar, times, type Vec } from "./plane.ts";
import { railways } from "./railways.ts";
import { dockDepth, partly, ring, type Sway } from "./ring.ts";
import type { Kind } from "./graph.ts";
import { hasMotorway, type Terrain, type Village } from "./terrain.ts";

/** A main road as it is drawn before anything else; it may cross the river and the motorway, on bridges. */
export interface MainRoad {
  readonly name: string;
  readonly kind: Kind;
  readonly line: readonly Vec[];
  /** Ends at the river instead of crossing it: bridges are few, however large the town. */
  readonly endsAtRiver?: true;
}

export interface Skeleton {
  readonly roads: readonly MainRoad[];
  /** Null in small towns. */
  readonly motorways: Motorways | null;
  readonly railways: readonly (readonly Vec[])[];
  /** Behind the docks: the depots lie along it. */
  readonly harbourRoad: readonly Vec[];
}

/** The roads a town has first: the one along the water, the rings, the high street, the roads to the villages, the motorways. */
export function drawSkeleton(rng: Rng, terrain: Terrain): Skeleton {
  const sway = noise(rng.fork("sway"), terrain.radius * 0.4);
  const harbourRoad = harbour(terrain);
  const large = hasMotorway(terrain);
  const inner = ring(terrain, sway, 0.3, [-40, 220], 0.15);
  const outer = ring(terrain, sway, large ? 0.52 : 0.74, [-40, 220], 0.17);
  const roads: MainRoad[] = [
    ...underNames(inner, ["Eastern Parade", "Inner Ring", "Station Road"], ["secondary", "primary", "secondary"]),
    ...partly(outer, sway).flatMap((part, i) => underNames(part, outerNames[i % 2]!, ["secondary", "tertiary"])),
    ...moreRings(terrain, sway),
    { name: "High Street", kind: "secondary", line: highStreet(terrain, sway) },
    ...terrain.villages.map((village, i) => radial(terrain, sway, village, i)),
    ...alongWater(terrain),
    { name: "Harbour Road", kind: "secondary", line: harbourRoad },
    ...countryLanes(terrain, sway),
  ];
  return {
    roads,
    motorways: large ? motorways(rng.fork("motorway"), terrain, sway) : null,
    railways: railways(terrain),
    harbourRoad,
  };
}

/** Larger towns have a ring more for each 1,100 metres. */
function moreRings(terrain: Terrain, sway: Sway): MainRoad[] {
  const rings: MainRoad[] = [];
  if (terrain.radius < 3600) return rings;
  const apart = 1100 / terrain.radius;
  for (let share = 0.3 + apart; share < 1.05; share += apart) {
    if ([0.52, 0.74].some((other) => Math.abs(other - share) < 0.55 * apart)) continue;
    const number = rings.length + 3;
    const kind = number % 2 === 1 ? "tertiary" : "secondary";
    for (const line of partly(ring(terrain, sway, share, [-40, 220], 0.14), sway))
      rings.push({ name: `Ring ${number}`, kind, line, endsAtRiver: true });
  }
  return rings;
}

/** What the outer ring's parts are called, in turn. */
const outerNames = [
  ["Middle Ring", "Asylum Road"],
  ["Parkside", "Brickfields Road"],
] as const;

/** One road under several names and of several kinds: rings grew together from pieces. Neighbours share a point. */
function underNames(line: readonly Vec[], names: readonly string[], as: readonly Kind[]): MainRoad[] {
  const each = (line.length - 1) / names.length;
  return names.map((name, i): MainRoad => {
    const piece = line.slice(Math.round(i * each), Math.round((i + 1) * each) + 1);
    return { name, kind: as[i % as.length]!, line: piece };
  });
}

function highStreet(terrain: Terrain, sway: Sway): Vec[] {
  const line: Vec[] = [];
  for (let x = -1.25 * terrain.radius; x <= 1.2 * terrain.radius; x += 25) {
    const y = 30 + sway([x, 3000]) * 0.05 * terrain.radius + 0.08 * Math.max(0, Math.abs(x) - 0.3 * terrain.radius);
    if (terrain.dry([x, y]) > 40 || Math.abs(x - terrain.river(y)) < 400) line.push([x, y]);
  }
  return line;
}

/** From the old town's edge through a village and on, as far as the sheet goes. */
function radial(terrain: Terrain, sway: Sway, { centre }: Village, i: number): MainRoad {
  const angle = Math.atan2(centre[1], centre[0]);
  const far = Math.hypot(...centre) / terrain.radius;
  const line: Vec[] = [];
  // Every other one begins at the inner ring: the old town has few gates.
  for (let r = i % 2 === 0 ? 0.12 : 0.26; r <= 1.62; r += 0.01) {
    const base = polar(angle, terrain.radius * r);
    const free = Math.min(1, Math.abs(r - far) / 0.25);
    const p = polar(angle + free * (0.2 * sway(base) + 0.07 * sway(times(base, 3.1))), terrain.radius * r);
    if (terrain.dry(p) < 25) {
      if (line.length > 30) break;
      line.length = 0;
    } else line.push(p);
  }
  return { name: `Radial ${i}`, kind: i % 2 === 0 ? "primary" : "secondary", line: line.length > 25 ? line : [] };
}

/** From village to village around the town. */
function countryLanes({ villages, dry }: Terrain, sway: Sway): MainRoad[] {
  return villages.slice(1).map(({ centre }, i) => {
    const from = villages[i]!.centre;
    const line = Array.from({ length: 41 }, (_, k): Vec => {
      const share = k / 40;
      const [x, y] = [from[0] + (centre[0] - from[0]) * share, from[1] + (centre[1] - from[1]) * share];
      const out = 1 + 0.22 * share * (1 - share) * (1.6 + 2 * sway([x * 2.5, y * 2.5]));
      return [x * out, y * out];
    });
    // Lanes do not pay for bridges.
    return { name: `Lane ${i}`, kind: "tertiary", line: line.every((p) => dry(p) > 25) ? line : [] };
  });
}

/** Esplanade, quays and river roads: the water's edge on both banks. */
function alongWater(terrain: Terrain): MainRoad[] {
  const { radius } = terrain;
  const mouth = terrain.river(terrain.coast(terrain.river(0)));
  const bank = (side: -1 | 1, y: number): Vec => [terrain.river(y) + side * (terrain.halfWidth(y) + 22), y];
  const west: Vec[] = [];
  for (let x = -1.6 * radius; x < mouth; x += 20) {
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

/** From the west quay over the river, behind the docks, to where the town ends and along the coast. */
function harbour(terrain: Terrain): Vec[] {
  const { radius } = terrain;
  const inland = dockDepth * radius;
  const y = terrain.coast(terrain.docks[0]) + inland;
  const line: Vec[] = [
    [terrain.river(y) - terrain.halfWidth(y) - 22, y],
    [terrain.river(y) + terrain.halfWidth(y) + 22, y],
  ];
  for (let x = terrain.docks[0]; x < 1.6 * radius; x += 25) {
    const back = x < terrain.docks[1] ? inland : Math.max(50, inland - (x - terrain.docks[1]) * 0.8);
    if (x > line[1]![0] + 20) line.push([x, terrain.coast(x) + back]);
  }
  return line;
}
