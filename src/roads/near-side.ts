import { sideOf } from "./explain-snap.ts";
import { type RoadGraph, roadClasses } from "./road-graph.ts";
import type { RoadSnap } from "./snap.ts";
import { drivesLeft } from "./speed-limits.ts";

/** Smaller streets than these are crossed on foot, wherever one stops. */
const busy = roadClasses.indexOf("tertiary");

/** Metres: nearer points lie on the street, and farther ones on neither of its sides. */
const [least, most] = [3, 100];

/**
 * The same snap, for who wants to arrive at the point's own kerb: of a busy street that is open both ways only the
 * direction that drives along that kerb. Where no way leads into it, one arrives as one can (see roads.ts).
 */
export function onNearSide(graph: RoadGraph, snap: RoadSnap, lon: number, lat: number): RoadSnap {
  const { stretch, distance } = snap;
  const isBusy = graph.stretchClass[stretch]! <= busy && distance >= least && distance <= most;
  if (!isBusy || graph.stretchArcs[2 * stretch] === -1 || graph.stretchArcs[2 * stretch + 1] === -1) return snap;
  const isAlong = (sideOf(graph, snap, lon, lat) === "left") === drivesLeft(graph.country);
  return { ...snap, only: isAlong ? 0 : 1 };
}
