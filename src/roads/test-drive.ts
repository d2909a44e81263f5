import type { Rng } from "../kernel/rng.ts";
import type { RoadTrace } from "./index.ts";
import { fixed, lengthBetween, metersPerDegree, metersPerDegreeEast } from "./plane.ts";

// Traces of known truth: for the tests of map matching and for its benchmark.

type Shape = readonly (readonly [number, number])[];

/** A drive along a known shape; `elapsed` in milliseconds at each of its points. */
export interface Drive {
  readonly shape: Shape;
  readonly elapsed: readonly number[];
}

/** How a drive is seen by a receiver. */
export interface Receiver {
  /** Seconds between two positions. */
  readonly every: number;
  /** Standard deviation of the error to the east as to the north, metres; independent from position to position. */
  readonly deviation: number;
  /** Silences of so many seconds, each beginning at a random moment. */
  readonly gaps: readonly number[];
}

export function received({ shape, elapsed }: Drive, { every, deviation, gaps }: Receiver, rng: Rng): RoadTrace {
  const total = elapsed.at(-1)!;
  const silent = gaps.map((seconds) => ({ from: rng.between(0, total), ms: seconds * 1000 }));
  const times: number[] = [];
  for (let at = 0; at < total; at += every * 1000)
    if (!silent.some(({ from, ms }) => at > from && at < from + ms)) times.push(at);
  times.push(total);
  let piece = 0;
  const seen = times.map((at): [number, number] => {
    while (piece < elapsed.length - 2 && elapsed[piece + 1]! < at) piece++;
    const [before, after] = [elapsed[piece]!, elapsed[piece + 1]!];
    const share = after > before ? Math.min(1, (at - before) / (after - before)) : 1;
    const [a, b] = [shape[piece]!, shape[piece + 1]!];
    const lat = a[1] + (b[1] - a[1]) * share + rng.normal(0, deviation) / metersPerDegree;
    const lon = a[0] + (b[0] - a[0]) * share + rng.normal(0, deviation) / metersPerDegreeEast(a[1]);
    return [lon, lat];
  });
  return {
    lon: Float64Array.from(seen, ([lon]) => lon),
    lat: Float64Array.from(seen, ([, lat]) => lat),
    at: Float64Array.from(times),
    deviation: new Float64Array(times.length).fill(deviation),
  };
}

/**
 * How much of `shape`'s length `others` drive as well: the share of its metres that lie within 2 m of one of them, driven
 * in the same direction (up to 30°).
 */
export function coveredBy(
  shape: Shape,
  others: readonly Shape[],
): { readonly meters: number; readonly covered: number } {
  const pieces = new Map<string, Piece[]>();
  for (const other of others)
    for (const piece of piecesOf(other, Infinity))
      for (const square of squaresOf(piece)) (pieces.get(square) ?? setAt(pieces, square)).push(piece);
  let [meters, covered] = [0, 0];
  for (const piece of piecesOf(shape, 2)) {
    meters += piece.length;
    if ((pieces.get(squareOf(...piece.middle)) ?? []).some((other) => isAlong(piece, other))) covered += piece.length;
  }
  return { meters, covered };
}

interface Piece {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly middle: readonly [number, number];
  readonly length: number;
}

function* piecesOf(shape: Shape, most: number): Generator<Piece> {
  for (let i = 1; i < shape.length; i++) {
    const [a, b] = [shape[i - 1]!, shape[i]!];
    const length = lengthBetween(a[0] * fixed, a[1] * fixed, b[0] * fixed, b[1] * fixed);
    const count = Math.max(1, Math.ceil(length / most));
    const at = (share: number): [number, number] => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
    for (let part = 0; part < count && length > 0; part++)
      yield {
        from: at(part / count),
        to: at((part + 1) / count),
        middle: at((part + 0.5) / count),
        length: length / count,
      };
  }
}

/** About 50 m. */
const side = 0.0005;
const squareOf = (lon: number, lat: number): string => `${Math.floor(lon / side)} ${Math.floor(lat / side)}`;
const setAt = (pieces: Map<string, Piece[]>, square: string): Piece[] => {
  const list: Piece[] = [];
  pieces.set(square, list);
  return list;
};

/** The squares that a piece touches, or comes near to. */
function squaresOf({ from, to }: Piece): Set<string> {
  const reach = 0.00005;
  const squares = new Set<string>();
  const steps = Math.ceil(Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])) / side) * 4 + 1;
  for (let i = 0; i <= steps; i++)
    for (const east of [-reach, reach])
      for (const north of [-reach, reach])
        squares.add(
          squareOf(from[0] + ((to[0] - from[0]) * i) / steps + east, from[1] + ((to[1] - from[1]) * i) / steps + north),
        );
  return squares;
}

function isAlong(piece: Piece, other: Piece): boolean {
  const east = metersPerDegreeEast(piece.middle[1]);
  const flat = ([lon, lat]: readonly [number, number]): [number, number] => [lon * east, lat * metersPerDegree];
  const [a, b, p, q, m] = [other.from, other.to, piece.from, piece.to, piece.middle].map(flat) as [
    [number, number],
    [number, number],
    [number, number],
    [number, number],
    [number, number],
  ];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  if (square === 0) return false;
  const along = Math.min(1, Math.max(0, ((m[0] - a[0]) * dx + (m[1] - a[1]) * dy) / square));
  if (Math.hypot(a[0] + along * dx - m[0], a[1] + along * dy - m[1]) > 2) return false;
  const [x, y] = [q[0] - p[0], q[1] - p[1]];
  return x * dx + y * dy >= Math.cos(Math.PI / 6) * Math.hypot(x, y) * Math.sqrt(square);
}
