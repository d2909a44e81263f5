import type { Key } from "./key.ts";

/**
 * States to begin or end in, each with the key that stands between it and the point itself (negative towards an end
 * part-way).
 */
export interface Seeds {
  readonly states: readonly number[];
  readonly keys: readonly Key[];
}

/** A cheapest way: the states passed, from one of the sources to one of the targets. */
export interface FoundWay {
  readonly key: Key;
  readonly states: readonly number[];
}

/** One way of searching a graph. All of them find the same keys (see key.ts), so one can be checked against another. */
export interface Search {
  /** Null when no way leads from any source to any target. */
  way(from: Seeds, to: Seeds): FoundWay | null;
  /** Row by row, `Infinity` where there is no way. */
  matrix(from: readonly Seeds[], to: readonly Seeds[]): Float64Array;
  /** To every state, `Infinity` where there is no way. */
  spread(from: Seeds): Float64Array;
}
