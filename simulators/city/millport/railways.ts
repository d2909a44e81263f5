import { densify, polar, simplify, type Vec } from "./plane.ts";
import { dockDepth } from "./ring.ts";
import type { Terrain } from "./terrain.ts";

/** How far from a track's middle streets and houses stay away, metres. */
export const besideTracks = 15;

/** From this many metres of radius on, a town has a railway. */
const smallest = 700;

/** The lines' middles, each ending in the town: to the station at the inner ring, and to the docks. */
export function railways(terrain: Terrain): Vec[][] {
  const { radius, coast, docks } = terrain;
  if (radius < smallest) return [];
  const station = polar((148 * Math.PI) / 180, 0.34 * radius);
  const edge = -1.62 * radius;
  const main = curve(
    [edge, coast(edge) + 0.66 * radius],
    [-0.95 * radius, 0.3 * radius],
    [station[0] - 0.28 * radius, station[1] + 0.1 * radius],
    station,
  );
  const quay = (x: number): Vec => [x, coast(x) + dockDepth * radius - 34];
  const yard: Vec[] = [];
  for (let x = docks[0] + 0.12 * radius; x < docks[1] + 60; x += 25) yard.push(quay(x));
  const last = yard[yard.length - 1]!;
  const east = 1.62 * radius;
  const freight = curve(
    [east, coast(east) + 0.62 * radius],
    [1.25 * radius, coast(1.2 * radius) + 0.6 * radius],
    [last[0] + 0.25 * radius, last[1] + 0.02 * radius],
    last,
  );
  return [main, [...freight, ...yard.reverse().slice(1)]].map((line) => simplify(line, 0.8));
}

/** A cubic curve with its two handles given as points. */
function curve(a: Vec, b: Vec, c: Vec, d: Vec): Vec[] {
  const points = Array.from({ length: 61 }, (_, i): Vec => {
    const [t, s] = [i / 60, 1 - i / 60];
    const at = (axis: 0 | 1): number =>
      s ** 3 * a[axis] + 3 * s * s * t * b[axis] + 3 * s * t * t * c[axis] + t ** 3 * d[axis];
    return [at(0), at(1)];
  });
  return densify(points, 30);
}
