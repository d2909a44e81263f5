import type { Point } from "../../../src/kernel/point.ts";
import type { Rng } from "../../../src/kernel/rng.ts";

/** A place on the town's drawing board: metres east and north of the market square, before the board is turned. */
export type Vec = readonly [x: number, y: number];

export const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1]];
export const minus = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1]];
export const times = (a: Vec, factor: number): Vec => [a[0] * factor, a[1] * factor];
export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1];
export const cross = (a: Vec, b: Vec): number => a[0] * b[1] - a[1] * b[0];
export const norm = (a: Vec): number => Math.hypot(a[0], a[1]);
export const apart = (a: Vec, b: Vec): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
/** The unit vector along `a`; east where `a` has no length. */
export const unit = (a: Vec): Vec => {
  const length = norm(a);
  return length === 0 ? [1, 0] : [a[0] / length, a[1] / length];
};
/** `a` turned left by a right angle. */
export const left = (a: Vec): Vec => [-a[1], a[0]];
export const polar = (angle: number, length: number): Vec => [Math.cos(angle) * length, Math.sin(angle) * length];
export const between = (a: Vec, b: Vec, share: number): Vec => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
];

export const lengthOf = (line: readonly Vec[]): number => {
  let sum = 0;
  for (let i = 1; i < line.length; i++) sum += apart(line[i - 1]!, line[i]!);
  return sum;
};

/** A smooth way from `a`, leaving along `out`, to `b`, arriving along `home` (cubic Bézier; `pull` is how far each end holds on). */
export function bend(a: Vec, out: Vec, b: Vec, home: Vec, pull: number): Vec[] {
  const [c, d] = [add(a, times(out, pull)), minus(b, times(home, pull))];
  const pieces = Math.max(4, Math.ceil(apart(a, b) / 30));
  return Array.from({ length: pieces + 1 }, (_, i): Vec => {
    const [t, s] = [i / pieces, 1 - i / pieces];
    const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    return [p * a[0] + q * c[0] + r * d[0] + u * b[0], p * a[1] + q * c[1] + r * d[1] + u * b[1]];
  });
}

/** The line `offset` metres to the right of `line`; both ends stay where they were when `pinned`. */
export const beside = (line: readonly Vec[], offset: number, pinned: boolean): Vec[] =>
  line.map((p, i) => {
    if (pinned && (i === 0 || i === line.length - 1)) return p;
    const along = unit(minus(line[Math.min(i + 1, line.length - 1)]!, line[Math.max(i - 1, 0)]!));
    return [p[0] + along[1] * offset, p[1] - along[0] * offset];
  });

/** The share (0 to 1) along a→b at which `point` is nearest. */
export function shareAlong(a: Vec, b: Vec, point: Vec): number {
  const way = minus(b, a);
  const square = dot(way, way);
  return square === 0 ? 0 : Math.max(0, Math.min(1, dot(minus(point, a), way) / square));
}

/** How far `point` is from the stretch a→b, metres; without arrays, since it is asked millions of times. */
export function offStretch([ax, ay]: Vec, [bx, by]: Vec, [px, py]: Vec): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / square));
  return Math.hypot(px - ax - dx * share, py - ay - dy * share);
}

/** Signed area in square metres, positive when the ring runs anticlockwise. The ring does not repeat its first corner. */
export function areaOf(ring: readonly Vec[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i++) sum += cross(ring[i]!, ring[(i + 1) % ring.length]!);
  return sum / 2;
}

export function inside(ring: readonly Vec[], [x, y]: Vec): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!;
    const [bx, by] = ring[j]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** Points on `line` no more than `step` metres apart, both ends and all corners kept. */
export function densify(line: readonly Vec[], step: number): Vec[] {
  const points: Vec[] = [];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const pieces = Math.max(1, Math.ceil(apart(a, b) / step));
    for (let k = 0; k < pieces; k++) points.push(between(a, b, k / pieces));
  }
  if (line.length > 0) points.push(line[line.length - 1]!);
  return points;
}

/** Fewer points, none of the dropped ones more than `tolerance` metres off (Douglas and Peucker, 1973). */
export function simplify(line: readonly Vec[], tolerance: number): Vec[] {
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [from, to] = span;
    let [worst, at] = [tolerance, -1];
    for (let i = from + 1; i < to; i++) {
      const [a, b, p] = [line[from]!, line[to]!, line[i]!];
      const off = offStretch(a, b, p);
      if (off > worst) [worst, at] = [off, i];
    }
    if (at < 0) continue;
    keep[at] = 1;
    open.push([from, at], [at, to]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

/** The same seed's smooth hills: value noise in [-1, 1] with features about `size` metres wide. */
export function noise(rng: Rng, size: number): (p: Vec) => number {
  const salt = Math.floor(rng.next() * 0x7fffffff);
  const corner = (x: number, y: number): number => {
    let h = Math.imul(x, 374761393) + Math.imul(y, 668265263) + salt;
    h = Math.imul(h ^ (h >>> 13), 1274126177);
    return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
  };
  const ease = (t: number): number => t * t * (3 - 2 * t);
  return ([px, py]) => {
    const [x, y] = [px / size, py / size];
    const [x0, y0] = [Math.floor(x), Math.floor(y)];
    const [u, v] = [ease(x - x0), ease(y - y0)];
    const low = corner(x0, y0) * (1 - u) + corner(x0 + 1, y0) * u;
    const high = corner(x0, y0 + 1) * (1 - u) + corner(x0 + 1, y0 + 1) * u;
    return low * (1 - v) + high * v;
  };
}

/** What lies near a point, found by squares of `cell` metres. */
export class NearIndex<Item> {
  readonly #cell: number;
  readonly #squares = new Map<number, Item[]>();
  #count = 0;

  constructor(cell: number) {
    this.#cell = cell;
  }

  #key(x: number, y: number): number {
    return (x + 8192) * 16384 + (y + 8192); // a small integer up to 8,192 squares out: maps are slow with large ones
  }

  add([x, y]: Vec, item: Item): void {
    this.#count++;
    const key = this.#key(Math.floor(x / this.#cell), Math.floor(y / this.#cell));
    const square = this.#squares.get(key);
    if (square === undefined) this.#squares.set(key, [item]);
    else square.push(item);
  }

  /** Registers `item` in every square its bounding box touches. */
  addBox(a: Vec, b: Vec, item: Item): void {
    this.#each(a, b, 0, (key) => {
      const square = this.#squares.get(key);
      if (square === undefined) this.#squares.set(key, [item]);
      else square.push(item);
    });
  }

  /** Calls `see` for each item whose square comes within `reach` of the box a–b; an item in several squares comes several times. */
  visit(a: Vec, b: Vec, reach: number, see: (item: Item) => void): void {
    this.#each(a, b, reach, (key) => {
      const square = this.#squares.get(key);
      if (square !== undefined) for (let i = 0; i < square.length; i++) see(square[i]!);
    });
  }

  /** The item nearest to `p` among those that fit, each at the one place it was added at; null when none does. */
  nearest(p: Vec, placeOf: (item: Item) => Vec, fits: (item: Item) => boolean = () => true): Item | null {
    for (let reach = this.#cell; ; reach *= 2) {
      let [best, far, seen]: [Item | null, number, number] = [null, Infinity, 0];
      this.visit(p, p, reach, (item) => {
        seen++;
        const off = apart(placeOf(item), p);
        if (off < far && fits(item)) [best, far] = [item, off];
      });
      if (far <= reach || seen === this.#count) return best;
    }
  }

  #each(a: Vec, b: Vec, reach: number, square: (key: number) => void): void {
    const [x0, x1] = [Math.min(a[0], b[0]) - reach, Math.max(a[0], b[0]) + reach];
    const [y0, y1] = [Math.min(a[1], b[1]) - reach, Math.max(a[1], b[1]) + reach];
    for (let x = Math.floor(x0 / this.#cell); x <= Math.floor(x1 / this.#cell); x++)
      for (let y = Math.floor(y0 / this.#cell); y <= Math.floor(y1 / this.#cell); y++) square(this.#key(x, y));
  }
}

/** Where the drawing board lies on the globe: `centre` is its origin, `turn` (radians, anticlockwise) its tilt. */
export function onGlobe(centre: Point, turn: number): (p: Vec) => Point {
  const metresPerDegree = 111_195.08;
  const shrink = Math.cos((centre[1] * Math.PI) / 180);
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
  return ([x, y]) => [
    round(centre[0] + (x * c - y * s) / (metresPerDegree * shrink)),
    round(centre[1] + (x * s + y * c) / metresPerDegree),
  ];
}
