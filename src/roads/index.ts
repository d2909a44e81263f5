export { asideReasons } from "./asides.ts";
export { buildGraph, type BuildOptions } from "./build-graph.ts";
export { dijkstra } from "./dijkstra.ts";
export { decimetersOf, millisecondsOf, type Key } from "./key.ts";
export { profiles } from "./profiles.ts";
export type { ProfileName } from "./vehicle.ts";
export type { RoadReport } from "./report.ts";
export { type RoadClass, roadClasses, type RoadGraph } from "./road-graph.ts";
export { openRoads, type RoadRoute, type Roads } from "./roads.ts";
export type { FoundWay, Search, Seeds } from "./search.ts";
export type { RoadSnap } from "./snap.ts";
export { climbingSearch } from "./climbing-search.ts";
export { contract } from "./contract.ts";
export { Customiser } from "./customise.ts";
export type { Hierarchy } from "./hierarchy.ts";
export { buildSkeleton, type Skeleton } from "./skeleton.ts";
export { bandAt, bands, type Band } from "./bands.ts";
export { type BandOfYear, dependsOnBand, graphUnder } from "./graph-under.ts";
export { asUsual, type RoadClosure, type RoadConditions, type RoadPlace, type Slowdown } from "./road-conditions.ts";
export {
  openMatcher,
  type MissReason,
  type PartMatch,
  type PointMatch,
  type RoadMatch,
  type RoadTrace,
} from "./match-trace.ts";
export { explainSnap, troubleAt } from "./explain-snap.ts";
export { onNearSide } from "./near-side.ts";
export { parkingPlaces } from "./parking.ts";
