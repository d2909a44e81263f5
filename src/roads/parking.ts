import { sideOf, type Side } from "./explain-snap.ts";
import { meetStretch, roadsWithin } from "./match-candidates.ts";
import { fixed, lengthBetween } from "./plane.ts";
import type { RoadGraph } from "./road-graph.ts";
import { pieceLengths, type RoadSnap } from "./snap.ts";
import { drivesLeft } from "./speed-limits.ts";

/** Degrees. */
export interface Door {
  readonly lon: number;
  readonly lat: number;
}

/** Where a vehicle stops for some doors. */
export interface ParkingPlace {
  readonly snap: RoadSnap;
  /** The kerb it stops at, as the street is drawn. */
  readonly kerb: Side;
  /** Doors by their place in the list, each with its walk, one way, in whole seconds. */
  readonly doors: readonly { readonly door: number; readonly walk: number }[];
}

export interface Parking {
  readonly places: readonly ParkingPlace[];
  /** Doors, by their place in the list, to which it is farther from every kerb. */
  readonly unserved: readonly number[];
}

export interface ParkingWishes {
  /** Longest walk, in seconds; both inside. */
  readonly farthest: number;
  /** Metres in a second, with a parcel. */
  readonly pace: number;
  /** Seconds to cross the street. */
  readonly crossing: number;
}

const usual: ParkingWishes = { farthest: 90, pace: 1.2, crossing: 8 };

/** Walks lead around corners: longer than the straight line by this. */
const detour = 1.25;

/** Metres kept free at a junction. Source: Vienna Convention on Road Traffic, 1968, article 23 (3) (a) (i), with the 5 m of most laws. */
const atJunction = 5;

/** Streets around a door that are looked at. */
const mostStreets = 6;

/**
 * Places to stop for some doors, as few as reach all of them, and for each door the nearest of those: several doors are
 * served from one place where the walks stay short. Stopping is legal there: no motorway, no ferry, not where a sign
 * forbids it, not at a junction, and on the side where traffic drives; in a one-way street on both sides.
 *
 * Source: the greedy rule for set cover (Chvátal, 1979); equal ones by shorter walks, then by the order of the doors.
 */
export function parkingPlaces(graph: RoadGraph, doors: readonly Door[], wishes: ParkingWishes = usual): Parking {
  const spots = doors.flatMap((door) => spotsNear(graph, door, wishes));
  const walks = spots.map((spot) => doors.map((door) => walkBetween(graph, spot, door, wishes)));
  const open = new Set(doors.keys());
  const chosen: number[] = [];
  for (;;) {
    const best = mostUseful(walks, open, wishes.farthest);
    if (best === -1) break;
    chosen.push(best);
    for (const door of open) if (walks[best]![door]! <= wishes.farthest) open.delete(door);
  }
  const nearest = doors.map((_, door) => leastOf(chosen, (spot) => walks[spot]![door]!));
  const places = chosen.map((at): ParkingPlace => {
    const served = [...doors.keys()].filter((door) => !open.has(door) && nearest[door] === at);
    return { ...spots[at]!, doors: served.map((door) => ({ door, walk: Math.round(walks[at]![door]!) })) };
  });
  return { places: places.filter((place) => place.doors.length > 0), unserved: [...open] };
}

interface Spot {
  readonly snap: RoadSnap;
  readonly kerb: Side;
}

/** Both kerbs of each street around a door, where stopping is legal, beside the door. */
function spotsNear(graph: RoadGraph, { lon, lat }: Door, { farthest, pace }: ParkingWishes): Spot[] {
  return roadsWithin(graph, lon, lat, (farthest * pace) / detour, mostStreets).flatMap((snap) => {
    if (graph.stretchPassing[snap.stretch] === 1) return [];
    const beside = awayFromJunctions(graph, snap);
    return beside === null ? [] : kerbsAt(graph, snap.stretch).map((kerb): Spot => ({ snap: beside, kerb }));
  });
}

/** The kerbs that a vehicle reaches driving its open directions, where it may stop. */
function kerbsAt({ stretchArcs, stretchKerbs, country }: RoadGraph, stretch: number): Side[] {
  const [forward, backward] = [stretchArcs[2 * stretch] !== -1, stretchArcs[2 * stretch + 1] !== -1];
  const [ahead, behind]: readonly Side[] = drivesLeft(country) ? ["left", "right"] : ["right", "left"];
  const isOneWay = forward !== backward;
  const reached: Side[] = isOneWay ? ["left", "right"] : [...(forward ? [ahead!] : []), ...(backward ? [behind!] : [])];
  return reached.filter((side) => (stretchKerbs[stretch]! & (side === "left" ? 1 : 2)) !== 0);
}

/** The nearest legal point of the same street; null where it is too short to stop in. */
function awayFromJunctions(graph: RoadGraph, snap: RoadSnap): RoadSnap | null {
  const lengths = pieceLengths(graph, snap.stretch);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (total < 2 * atJunction) return null;
  const share = Math.min(1 - atJunction / total, Math.max(atJunction / total, snap.share));
  return share === snap.share ? snap : pointAt(graph, snap, lengths, share * total);
}

function pointAt(graph: RoadGraph, snap: RoadSnap, lengths: readonly number[], along: number): RoadSnap {
  let [at, left] = [0, along];
  while (at + 1 < lengths.length && left > lengths[at]!) left -= lengths[at++]!;
  const piece = graph.stretchStart[snap.stretch]! + at;
  const part = lengths[at] === 0 ? 0 : left / lengths[at]!;
  const between = (i: number): number => (graph.coords[i]! + (graph.coords[i + 2]! - graph.coords[i]!) * part) / fixed;
  return { ...meetStretch(graph, snap.stretch, between(2 * piece), between(2 * piece + 1)), distance: snap.distance };
}

function walkBetween(graph: RoadGraph, { snap, kerb }: Spot, { lon, lat }: Door, wishes: ParkingWishes): number {
  const meters = lengthBetween(snap.lon * fixed, snap.lat * fixed, lon * fixed, lat * fixed);
  const crosses = sideOf(graph, snap, lon, lat) !== kerb;
  return (meters * detour) / wishes.pace + (crosses ? wishes.crossing : 0);
}

/** The spot that reaches most of the doors still open, with the least walking; -1 when none reaches any. */
function mostUseful(walks: readonly (readonly number[])[], open: ReadonlySet<number>, farthest: number): number {
  let [best, most, least] = [-1, 0, Infinity];
  walks.forEach((walk, spot) => {
    const reached = [...open].map((door) => walk[door]!).filter((seconds) => seconds <= farthest);
    const total = reached.reduce((sum, seconds) => sum + seconds, 0);
    if (reached.length > most || (reached.length === most && most > 0 && total < least))
      [best, most, least] = [spot, reached.length, total];
  });
  return best;
}

const leastOf = (list: readonly number[], size: (item: number) => number): number =>
  list.reduce((best, item) => (best === -1 || size(item) < size(best) ? item : best), -1);
