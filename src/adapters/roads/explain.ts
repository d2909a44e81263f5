import type { Parking, Snap, SnapStory } from "../../domain/ports.ts";
import { invariant } from "../../kernel/invariant.ts";
import type { Point } from "../../kernel/point.ts";
import { meters, seconds } from "../../kernel/quantity.ts";
import { explainSnap, parkingPlaces, type RoadGraph, type RoadSnap } from "../../roads/index.ts";

// What a graph's answers are in the domain's words.

export const snapOf = ({ names, stretchName }: RoadGraph, { lon, lat, distance, stretch }: RoadSnap): Snap => ({
  point: [lon, lat],
  distance: meters(Math.round(distance)),
  road: names[stretchName[stretch]!] ?? null,
});

/** Of a point that was snapped. */
export function storyOf(graph: RoadGraph, [lon, lat]: Point): SnapStory {
  const story = explainSnap(graph, lon, lat);
  invariant(story !== null, "what was snapped once has a road");
  const { snap, way, side, isTwoWay, passedOver } = story;
  return {
    snap: snapOf(graph, snap),
    way,
    side,
    isTwoWay,
    passedOver: passedOver.map(({ reason, name, way: passed, distance }) => ({
      road: name,
      way: passed,
      distance: meters(Math.round(distance)),
      because: reason,
    })),
  };
}

export function parkingOf(graph: RoadGraph, doors: readonly Point[]): Parking {
  const { places, unserved } = parkingPlaces(
    graph,
    doors.map(([lon, lat]) => ({ lon, lat })),
  );
  return {
    places: places.map(({ snap, kerb, doors: served }) => ({
      snap: snapOf(graph, snap),
      kerb,
      doors: served.map(({ door, walk }) => ({ door, walk: seconds(walk) })),
    })),
    unserved,
  };
}
