import type { Rng } from "../../../src/kernel/rng.ts";
import { noise, norm, polar, type Vec } from "./plane.ts";
import type { Terrain } from "./terrain.ts";

/**
 * Which way streets run at a place, as an angle modulo a quarter turn for grids, a half turn in general.
 *
 * Source: the idea of street networks as streamlines of a tensor field, Chen et al., "Interactive Procedural Street
 * Modeling", SIGGRAPH 2008. Angles are doubled before they are averaged, since a street has no front.
 */
export interface Field {
  /** Radians. */
  angle(p: Vec): number;
  /** How far apart parallel streets are wanted, metres. */
  spacing(p: Vec): number;
}

interface Pull {
  readonly at: Vec;
  readonly angle: number;
  readonly reach: number;
}

export function makeField(rng: Rng, terrain: Terrain): Field {
  const { radius } = terrain;
  const grids = gridQuarters(rng.fork("grids"), radius);
  const wobble = noise(rng.fork("wobble"), 430);
  const lanes = noise(rng.fork("lanes"), 170);
  const oldest = rng.fork("oldest").between(0, Math.PI);

  const angle = (p: Vec): number => {
    let [c, s] = [0, 0];
    const pull = (towards: number, weight: number): void => {
      c += Math.cos(2 * towards) * weight;
      s += Math.sin(2 * towards) * weight;
    };
    const away = norm(p);
    const around = Math.exp(-((away / (0.34 * radius)) ** 2)) - Math.exp(-((away / (0.13 * radius)) ** 2));
    pull(Math.atan2(p[1], p[0]), 0.1 + 1.2 * Math.max(0, around));
    pull(oldest, 0.5 * Math.exp(-((away / (0.15 * radius)) ** 2)));
    for (const grid of grids) {
      const off = Math.hypot(p[0] - grid.at[0], p[1] - grid.at[1]) / grid.reach;
      pull(grid.angle, 1.2 * Math.exp(-off * off));
    }
    const shore = Math.atan((terrain.coast(p[0] + 60) - terrain.coast(p[0] - 60)) / 120);
    pull(shore, 1.6 * Math.exp(-Math.max(0, p[1] - terrain.coast(p[0])) / (0.09 * radius)));
    const stream = Math.atan2(120, terrain.river(p[1] + 60) - terrain.river(p[1] - 60));
    const bank = Math.max(0, Math.abs(p[0] - terrain.river(p[1])) - terrain.halfWidth(p[1]));
    pull(stream, 1.8 * Math.exp(-bank / (0.07 * radius)));
    return Math.atan2(s, c) / 2 + turnOf(terrain, p, wobble(p), lanes(p));
  };
  return { angle, spacing: (p) => spacingOf(terrain, p) };
}

/** Straight in the grids, a little crooked in the old town, winding in the suburbs. */
function turnOf(terrain: Terrain, p: Vec, wobble: number, lanes: number): number {
  const quarter = terrain.quarter(p);
  if (quarter === "old town") return 0.75 * lanes + 0.2 * wobble;
  if (quarter === "harbour") return 0;
  return wobble * Math.min(0.95, Math.max(0.04, (terrain.outwards(p) - 0.44) * 2.2));
}

function spacingOf(terrain: Terrain, p: Vec): number {
  const quarter = terrain.quarter(p);
  if (quarter === "old town") return 46;
  if (quarter === "harbour") return 150;
  const out = terrain.outwards(p);
  return out < 0.52 ? 68 + 14 * out : 76 + 34 * Math.min(1, out);
}

/** Planned quarters around the old town, each with its own surveyor's angle. */
function gridQuarters(rng: Rng, radius: number): Pull[] {
  const count = 6;
  return Array.from({ length: count }, (_, i) => ({
    at: polar((Math.PI * (i + rng.between(0.25, 0.75))) / count, radius * rng.between(0.36, 0.72)),
    angle: rng.between(0, Math.PI),
    reach: radius * rng.between(0.22, 0.34),
  }));
}
