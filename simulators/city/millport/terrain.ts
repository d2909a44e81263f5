import type { Rng } from "../../../src/kernel/rng.ts";
import { apart, noise, norm, polar, type Vec } from "./plane.ts";

/** A part of town: what is built there, how tightly, and which way its streets run. */
export type Quarter = "old town" | "inner" | "suburb" | "harbour" | "country";

/** The ground of a dock: from `west` to `east`, open to the sea in the south, its inner wall at `north` at the farthest. */
export interface Basin {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
  /** Which of its walls stands askew and which corner is cut: -1 (west) to 1 (east). */
  readonly lean: number;
}

export interface Village {
  readonly centre: Vec;
  /** How far its houses reach, metres. */
  readonly reach: number;
}

/**
 * The land Millport stands on. The sea lies south of `coast`, the river comes from the north at `river` and widens towards
 * its mouth; both are functions of one coordinate, so that asking what is water stays cheap. Metres on the drawing board.
 */
export interface Terrain {
  /** About how far the built-up town reaches from the market square. */
  readonly radius: number;
  /** How far south the sea begins at `x`. */
  coast(x: number): number;
  /** Where the river's middle runs at `y`. */
  river(y: number): number;
  /** Half the river's width at `y`. */
  halfWidth(y: number): number;
  /** Metres of dry land between `p` and the nearer of sea and river; negative in the water. */
  dry(p: Vec): number;
  /** 0 at the market square, 1 at the edge of the built-up town, more outside; the edge is not round, and green gaps reach in. */
  outwards(p: Vec): number;
  quarter(p: Vec): Quarter;
  /** Villages around the town, from east to west; the roads out of town lead to them. */
  readonly villages: readonly Village[];
  /** The docks: water cut into the harbour's quays. */
  readonly basins: readonly Basin[];
  /** The stretch of coast with docks, from west to east. */
  readonly docks: readonly [from: number, to: number];
}

/** Half of the town's disc is water or empty, and a square kilometre of the rest houses 4,200. */
const radiusFor = (population: number): number => Math.sqrt(population / (4200 * Math.PI * 0.64)) * 1000;

export function makeTerrain(rng: Rng, population: number): Terrain {
  const radius = radiusFor(population);
  const { coast, river, halfWidth, mouth } = shapeWaters(rng, radius);
  const rim = noise(rng.fork("rim"), radius * 0.8);
  const gaps = noise(rng.fork("gaps"), radius * 0.34);
  const slope = (y: number): number => (river(y + 10) - river(y - 10)) / 20;
  const fromSea = ([x, y]: Vec): number => (y - coast(x)) / Math.hypot(1, (coast(x + 10) - coast(x - 10)) / 20);
  const fromRiver = ([x, y]: Vec): number => Math.abs(x - river(y)) / Math.hypot(1, slope(y)) - halfWidth(y);

  const inTown = (p: Vec): number => {
    const out = norm(p) / (radius * (1 + 0.3 * rim(p)));
    return out < 0.5 ? out : out + Math.min(1, (out - 0.5) * 6) * 1.6 * Math.max(0, gaps(p) - 0.3);
  };
  const quays = rng.fork("quays");
  const docks = [river(mouth) + halfWidth(mouth) + 0.04 * radius, radius * 0.85] as const;
  const basins = digBasins(quays, radius, docks, coast);
  const dry = (p: Vec): number => Math.min(fromSea(p), fromRiver(p), ...basins.map((basin) => besideBasin(basin, p)));
  const villages = settle(rng.fork("villages"), radius, dry);
  const outwards = (p: Vec): number => {
    const town = inTown(p);
    if (town < 1) return town;
    return Math.min(town, ...villages.map(({ centre, reach }) => 0.45 + (0.55 * apart(p, centre)) / reach));
  };
  const quarter = (p: Vec): Quarter => {
    if (p[0] > docks[0] && p[0] < docks[1] && fromSea(p) < 0.2 * radius) return "harbour";
    const out = outwards(p);
    if (out > 1) return "country";
    if (norm(p) < 0.135 * radius + 60) return "old town";
    return out < 0.52 && norm(p) < radius ? "inner" : "suburb";
  };
  return { radius, coast, river, halfWidth, dry, outwards, quarter, villages, docks, basins };
}

/** From some two kilometres on, a town is large enough for a motorway around it. */
export const hasMotorway = ({ radius }: Pick<Terrain, "radius">): boolean => radius > 1500;

/** A village at the end of each road out of town; the larger the town, the more. */
function settle(rng: Rng, radius: number, dry: (p: Vec) => number): Village[] {
  const count = Math.max(4, Math.min(18, Math.round(5.2 + radius / 1400)));
  return Array.from({ length: count }, (_, i): Village => {
    const angle = Math.PI * (0.06 + (0.88 * (i + rng.between(0.2, 0.8))) / count);
    const reach = rng.between(120, 260) + 0.02 * radius;
    return { centre: polar(angle, radius * rng.between(1.2, 1.45)), reach };
  }).filter(({ centre, reach }) => dry(centre) > reach * 0.7);
}

/** Draws the coast and the river; `mouth` is how far south the river meets the sea. */
function shapeWaters(
  rng: Rng,
  radius: number,
): Pick<Terrain, "coast" | "river" | "halfWidth"> & { readonly mouth: number } {
  const big = noise(rng.fork("bays"), radius * 0.9);
  const small = noise(rng.fork("rocks"), 260);
  const bend = noise(rng.fork("bends"), radius * 0.75);
  const broad = noise(rng.fork("broad"), 240 + radius * 0.12);
  const riverAt = radius * rng.between(0.15, 0.2) + 40;
  const seaAt = -(radius * rng.between(0.26, 0.32)) - 60;
  const slant = rng.between(-0.1, 0.1);
  const [bay, meander] = [rng.between(0, 6.28), rng.between(0, 6.28)];

  const coast = tabled(radius * 3, (x) => {
    const bays = big([x, 0]) * 0.17 + 0.07 * Math.sin((x / radius) * 2.9 + bay);
    return seaAt + x * slant + radius * bays + small([x, 7]) * 30;
  });
  const river = tabled(radius * 3, (y) => {
    const free = Math.min(1, Math.max(0, (y - 0.1 * radius) / (0.7 * radius)));
    const swing = 0.1 + 0.13 * Math.sin((y / radius) * 4.4 + meander);
    return riverAt + radius * (bend([0, y]) * (0.06 + 0.3 * free) + free * swing);
  });
  const mouth = coast(riverAt);
  const halfWidth = tabled(radius * 3, (y) => {
    const estuary = 0.045 * Math.exp(-Math.max(0, y - mouth) / (0.11 * radius));
    return (26 + radius * (0.008 + estuary)) * (1 + 0.38 * broad([0, y]));
  });
  return { coast, river, halfWidth, mouth };
}

/** The function by its values every five metres and straight lines between: it is asked a hundred thousand times. */
function tabled(reach: number, f: (at: number) => number): (at: number) => number {
  const step = 5;
  const half = Math.ceil(reach / step);
  const values = Float64Array.from({ length: 2 * half + 2 }, (_, i) => f((i - half) * step));
  return (at) => {
    const place = Math.min(2 * half, Math.max(0, at / step + half));
    const low = Math.floor(place);
    return values[low]! + (values[low + 1]! - values[low]!) * (place - low);
  };
}

/** One after the other, each of its own width and depth, as trade asked for them over two hundred years. */
function digBasins(
  rng: Rng,
  radius: number,
  [from, to]: readonly [number, number],
  coast: (x: number) => number,
): Basin[] {
  const basins: Basin[] = [];
  for (let west = from + 0.05 * radius; ;) {
    const width = rng.between(0.028, 0.095) * radius;
    const east = west + width;
    if (east > to - 0.03 * radius) return basins;
    const south = Math.min(coast(west), coast(east)) - 20;
    const depth = rng.between(0.05, 0.125) * radius;
    basins.push({
      west,
      east,
      south,
      north: Math.min(south + 20 + depth, coast(west) + 0.13 * radius, coast(east) + 0.13 * radius),
      lean: rng.between(-1, 1),
    });
    west = east + rng.between(0.05, 0.11) * radius;
  }
}

/** Metres to the dock's walls from outside, negative in its water. */
const besideBasin = ({ west, east, north }: Basin, [x, y]: Vec): number => Math.max(west - x, x - east, y - north);
