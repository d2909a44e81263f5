import type { Skeleton } from "./skeleton.ts";

/**
 * A contraction hierarchy over a graph's states: a skeleton whose edges have keys. Every shortest way goes up along `up`
 * edges and then down along `down` edges; both are kept at their lower end.
 */
export interface Hierarchy extends Skeleton {
  /** `Infinity` where an edge is no way at all. */
  readonly upKey: Float64Array;
  /** The rank that a short cut skips, lower than both its ends; -1 for a turn. */
  readonly upVia: Int32Array;
  readonly downKey: Float64Array;
  readonly downVia: Int32Array;
}

/** One direction of a hierarchy, as seen from the lower end. */
export interface Half {
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly key: Float64Array;
  readonly via: Int32Array;
}

export const upper = ({ upStart, upTo, upKey, upVia }: Hierarchy): Half => ({
  start: upStart,
  end: upTo,
  key: upKey,
  via: upVia,
});
export const lower = ({ downStart, downFrom, downKey, downVia }: Hierarchy): Half => ({
  start: downStart,
  end: downFrom,
  key: downKey,
  via: downVia,
});
