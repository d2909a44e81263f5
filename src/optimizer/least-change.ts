import type { Change, Constraint } from "./answers.ts";
import { tolerance } from "./instance.ts";
import { compose, gapPairs, helperSets, slipEach } from "./place-by-walk.ts";
import type { Routes } from "./routes.ts";
import { walkRoute, type Observer, type Term } from "./walk.ts";

/**
 * What would have to give way for `shipment` to fit into the route of `v`, and by how much: of all places, also those with a
 * break or a station moved or put in, the one against which the fewest constraints stand, and of those by least in sum.
 */
export function leastChange(routes: Routes, shipment: number, v: number): readonly Change[] {
  const tally = new Tally();
  let least: readonly Change[] | null = null;
  const look = (): void => {
    tally.clear();
    walkRoute(routes.walk, Infinity, tally);
    const found = tally.changes();
    if (found.length > 0 && (least === null || isMilder(found, least))) least = found;
  };
  const pairs = gapPairs(routes, shipment, v);
  for (const [i, j] of pairs) {
    compose(routes, shipment, v, i, j, -1);
    look();
  }
  if (routes.terms.bent[v] === 1)
    for (const { set, moved } of helperSets(routes, v))
      for (const [i, j] of pairs) {
        compose(routes, shipment, v, i, j, moved);
        slipEach(routes.walk, set, 0, routes.instance.frozen[v]!, look);
      }
  return least ?? [{ constraint: "frozen", by: 1, dimension: null }];
}

const sum = (changes: readonly Change[]): number => changes.reduce((total, { by }) => total + by, 0);
const isCutOff = ([first]: readonly Change[]): boolean => first!.constraint === "unreachable";

function isMilder(a: readonly Change[], b: readonly Change[]): boolean {
  if (isCutOff(a) !== isCutOff(b)) return isCutOff(b);
  return a.length < b.length || (a.length === b.length && sum(a) < sum(b) - tolerance);
}

/** Constraints that count what is wrong; all others are eased by the most that is too much at any one stop. */
const counted: ReadonlySet<Constraint> = new Set(["apart", "unreachable"]);

/** Watches a walk and keeps what is broken in it, by constraint and dimension of load. */
class Tally implements Observer {
  readonly #found = new Map<string, Change>();

  clear(): void {
    this.#found.clear();
  }

  term({ constraint, dimension: one }: Term, _charged: number, broken: number): void {
    const dimension = one ?? null;
    if (constraint === null || broken <= tolerance) return;
    const key = `${constraint} ${dimension}`;
    const known = this.#found.get(key)?.by ?? 0;
    const by = counted.has(constraint) ? known + broken : Math.max(known, broken);
    this.#found.set(key, { constraint, by, dimension });
  }

  /** Once there is no way, nothing else that was found means anything. */
  changes(): readonly Change[] {
    const cutOff = this.#found.has("unreachable null");
    return cutOff ? [{ constraint: "unreachable", by: 1, dimension: null }] : [...this.#found.values()];
  }
}
