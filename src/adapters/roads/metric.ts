import type { SnapRefusal } from "../../domain/ports.ts";
import type { Result } from "../../kernel/result.ts";
import type { Hierarchy, Roads, RoadSnap } from "../../roads/index.ts";

export type SnapAnswer = Result<RoadSnap, SnapRefusal>;

/** A profile's roads in one state: some hours, some conditions. Nothing about it ever changes. */
export interface Metric {
  /** Never that of another one. */
  readonly name: string;
  readonly roads: Roads;
  /** Null while the plain search answers. */
  readonly hierarchy: Hierarchy | null;
}

let made = 0;

export const metricOf = (roads: Roads, hierarchy: Hierarchy | null): Metric => ({
  name: `${roads.graph.profile} ${made++}`,
  roads,
  hierarchy,
});
