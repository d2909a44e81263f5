import type { OsmData } from "../kernel/osm.ts";
import { type Grid, makeGrid } from "./grid.ts";
import { fixed } from "./plane.ts";
import type { ClosedLine, Stretches } from "./stretches.ts";

/** Lines of streets that are not in the graph, and why: so that a snap can say what it passed over. */
export interface Asides {
  /** As in `RoadGraph`. */
  readonly coords: Int32Array;
  readonly stretchStart: Uint32Array;
  /** Place in `asideReasons`. */
  readonly reason: Uint8Array;
  /** Place in the graph's `names`, -1 for none. */
  readonly name: Int32Array;
  readonly way: Float64Array;
  readonly grid: Grid;
}

/** Closed for the reason that `Closure` names, or cut off from the city's roads. */
export const asideReasons = ["kind", "access", "size", "zone", "island"] as const;
export type AsideReason = (typeof asideReasons)[number];

/** Lays out what was left out, in the order of the data: closed ways, then islands. */
export function layAsides(
  data: OsmData,
  closed: readonly ClosedLine[],
  stretches: Stretches,
  islands: readonly number[],
  nameOf: (way: number) => number,
): Asides {
  const points = closed.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const islandPoints = islands.reduce((sum, at) => sum + stretches.start[at + 1]! - stretches.start[at]!, 0);
  const [coords, start] = [
    new Int32Array(2 * (points + islandPoints)),
    new Uint32Array(closed.length + islands.length + 1),
  ];
  const ways = [...closed.map(({ at }) => at), ...islands.map((at) => stretches.way[at]!)];
  let next = 0;
  closed.forEach(({ nodes }, i) => {
    for (const { lon, lat } of nodes) {
      coords[next++] = Math.round(lon * fixed);
      coords[next++] = Math.round(lat * fixed);
    }
    start[i + 1] = next / 2;
  });
  islands.forEach((at, i) => {
    for (let from = 2 * stretches.start[at]!; from < 2 * stretches.start[at + 1]!; from++)
      coords[next++] = stretches.coords[from]!;
    start[closed.length + i + 1] = next / 2;
  });
  const island = asideReasons.indexOf("island");
  return {
    coords,
    stretchStart: start,
    reason: Uint8Array.from(ways, (_, i) => (i < closed.length ? asideReasons.indexOf(closed[i]!.closure) : island)),
    name: Int32Array.from(ways, nameOf),
    way: Float64Array.from(ways, (at) => data.ways[at]!.id),
    grid: makeGrid(coords, start),
  };
}
