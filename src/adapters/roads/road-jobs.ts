import type { BandOfYear, Hierarchy, RoadConditions, RoadGraph, RoadSnap, Skeleton } from "../../roads/index.ts";

// What is asked of the worker threads, and what comes back. Arrays of graphs and hierarchies lie in shared memory: only
// their places are sent.

/** Orders roads for the first time, and keeps them in the file, where one is named. */
export interface ContractJob {
  readonly kind: "contract";
  readonly graph: RoadGraph;
  readonly path: string | null;
}

/** Gives a skeleton that stands the keys of some hours and conditions. */
export interface MetricJob {
  readonly kind: "metric";
  readonly graph: RoadGraph;
  readonly skeleton: Skeleton;
  readonly when: BandOfYear | null;
  readonly conditions: RoadConditions;
}

/** Some rows of a matrix; `metric` is a name that never means another one. */
export interface MatrixJob {
  readonly kind: "matrix";
  readonly metric: string;
  readonly graph: RoadGraph;
  readonly hierarchy: Hierarchy;
  readonly from: readonly RoadSnap[];
  readonly to: readonly RoadSnap[];
}

export type RoadJob = ContractJob | MetricJob | MatrixJob;

export interface RoadJobDone {
  /** `kept`: graph and hierarchy now stand in the file. */
  readonly contract: { readonly hierarchy: Hierarchy; readonly kept: boolean };
  readonly metric: MetricKeys;
  readonly matrix: MatrixRows;
}

/** What tells one metric of some roads from another. */
export interface MetricKeys {
  readonly graph: Pick<RoadGraph, "arcKey" | "turnKey" | "stretchArcs" | "stretchShut">;
  readonly hierarchy: Pick<Hierarchy, "upKey" | "upVia" | "downKey" | "downVia">;
}

/** Whole seconds and metres, `unreachable` where there is no way. */
export interface MatrixRows {
  readonly seconds: Uint32Array<ArrayBuffer>;
  readonly meters: Uint32Array<ArrayBuffer>;
}
