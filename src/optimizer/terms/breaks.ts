import { kinds } from "../compile-nodes.ts";
import { tolerance, type Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** Each break is begun before it closes, if the vehicle is still under way then, and taken once. */
export const breaks = (instance: Instance, v: number): Term | null => {
  const all = instance.problem.vehicles[v]!.breaks ?? [];
  if (all.length === 0) return null;
  const taken = new Uint8Array(all.length);
  return {
    line: null,
    constraint: "break",
    scope: "bends",
    begin: () => void taken.fill(0),
    visit: (walk) => {
      if (walk.node < 0 || instance.kind[walk.node] !== kinds.rest) return;
      const index = instance.helper[walk.node]!;
      if (walk.late > 0 && walk.chosen) walk.broken += walk.late;
      if (taken[index] === 1 && walk.chosen) walk.broken += 1;
      taken[index] = 1;
    },
    end: (walk) => {
      if (walk.length <= instance.frozen[v]!) return;
      let missed = 0;
      all.forEach(({ windows }, index) => {
        const latest = windows.at(-1)?.latest ?? Infinity;
        if (taken[index] === 0 && walk.arrival > latest + tolerance) missed = Math.max(missed, walk.arrival - latest);
      });
      walk.broken += missed;
    },
  };
};
