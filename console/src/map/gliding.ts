import type { Feature, Point as PointGeometry } from "geojson";

type Point = readonly [longitude: number, latitude: number];
/** The road that somebody follows, if it is known. */
export type WayOf = (id: string) => readonly Point[] | undefined;

/** Farther than this from its road, about 60 m, somebody does not follow it. Degrees of latitude. */
const OFF_ROAD = 0.00055;
/** Farther apart than this, about 3 km, two positions are no movement to show. Degrees of latitude. */
const LEAP = 0.027;

/**
 * Moves points from where they are drawn to where they were last known to be: along their road where both places lie on it,
 * else straight. What is drawn is always between two known positions, never beyond the last one.
 */
export class Glider {
  #paths = new Map<string, readonly Point[]>();
  #features: readonly Feature[] = [];
  #share = 1;

  /** Sets out for new positions from wherever things are drawn now; answers whether anything has to move. */
  aim(features: readonly Feature[], wayOf: WayOf): boolean {
    const paths = new Map<string, readonly Point[]>();
    let moves = false;
    for (const feature of features) {
      const id = String(feature.properties?.["id"]);
      const to = placeOf(feature);
      const old = this.#paths.get(id);
      const path = old === undefined ? [to] : pathBetween(pointAlong(old, this.#share), to, wayOf(id));
      moves ||= path.length > 1;
      paths.set(id, path);
    }
    this.#paths = paths;
    this.#features = features;
    this.#share = 0;
    return moves;
  }

  /** Everything as it is drawn when `share` of the way, from 0 to 1, is behind it. */
  at(share: number): Feature[] {
    this.#share = Math.min(1, Math.max(0, share));
    return this.#features.map((feature) => {
      const path = this.#paths.get(String(feature.properties?.["id"]))!;
      return { ...feature, geometry: { type: "Point", coordinates: [...pointAlong(path, this.#share)] } };
    });
  }
}

const placeOf = (feature: Feature): Point => {
  const [longitude, latitude] = (feature.geometry as PointGeometry).coordinates as [number, number];
  return [longitude, latitude];
};

/** The way from one place to another: `way` between them where both lie on it in that order, else a straight line; one point where nothing moved or it is a leap. */
export function pathBetween(from: Point, to: Point, way: readonly Point[] | undefined): readonly Point[] {
  const shrink = Math.cos((to[1] * Math.PI) / 180);
  const apart = distance(from, to, shrink);
  if (apart === 0 || apart > LEAP) return [to];
  const [a, b] = way === undefined ? [null, null] : [nearest(way, from, shrink), nearest(way, to, shrink)];
  if (a === null || b === null || a.off > OFF_ROAD || b.off > OFF_ROAD || a.index > b.index) return [from, to];
  return [from, ...way!.slice(a.index, b.index), to];
}

/** The stretch of `way` that comes nearest to `place`, by the index of its end, and how far off it is. */
function nearest(
  way: readonly Point[],
  place: Point,
  shrink: number,
): { readonly index: number; readonly off: number } | null {
  let best: { index: number; off: number } | null = null;
  for (let index = 1; index < way.length; index++) {
    const off = distance(place, onStretch(place, way[index - 1]!, way[index]!, shrink), shrink);
    if (best === null || off < best.off) best = { index, off };
  }
  return best;
}

function onStretch(p: Point, a: Point, b: Point, shrink: number): Point {
  const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((p[0] - a[0]) * shrink * dx + (p[1] - a[1]) * dy) / length;
  return between(a, b, Math.min(1, Math.max(0, along)));
}

const between = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];

const distance = (a: Point, b: Point, shrink: number): number => Math.hypot((a[0] - b[0]) * shrink, a[1] - b[1]);

/** The place on a path at a share of its length. */
export function pointAlong(path: readonly Point[], share: number): Point {
  const last = path.at(-1)!;
  if (share >= 1 || path.length === 1) return last;
  const shrink = Math.cos((last[1] * Math.PI) / 180);
  const lengths = path.slice(1).map((point, i) => distance(path[i]!, point, shrink));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    if (left <= length) return length === 0 ? path[i]! : between(path[i]!, path[i + 1]!, left / length);
    left -= length;
  }
  return last;
}
