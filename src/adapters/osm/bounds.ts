import type { OsmData } from "../../kernel/osm.ts";

/** A box in degrees, both ends inside, in GeoJSON's order. */
export type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The smallest box around all nodes; null when there are none. */
export function bounds(data: Pick<OsmData, "nodes">): Bounds | null {
  if (data.nodes.length === 0) return null;
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { lon, lat } of data.nodes) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}
