import { add, polar, times, type Vec } from "./plane.ts";
import type { Terrain } from "./terrain.ts";

/** How far a drawn line strays from its rule, -1 to 1. */
export type Sway = (p: Vec) => number;

/** How far behind the coast the harbour road runs, as a share of the town's radius. */
export const dockDepth = 0.2;

/**
 * A part of a ring through all dry directions between two bearings, degrees; where it meets the sea it ends. Its middle is
 * not the town's, and it goes round hills: `stray` says how far, as a share of its radius.
 */
export function ring(
  terrain: Terrain,
  sway: Sway,
  share: number,
  [from, to]: readonly [number, number],
  stray: number,
): Vec[] {
  const line: Vec[] = [];
  const aside = polar(3 * sway([share * 7919, 0]), 0.35 * stray * terrain.radius);
  for (let degrees = from; degrees <= to; degrees += 2) {
    const angle = (degrees * Math.PI) / 180;
    const base = polar(angle, terrain.radius * share);
    const hills = sway(base) + 0.45 * sway([base[0] * 2.6, base[1] * 2.6 + 900]);
    const p = add(polar(angle, terrain.radius * share * (1 + stray * hills)), times(aside, Math.sin(angle)));
    const inland = p[0] > terrain.docks[0] && p[0] < terrain.docks[1] ? dockDepth * terrain.radius - 5 : 40;
    if (p[1] > terrain.coast(p[0]) + inland) line.push(p);
    else if (line.length > 0) break;
  }
  return line;
}

/** The parts of a line that were built: here and there nobody ever joined two ends. */
export function partly(line: readonly Vec[], sway: Sway): Vec[][] {
  const parts: Vec[][] = [[]];
  for (const p of line)
    if (sway([p[0] * 0.8 + 5000, p[1] * 0.8]) < 0.34) parts[parts.length - 1]!.push(p);
    else if (parts[parts.length - 1]!.length > 0) parts.push([]);
  return parts.filter((part) => part.length > 7);
}
