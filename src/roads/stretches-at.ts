import type { Point } from "../kernel/point.ts";
import { fixed, metersPerDegree, metersPerDegreeEast } from "./plane.ts";
import type { RoadPlace } from "./road-conditions.ts";
import type { RoadGraph } from "./road-graph.ts";

/** Finds stretches by place; holds a box around each of them. */
export class PlaceFinder {
  readonly #graph: RoadGraph;
  /** West, south, east and north of each stretch, 1e-7 degrees. */
  readonly #boxes: Int32Array;

  constructor(graph: RoadGraph) {
    this.#graph = graph;
    this.#boxes = boxesOf(graph);
  }

  /** The stretches at a place, ascending. */
  at(where: RoadPlace): number[] {
    if (where.kind === "ways") {
      const ways = new Set(where.ways);
      return this.#filter((stretch) => ways.has(this.#graph.stretchWay[stretch]!));
    }
    if (where.kind === "line") return this.#near(where.line, near).filter(alongLine(this.#graph, where.line));
    return this.#near(where.ring, 0).filter(touchingArea(this.#graph, where.ring));
  }

  #filter(isMeant: (stretch: number) => boolean): number[] {
    const found: number[] = [];
    for (let stretch = 0; 4 * stretch < this.#boxes.length; stretch++) if (isMeant(stretch)) found.push(stretch);
    return found;
  }

  /** Those whose box meets that of some points, widened by some metres. */
  #near(points: readonly Point[], widened: number): number[] {
    const [lons, lats] = [points.map(([lon]) => lon), points.map(([, lat]) => lat)];
    const [south, north] = [Math.min(...lats), Math.max(...lats)];
    const [aside, beyond] = [(widened / metersPerDegreeEast(north)) * fixed, (widened / metersPerDegree) * fixed];
    const [west, east] = [Math.min(...lons) * fixed - aside, Math.max(...lons) * fixed + aside];
    const [below, above] = [south * fixed - beyond, north * fixed + beyond];
    const boxes = this.#boxes;
    return this.#filter((stretch) => {
      const at = 4 * stretch;
      return boxes[at]! <= east && boxes[at + 2]! >= west && boxes[at + 1]! <= above && boxes[at + 3]! >= below;
    });
  }
}

function boxesOf({ coords, stretchStart }: RoadGraph): Int32Array {
  const boxes = new Int32Array(4 * (stretchStart.length - 1));
  for (let stretch = 0; stretch + 1 < stretchStart.length; stretch++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = stretchStart[stretch]!; at < stretchStart[stretch + 1]!; at++) {
      west = Math.min(west, coords[2 * at]!);
      south = Math.min(south, coords[2 * at + 1]!);
      east = Math.max(east, coords[2 * at]!);
      north = Math.max(north, coords[2 * at + 1]!);
    }
    boxes[4 * stretch] = west;
    boxes[4 * stretch + 1] = south;
    boxes[4 * stretch + 2] = east;
    boxes[4 * stretch + 3] = north;
  }
  return boxes;
}

/** A straight piece, in metres east and north of the first point of what is looked at. */
interface Piece {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

type Meters = readonly [east: number, north: number];

/** To metres around one point: good within the few kilometres that a closure spans. */
const planeAround =
  ([lon, lat]: Point) =>
  ([x, y]: Point): Meters => [(x - lon) * metersPerDegreeEast(lat), (y - lat) * metersPerDegree];

const piecesOf = (points: readonly Meters[]): Piece[] =>
  points.slice(1).map(([x2, y2], i) => ({ x1: points[i]![0], y1: points[i]![1], x2, y2 }));

function shapeOf({ coords, stretchStart }: RoadGraph, stretch: number, plane: (point: Point) => Meters): Meters[] {
  const points: Meters[] = [];
  for (let at = stretchStart[stretch]!; at < stretchStart[stretch + 1]!; at++)
    points.push(plane([coords[2 * at]! / fixed, coords[2 * at + 1]! / fixed]));
  return points;
}

/** How far off a street may be drawn and still be meant. */
const near = 15;
/** Cosine of the angle within which a street runs along a line. */
const along = Math.cos(Math.PI / 6);

/** At least half of the stretch must run along the line, or the line along the stretch for half of its own length. */
function alongLine(graph: RoadGraph, line: readonly Point[]): (stretch: number) => boolean {
  if (line.length < 2) return () => false;
  const plane = planeAround(line[0]!);
  const pieces = piecesOf(line.map(plane));
  const whole = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
  return (stretch) => {
    const own = piecesOf(shapeOf(graph, stretch, plane));
    const length = own.reduce((sum, piece) => sum + lengthOf(piece), 0);
    const shared = own.reduce((sum, piece) => sum + sharedLength(piece, pieces), 0);
    return shared > 0 && shared >= Math.min(length, whole) / 2;
  };
}

const lengthOf = ({ x1, y1, x2, y2 }: Piece): number => Math.sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2);

/** Metres of a piece that run along others, told every few metres. */
function sharedLength(piece: Piece, others: readonly Piece[]): number {
  const length = lengthOf(piece);
  const steps = Math.max(1, Math.ceil(length / 5));
  let shared = 0;
  for (let i = 0; i < steps; i++) {
    const share = (i + 0.5) / steps;
    const [x, y] = [piece.x1 + (piece.x2 - piece.x1) * share, piece.y1 + (piece.y2 - piece.y1) * share];
    if (others.some((other) => isParallel(piece, other) && distanceTo(other, x, y) <= near)) shared += length / steps;
  }
  return shared;
}

function isParallel(one: Piece, other: Piece): boolean {
  const dot = (one.x2 - one.x1) * (other.x2 - other.x1) + (one.y2 - one.y1) * (other.y2 - other.y1);
  return Math.abs(dot) >= along * lengthOf(one) * lengthOf(other);
}

function distanceTo({ x1, y1, x2, y2 }: Piece, x: number, y: number): number {
  const [east, north] = [x2 - x1, y2 - y1];
  const square = east * east + north * north;
  const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * east + (y - y1) * north) / square));
  return Math.sqrt((x1 + share * east - x) ** 2 + (y1 + share * north - y) ** 2);
}

function touchingArea(graph: RoadGraph, ring: readonly Point[]): (stretch: number) => boolean {
  if (ring.length < 3) return () => false;
  const plane = planeAround(ring[0]!);
  const border = piecesOf([...ring, ring[0]!].map(plane));
  return (stretch) => {
    const shape = shapeOf(graph, stretch, plane);
    return (
      shape.some(([x, y]) => isInside(border, x, y)) ||
      piecesOf(shape).some((piece) => border.some((other) => doCross(piece, other)))
    );
  };
}

/** Whether a ray to the east leaves the border an odd number of times. */
const isInside = (border: readonly Piece[], x: number, y: number): boolean =>
  border.filter(({ x1, y1, x2, y2 }) => y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)).length % 2 ===
  1;

function doCross(one: Piece, other: Piece): boolean {
  const side = ({ x1, y1, x2, y2 }: Piece, x: number, y: number): number =>
    Math.sign((x2 - x1) * (y - y1) - (y2 - y1) * (x - x1));
  return (
    side(one, other.x1, other.y1) !== side(one, other.x2, other.y2) &&
    side(other, one.x1, one.y1) !== side(other, one.x2, one.y2)
  );
}
