import type { Change, Constraint } from "./answers.ts";
import { tolerance } from "./instance.ts";
import { compose, gapPairs, helperSets, slipEach } from "./place-by-walk.ts";
import type { Routes } from "./routes.ts";
import { walkRoute, type Observer, type Term } from "./walk.ts";

export interface Least {
  /** What would have to give way. */
  readonly changes: readonly Change[];
  /** Where nothing would: the route with the shipment in it, and what that adds to its cost. */
  readonly place: { readonly route: Int32Array; readonly added: number } | null;
}

/**
 * What would have to give way for `shipment` to fit into the route of `v`, and by how much: of all places, also those with a
 * break or a station moved or put in, the one against which the fewest constraints stand, and of those by least in sum.
 *
 * Every place is walked, so it also finds those that the search in constant time misses where ways are not the shortest:
 * of them it answers the cheapest.
 */
export function leastChange(routes: Routes, shipment: number, v: number): Least {
  const { walk } = routes;
  const tally = new Tally();
  let least: readonly Change[] = [{ constraint: "unreachable", by: Infinity, dimension: null }];
  let place: Least["place"] = null;
  const look = (): void => {
    tally.clear();
    const added = walkRoute(walk, Infinity, tally) - routes.cost[v]!;
    const changes = tally.changes();
    if (changes.length > 0) least = isMilder(changes, least) ? changes : least;
    else if (place === null || added < place.added) place = { route: walk.nodes.slice(0, walk.length), added };
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
        slipEach(walk, set, 0, routes.instance.frozen[v]!, look);
      }
  return { changes: place === null ? least : [], place };
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
