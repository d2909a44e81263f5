import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded } from "../kernel/rng.ts";
import { contour, nest, type Place } from "./contour.ts";
import { buildGraph, dijkstra, openRoads, type RoadGraph } from "./index.ts";
import type { Polygons } from "./isochrones.ts";
import { fixed, metersPerDegree } from "./plane.ts";
import { pieceLengths, type RoadSnap } from "./snap.ts";
import { randomTown, side } from "./test-random-town.ts";
import { draw, lonLat } from "./test-town.ts";

const inRing = (ring: readonly (readonly [number, number])[], x: number, y: number): boolean =>
  ring.slice(1).filter(([x2, y2], i) => {
    const [x1, y1] = ring[i]!;
    return y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1);
  }).length %
    2 ===
  1;
const inside = (polygons: Polygons, x: number, y: number): boolean =>
  polygons.some(([outer, ...holes]) => inRing(outer!, x, y) && !holes.some((hole) => inRing(hole, x, y)));

/**
 * Points along every stretch that still has an arc, some 10 m apart, each on its own stretch: where several meet in one
 * point, the nearest road to it may be one that is reached much later.
 */
function pointsOf(graph: RoadGraph): RoadSnap[] {
  const { coords, stretchArcs, stretchStart } = graph;
  const points: RoadSnap[] = [];
  for (let stretch = 0; stretch + 1 < stretchStart.length; stretch++) {
    if (stretchArcs[2 * stretch] === -1 && stretchArcs[2 * stretch + 1] === -1) continue;
    const lengths = pieceLengths(graph, stretch);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    let before = 0;
    lengths.forEach((length, i) => {
      const piece = stretchStart[stretch]! + i;
      for (let look = 0; look <= 10; look++) {
        const along = look / 10;
        const at = (axis: 0 | 1): number =>
          (coords[2 * piece + axis]! + (coords[2 * piece + 2 + axis]! - coords[2 * piece + axis]!) * along) / fixed;
        const share = Math.min(1, (before + along * length) / total);
        points.push({ stretch, share, lon: at(0), lat: at(1), distance: 0, piece });
      }
      before += length;
    });
  }
  return points;
}

test("I1 an isochrone holds every point of road that is reached by then, and none farther than 160 m from such a road", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 0, max: 90 }), (seed, seconds) => {
      const graph = buildGraph(draw(randomTown(seed)), "car");
      if (graph.arcKey.length === 0) return;
      const [roads, rng] = [openRoads(graph, dijkstra(graph)), seeded(seed)];
      const from = roads.snap(...lonLat([rng.between(0, side - 1), rng.between(0, side - 1)]))!;
      const limits = [seconds * 1000, seconds * 2000];
      const points = [from, ...pointsOf(graph)];
      const times = roads.matrix([from], points).map((key) => key / 2 ** 24);
      roads.isochrones(from, limits).forEach((polygons, i) => {
        const reached = points.filter((_, at) => times[at]! <= limits[i]!);
        for (const { lon, lat } of reached) assert.ok(inside(polygons, lon, lat), `${lon}, ${lat} is reached`);
        for (let look = 0; look < 100; look++) {
          const [lon, lat] = lonLat([rng.between(-3, side + 2), rng.between(-3, side + 2)]);
          const isNear = reached.some((point) => Math.hypot(point.lon - lon, point.lat - lat) * metersPerDegree <= 160);
          assert.ok(isNear || !inside(polygons, lon, lat), `${lon}, ${lat} is far from all that is reached`);
        }
      });
    }),
    // 15831 starts at a junction, from where the street that is met first there is entered eight seconds later.
    { numRuns: 30, examples: [[15831, 0]] },
  );
});

test("I2 a contour's outer rings run counter-clockwise and its holes clockwise, each in the ring around it", () => {
  const rows = ["1111111", "1.....1", "1.111.1", "1.1.1.1", "1.111.1", "1.....1", "1111111", ".......", "11....."];
  const values = Float64Array.from(rows.join(""), (letter) => (letter === "1" ? 0 : Infinity));
  const polygons = nest(contour({ columns: 7, rows: rows.length, values }, 0));
  const area = (ring: readonly Place[]): number =>
    ring.slice(1).reduce((sum, [x2, y2], i) => sum + (ring[i]![0] * y2 - x2 * ring[i]![1]) / 2, 0);
  assert.deepEqual(
    polygons.map((rings) => rings.map(area)),
    [[1.5], [8.5, -0.5], [48.5, -24.5]],
  );
  for (const ring of polygons.flat()) assert.deepEqual(ring[0], ring.at(-1));
});
