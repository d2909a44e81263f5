import type { Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Where a vehicle may reload, what is on board depends on the whole trip, so its routes are walked. */
export const stations = ({ problem }: Instance, v: number): Term | null => {
  const own = problem.vehicles[v]!.stations ?? [];
  if (!own.some((station) => problem.stations![station]!.hub)) return null;
  return { line: null, constraint: null, scope: "bends" };
};
