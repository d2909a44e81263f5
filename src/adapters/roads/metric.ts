import type { SnapRefusal } from "../../domain/ports.ts";
import type { Result } from "../../kernel/result.ts";
import type { Hierarchy, Roads, RoadSnap } from "../../roads/index.ts";
import { BoundedMap } from "./bounded-map.ts";

export type SnapAnswer = Result<RoadSnap, SnapRefusal>;

/** Points whose snap, and what the search found around it, is remembered: about 5 kB each. */
const rememberedSnaps = 2_000;

/** A profile's roads in one state: some hours, some conditions. Nothing about it ever changes. */
export interface Metric {
  /** Never that of another one. */
  readonly name: string;
  readonly roads: Roads;
  /** Null while the plain search answers. */
  readonly hierarchy: Hierarchy | null;
  readonly snaps: BoundedMap<string, SnapAnswer>;
}

let made = 0;

export const metricOf = (roads: Roads, hierarchy: Hierarchy | null): Metric => ({
  name: `${roads.graph.profile} ${made++}`,
  roads,
  hierarchy,
  snaps: new BoundedMap(rememberedSnaps),
});
