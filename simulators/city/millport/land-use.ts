import type { OsmData } from "../../../src/kernel/osm.ts";
import type { Point } from "../../../src/kernel/point.ts";
import { inside } from "./plane.ts";

/** Workplaces behind a door, for lack of better figures by what its ground is used for. */
const workOn = { retail: 2, commercial: 4, industrial: 6 } as const;
type Use = keyof typeof workOn;
const isUse = (use: string | undefined): use is Use => use !== undefined && use in workOn;

interface Ground {
  readonly use: Use;
  readonly ring: readonly Point[];
  readonly box: readonly [west: number, south: number, east: number, north: number];
}

/** How many work at a place, by the ground (`landuse`) it stands on: 0 where people live. */
export function workFinder(data: OsmData): (point: Point) => number {
  const grounds = groundsOf(data);
  return (point) => {
    const [lon, lat] = point;
    const on = grounds.find(
      ({ ring, box: [west, south, east, north] }) =>
        lon >= west && lon <= east && lat >= south && lat <= north && inside(ring, point),
    );
    return on === undefined ? 0 : workOn[on.use];
  };
}

function groundsOf({ nodes, ways }: OsmData): Ground[] {
  const drawn = ways.filter(({ tags }) => isUse(tags?.["landuse"]));
  const used = new Set(drawn.flatMap(({ refs }) => refs));
  const at = new Map<number, Point>();
  for (const { id, lon, lat } of nodes) if (used.has(id)) at.set(id, [lon, lat]);
  return drawn.flatMap(({ refs, tags }): Ground[] => {
    const ring = refs.map((ref) => at.get(ref)).filter((point) => point !== undefined);
    if (ring.length < 3) return [];
    const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
    const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)] as const;
    return [{ use: tags!["landuse"] as Use, ring, box }];
  });
}
