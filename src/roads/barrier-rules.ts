import { listAt, reverseOf } from "./arcs.ts";
import type { PathRule } from "./histories.ts";
import type { OpenArcs } from "./restricted-paths.ts";
import type { TimedRule } from "./restrictions.ts";
import type { Junctions } from "./stretches.ts";

/** At a barrier that is closed at some hours every turn is ruled, but turning round; its rules are added to `timed`. */
export function barrierRules({ gate }: Junctions, { arriving, leaving }: OpenArcs, timed: TimedRule[]): PathRule[] {
  return gate.flatMap((tags, at): PathRule[] => {
    if (tags === null) return [];
    const rule = timed.push({ tags, value: null }) - 1;
    return listAt(arriving, at).map((arc) => {
      const next = listAt(leaving, at).filter((other) => other !== reverseOf(arc));
      return { path: [arc], next, rule };
    });
  });
}
