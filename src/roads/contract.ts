import { Customiser } from "./customise.ts";
import type { Hierarchy } from "./hierarchy.ts";
import type { RoadGraph } from "./road-graph.ts";
import { buildSkeleton } from "./skeleton.ts";

/** The hierarchy of a graph at its own speeds; the same graph gives the same one. */
export function contract(graph: RoadGraph): Hierarchy {
  return new Customiser(buildSkeleton(graph), graph).customise(graph.turnKey);
}
