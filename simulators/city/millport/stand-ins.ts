import type { OsmData, OsmTags } from "../../../src/kernel/osm.ts";
import { greatCircle, type Point } from "../../../src/kernel/point.ts";

/** A point on a street with the street's name. */
export interface OnStreet {
  readonly name: string;
  readonly point: Point;
}

/** What a city's streets tell where its data has no addresses, shops or depots. */
export interface Streets {
  /** Where the town is busiest. */
  readonly centre: Point;
  /** Points every forty metres or more along the streets people live in, at most `cityReach` from the centre. */
  readonly lived: readonly OnStreet[];
  /** The same on main roads. */
  readonly main: readonly OnStreet[];
}

const livedIn = new Set(["residential", "living_street", "tertiary", "unclassified"]);
const mainRoads = new Set(["primary", "secondary", "tertiary"]);
/** An extract may hold a whole region; its day is lived in the city around the busiest streets, metres. */
const cityReach = 6000;
const apart = 40;

export function readStreets(data: OsmData): Streets {
  const at = new Map<number, Point>(data.nodes.map((node) => [node.id, [node.lon, node.lat]]));
  const [lived, main]: [OnStreet[], OnStreet[]] = [[], []];
  for (const { tags, refs } of data.ways) {
    if (tags?.highway === undefined || tags.name === undefined || tags.area === "yes") continue;
    const points = spaced(refs.map((ref) => at.get(ref)).filter((point) => point !== undefined));
    const marks = points.map((point) => ({ name: tags.name!, point }));
    if (livedIn.has(tags.highway)) lived.push(...marks);
    if (mainRoads.has(tags.highway)) main.push(...marks);
  }
  const centre = densest(lived.length > 0 ? lived : main, busySpots(data, at));
  const around = ({ point }: OnStreet): boolean => greatCircle(point, centre) <= cityReach;
  return { centre, lived: lived.filter(around), main: (main.length > 0 ? main : lived).filter(around) };
}

function spaced(line: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of line) {
    const last = kept[kept.length - 1];
    if (last === undefined || greatCircle(last, point) >= apart) kept.push(point);
  }
  return kept;
}

/** Zebra crossings, traffic lights, shops and walkers' streets: where a town is busy. */
function busySpots(data: OsmData, at: ReadonlyMap<number, Point>): Point[] {
  const busy = (tags: OsmTags): boolean =>
    tags.highway === "crossing" ||
    tags.highway === "traffic_signals" ||
    tags.shop !== undefined ||
    tags.amenity !== undefined;
  const spots = data.nodes.filter(({ tags }) => tags !== undefined && busy(tags)).map((node) => at.get(node.id)!);
  for (const { tags, refs } of data.ways)
    if (tags?.highway === "pedestrian" && at.has(refs[0]!)) spots.push(at.get(refs[0]!)!);
  return spots;
}

/** The middle of the square of some 1,500 metres where most happens, its neighbours counted half; a busy spot counts ten street points. */
function densest(marks: readonly OnStreet[], busy: readonly Point[]): Point {
  const square = 0.0135;
  const counts = new Map<string, { count: number; x: number; y: number }>();
  const count = (point: Point, weight: number): void => {
    const [x, y] = [Math.floor(point[0] / square), Math.floor(point[1] / square)];
    const known = counts.get(`${x} ${y}`);
    if (known === undefined) counts.set(`${x} ${y}`, { count: weight, x, y });
    else known.count += weight;
  };
  for (const { point } of marks) count(point, 1);
  for (const point of busy) count(point, 10);
  let [best, most]: [Point, number] = [[0, 0], 0];
  for (const { count, x, y } of counts.values()) {
    let sum = count;
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const)
      sum += (counts.get(`${x + dx} ${y + dy}`)?.count ?? 0) / 2;
    if (sum > most) [best, most] = [[(x + 0.5) * square, (y + 0.5) * square], sum];
  }
  return best;
}

/** `count` different points of `marks`, each the nearest to a spot `far` metres from the centre, evenly around it from `turn` (0 to 1). */
export function around(
  streets: Streets,
  marks: readonly OnStreet[],
  count: number,
  far: number,
  turn: number,
): OnStreet[] {
  const taken = new Map<Point, OnStreet>();
  const [lon, lat] = streets.centre;
  for (let i = 0; i < count; i++) {
    const angle = ((i + turn) / count) * 2 * Math.PI;
    const spot: Point = [
      lon + (Math.cos(angle) * far) / 111_195 / Math.cos((lat * Math.PI) / 180),
      lat + (Math.sin(angle) * far) / 111_195,
    ];
    let [best, least]: [OnStreet | null, number] = [null, Infinity];
    for (const mark of marks) {
      const off = greatCircle(mark.point, spot);
      if (off < least && !taken.has(mark.point)) [best, least] = [mark, off];
    }
    if (best !== null) taken.set(best.point, best);
  }
  return [...taken.values()];
}

/** The part of town a point lies in where no part has a name: the middle, or the direction seen from it. */
export function sector(centre: Point, [lon, lat]: Point): string {
  if (greatCircle(centre, [lon, lat]) <= 1500) return "Centre";
  const bearing = Math.atan2((lon - centre[0]) * Math.cos((lat * Math.PI) / 180), lat - centre[1]);
  return ["North", "North-east", "East", "South-east", "South", "South-west", "West", "North-west"][
    (Math.round(bearing / (Math.PI / 4)) + 8) % 8
  ]!;
}
