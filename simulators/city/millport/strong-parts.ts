import { forCars, isExpress, type StreetGraph } from "./graph.ts";

/** For each node the number of its strongly connected part (Tarjan 1972, without recursion); -1 off the car network. */
export function strongParts(graph: StreetGraph): Int32Array {
  const size = graph.points.length;
  const exits = Array.from({ length: size }, (_, node) =>
    graph
      .edgesAt(node)
      .filter((edge) => forCars(edge.kind) && (edge.oneWay === null || (edge.oneWay === "ab") === (edge.a === node)))
      .map((edge) => graph.other(edge, node)),
  );
  const [order, low, part] = [new Int32Array(size).fill(-1), new Int32Array(size), new Int32Array(size).fill(-1)];
  const [stack, path, cursor]: [number[], number[], Int32Array] = [[], [], new Int32Array(size)];
  let [time, parts] = [0, 0];
  for (let root = 0; root < size; root++) {
    if (order[root]! >= 0 || !graph.edgesAt(root).some((edge) => forCars(edge.kind))) continue;
    path.push(root);
    while (path.length > 0) {
      const node = path[path.length - 1]!;
      if (order[node]! < 0) {
        order[node] = low[node] = time++;
        stack.push(node);
      }
      const next = exits[node]![cursor[node]!++];
      if (next !== undefined) {
        if (order[next]! < 0) path.push(next);
        else if (part[next]! < 0) low[node] = Math.min(low[node]!, order[next]!);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
      if (low[node] !== order[node]) continue;
      for (let done = -1; done !== node;) part[(done = stack.pop()!)] = parts;
      parts++;
    }
  }
  return part;
}

/** Takes away ramps and carriageways that lead nowhere or come from nowhere, as happens where two interchanges meet. */
export function dropLostRamps(graph: StreetGraph): void {
  const part = strongParts(graph);
  const sizes = new Map<number, number>();
  for (const number of part) if (number >= 0) sizes.set(number, (sizes.get(number) ?? 0) + 1);
  const main = [...sizes].reduce((best, one) => (one[1] > best[1] ? one : best), [-1, 0])[0];
  for (const edge of graph.edges)
    if (!edge.gone && isExpress(edge.kind) && (part[edge.a] !== main || part[edge.b] !== main)) graph.drop(edge);
}
