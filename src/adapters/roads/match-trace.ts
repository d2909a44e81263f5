import type { MatchedPoint, MatchedTrace, TracePoint } from "../../domain/ports.ts";
import type { Point } from "../../kernel/point.ts";
import { meters } from "../../kernel/quantity.ts";
import { openMatcher, type PointMatch, type RoadGraph, type RoadTrace } from "../../roads/index.ts";

/** Of a receiver that does not say how sure it is, metres. */
const usualDeviation = 8;
/** Nobody is surer than that, and nobody of use less sure. */
const [surest, vaguest] = [3, 60];

/** One for each graph, made when first asked: its memory lives as long as the graph. */
const matchers = new WeakMap<RoadGraph, ReturnType<typeof openMatcher>>();

/** A trace of the domain, matched on the roads of one profile. */
export function matchTrace(graph: RoadGraph, trace: readonly TracePoint[]): MatchedTrace {
  const match = matchers.get(graph) ?? openMatcher(graph);
  matchers.set(graph, match);
  const { points, parts } = match(columnsOf(trace));
  return {
    points: points.map((point) => pointOf(graph, point)),
    parts: parts.map(({ first, last, shape, decimeters, brokenBy }) => ({
      first,
      last,
      shape: shape as readonly Point[],
      distance: meters(Math.round(decimeters / 10)),
      brokenBy,
    })),
    source: "roads",
  };
}

function columnsOf(trace: readonly TracePoint[]): RoadTrace {
  // Of errors that are normal to the east and to the north, 68 % lie within 1.51 deviations.
  const deviation = ({ accuracy }: TracePoint): number => (accuracy === null ? usualDeviation : accuracy / 1.51);
  return {
    lon: Float64Array.from(trace, ({ point }) => point[0]),
    lat: Float64Array.from(trace, ({ point }) => point[1]),
    at: Float64Array.from(trace, ({ at }) => at),
    deviation: Float64Array.from(trace, (point) => Math.min(vaguest, Math.max(surest, deviation(point)))),
  };
}

function pointOf({ names, stretchName }: RoadGraph, point: PointMatch): MatchedPoint {
  if ("miss" in point) return point;
  const { lon, lat, distance, stretch } = point.snap;
  const road = names[stretchName[stretch]!] ?? null;
  return { ...point, snap: { point: [lon, lat], distance: meters(Math.round(distance)), road } };
}
