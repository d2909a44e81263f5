import type { OsmData } from "../src/kernel/osm.ts";
import { type FoundWay, millisecondsOf, profiles, type RoadGraph, type RoadSnap } from "../src/roads/index.ts";
import { fixed } from "../src/roads/plane.ts";
import { pieceLengths } from "../src/roads/snap.ts";
import { bendBetween } from "../src/roads/steps.ts";
import type { PeerEdge } from "./valhalla.ts";

// One way as two engines time it, in one form, so that they can be set against each other street by street.

/** What is lost between streets. */
export const losses = [
  "waits at signals",
  "turning round",
  "bends at junctions",
  "going straight on at junctions",
] as const;
type Loss = (typeof losses)[number];

/** A way driven, by one engine's clock: seconds and metres. */
export interface Ride {
  readonly seconds: number;
  readonly meters: number;
  /** Seconds of driving, by OpenStreetMap way. */
  readonly onWays: ReadonlyMap<number, number>;
  readonly lost: Readonly<Record<Loss, number>>;
}

/** Below so many degrees one goes straight on. */
const straight = 30;

class RideSum implements Ride {
  seconds = 0;
  meters = 0;
  readonly onWays = new Map<number, number>();
  readonly lost = Object.fromEntries(losses.map((loss) => [loss, 0])) as Record<Loss, number>;

  drive(way: number, seconds: number, meters: number): void {
    this.onWays.set(way, (this.onWays.get(way) ?? 0) + seconds);
    this.seconds += seconds;
    this.meters += meters;
  }

  lose(loss: Loss, seconds: number): void {
    this.lost[loss] += seconds;
    this.seconds += seconds;
  }

  turn(isRound: boolean, degrees: number, seconds: number): void {
    if (isRound) this.lose("turning round", seconds);
    else this.lose(Math.abs(degrees) < straight ? "going straight on at junctions" : "bends at junctions", seconds);
  }
}

/** Whether a point is a traffic signal, to within a metre or two. */
export type IsSignal = (lon: number, lat: number) => boolean;

export function signalsOf({ nodes }: OsmData): IsSignal {
  const squareOf = (lon: number, lat: number, east = 0, north = 0): string =>
    `${Math.round(lon * 1e5) + east} ${Math.round(lat * 1e5) + north}`;
  const squares = new Set<string>();
  for (const { lon, lat, tags } of nodes) {
    if (tags?.["highway"] !== "traffic_signals" && tags?.["crossing"] !== "traffic_signals") continue;
    for (const east of [-1, 0, 1]) for (const north of [-1, 0, 1]) squares.add(squareOf(lon, lat, east, north));
  }
  return (lon, lat) => squares.has(squareOf(lon, lat));
}

/** Our own clock along a way that was found from one snap to another. */
export function ownRide(
  graph: RoadGraph,
  { states }: FoundWay,
  from: RoadSnap,
  to: RoadSnap,
  isSignal: IsSignal,
): Ride {
  const ride = new RideSum();
  states.forEach((state, i) => {
    const arc = graph.stateArc[state]!;
    const side = graph.arcSide[arc]!;
    if (i > 0) turnInto(graph, states[i - 1]!, state, isSignal, ride);
    const along = ({ share }: RoadSnap): number => (side & 1 ? 1 - share : share);
    const share = (i === states.length - 1 ? along(to) : 1) - (i === 0 ? along(from) : 0);
    const wait = graph.arcWait[arc]! / 1000;
    const meters = pieceLengths(graph, side >> 1).reduce((sum, length) => sum + length, 0);
    ride.lose("waits at signals", share * wait);
    const driving = millisecondsOf(graph.arcKey[arc]!) / 1000 - wait;
    ride.drive(graph.stretchWay[side >> 1]!, share * driving, share * meters);
  });
  return ride;
}

function turnInto(graph: RoadGraph, before: number, state: number, isSignal: IsSignal, ride: RideSum): void {
  const { turnStart, turnTo, turnKey, arcKey, stateArc, arcSide, coords, stretchStart } = graph;
  let turn = turnStart[before]!;
  while (turnTo[turn] !== state) turn++;
  const [last, arc] = [stateArc[before]!, stateArc[state]!];
  const side = arcSide[arc]!;
  const lost = millisecondsOf(turnKey[turn]! - arcKey[arc]!) / 1000;
  const point = side & 1 ? stretchStart[(side >> 1) + 1]! - 1 : stretchStart[side >> 1]!;
  const isLight = isSignal(coords[2 * point]! / fixed, coords[2 * point + 1]! / fixed);
  const wait = isLight ? Math.min(lost, profiles.car.signal) : 0;
  ride.lose("waits at signals", wait);
  ride.turn((arcSide[last]! ^ 1) === side, bendBetween(graph, last, arc), lost - wait);
}

/** The peer's clock, edge by edge. */
export function peerRide(edges: readonly PeerEdge[], isSignal: IsSignal): Ride {
  const ride = new RideSum();
  edges.forEach(({ way, forward, seconds, transition, end, headings, meters }, i) => {
    ride.drive(way, seconds, meters);
    const next = edges[i + 1];
    if (next === undefined) return;
    const degrees = ((next.headings[0] - headings[1] + 540) % 360) - 180;
    if (isSignal(...end)) ride.lose("waits at signals", transition);
    else ride.turn(next.way === way && next.forward !== forward, degrees, transition);
  });
  return ride;
}
