import { MinQueue } from "./min-queue.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { FoundWay, Search, Seeds } from "./search.ts";

type Turns = Pick<RoadGraph, "turnStart" | "turnTo" | "turnKey">;

/** Dijkstra's algorithm with no short cuts: slow, plain, and the judge of every faster search. */
export function dijkstra(turns: Turns): Search {
  const forward = new Spread(turns);
  let backward: Spread | null = null;
  return {
    way(from, to): FoundWay | null {
      forward.run(from, to.states);
      const { state, key } = forward.bestOf(to);
      return state === -1 ? null : { key, states: forward.wayTo(state) };
    },

    /** Searches from whichever side has fewer points. */
    matrix(from, to): Float64Array {
      const cells = new Float64Array(from.length * to.length);
      const fromEnds = to.length < from.length;
      if (fromEnds) backward ??= new Spread(reversed(turns));
      const [spread, near, far] = fromEnds ? [backward!, to, from] : [forward, from, to];
      const goals = [...new Set(far.flatMap(({ states }) => states))];
      near.forEach((one, i) => {
        spread.run(one, goals);
        far.forEach(
          (other, j) => void (cells[fromEnds ? j * to.length + i : i * to.length + j] = spread.bestOf(other).key),
        );
      });
      return cells;
    },

    spread(from): Float64Array {
      forward.run(from, null);
      return forward.key.slice();
    },
  };
}

/** Keys from one point to every state that matters. */
class Spread {
  readonly #turns: Turns;
  readonly key: Float64Array;
  readonly #parent: Int32Array;
  readonly #isGoal: Uint8Array;
  readonly #queue = new MinQueue();

  constructor(turns: Turns) {
    this.#turns = turns;
    const count = turns.turnStart.length - 1;
    [this.key, this.#parent] = [new Float64Array(count), new Int32Array(count)];
    this.#isGoal = new Uint8Array(count);
  }

  /** Stops once all `goals`, each named once, are settled; never early without goals. */
  run(from: Seeds, goals: readonly number[] | null): void {
    const { turnStart, turnTo, turnKey } = this.#turns;
    this.key.fill(Infinity);
    this.#queue.clear();
    for (const goal of goals ?? []) this.#isGoal[goal] = 1;
    from.states.forEach((state, i) => this.#reach(state, from.keys[i]!, -1));
    for (let open = goals?.length ?? Infinity; this.#queue.size > 0 && open > 0;) {
      const key = this.#queue.least;
      const state = this.#queue.pop();
      if (key > this.key[state]!) continue;
      open -= this.#isGoal[state]!;
      for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) this.#reach(turnTo[i]!, key + turnKey[i]!, state);
    }
    for (const goal of goals ?? []) this.#isGoal[goal] = 0;
  }

  #reach(state: number, key: number, parent: number): void {
    if (key >= this.key[state]!) return;
    this.key[state] = key;
    this.#parent[state] = parent;
    this.#queue.push(key, state);
  }

  /** The best of some ends; state -1 and Infinity when none was reached. */
  bestOf({ states, keys }: Seeds): { readonly state: number; readonly key: number } {
    let [best, least] = [-1, Infinity];
    states.forEach((state, i) => {
      const key = this.key[state]! + keys[i]!;
      if (key < least) [best, least] = [state, key];
    });
    return { state: best, key: least };
  }

  wayTo(end: number): number[] {
    const states: number[] = [];
    for (let state = end; state !== -1; state = this.#parent[state]!) states.push(state);
    return states.reverse();
  }
}

/** The same turns, found from where they lead to. */
function reversed({ turnStart, turnTo, turnKey }: Turns): Turns {
  const count = turnStart.length - 1;
  const start = new Uint32Array(count + 1);
  for (const to of turnTo) start[to + 1]!++;
  for (let i = 0; i < count; i++) start[i + 1]! += start[i]!;
  const [next, from, key] = [start.slice(), new Uint32Array(turnTo.length), new Float64Array(turnTo.length)];
  for (let state = 0; state < count; state++)
    for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) {
      const at = next[turnTo[i]!]!++;
      [from[at], key[at]] = [state, turnKey[i]!];
    }
  return { turnStart: start, turnTo: from, turnKey: key };
}
