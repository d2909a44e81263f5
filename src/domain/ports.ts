import type { Point } from "../kernel/point.ts";
import type { Instant, Meters, Seconds } from "../kernel/quantity.ts";
import type { Outage, Result } from "../kernel/result.ts";

/** How something moves through the city; each has its own access rules and speeds. A robot rolls on pavements. */
export type Profile = "car" | "van" | "cargo_bike" | "bicycle" | "foot" | "robot";

/** Where a travel time comes from: the loaded city's roads, or a great circle times a detour factor when no city is loaded. */
export type TravelSource = "roads" | "great_circle";

/**
 * Travel times and distances, row by row: from `sources[i]` to `targets[j]` stands at `i * targets + j`.
 * Whole seconds and metres; `unreachable` where there is no way.
 */
export interface TravelMatrix {
  readonly sources: number;
  readonly targets: number;
  readonly seconds: Uint32Array;
  readonly meters: Uint32Array;
  readonly source: TravelSource;
}

/** The entry of a `TravelMatrix` for a pair with no way between. */
export const unreachable = 0xffffffff;

/** A way through the city. `shape` starts and ends on the road, beside the asked points. */
export interface TravelRoute {
  readonly duration: Seconds;
  readonly distance: Meters;
  readonly shape: readonly Point[];
  /** Seconds from the start at each point of `shape`; the same length. */
  readonly elapsed: readonly number[];
  /** From `depart` to `arrive`, two at least; their lengths add up to `distance`, but for rounding. Empty where no streets are known. */
  readonly steps: readonly TravelStep[];
  readonly source: TravelSource;
}

/** What to do at the beginning of a step. Slight is a bend by less than 45 degrees, sharp by more than 120. */
export type Maneuver =
  | "depart"
  | "continue"
  | "slight_left"
  | "left"
  | "sharp_left"
  | "slight_right"
  | "right"
  | "sharp_right"
  | "turn_round"
  | "roundabout"
  | "ferry"
  | "arrive";

/** A part of a route that needs one instruction. */
export interface TravelStep {
  readonly maneuver: Maneuver;
  /** The street that is taken; null where it has no name, and at the end. */
  readonly street: string | null;
  /** At a roundabout the exit to take, the first is 1; null elsewhere, and where the route ends in it. */
  readonly exit: number | null;
  /** From here to the next step. */
  readonly distance: Meters;
  readonly duration: Seconds;
  /** Place in `shape` at which it begins. */
  readonly at: number;
}

/** One of several targets, by its place among them. */
export interface NearTarget {
  readonly target: number;
  readonly duration: Seconds;
  readonly distance: Meters;
}

/** Where one can be after some time. */
export interface Isochrone {
  readonly limit: Seconds;
  /** Of each polygon the outer ring (counter-clockwise) and its holes (clockwise); rings are closed, as in GeoJSON. */
  readonly polygons: readonly (readonly (readonly Point[])[])[];
  readonly source: TravelSource;
}

/** Where a point meets the road, for one profile. */
export interface Snap {
  readonly point: Point;
  readonly distance: Meters;
  /** The street's name, null where it has none. */
  readonly road: string | null;
}

/** Which road a point was led to, and why none that is nearer. */
export interface SnapStory {
  readonly snap: Snap;
  /** The road's OpenStreetMap way; null where no streets are known. */
  readonly way: number | null;
  /** Of the road, looking along it as it is drawn, on which the point lies; null where no streets are known. */
  readonly side: Side | null;
  /** Whether both directions are open: the side on which one arrives then depends on the way there. */
  readonly isTwoWay: boolean;
  /** Roads that lie nearer: the nearest first, each way once, five at most. */
  readonly passedOver: readonly PassedRoad[];
}

export type Side = "left" | "right";

/** A road that lies nearer than the one a point was led to, and why it was not taken. */
export interface PassedRoad {
  readonly road: string | null;
  /** Its OpenStreetMap way. */
  readonly way: number;
  readonly distance: Meters;
  readonly because: RoadClosedBecause;
}

/** Where a vehicle stops for some doors. */
export interface ParkingPlace {
  readonly snap: Snap;
  /** The kerb it stops at, looking along the street as it is drawn; null where no streets are known. */
  readonly kerb: Side | null;
  /** Doors by their place in the question, each with its walk, one way. */
  readonly doors: readonly { readonly door: number; readonly walk: Seconds }[];
}

/** Places to stop for some doors, as few as reach all that can be reached. */
export interface Parking {
  readonly places: readonly ParkingPlace[];
  /** Doors, by their place in the question, that are a longer walk than 90 s from every legal kerb. */
  readonly unserved: readonly number[];
}

/** Why a point cannot be served by road. */
export type SnapRefusal =
  /** No road for this profile within `limit`; `nearest` says how far the next one is, null when the city has none. */
  | { readonly code: "POINT_FAR_FROM_ROAD"; readonly limit: Meters; readonly nearest: Meters | null }
  /** The street beside it, `nearest` metres away, is cut off from the city's roads for this profile. */
  | { readonly code: "POINT_ON_ISLAND"; readonly road: string | null; readonly nearest: Meters }
  /** Roads lie within `limit`, but all are closed to this profile; `road` is the nearest of them and `because` why. */
  | {
      readonly code: "POINT_ROADS_CLOSED";
      readonly limit: Meters;
      readonly nearest: Meters;
      readonly road: string | null;
      readonly because: RoadClosedBecause;
    }
  /** The point lies outside the loaded city's bounds. */
  | { readonly code: "POINT_OUTSIDE_CITY" };

/**
 * Not for this kind of traveller, a sign, its size or load, a zone, cut off, the hour, a closure that was reported, or a
 * motorway or ferry on which nobody stops.
 */
export type RoadClosedBecause = "kind" | "access" | "size" | "zone" | "island" | "hour" | "closure" | "passing";

/** A position as a receiver reported it. */
export interface TracePoint {
  readonly point: Point;
  readonly at: Instant;
  /** The true place lies within so many metres in about two of three cases; null where the receiver did not say. */
  readonly accuracy: Meters | null;
}

/** Where a position of a trace was: on a road, or why on none. */
export type MatchedPoint =
  /** `part` is a place in `parts`; `confidence` from 0 to 1 says how likely this road is, of all it may have been. */
  | { readonly snap: Snap; readonly confidence: number; readonly part: number }
  /** Not a place or out of order; too far from every road; or explained by no drive through the points around it. */
  | { readonly miss: "broken" | "off_road" | "outlier" };

/** A way that was driven without a break. */
export interface MatchedPart {
  /** Places in the trace, both inside. */
  readonly first: number;
  readonly last: number;
  /** Two points at least. */
  readonly shape: readonly Point[];
  readonly distance: Meters;
  /** What ended the part before: too long a silence, too far from every road, or no way on. Null for the first. */
  readonly brokenBy: "gap" | "off_road" | "no_way" | null;
}

/** The way that a trace was driven. */
export interface MatchedTrace {
  /** One for each point of the trace. */
  readonly points: readonly MatchedPoint[];
  readonly parts: readonly MatchedPart[];
  readonly source: TravelSource;
}

/**
 * The loaded city's roads. Points are snapped first; what cannot be snapped is unreachable in a matrix.
 *
 * A question may say when the journey departs: then the roads are as they usually are at that hour. Without it traffic
 * flows freely. Each answer is of one state of the roads, whatever changes while it is made.
 */
export interface Travel {
  /**
   * Names the state of the roads that answers who departs then: another name after anything changed on them, the old one
   * again when they are as before. What is remembered under another name is not what would be answered.
   */
  stateAt(profile: Profile, departure?: Instant): string;
  snap(point: Point, profile: Profile): Result<Snap, SnapRefusal>;
  /** As `snap`, with what there is to say about it. */
  explainSnap(point: Point, profile: Profile): Result<SnapStory, SnapRefusal>;
  /** Where to stop for some doors: legally, on the side where traffic drives, several doors from one place. */
  parkingPlaces(doors: readonly Point[], profile: Profile): Parking;
  route(from: Point, to: Point, profile: Profile, departure?: Instant): Promise<Result<TravelRoute, SnapRefusal>>;
  matrix(
    sources: readonly Point[],
    targets: readonly Point[],
    profile: Profile,
    departure?: Instant,
  ): Promise<TravelMatrix>;
  /** The `count` targets that are reached first, the soonest before the others; fewer where fewer can be reached. */
  nearest(
    from: Point,
    targets: readonly Point[],
    count: number,
    profile: Profile,
    departure?: Instant,
  ): Promise<Result<readonly NearTarget[], SnapRefusal>>;
  /** For each limit, in the order asked, where one can be by then. */
  isochrones(
    from: Point,
    limits: readonly Seconds[],
    profile: Profile,
    departure?: Instant,
  ): Promise<Result<readonly Isochrone[], SnapRefusal>>;
  /** Which way positions, in the order in which they were taken, were driven. Long traces take long: some 0.3 ms a point. */
  match(trace: readonly TracePoint[], profile: Profile): Promise<MatchedTrace>;
}

/** An address as the loaded city knows it. */
export interface FoundPlace {
  readonly point: Point;
  /** One line for people, e.g. `Harbour Street 12, Millport`. */
  readonly label: string;
  readonly street: string | null;
  readonly houseNumber: string | null;
  readonly city: string | null;
  readonly postcode: string | null;
  /**
   * How exact the point is: the house itself; `near` it, where it would stand between those that are known, or the house
   * of that number without its letter; somewhere on the street; or a named place.
   */
  readonly precision: "house" | "near" | "street" | "place";
  /** 0 to 1: how much of the question the answer explains. */
  readonly confidence: number;
}

/** An address in parts, null where it is not known. */
export interface StructuredAddress {
  readonly street: string | null;
  readonly houseNumber: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
}

/** What is looked for: one line as people write it, or its parts. */
export type AddressQuestion = string | StructuredAddress;

/** Address search over the loaded city: in memory, so that a step can ask it. */
export interface Places {
  /** Best first, at most `limit`; empty when nothing is alike. */
  find(question: AddressQuestion, limit: number): readonly FoundPlace[];
  /** The address nearest to a point within 200 m, null when there is none. */
  at(point: Point): FoundPlace | null;
}

/**
 * Address search outside this program, for what the loaded city does not know. It takes its time and may not answer, so
 * doors ask it before a step, and never a step.
 */
export interface Geocoder {
  /** Must stand wherever its answers are shown. */
  readonly attribution: string;
  /** As `Places.find`. */
  find(question: AddressQuestion, limit: number): Promise<readonly FoundPlace[] | Outage>;
  /** As `Places.at`. */
  at(point: Point): Promise<FoundPlace | Outage | null>;
}
