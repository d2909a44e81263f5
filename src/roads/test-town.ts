import type { OsmData, OsmNode, OsmRelation, OsmTags, OsmWay } from "../kernel/osm.ts";
import {
  buildGraph,
  dijkstra,
  openRoads,
  type ProfileName,
  type RoadGraph,
  type RoadRoute,
  type Roads,
} from "./index.ts";
import { metersPerDegree } from "./plane.ts";

// Small made-up towns for the tests of this module: nodes are letters on a grid of 100 m, so that a route reads as a
// word.

/** [east, north] in blocks of 100 m. */
export type Place = readonly [east: number, north: number];

export interface Street {
  /** Letters of its nodes, in drawing order: `"ABC"`. */
  readonly nodes: string;
  readonly tags?: OsmTags;
}

export interface Rule {
  /**
   * Places in `streets`, the letter between them, and the tags: `{ from: 0, via: "B", to: 1, tags: { restriction:
   * "no_left_turn" } }`.
   */
  readonly from: number;
  readonly via: string;
  /** Places in `streets`, for a rule along them: `via` then does not count. */
  readonly along?: readonly number[];
  readonly to: number;
  readonly tags: OsmTags;
}

export interface Town {
  readonly places: Readonly<Record<string, Place>>;
  readonly streets: readonly Street[];
  readonly rules?: readonly Rule[];
  readonly nodeTags?: Readonly<Record<string, OsmTags>>;
}

const degrees = (blocks: number): number => Math.round(((blocks * 100) / metersPerDegree) * 1e7) / 1e7;
export const lonLat = ([east, north]: Place): [number, number] => [degrees(east), degrees(north)];
const idOf = (letter: string): number => letter.codePointAt(0)!;

/** A town as OpenStreetMap data; streets are residential unless tagged, and carry their place as name. */
export function draw({ places, streets, rules = [], nodeTags = {} }: Town): OsmData {
  const nodes = Object.entries(places).map(([letter, place]): OsmNode => {
    const [lon, lat] = lonLat(place);
    return { id: idOf(letter), lon, lat, ...(nodeTags[letter] ? { tags: nodeTags[letter] } : {}) };
  });
  const ways = streets.map(({ nodes: letters, tags }, at): OsmWay => {
    const kind = tags?.["route"] === "ferry" ? {} : { highway: "residential" };
    return { id: at + 1, refs: letters.split("").map(idOf), tags: { ...kind, name: `Street ${at}`, ...tags } };
  });
  const relations = rules.map(({ from, via, along, to, tags }, at): OsmRelation => {
    const way = (ref: number, role: string) => ({ type: "way", ref: ref + 1, role }) as const;
    const over = along?.map((street) => way(street, "via")) ?? [{ type: "node", ref: idOf(via), role: "via" } as const];
    const members = [way(from, "from"), ...over, way(to, "to")];
    return { id: at + 1, members, tags: { type: "restriction", ...tags } };
  });
  return { nodes, ways, relations };
}

export const roadsOf = (town: Town, profile: ProfileName): Roads => open(buildGraph(draw(town), profile));

export const open = (graph: RoadGraph): Roads => openRoads(graph, dijkstra(graph));

/** The route between two places, null where one lies more than 5 m from every road. */
export function routeBetween(roads: Roads, from: Place, to: Place): RoadRoute | null {
  const [start, end] = [roads.snap(...lonLat(from)), roads.snap(...lonLat(to))];
  if (start === null || end === null || start.distance > 5 || end.distance > 5) return null;
  return roads.route(start, end);
}

/** The letters that a route passes: `"BCD"`; `-` where it reaches no road. */
export function passed(town: Town, roads: Roads, from: Place, to: Place): string {
  const route = routeBetween(roads, from, to);
  return route === null ? "-" : letters(town, route.shape);
}

export function letters({ places }: Town, shape: RoadRoute["shape"]): string {
  const byPoint = new Map(Object.entries(places).map(([letter, place]) => [lonLat(place).join(), letter]));
  return shape.map((point) => byPoint.get(point.join()) ?? "").join("");
}
