import { fixed, metersPerDegree, metersPerDegreeEast } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { RoadSnap } from "./snap.ts";

/** Drawn lines and where to look for them: the stretches of a graph, or what lies beside them. */
export type Lines = Pick<RoadGraph, "coords" | "stretchStart" | "grid">;

/** The roads that a point of a trace may have been on, the nearest first: for each stretch its nearest point. */
export function roadsWithin(graph: Lines, lon: number, lat: number, meters: number, most: number): RoadSnap[] {
  const { grid } = graph;
  if (grid.columns === 0) return [];
  const [x, y] = [lon * fixed, lat * fixed];
  const [wide, high] = [(meters / metersPerDegreeEast(lat)) * fixed, (meters / metersPerDegree) * fixed];
  const square = (at: number, low: number, size: number, count: number): number =>
    Math.min(count - 1, Math.max(0, Math.floor((at - low) / size)));
  const [left, right] = [x - wide, x + wide].map((at) => square(at, grid.west, grid.width, grid.columns));
  const [below, above] = [y - high, y + high].map((at) => square(at, grid.south, grid.height, grid.rows));
  const best = new Map<number, Met>();
  for (let row = below!; row <= above!; row++) {
    const [first, end] = [grid.start[row * grid.columns + left!]!, grid.start[row * grid.columns + right! + 1]!];
    for (let i = first; i < end; i++) keepNearer(graph, grid.piece[i]!, lon, lat, meters, best);
  }
  const nearest = [...best].sort(([a, met], [b, other]) => met.distance - other.distance || a - b);
  return nearest.slice(0, most).map(([stretch, met]) => snapOf(graph, stretch, met));
}

/** The point of one stretch that is nearest to a place. */
export function meetStretch(graph: Lines, stretch: number, lon: number, lat: number): RoadSnap {
  let nearest = meetPiece(graph, graph.stretchStart[stretch]!, lon, lat);
  for (let piece = nearest.piece + 1; piece + 1 < graph.stretchStart[stretch + 1]!; piece++) {
    const met = meetPiece(graph, piece, lon, lat);
    if (met.distance < nearest.distance) nearest = met;
  }
  return snapOf(graph, stretch, nearest);
}

/** Where a piece is nearest to a place, `along` from 0 to 1. */
interface Met {
  readonly piece: number;
  readonly along: number;
  readonly distance: number;
}

function keepNearer(
  graph: Lines,
  piece: number,
  lon: number,
  lat: number,
  meters: number,
  best: Map<number, Met>,
): void {
  const met = meetPiece(graph, piece, lon, lat);
  if (met.distance > meters) return;
  const stretch = stretchOf(graph.stretchStart, piece);
  const known = best.get(stretch);
  if (known === undefined || met.distance < known.distance) best.set(stretch, met);
}

function meetPiece({ coords }: Lines, piece: number, lon: number, lat: number): Met {
  const [east, north] = [metersPerDegreeEast(lat) / fixed, metersPerDegree / fixed];
  const [x, y] = [(lon * fixed - coords[2 * piece]!) * east, (lat * fixed - coords[2 * piece + 1]!) * north];
  const dx = (coords[2 * piece + 2]! - coords[2 * piece]!) * east;
  const dy = (coords[2 * piece + 3]! - coords[2 * piece + 1]!) * north;
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / square));
  return { piece, along, distance: Math.sqrt((x - along * dx) ** 2 + (y - along * dy) ** 2) };
}

function snapOf({ coords, stretchStart }: Lines, stretch: number, { piece, along, distance }: Met): RoadSnap {
  const lon = (coords[2 * piece]! + (coords[2 * piece + 2]! - coords[2 * piece]!) * along) / fixed;
  const lat = (coords[2 * piece + 1]! + (coords[2 * piece + 3]! - coords[2 * piece + 1]!) * along) / fixed;
  const east = metersPerDegreeEast(lat) / metersPerDegree;
  let [before, total] = [0, 0];
  for (let at = stretchStart[stretch]!; at + 1 < stretchStart[stretch + 1]!; at++) {
    const x = (coords[2 * at + 2]! - coords[2 * at]!) * east;
    const length = Math.sqrt(x * x + (coords[2 * at + 3]! - coords[2 * at + 1]!) ** 2);
    total += length;
    if (at < piece) before += length;
    else if (at === piece) before += length * along;
  }
  return { stretch, share: total === 0 ? 0 : Math.min(1, before / total), lon, lat, distance, piece };
}

function stretchOf(stretchStart: Uint32Array, piece: number): number {
  let [low, high] = [0, stretchStart.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (stretchStart[middle]! <= piece) low = middle;
    else high = middle;
  }
  return low;
}
