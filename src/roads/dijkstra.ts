import { MinQueue } from "./min-queue.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { FoundWay, Search, Seeds } from "./search.ts";

type Turns = Pick<RoadGraph, "turnStart" | "turnTo" | "turnKey">;

/** Dijkstra's algorithm with no short cuts: slow, plain, and the judge of every faster search. */
export function dijkstra({ turnStart, turnTo, turnKey }: Turns): Search {
  const count = turnStart.length - 1;
  const [key, parent] = [new Float64Array(count), new Int32Array(count)];
  const queue = new MinQueue();

  /** Keys from `from` to every state, in `key`; stops once `goals` are settled. */
  const settle = (from: Seeds, goals: ReadonlySet<number>): void => {
    key.fill(Infinity);
    parent.fill(-1);
    queue.clear();
    const reach = (state: number, at: number, by: number): void => {
      if (at >= key[state]!) return;
      key[state] = at;
      parent[state] = by;
      queue.push(at, state);
    };
    from.states.forEach((state, i) => reach(state, from.keys[i]!, -1));
    for (let open = goals.size; queue.size > 0 && open > 0;) {
      const at = queue.least;
      const state = queue.pop();
      if (at > key[state]!) continue;
      if (goals.has(state)) open--;
      for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) reach(turnTo[i]!, at + turnKey[i]!, state);
    }
  };

  const bestEnd = (to: Seeds): { readonly at: number; readonly total: number } => {
    let [best, total] = [-1, Infinity];
    to.states.forEach((state, i) => {
      if (key[state]! + to.keys[i]! < total) [best, total] = [state, key[state]! + to.keys[i]!];
    });
    return { at: best, total };
  };

  return {
    way(from, to): FoundWay | null {
      settle(from, new Set(to.states));
      const { at, total } = bestEnd(to);
      if (at === -1) return null;
      const states: number[] = [];
      for (let state = at; state !== -1; state = parent[state]!) states.push(state);
      return { key: total, states: states.reverse() };
    },

    matrix(from, to): Float64Array {
      const cells = new Float64Array(from.length * to.length);
      const goals = new Set(to.flatMap(({ states }) => states));
      from.forEach((source, i) => {
        settle(source, goals);
        to.forEach((target, j) => void (cells[i * to.length + j] = bestEnd(target).total));
      });
      return cells;
    },
  };
}
