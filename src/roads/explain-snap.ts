import { type AsideReason, asideReasons } from "./asides.ts";
import { roadsWithin } from "./match-candidates.ts";
import { metersPerDegreeEast, metersPerDegree } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";
import { nearestRoad, type RoadSnap } from "./snap.ts";

/** A road that lies nearer than the one a point was led to, and why it was not taken. */
export interface PassedOver {
  /**
   * Closed for good (see `AsideReason`), at this hour (`hour`), by a closure of now or cut off by one (`closure`), or a
   * motorway or ferry on which nobody stops (`passing`).
   */
  readonly reason: AsideReason | "hour" | "closure" | "passing";
  /** The street's name, null where it has none. */
  readonly name: string | null;
  /** Its OpenStreetMap way. */
  readonly way: number;
  /** Metres. */
  readonly distance: number;
}

/** Which road a point was led to, and why none that is nearer. */
export interface SnapStory {
  readonly snap: RoadSnap;
  readonly name: string | null;
  readonly way: number;
  /** On which side of the road, as drawn, the point lies. */
  readonly side: Side;
  /** Whether both its arcs are open: on which side one arrives then depends on the way there. */
  readonly isTwoWay: boolean;
  /** The nearest first, each way once, a few at most. */
  readonly passedOver: readonly PassedOver[];
}

export type Side = "left" | "right";

/** Metres; a point in the middle of a block of flats has more streets around it than anybody reads. */
const farthestLook = 400;
const mostLooked = 40;
const mostTold = 5;

/** Null when the graph has no road. */
export function explainSnap(graph: RoadGraph, lon: number, lat: number): SnapStory | null {
  const snap = nearestRoad(graph, lon, lat);
  if (snap === null) return null;
  const { stretch, distance } = snap;
  return {
    snap,
    name: graph.names[graph.stretchName[stretch]!] ?? null,
    way: graph.stretchWay[stretch]!,
    side: sideOf(graph, snap, lon, lat),
    isTwoWay: graph.stretchArcs[2 * stretch] !== -1 && graph.stretchArcs[2 * stretch + 1] !== -1,
    passedOver: passedOver(graph, lon, lat, Math.min(distance, farthestLook)),
  };
}

/** Roads within some metres that nobody is led to. */
function passedOver(graph: RoadGraph, lon: number, lat: number, meters: number): PassedOver[] {
  const { asides, names } = graph;
  const beside = roadsWithin(asides, lon, lat, meters, mostLooked).map(({ stretch, distance }): PassedOver => {
    const reason = asideReasons[asides.reason[stretch]!]!;
    return { reason, name: names[asides.name[stretch]!] ?? null, way: asides.way[stretch]!, distance };
  });
  const unused = roadsWithin(graph, lon, lat, meters, mostLooked).flatMap(({ stretch, distance }): PassedOver[] => {
    const isOpen = graph.stretchArcs[2 * stretch] !== -1 || graph.stretchArcs[2 * stretch + 1] !== -1;
    if (isOpen && graph.stretchPassing[stretch] === 0) return [];
    const name = names[graph.stretchName[stretch]!] ?? null;
    const reason = isOpen ? "passing" : graph.stretchShut[stretch] === 1 ? "closure" : "hour";
    return [{ reason, name, way: graph.stretchWay[stretch]!, distance }];
  });
  const all = [...beside, ...unused].filter(({ distance }) => distance < meters);
  all.sort((one, other) => one.distance - other.distance || one.way - other.way);
  return all.filter(({ way }, i) => all.findIndex((one) => one.way === way) === i).slice(0, mostTold);
}

/** Looking along the piece of road that was met, as drawn; a point on the line itself counts as right. */
export function sideOf({ coords }: RoadGraph, { piece }: RoadSnap, lon: number, lat: number): Side {
  const [x, y] = [lon * 1e7 - coords[2 * piece]!, lat * 1e7 - coords[2 * piece + 1]!];
  const [dx, dy] = [coords[2 * piece + 2]! - coords[2 * piece]!, coords[2 * piece + 3]! - coords[2 * piece + 1]!];
  const squeeze = metersPerDegreeEast(lat) / metersPerDegree;
  return dx * squeeze * y - dy * x * squeeze > 0 ? "left" : "right";
}

/** Why a point is not served. */
export type SnapTrouble =
  /** The street beside it is cut off from the city's roads for this vehicle. */
  | { readonly kind: "island"; readonly name: string | null; readonly distance: number }
  /** Streets are near, but all are closed to it. */
  | {
      readonly kind: "closed";
      readonly reason: PassedOver["reason"];
      readonly name: string | null;
      readonly distance: number;
    };

/** Metres: who is so near to an island's street, and so much nearer than to any other, is on the island. */
const onIsland = 30;
const aside = 100;

/**
 * What is wrong with a point whose nearest road is this far (null for none): it lies on an island, or within `limit`
 * are only roads that are closed. Null where nothing is wrong, or there is no road at all.
 */
export function troubleAt(
  graph: RoadGraph,
  {
    lon,
    lat,
    nearest,
    limit,
  }: { readonly lon: number; readonly lat: number; readonly nearest: number | null; readonly limit: number },
): SnapTrouble | null {
  if (nearest !== null && nearest <= aside) return null;
  const [first] = passedOver(graph, lon, lat, Math.min(nearest ?? Infinity, limit));
  if (first === undefined) return null;
  const { name, distance, reason } = first;
  if (reason === "island" && distance <= onIsland && (nearest ?? Infinity) - distance > aside)
    return { kind: "island", name, distance };
  return (nearest ?? Infinity) > limit ? { kind: "closed", reason, name, distance } : null;
}
