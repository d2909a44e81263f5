import type { Rng } from "../../../src/kernel/rng.ts";
import { noise, norm, type Vec } from "./plane.ts";
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
  /** Blocks are longer than wide: the cross streets' spacing as a multiple of the streets'. */
  stretch(p: Vec): number;
}

export function makeField(rng: Rng, terrain: Terrain): Field {
  const { radius } = terrain;
  const grid = surveyors(rng.fork("grids"), 0.3 * Math.min(radius, 3600));
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
    pull(grid(p), Math.min(1.3, Math.max(0, away / radius - 0.16) * 6));
    const shore = Math.atan((terrain.coast(p[0] + 60) - terrain.coast(p[0] - 60)) / 120);
    pull(shore, 1.6 * Math.exp(-Math.max(0, p[1] - terrain.coast(p[0])) / (0.09 * radius)));
    const stream = Math.atan2(120, terrain.river(p[1] + 60) - terrain.river(p[1] - 60));
    const bank = Math.max(0, Math.abs(p[0] - terrain.river(p[1])) - terrain.halfWidth(p[1]));
    pull(stream, 1.8 * Math.exp(-bank / (0.07 * radius)));
    return Math.atan2(s, c) / 2 + turnOf(terrain, p, wobble(p), lanes(p));
  };
  const density = noise(rng.fork("density"), 520);
  const shape = noise(rng.fork("shape"), 610);
  return {
    angle,
    spacing: (p) => spacingOf(terrain, p) * Math.exp(0.36 * density(p)),
    stretch: (p) => 1.85 * Math.exp(0.5 * shape(p)),
  };
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

/**
 * Planned quarters side by side, each laid out by a surveyor with an angle of his own: the plane is cut into cells around
 * points strewn one to a square of `size` metres (Worley, "A Cellular Texture Basis Function", SIGGRAPH 1996).
 */
function surveyors(rng: Rng, size: number): (p: Vec) => number {
  const dice = ["x", "y", "angle"].map((what) => noise(rng.fork(what), 1)) as [Noise, Noise, Noise];
  return ([x, y]) => {
    const [column, row] = [Math.floor(x / size), Math.floor(y / size)];
    let [nearest, least] = [0, Infinity];
    for (let i = column - 1; i <= column + 1; i++)
      for (let j = row - 1; j <= row + 1; j++) {
        const [dx, dy] = [(i + 0.5 + 0.42 * dice[0]([i, j])) * size - x, (j + 0.5 + 0.42 * dice[1]([i, j])) * size - y];
        const off = dx * dx + dy * dy;
        if (off < least) [least, nearest] = [off, dice[2]([i, j]) * Math.PI];
      }
    return nearest;
  };
}

type Noise = (p: Vec) => number;
