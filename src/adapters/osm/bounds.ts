import type { OsmData, OsmNode } from "../../kernel/osm.ts";

/** A box in degrees, both ends inside, in GeoJSON's order. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The smallest box around all nodes; null when there are none. */
export const bounds = ({ nodes }: Pick<OsmData, "nodes">): Bounds | null => boxAround(nodes);

/** The smallest box around all streets and ferries: the sea and the forests of an extract reach farther. */
export function streetBounds({ nodes, ways }: Pick<OsmData, "nodes" | "ways">): Bounds | null {
  const onStreets = new Set<number>();
  for (const { refs, tags } of ways)
    if (tags?.["highway"] !== undefined || tags?.["route"] === "ferry") for (const ref of refs) onStreets.add(ref);
  return boxAround(nodes.filter(({ id }) => onStreets.has(id)));
}

/** A box and so many metres around it. */
export function widened([west, south, east, north]: Bounds, meters: number): Bounds {
  const up = meters / 111_000;
  const aside = up / Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180);
  return [west - aside, south - up, east + aside, north + up];
}

function boxAround(nodes: readonly OsmNode[]): Bounds | null {
  if (nodes.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { lon, lat } of nodes) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}
