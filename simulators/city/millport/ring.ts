import { polar, type Vec } from "./plane.ts";
import type { Terrain } from "./terrain.ts";

/** How far a drawn line strays from its rule, -1 to 1. */
export type Sway = (p: Vec) => number;

/** How far behind the coast the harbour road runs, as a share of the town's radius. */
export const dockDepth = 0.2;

/** A part of a ring through all dry directions between two bearings, degrees; where it meets the sea it ends. */
export function ring(terrain: Terrain, sway: Sway, share: number, [from, to]: readonly [number, number]): Vec[] {
  const line: Vec[] = [];
  for (let degrees = from; degrees <= to; degrees += 2) {
    const angle = (degrees * Math.PI) / 180;
    const out = terrain.radius * share * (1 + 0.09 * sway(polar(angle, terrain.radius * share)));
    const p = polar(angle, out);
    const inland = p[0] > terrain.docks[0] && p[0] < terrain.docks[1] ? dockDepth * terrain.radius - 5 : 40;
    if (p[1] > terrain.coast(p[0]) + inland) line.push(p);
    else if (line.length > 0) break;
  }
  return line;
}
