import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Travel by time of day: the walk itself chooses the matrix, so here it is only said that it does. */
export const slices = ({ problem }: Instance, v: number): Term | null => {
  if ((problem.vehicles[v]!.slices ?? []).length === 0) return null;
  return { line: null, constraint: null, scope: "bends" };
};
