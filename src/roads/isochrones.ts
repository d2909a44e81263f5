import { contour, nest, type Field, type Place } from "./contour.ts";
import { millisecondsOf } from "./key.ts";
import { fixed, metersPerDegree, metersPerDegreeEast } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";
import { arcsOf, begin } from "./seeds.ts";
import { pieceLengths, type RoadSnap } from "./snap.ts";

/** [longitude, latitude], closed; of each polygon the outer ring counter-clockwise and its holes clockwise. */
export type Polygons = readonly (readonly (readonly (readonly [number, number])[])[])[];

/** Squares of this size in metres; larger ones where a field would have more than `mostSquares`. */
const squareMeters = 40;
const mostSquares = 1_000_000;

/**
 * Where one can be within some milliseconds, for each limit: from the times at which every point of every road is
 * reached.
 *
 * Each polygon holds every point of a road that is reached by then, and no point that is farther than four squares (160
 * m in a city) from such a road. `stateKeys` are the keys from `from` to every state (see `Search.spread`).
 */
export function drawIsochrones(
  graph: RoadGraph,
  from: RoadSnap,
  stateKeys: Float64Array,
  limits: readonly number[],
): Polygons[] {
  const reached = reachedPoints(graph, from, stateKeys, Math.max(0, ...limits));
  const frame = frameOf(reached);
  const field = spreadOver(frame, reached);
  const lonLat = ([column, row]: Place): readonly [number, number] => [
    (frame.west + column * frame.width) / fixed,
    (frame.south + row * frame.height) / fixed,
  ];
  return limits.map((limit) => nest(contour(field, limit)).map((polygon) => polygon.map((ring) => ring.map(lonLat))));
}

/** Points of roads, 1e-7 degrees, and the milliseconds at which they are reached: three numbers each. */
type Reached = readonly number[];

/** Metres between the points at which a road is looked at. */
const lookEvery = 20;

function reachedPoints(graph: RoadGraph, from: RoadSnap, stateKeys: Float64Array, last: number): Reached {
  const reached: number[] = [from.lon * fixed, from.lat * fixed, 0];
  const enter = entryTimes(graph, stateKeys);
  graph.arcKey.forEach((key, arc) => {
    if (enter[arc]! <= last) walk(graph, arc, enter[arc]!, 0, millisecondsOf(key), last, reached);
  });
  const seeds = begin(graph, from);
  arcsOf(graph, from).forEach((arc, i) => {
    const whole = millisecondsOf(graph.arcKey[arc]!);
    const left = millisecondsOf(seeds.keys[i]!);
    const share = (graph.arcSide[arc]! & 1) === 1 ? 1 - from.share : from.share;
    walk(graph, arc, left - whole, share, whole, last, reached);
  });
  return reached;
}

/** Of each arc the milliseconds at which its start is passed, turn included; `Infinity` where nobody turns into it. */
function entryTimes(
  { arcKey, stateArc, turnStart, turnTo, turnKey }: RoadGraph,
  stateKeys: Float64Array,
): Float64Array {
  const enter = new Float64Array(arcKey.length).fill(Infinity);
  for (let state = 0; state < stateArc.length; state++) {
    if (stateKeys[state] === Infinity) continue;
    for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) {
      const arc = stateArc[turnTo[i]!]!;
      const key = stateKeys[state]! + turnKey[i]! - arcKey[arc]!;
      if (key < Infinity) enter[arc] = Math.min(enter[arc]!, millisecondsOf(key));
    }
  }
  return enter;
}

/** Notes the points of an arc, from a share of it on, as long as they are reached in time; `start` is the time at its start. */
function walk(
  graph: RoadGraph,
  arc: number,
  start: number,
  fromShare: number,
  whole: number,
  last: number,
  reached: number[],
): void {
  const side = graph.arcSide[arc]!;
  const [stretch, isBack] = [side >> 1, (side & 1) === 1];
  const [first, lengths] = [graph.stretchStart[stretch]!, pieceLengths(graph, stretch)];
  const total = lengths.reduce((sum, length) => sum + length, 0) || 1;
  let before = 0;
  lengths.forEach((length, i) => {
    const [x1, y1] = [graph.coords[2 * (first + i)]!, graph.coords[2 * (first + i) + 1]!];
    const [x2, y2] = [graph.coords[2 * (first + i) + 2]!, graph.coords[2 * (first + i) + 3]!];
    const looks = Math.ceil(length / lookEvery) + 1;
    for (let look = 0; look <= looks; look++) {
      const along = look / looks;
      const drawn = (before + along * length) / total;
      const share = isBack ? 1 - drawn : drawn;
      const at = start + whole * share;
      if (share >= fromShare && at <= last) reached.push(x1 + (x2 - x1) * along, y1 + (y2 - y1) * along, at);
    }
    before += length;
  });
}

/** South-west corner and size of a square, 1e-7 degrees. */
interface Frame {
  readonly west: number;
  readonly south: number;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
}

function frameOf(reached: Reached): Frame {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < reached.length; i += 3) {
    [west, east] = [Math.min(west, reached[i]!), Math.max(east, reached[i]!)];
    [south, north] = [Math.min(south, reached[i + 1]!), Math.max(north, reached[i + 1]!)];
  }
  const side = (meters: number): Frame => {
    const height = (meters / metersPerDegree) * fixed;
    const width = (meters / metersPerDegreeEast((south + north) / 2 / fixed)) * fixed;
    const [columns, rows] = [Math.ceil((east - west) / width) + 5, Math.ceil((north - south) / height) + 5];
    if (columns * rows > mostSquares) return side(meters * 2);
    return { west: west - 2 * width, south: south - 2 * height, width, height, columns, rows };
  };
  return side(squareMeters);
}

/** At each corner the earliest time at which a road within one and a half squares is reached. */
function spreadOver({ west, south, width, height, columns, rows }: Frame, reached: Reached): Field {
  const values = new Float64Array(columns * rows).fill(Infinity);
  for (let i = 0; i < reached.length; i += 3) {
    const [x, y, at] = [(reached[i]! - west) / width, (reached[i + 1]! - south) / height, reached[i + 2]!];
    for (let row = Math.ceil(y - 1.5); row <= y + 1.5; row++)
      for (let column = Math.ceil(x - 1.5); column <= x + 1.5; column++) {
        const corner = row * columns + column;
        if (at < values[corner]!) values[corner] = at;
      }
  }
  return { columns, rows, values };
}
