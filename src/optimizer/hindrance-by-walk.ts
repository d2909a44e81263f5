import type { Constraint, Hindrance } from "./answers.ts";
import { tolerance } from "./instance.ts";
import { compose, gapPairs } from "./place-by-walk.ts";
import type { Routes } from "./routes.ts";
import { walkRoute } from "./walk.ts";

/**
 * What stands against `shipment` in a route whose terms must be walked: of all pairs of gaps the one that breaks the fewest
 * constraints, and of those by least; and there the constraint that is broken most, by the most at any one stop.
 */
export function hindranceByWalk(routes: Routes, shipment: number, v: number): Hindrance {
  let fewest: ReadonlyMap<Constraint, number> | null = null;
  for (const [i, j] of gapPairs(routes, shipment, v)) {
    const found = new Map<Constraint, number>();
    compose(routes, shipment, v, i, j, -1);
    walkRoute(routes.walk, Infinity, {
      term: ({ constraint }, _charged, broken) => {
        if (constraint === null || broken <= tolerance) return;
        found.set(constraint, Math.max(found.get(constraint) ?? 0, broken));
      },
    });
    if (found.size > 0 && (fewest === null || isMilder(found, fewest))) fewest = found;
  }
  const [constraint, by] = worst(fewest ?? new Map());
  return { vehicle: v, constraint, by, dimension: constraint === "capacity" ? 0 : null };
}

const sum = (found: ReadonlyMap<Constraint, number>): number => [...found.values()].reduce((a, b) => a + b, 0);

const isMilder = (a: ReadonlyMap<Constraint, number>, b: ReadonlyMap<Constraint, number>): boolean =>
  a.size < b.size || (a.size === b.size && sum(a) < sum(b));

function worst(found: ReadonlyMap<Constraint, number>): readonly [Constraint, number] {
  let most: readonly [Constraint, number] = ["frozen", 1];
  for (const one of found) if (most[0] === "frozen" || one[1] > most[1]) most = one;
  return most;
}
