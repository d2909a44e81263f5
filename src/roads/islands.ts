import type { Turns } from "./turns.ts";

/**
 * The strongly connected component of each node (from every member a way leads to every other), numbered from 0;
 * -1 for nodes left out. Turns that are not open (by place) are not taken. Both are told as 1 or 0 in an array: a city's
 * turns are walked over five times for each closure, and asking a function at each took twice as long.
 *
 * Source: Tarjan, Depth-first search and linear graph algorithms, 1972; with an own stack, as cities are deep.
 */
export function components(
  { start, to }: Pick<Turns, "start" | "to">,
  included: Uint8Array,
  isOpen: Uint8Array,
): Int32Array {
  const count = start.length - 1;
  const component = new Int32Array(count).fill(-1);
  const [order, low, next] = [new Int32Array(count).fill(-1), new Int32Array(count), new Uint32Array(count)];
  const [path, open] = [new Uint32Array(count), new Uint32Array(count)];
  let [visited, found, deep, waiting] = [0, 0, 0, 0];
  const enter = (node: number): void => {
    order[node] = low[node] = visited++;
    next[node] = start[node]!;
    path[deep++] = node;
    open[waiting++] = node;
  };
  const close = (node: number): void => {
    if (low[node] !== order[node]) return;
    for (let member = -1; member !== node;) component[(member = open[--waiting]!)] = found;
    found++;
  };

  for (let root = 0; root < count; root++) {
    if (order[root] !== -1 || included[root] === 0) continue;
    enter(root);
    while (deep > 0) {
      const node = path[deep - 1]!;
      if (next[node]! < start[node + 1]!) {
        const turn = next[node]!++;
        const follower = to[turn]!;
        if (included[follower] === 0 || isOpen[turn] === 0) continue;
        if (order[follower] === -1) enter(follower);
        else if (component[follower] === -1 && order[follower]! < low[node]!) low[node] = order[follower]!;
      } else {
        deep--;
        close(node);
        const parent = deep > 0 ? path[deep - 1]! : -1;
        if (parent !== -1 && low[node]! < low[parent]!) low[parent] = low[node]!;
      }
    }
  }
  return component;
}

/** The component whose members weigh most, the first of equals; -1 when none weighs anything. */
export function heaviest(component: Int32Array, weight: (node: number) => number): number {
  const weights: number[] = [];
  component.forEach((of, node) => {
    if (of >= 0) weights[of] = (weights[of] ?? 0) + weight(node);
  });
  let best = -1;
  weights.forEach((sum, at) => void (sum > (weights[best] ?? 0) ? (best = at) : 0));
  return best;
}
