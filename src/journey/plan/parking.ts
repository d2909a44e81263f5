import type { Profile, Travel } from "../../domain/index.ts";
import { greatCircle, type Point } from "../../kernel/point.ts";

/** Where a courier leaves the vehicle for a place, and the walk from there to the door: seconds, one way. */
export interface Parked {
  readonly point: Point;
  /** Of the street; null where it has none, or no streets are known. */
  readonly road: string | null;
  readonly walk: number;
}

/** Who cannot take the vehicle to the door. */
const parks: ReadonlySet<Profile> = new Set(["car", "van", "cargo_bike"]);

/** Metres in a second as the crow flies, with a parcel: streets and stairs make a walk a quarter longer than its straight line. */
const pace = 1.2 / 1.25;
/** Whoever would have to walk farther from one door to the next takes the vehicle. */
const farthestWalk = 90;

/** PL11: null for who rides up to the door. A door that is far from every legal kerb is walked to from the road it is served from. */
export function parkedFor(travel: Travel, door: Point, profile: Profile): Parked | null {
  if (!parks.has(profile)) return null;
  const [place] = travel.parkingPlaces([door], profile).places;
  if (place) return { point: place.snap.point, road: place.snap.road, walk: place.doors[0]!.walk };
  const snap = travel.snap(door, profile);
  return snap.ok
    ? { point: snap.value.point, road: snap.value.road, walk: walkBetween(snap.value.point, door) }
    : { point: door, road: null, walk: 0 };
}

const walkBetween = (from: Point, to: Point): number => Math.round(greatCircle(from, to) / pace);

/**
 * PL12: from the vehicle at one door's place to another door and back to the vehicle, less the walk that leads back from there
 * anyway: what the next door costs who leaves the vehicle where it is. Infinity where that is too far to walk.
 */
export function walkOn(from: Parked, door: Point, to: Parked): number {
  const walk = walkBetween(from.point, door);
  return walk > farthestWalk ? Infinity : walk + Math.max(0, walk - to.walk);
}
