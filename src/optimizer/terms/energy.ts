import { kinds } from "../compile-nodes.ts";
import type { Instance } from "../instance.ts";
import { unreachable, type Energy } from "../types.ts";
import type { Term, Walk } from "../walk.ts";

/** What the way to this stop uses up: by its length, by what is on board, by what is climbed. */
export function usedOn({ matrix, from, here, meters, carried, instance }: Walk, energy: Energy): number {
  if (from < 0 || here < 0 || meters >= unreachable) return 0;
  const load = carried[energy.dimension] ?? 0;
  const climbed = matrix.ascent === undefined ? 0 : matrix.ascent[from * instance.locations + here]!;
  return meters * (energy.perMeter + energy.perMeterAndLoad * load) + climbed * energy.perAscent;
}

/** The price of energy, and a store that must not run low: charging fills it up, and takes its time. */
export const energy = (instance: Instance, v: number): Term | null => {
  const { problem, objective, kind, helper, frozen } = instance;
  const asked = problem.vehicles[v]!.energy;
  if (asked === undefined) return null;
  const { store } = asked;
  const price = objective === "cost" ? asked.costPerUnit : 0;
  let level = Infinity;
  return {
    line: "energy",
    constraint: "energy",
    scope: store !== null && (problem.vehicles[v]!.stations ?? []).length > 0 ? "bends" : "judges",
    begin: () => void (level = store?.atStart ?? Infinity),
    visit: (walk) => {
      if (walk.node >= 0 && kind[walk.node] === kinds.rest) return;
      const used = usedOn(walk, asked);
      walk.cost += used * price;
      if (store === null) return;
      level -= used;
      if (level < store.reserve && walk.length > frozen[v]!) walk.broken += store.reserve - level;
      if (walk.node < 0 || kind[walk.node] !== kinds.charge) return;
      walk.departs += Math.max(0, store.capacity - level) / problem.stations![helper[walk.node]!]!.power!;
      level = store.capacity;
    },
  };
};
