import type { OsmData } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";
import { contains, type Shape } from "./shapes.ts";

type Box = readonly [west: number, south: number, east: number, north: number];

/**
 * The sea within the extract, from its coastlines: OpenStreetMap draws no sea, only shores with the water on their right
 * (wiki.openstreetmap.org, "Tag:natural=coastline").
 *
 * The shores are cut to the box around the roads, and each piece that leaves it goes on along the box's edge, clockwise,
 * to where the next one enters. A shore that ends just inside is led straight to the edge; one that ends farther in is
 * incomplete: then no sea is drawn. Data that draws its sea as an area needs none of this.
 */
export function seaOf(data: OsmData): Shape[] {
  if (data.ways.some((way) => way.tags?.water === "sea")) return [];
  const at = new Map<number, Point>(data.nodes.map((node) => [node.id, [node.lon, node.lat]]));
  const shores = joined(
    data.ways
      .filter((way) => way.tags?.natural === "coastline")
      .map((way) => way.refs.map((ref) => at.get(ref)).filter((point) => point !== undefined))
      .filter((line) => line.length > 1),
  );
  if (shores.length === 0) return [];
  const box = boxAround(data, at);
  const islands = shores.filter((line) => line[0] === line[line.length - 1] && line.every((p) => within(box, p)));
  const pieces = shores.filter((line) => !islands.includes(line)).flatMap((line) => cut(toEdge(line, box), box));
  const rings = close(pieces, box);
  if (rings === null) return [];
  return rings.map((ring) => ({
    kind: "area",
    tags: { natural: "water", water: "sea" },
    rings: [ring, ...islands.filter((island) => contains(ring, island[0]!))],
  }));
}

/** Ways joined end to start; their direction means something, so none is turned round. */
function joined(lines: readonly Point[][]): Point[][] {
  const open = lines.map((line) => [...line]);
  for (let i = 0; i < open.length;) {
    const line = open[i]!;
    const next = open.findIndex((other, j) => j !== i && other[0] === line[line.length - 1]);
    if (next < 0 || line[0] === line[line.length - 1]) i++;
    else {
      line.push(...open[next]!.slice(1));
      open.splice(next, 1);
      if (next < i) i--;
    }
  }
  return open;
}

/** The box of all roads and a twentieth more on each side. */
function boxAround(data: OsmData, at: ReadonlyMap<number, Point>): Box {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const way of data.ways) {
    if (way.tags?.highway === undefined) continue;
    for (const ref of way.refs) {
      const [lon, lat] = at.get(ref) ?? [west, south];
      [west, east] = [Math.min(west, lon), Math.max(east, lon)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
  }
  const margin = 0.05;
  const [x, y] = [(east - west) * margin, (north - south) * margin];
  return [west - x, south - y, east + x, north + y];
}

const within = ([west, south, east, north]: Box, [x, y]: Point): boolean =>
  x > west && x < east && y > south && y < north;

/** An open shore whose ends lie within a tenth of the box's size from its edge, with these ends led on to the edge. */
function toEdge(line: readonly Point[], box: Box): readonly Point[] {
  if (line[0] === line[line.length - 1]) return line;
  return [...edgeFrom(line[0]!, box), ...line, ...edgeFrom(line[line.length - 1]!, box)];
}

function edgeFrom([x, y]: Point, [west, south, east, north]: Box): Point[] {
  const ways: readonly { readonly far: number; readonly to: Point }[] = [
    { far: (x - west) / (east - west), to: [west, y] },
    { far: (east - x) / (east - west), to: [east, y] },
    { far: (y - south) / (north - south), to: [x, south] },
    { far: (north - y) / (north - south), to: [x, north] },
  ];
  const nearest = ways.reduce((best, way) => (way.far < best.far ? way : best));
  return nearest.far > 0 && nearest.far < 0.1 ? [nearest.to] : [];
}

/** The parts of a line inside the box, each cut off at the edge. */
function cut(shore: readonly Point[], box: Box): Point[][] {
  const line = fromOutside(shore, box);
  const pieces: Point[][] = [];
  let piece: Point[] = [];
  for (let i = 1; i < line.length; i++) {
    const stretch = clip(line[i - 1]!, line[i]!, box);
    if (stretch === null) continue;
    if (piece.length === 0) piece.push(stretch.from);
    piece.push(stretch.to);
    if (!stretch.leaves && i < line.length - 1) continue;
    pieces.push(piece);
    piece = [];
  }
  return pieces;
}

/** A closed shore that leaves the box is walked from a point outside, so that no piece is broken where the ring happens to begin. */
function fromOutside(line: readonly Point[], box: Box): readonly Point[] {
  const outside = line[0] === line[line.length - 1] ? line.findIndex((p) => !within(box, p)) : 0;
  return outside <= 0 ? line : [...line.slice(outside), ...line.slice(1, outside + 1)];
}

/** The part of a→b inside the box (Liang and Barsky 1984), and whether it ends at the edge; null where there is none. */
function clip(a: Point, b: Point, [west, south, east, north]: Box): { from: Point; to: Point; leaves: boolean } | null {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  let [enter, leave] = [0, 1];
  for (const [step, room] of [
    [-dx, a[0] - west],
    [dx, east - a[0]],
    [-dy, a[1] - south],
    [dy, north - a[1]],
  ] as const) {
    if (step === 0 && room < 0) return null;
    if (step < 0) enter = Math.max(enter, room / step);
    if (step > 0) leave = Math.min(leave, room / step);
  }
  if (enter >= leave) return null;
  const on = (share: number): Point => (share === 0 ? a : share === 1 ? b : [a[0] + dx * share, a[1] + dy * share]);
  return { from: on(enter), to: on(leave), leaves: leave < 1 };
}

/** How far round the edge a point on it lies, clockwise from the south-west corner: 0 to 4, a whole number at each corner. */
function round([x, y]: Point, [west, south, east, north]: Box): number | null {
  const [u, v] = [(x - west) / (east - west), (y - south) / (north - south)];
  const slack = 1e-9;
  if (Math.abs(u) < slack) return v;
  if (Math.abs(v - 1) < slack) return 1 + u;
  if (Math.abs(u - 1) < slack) return 2 + (1 - v);
  return Math.abs(v) < slack ? 3 + (1 - u) : null;
}

function close(pieces: readonly Point[][], box: Box): Point[][] | null {
  const [west, south, east, north] = box;
  const corners: Point[] = [
    [west, south],
    [west, north],
    [east, north],
    [east, south],
  ];
  const ends = pieces.map((piece) => ({
    piece,
    enters: round(piece[0]!, box),
    leaves: round(piece[piece.length - 1]!, box),
  }));
  if (ends.some(({ enters, leaves }) => enters === null || leaves === null)) return null;
  const open = new Set(ends);
  const rings: Point[][] = [];
  for (const first of open) {
    const ring: Point[] = [];
    for (let now: (typeof ends)[number] | undefined = first; now !== undefined;) {
      open.delete(now);
      ring.push(...now.piece);
      const from = now.leaves!;
      const ahead = (to: number): number => (to - from + 4) % 4 || 4;
      const next = [first, ...open].reduce(
        (best, end) => (ahead(end.enters!) < ahead(best.enters!) ? end : best),
        first,
      );
      const passed = corners
        .map((corner, i) => ({ corner, far: ahead(i) }))
        .filter(({ far }) => far < ahead(next.enters!));
      ring.push(...passed.sort((a, b) => a.far - b.far).map(({ corner }) => corner));
      now = next === first ? undefined : next;
    }
    rings.push([...ring, ring[0]!]);
  }
  return rings;
}
