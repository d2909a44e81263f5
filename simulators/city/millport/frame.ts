import { between, type Vec } from "./plane.ts";

/** The sheet the town is drawn on: a rectangle that runs north on the globe, though the drawing board is turned. */
export interface Frame {
  holds(p: Vec): boolean;
  /** The part of an area inside the frame (Sutherland and Hodgman 1974). */
  clip(ring: readonly Vec[]): Vec[];
}

/** Reaches `radius` times 1.62 east, west and north of the market square, and as far south as there is anything to see. */
export function makeFrame(radius: number, turn: number): Frame {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const east = ([x, y]: Vec): number => x * c - y * s;
  const north = ([x, y]: Vec): number => x * s + y * c;
  const reach = 1.62 * radius;
  /** How far inside each edge a point lies, metres. */
  const edges = [
    (p: Vec) => reach - east(p),
    (p: Vec) => reach + east(p),
    (p: Vec) => reach - north(p),
    (p: Vec) => 1.05 * radius + north(p),
  ];
  const clipAt = (ring: readonly Vec[], room: (p: Vec) => number): Vec[] =>
    ring.flatMap((p, i) => {
      const before = ring[(i + ring.length - 1) % ring.length]!;
      const [a, b] = [room(before), room(p)];
      const crossing = a < 0 !== b < 0 ? [between(before, p, a / (a - b))] : [];
      return b < 0 ? crossing : [...crossing, p];
    });
  return {
    holds: (p) => edges.every((room) => room(p) >= 0),
    clip: (ring) => edges.reduce<Vec[]>(clipAt, [...ring]),
  };
}
