import type { OsmData, OsmRelation, OsmTags } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";

/** A point, a line or an area with holes, with its tags: what a map can draw. */
export type Shape =
  | { readonly kind: "point"; readonly tags: OsmTags; readonly point: Point }
  | { readonly kind: "line"; readonly tags: OsmTags; readonly line: readonly Point[] }
  | { readonly kind: "area"; readonly tags: OsmTags; readonly rings: readonly (readonly Point[])[] };

/** A closed way with one of these is an area even without `area=yes` (wiki.openstreetmap.org, "Area"). */
const areaKeys = [
  "building",
  "landuse",
  "leisure",
  "natural",
  "amenity",
  "shop",
  "tourism",
  "place",
  "aeroway",
  "office",
  "industrial",
  "historic",
];
const lineValues = new Set(["coastline", "cliff", "tree_row", "ridge", "breakwater", "pier"]);

/** Everything that has tags, areas put together from several ways included. What is incomplete is left out. */
export function* shapes(data: OsmData): Generator<Shape> {
  const at = new Map<number, Point>(data.nodes.map((node) => [node.id, [node.lon, node.lat]]));
  const lines = new Map<number, readonly Point[]>();
  for (const node of data.nodes)
    if (node.tags !== undefined) yield { kind: "point", tags: node.tags, point: at.get(node.id)! };
  const members = new Set(
    data.relations.filter(isArea).flatMap((relation) => relation.members.map((member) => member.ref)),
  );
  for (const way of data.ways) {
    const line = way.refs.map((ref) => at.get(ref)).filter((point) => point !== undefined);
    if (line.length < 2) continue;
    if (members.has(way.id)) lines.set(way.id, line);
    if (way.tags === undefined) continue;
    const closed = line.length > 3 && line[0] === line[line.length - 1];
    yield closed && isAreaTagged(way.tags)
      ? { kind: "area", tags: way.tags, rings: [line] }
      : { kind: "line", tags: way.tags, line };
  }
  for (const relation of data.relations) if (isArea(relation)) yield* areasOf(relation, lines);
}

const isArea = ({ tags }: OsmRelation): boolean => tags?.type === "multipolygon";

function isAreaTagged(tags: OsmTags): boolean {
  if (tags.area === "yes") return true;
  if (tags.area === "no" || tags.highway !== undefined || tags.barrier !== undefined) return false;
  return (
    tags.waterway === "riverbank" ||
    tags.waterway === "dock" ||
    areaKeys.some((key) => tags[key] !== undefined && !lineValues.has(tags[key]))
  );
}

/** One area for each outer ring, with the inner rings that lie in it. */
function* areasOf(relation: OsmRelation, lines: ReadonlyMap<number, readonly Point[]>): Generator<Shape> {
  const ways = (inner: boolean): (readonly Point[])[] =>
    relation.members
      .filter((member) => member.type === "way" && (member.role === "inner") === inner)
      .map((member) => lines.get(member.ref))
      .filter((line) => line !== undefined);
  const holes = ringsFrom(ways(true));
  for (const outer of ringsFrom(ways(false)))
    yield {
      kind: "area",
      tags: relation.tags ?? {},
      rings: [outer, ...holes.filter((hole) => contains(outer, hole[0]!))],
    };
}

/** Joins lines at their common ends into closed rings; what does not close is dropped. */
function ringsFrom(lines: readonly (readonly Point[])[]): Point[][] {
  const rings: Point[][] = [];
  const open = lines.map((line) => [...line]);
  for (let ring = open.pop(); ring !== undefined; ring = open.pop()) {
    while (ring[0] !== ring[ring.length - 1]) {
      const end: Point = ring[ring.length - 1]!;
      const next = open.findIndex((line) => line[0] === end || line[line.length - 1] === end);
      if (next < 0) break;
      const [line] = open.splice(next, 1);
      ring.push(...(line![0] === end ? line! : line!.reverse()).slice(1));
    }
    if (ring.length > 3 && ring[0] === ring[ring.length - 1]) rings.push(ring);
  }
  return rings;
}

export function contains(ring: readonly Point[], [x, y]: Point): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i]!, ring[j]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}
