import type { OsmTags } from "../kernel/osm.ts";
import type { Asides } from "./asides.ts";
import type { Grid } from "./grid.ts";
import type { RoadReport } from "./report.ts";
import type { TimedRule } from "./restrictions.ts";
import type { ProfileName, Vehicle } from "./vehicle.ts";
import type { Zone } from "./zones.ts";

/**
 * A city's roads for one vehicle, in typed arrays that can be written to disk as they are.
 *
 * Stretches lie between junctions; an arc drives one in one direction. Searches run over states: a state is an arc,
 * driven to its end. An arc that, at any hour, only journeys which start or end there may use has a second state, for
 * journeys that are still on their way out: so nobody passes through. An arc that a restriction over several ways
 * begins with has one more for each such beginning. Only the largest strongly connected part is kept, and directions
 * that lead into it for who starts there: every stretch leads to every other.
 *
 * Keys here are those of the most open hour: of what changes with the hour, the most open and the fastest. What holds
 * at a moment or in a band of hours is `graphAt(graph, moments)`: the same states and turns with other keys, `Infinity`
 * for a turn that is closed then. So one ordering of the states serves all hours. A few keys are `Infinity` here, too:
 * turns that only open when something else closes.
 */
export interface RoadGraph {
  readonly profile: ProfileName;
  readonly vehicle: Vehicle;
  /** ISO 3166-1 alpha-2; null where it is not known. */
  readonly country: string | null;
  readonly report: RoadReport;
  readonly names: readonly string[];
  /**
   * Points of all stretches, longitude and latitude in turn, 1e-7 degrees; stretch i has those from `stretchStart[i]`.
   */
  readonly coords: Int32Array;
  readonly stretchStart: Uint32Array;
  /** Place in `names`, -1 for none. */
  readonly stretchName: Int32Array;
  /** The OpenStreetMap way that it was cut from. */
  readonly stretchWay: Float64Array;
  /** Place in `roadClasses`: what speeds are measured and forecast by. */
  readonly stretchClass: Uint8Array;
  /** 1 where nobody stops (motorway, ferry). */
  readonly stretchPassing: Uint8Array;
  readonly stretchToll: Uint8Array;
  readonly stretchFerry: Uint8Array;
  readonly stretchRoundabout: Uint8Array;
  /** Where a vehicle may stop: 1 on the left as drawn, 2 on the right, 3 on both. */
  readonly stretchKerbs: Uint8Array;
  /** Place in `zones`, -1 for none. */
  readonly stretchZone: Int32Array;
  /** Place in `timedWays`, -1 where its own tags say the same at all hours. */
  readonly stretchTimed: Int32Array;
  /** 1 where a closure of now shuts it or cuts it off (see graph-under.ts); 0 in a graph as built. */
  readonly stretchShut: Uint8Array;
  /** Per stretch the arc as drawn and the arc against it, -1 where closed. */
  readonly stretchArcs: Int32Array;
  /** Per arc `2 × stretch`, plus 1 against the drawing direction. */
  readonly arcSide: Uint32Array;
  /** Free flow, waiting at signals on the way included; what slows traffic scales all but `arcWait` of its time. */
  readonly arcKey: Float64Array;
  /** Milliseconds. */
  readonly arcWait: Uint32Array;
  /** 1 for ending-only by its own tags or zone. */
  readonly arcEnds: Uint8Array;
  /** The state a journey begins in on this arc; it ends in state `arc`, or in any that follows it in `stateNext`. */
  readonly arcSource: Uint32Array;
  readonly stateArc: Uint32Array;
  /** Another state of the same arc, -1 after the last: state `arc` is the first. */
  readonly stateNext: Int32Array;
  /** Of the states before `firstOut`: 2 open to everybody at every hour, 1 at the most open hour, 0 never. */
  readonly stateOpen: Uint8Array;
  /** States from here on are those of journeys on their way out of ending-only arcs. */
  readonly firstOut: number;
  /** Of each of those, the state that it is beside. */
  readonly outFrom: Uint32Array;
  /** From each state into its followers, with the key of the turn and of the whole arc it leads into. */
  readonly turnStart: Uint32Array;
  readonly turnTo: Uint32Array;
  readonly turnKey: Float64Array;
  /** Turns that are not always open, and by which of `timedRules` each is forbidden; -1: round, where nothing goes on. */
  readonly ruledTurn: Uint32Array;
  readonly ruledBy: Int32Array;
  /** Turns whose key is `Infinity` at the most open hour, and their key when they open. */
  readonly shutTurn: Uint32Array;
  readonly shutKey: Float64Array;
  readonly timedWays: readonly OsmTags[];
  readonly timedRules: readonly TimedRule[];
  readonly zones: readonly Zone[];
  readonly grid: Grid;
  /** What lies beside: closed ways and islands, for explaining. */
  readonly asides: Asides;
}

/** Kinds of road, by falling importance; `stretchClass` counts from 0. */
export const roadClasses = [
  "motorway",
  "trunk",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "living_street",
  "service",
  "pedestrian",
  "cycleway",
  "footway",
  "path",
  "ferry",
] as const;

export type RoadClass = (typeof roadClasses)[number];
