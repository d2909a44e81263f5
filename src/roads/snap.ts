import { fixed, metersPerDegree, metersPerDegreeEast } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";

/** Where a point meets a road. */
export interface RoadSnap {
  readonly stretch: number;
  /** 0 to 1 along the stretch as drawn, by length. */
  readonly share: number;
  readonly lon: number;
  readonly lat: number;
  /** Metres from the asked point, not rounded. */
  readonly distance: number;
  /** The point of the graph that the met piece begins with: the shape goes on from there. */
  readonly piece: number;
  /** Journeys end in one direction alone, where any way leads into it: 0 as drawn, 1 against it (see near-side.ts). */
  readonly only?: 0 | 1;
}

/** On a motorway or a ferry only who really is there: houses beside it are reached from their own street. */
const onRoad = 15;

/**
 * The nearest road, at any distance; null when the graph has none. Equal distances: the road that comes first in the
 * data.
 */
export function nearestRoad(graph: RoadGraph, lon: number, lat: number): RoadSnap | null {
  const { grid } = graph;
  if (grid.columns === 0) return null;
  const near = new Nearest(graph, lon, lat);
  const column = Math.floor((lon * fixed - grid.west) / grid.width);
  const row = Math.floor((lat * fixed - grid.south) / grid.height);
  const [left, below] = [outside(column, grid.columns), outside(row, grid.rows)];
  const last = Math.max(Math.abs(left), Math.abs(below)) + Math.max(grid.columns, grid.rows);
  for (let ring = Math.max(Math.abs(left), Math.abs(below)); ring <= last; ring++) {
    if (near.distance <= near.clearance(ring)) break;
    near.searchRing(column, row, ring);
  }
  return near.snap();
}

/** How many squares a column (or row) lies before (negative) or behind the grid; 0 inside. */
const outside = (at: number, count: number): number => (at < 0 ? at : at >= count ? at - count + 1 : 0);

class Nearest {
  distance = Infinity;
  readonly #graph: RoadGraph;
  readonly #x: number;
  readonly #y: number;
  readonly #east: number;
  #piece = -1;
  #stretch = -1;
  #along = 0;

  constructor(graph: RoadGraph, lon: number, lat: number) {
    this.#graph = graph;
    [this.#x, this.#y] = [lon * fixed, lat * fixed];
    this.#east = metersPerDegreeEast(lat) / fixed;
  }

  /** Nothing in this ring of squares or beyond can be nearer than this. */
  clearance(ring: number): number {
    const { width, height } = this.#graph.grid;
    return Math.max(0, ring - 1) * Math.min(width * this.#east, (height * metersPerDegree) / fixed) * 0.999;
  }

  searchRing(column: number, row: number, ring: number): void {
    const { columns, rows } = this.#graph.grid;
    for (let r = Math.max(0, row - ring); r <= Math.min(rows - 1, row + ring); r++) {
      const whole = r === row - ring || r === row + ring;
      if (whole) this.#searchRow(r, Math.max(0, column - ring), Math.min(columns - 1, column + ring));
      else for (const c of [column - ring, column + ring]) if (c >= 0 && c < columns) this.#searchRow(r, c, c);
    }
  }

  #searchRow(row: number, from: number, to: number): void {
    const { start, piece, columns } = this.#graph.grid;
    for (let i = start[row * columns + from]!; i < start[row * columns + to + 1]!; i++) this.#tryPiece(piece[i]!);
  }

  #tryPiece(piece: number): void {
    const { coords, stretchArcs, stretchPassing, stretchStart } = this.#graph;
    const north = metersPerDegree / fixed;
    const [x, y] = [(coords[2 * piece]! - this.#x) * this.#east, (coords[2 * piece + 1]! - this.#y) * north];
    const [dx, dy] = [
      (coords[2 * piece + 2]! - coords[2 * piece]!) * this.#east,
      (coords[2 * piece + 3]! - coords[2 * piece + 1]!) * north,
    ];
    const square = dx * dx + dy * dy;
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, -(x * dx + y * dy) / square));
    const distance = Math.sqrt((x + along * dx) ** 2 + (y + along * dy) ** 2);
    if (distance > this.distance || (distance === this.distance && piece >= this.#piece)) return;
    const stretch = stretchAt(stretchStart, piece);
    if (distance > onRoad && stretchPassing[stretch] === 1) return;
    if (stretchArcs[2 * stretch] === -1 && stretchArcs[2 * stretch + 1] === -1) return;
    [this.distance, this.#piece, this.#stretch, this.#along] = [distance, piece, stretch, along];
  }

  snap(): RoadSnap | null {
    if (this.#piece === -1) return null;
    const { coords } = this.#graph;
    const at = 2 * this.#piece;
    const lon = (coords[at]! + (coords[at + 2]! - coords[at]!) * this.#along) / fixed;
    const lat = (coords[at + 1]! + (coords[at + 3]! - coords[at + 1]!) * this.#along) / fixed;
    const share = shareAt(this.#graph, this.#stretch, this.#piece, this.#along);
    return { stretch: this.#stretch, share, lon, lat, distance: this.distance, piece: this.#piece };
  }
}

function stretchAt(stretchStart: Uint32Array, piece: number): number {
  let [low, high] = [0, stretchStart.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (stretchStart[middle]! <= piece) low = middle;
    else high = middle;
  }
  return low;
}

function shareAt(graph: RoadGraph, stretch: number, piece: number, along: number): number {
  const lengths = pieceLengths(graph, stretch);
  const at = piece - graph.stretchStart[stretch]!;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const before = lengths.slice(0, at).reduce((sum, length) => sum + length, 0) + lengths[at]! * along;
  return total === 0 ? 0 : Math.min(1, before / total);
}

/** Metres from each point of a stretch to the next; a stretch is short enough for one measure of its degrees. */
export function pieceLengths({ coords, stretchStart }: RoadGraph, stretch: number): number[] {
  const [first, last] = [stretchStart[stretch]!, stretchStart[stretch + 1]! - 1];
  const east = metersPerDegreeEast(coords[2 * first + 1]! / fixed) / fixed;
  const north = metersPerDegree / fixed;
  const lengths: number[] = [];
  for (let at = first; at < last; at++) {
    const x = (coords[2 * at + 2]! - coords[2 * at]!) * east;
    const y = (coords[2 * at + 3]! - coords[2 * at + 1]!) * north;
    lengths.push(Math.sqrt(x * x + y * y));
  }
  return lengths;
}
