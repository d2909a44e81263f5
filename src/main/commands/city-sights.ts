import type { OsmData } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";
import {
  bands,
  buildGraph,
  decimetersOf,
  dijkstra,
  graphUnder,
  millisecondsOf,
  openRoads,
  type ProfileName,
  type RoadGraph,
} from "../../roads/index.ts";
import { readRules, type RoadRules } from "../road-rules.ts";

/** What of a city's roads is to be drawn, for one profile. */
export interface Sights extends RoadRules {
  readonly profile: ProfileName;
  /** Where the areas within reach are seen from; null where no road is. */
  readonly from: Point | null;
  /** Where one can be by then, traffic flowing freely: each polygon's outer ring and its holes. */
  readonly areas: readonly {
    readonly minutes: number;
    readonly polygons: readonly (readonly (readonly Point[])[])[];
  }[];
  /** Streets that are alike at all hours together: a digit for each of `hours`, 0 the slowest, 5 the fastest, x closed. */
  readonly streets: ReadonlyMap<string, readonly (readonly Point[])[]>;
}

/** The hours at which streets are drawn: traffic flowing freely, then the bands of the week. */
export const hours = ["free", ...bands] as const;

/** Up to these speeds, km/h, a street has the colour of their place; what is faster has the next. */
export const breaksOf = (profile: ProfileName): readonly number[] =>
  profile === "car" || profile === "van" ? [15, 25, 35, 50, 70] : [4, 6, 10, 14, 18];

/** Usual speeds are the same in every month, but for streets whose signs name some: those are read in June. */
const month = 6;

/** Builds one graph of the city and looks at it from `from`. */
export function sightsOf(data: OsmData, profile: ProfileName, from: Point | null, minutes: readonly number[]): Sights {
  const graph = buildGraph(data, profile);
  const roads = openRoads(graph, dijkstra(graph));
  const start = from === null ? null : roads.snap(from[0], from[1]);
  const limits = minutes.map((one) => one * 60_000);
  const reached = start === null ? [] : roads.isochrones(start, limits);
  return {
    ...readRules(data),
    profile,
    from: start === null ? null : [start.lon, start.lat],
    areas: reached.map((polygons, i) => ({ minutes: minutes[i]!, polygons })),
    streets: streetsOf(graph, breaksOf(profile)),
  };
}

function streetsOf(graph: RoadGraph, breaks: readonly number[]): Sights["streets"] {
  const paces = hours.map((band) => {
    const then = graphUnder(graph, band === "free" ? null : { band, month });
    return (stretch: number): string => paceOf(then, stretch, breaks);
  });
  const streets = new Map<string, Point[][]>();
  for (let stretch = 0; stretch + 1 < graph.stretchStart.length; stretch++) {
    const name = paces.map((pace) => pace(stretch)).join("");
    const alike = streets.get(name) ?? [];
    streets.set(name, alike);
    alike.push(lineOf(graph, stretch));
  }
  return streets;
}

/** Of the slower direction that is open. */
function paceOf({ stretchArcs, arcKey, arcWait }: RoadGraph, stretch: number, breaks: readonly number[]): string {
  const speeds = [0, 1].flatMap((side) => {
    const arc = stretchArcs[2 * stretch + side]!;
    if (arc === -1 || arcKey[arc] === Infinity) return [];
    return [(decimetersOf(arcKey[arc]!) * 360) / Math.max(1, millisecondsOf(arcKey[arc]!) - arcWait[arc]!)];
  });
  if (speeds.length === 0) return "x";
  const at = breaks.findIndex((end) => Math.min(...speeds) <= end);
  return String(at === -1 ? breaks.length : at);
}

const lineOf = ({ coords, stretchStart }: RoadGraph, stretch: number): Point[] =>
  Array.from({ length: stretchStart[stretch + 1]! - stretchStart[stretch]! }, (_, i): Point => {
    const at = 2 * (stretchStart[stretch]! + i);
    return [coords[at]! / 1e7, coords[at + 1]! / 1e7];
  });
