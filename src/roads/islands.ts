import type { Turns } from "./turns.ts";

/**
 * The strongly connected component of each arc (from every member a way leads to every other), numbered from 0;
 * -1 for arcs left out.
 *
 * Source: Tarjan, Depth-first search and linear graph algorithms, 1972; with an own stack, as cities are deep.
 */
export function components({ start, to }: Turns, included: (arc: number) => boolean): Int32Array {
  const count = start.length - 1;
  const component = new Int32Array(count).fill(-1);
  const [order, low, next] = [new Int32Array(count).fill(-1), new Int32Array(count), new Uint32Array(count)];
  const [path, open] = [[] as number[], [] as number[]];
  let [visited, found] = [0, 0];
  const enter = (arc: number): void => {
    order[arc] = low[arc] = visited++;
    next[arc] = start[arc]!;
    path.push(arc);
    open.push(arc);
  };
  const close = (arc: number): void => {
    if (low[arc] !== order[arc]) return;
    for (let member = -1; member !== arc;) component[(member = open.pop()!)] = found;
    found++;
  };

  for (let root = 0; root < count; root++) {
    if (order[root] !== -1 || !included(root)) continue;
    enter(root);
    while (path.length > 0) {
      const arc = path.at(-1)!;
      if (next[arc]! < start[arc + 1]!) {
        const follower = to[next[arc]!++]!;
        if (!included(follower)) continue;
        if (order[follower] === -1) enter(follower);
        else if (component[follower] === -1) low[arc] = Math.min(low[arc]!, order[follower]!);
      } else {
        path.pop();
        close(arc);
        const parent = path.at(-1);
        if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[arc]!);
      }
    }
  }
  return component;
}

/** The component with the most members, the first of equals; -1 when there is none. */
export function largest(component: Int32Array): number {
  const sizes: number[] = [];
  for (const of of component) if (of >= 0) sizes[of] = (sizes[of] ?? 0) + 1;
  let best = -1;
  sizes.forEach((size, at) => void (best === -1 || size > sizes[best]! ? (best = at) : 0));
  return best;
}
