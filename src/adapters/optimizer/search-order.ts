import type { Objective, Plan, Problem, Solution } from "../../optimizer/index.ts";

/** What is searched. */
export interface SearchOrder {
  readonly problem: Problem;
  readonly objective: Objective;
  readonly seed: number;
  /** How many searches run side by side, each in a thread and with a seed of its own. */
  readonly threads: number;
  /** Wall-clock seconds, the threads' start included; or iterations of each thread, for an answer that is the same on any machine. */
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
  /** Of the thread that found it. */
  readonly iterations: number;
}

/** One thread's part of an order. */
export interface ThreadOrder extends SearchOrder {
  /** When the seconds began to count: milliseconds since 1970, with fractions. */
  readonly begun_ms: number;
  /** One number; anything but 0 means: stop. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

/** What a thread says: a better plan, now and then; and the solution at the end. */
export type ThreadWord = { readonly better: Solution } | { readonly solution: Solution };

/** Milliseconds since 1970 that only go forward, the same in every thread. */
export const epoch = (): number => performance.timeOrigin + performance.now();
