import type { Travel } from "../../domain/ports.ts";
import type { Point } from "../../kernel/point.ts";
import type { Objective, Plan, Problem, Solution } from "../../optimizer/index.ts";

/** What is searched. */
export interface SearchOrder {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly seed: number;
  readonly threads: number;
  /** Wall-clock seconds; or iterations of each thread, for an answer that is the same on any machine. */
  readonly budget: { readonly seconds: number } | { readonly iterations: number };
  /** The plan to begin from. */
  readonly start?: Plan;
}

/** How good the best is so far. */
export interface Figures {
  readonly vehicles: number;
  readonly meters: number;
  readonly cost: number;
  readonly unassigned: number;
  readonly iterations: number;
}

/** Searches. `onBest` hears of progress now and then; once the signal is aborted, the best so far is answered. */
export type Search = (order: SearchOrder, onBest: (best: Figures) => void, signal?: AbortSignal) => Promise<Solution>;

/** Who knows the ways between these points: the loaded city's roads when it holds them all, else great circles. */
export type TravelFor = (points: readonly Point[]) => Promise<Travel>;
