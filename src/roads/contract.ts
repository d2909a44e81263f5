import { ContractionGraph } from "./contraction-graph.ts";
import type { Hierarchy } from "./hierarchy.ts";
import { MinQueue } from "./min-queue.ts";
import type { RoadGraph } from "./road-graph.ts";
import { WitnessSearch } from "./witness.ts";

/**
 * Contracts state after state, the least important first, and keeps every shortest way by short cuts.
 *
 * Which state is next: twice the short cuts it needs, less the edges it takes with it, plus how deep the hierarchy
 * below it already is; looked at again when its turn comes. Exact whatever the order; the same graph gives the same
 * hierarchy.
 *
 * Source: Geisberger et al., Exact Routing in Large Road Networks Using Contraction Hierarchies, 2012.
 */
export function contract(graph: Pick<RoadGraph, "turnStart" | "turnTo" | "turnKey">): Hierarchy {
  const shrinking = new ContractionGraph(graph);
  const [rank, depth] = [new Uint32Array(shrinking.count), new Uint32Array(shrinking.count)];
  const shortcuts = new Shortcuts(shrinking);
  const queue = new MinQueue();
  const importance = (state: number): number => shortcuts.find(state) + depth[state]!;
  for (let state = 0; state < shrinking.count; state++) queue.push(importance(state), state);

  for (let next = 0; queue.size > 0;) {
    const state = queue.pop();
    const now = importance(state);
    if (now > queue.least) {
      queue.push(now, state);
      continue;
    }
    deepenNeighbours(shrinking, depth, state);
    shortcuts.add();
    shrinking.gone[state] = 1;
    rank[state] = next++;
  }
  return layHierarchy(shrinking, rank);
}

function deepenNeighbours(graph: ContractionGraph, depth: Uint32Array, state: number): void {
  const below = depth[state]! + 1;
  for (let edge = graph.firstOut(state); edge !== -1; edge = graph.nextOut(edge))
    if (depth[graph.to[edge]!]! < below) depth[graph.to[edge]!] = below;
  for (let edge = graph.firstIn(state); edge !== -1; edge = graph.nextIn(edge))
    if (depth[graph.from[edge]!]! < below) depth[graph.from[edge]!] = below;
}

/** The short cuts that one state's leaving needs. */
class Shortcuts {
  readonly #graph: ContractionGraph;
  readonly #witness: WitnessSearch;
  readonly #found: number[] = [];

  constructor(graph: ContractionGraph) {
    this.#graph = graph;
    this.#witness = new WitnessSearch(graph);
  }

  /** Finds them and answers twice their number less the edges that go. */
  find(state: number): number {
    const [graph, found] = [this.#graph, this.#found];
    found.length = 0;
    let edges = 0;
    for (let out = graph.firstOut(state); out !== -1; out = graph.nextOut(out)) edges++;
    if (edges === 0) return 0;
    for (let into = graph.firstIn(state); into !== -1; into = graph.nextIn(into)) {
      edges++;
      const [from, first] = [graph.from[into]!, graph.key[into]!];
      this.#witness.run(from, state, first);
      for (let out = graph.firstOut(state); out !== -1; out = graph.nextOut(out)) {
        const [to, key] = [graph.to[out]!, first + graph.key[out]!];
        if (to !== from && !this.#witness.reaches(to, key)) found.push(from, to, key, state);
      }
    }
    return found.length / 2 - edges;
  }

  /** Adds what was found last. */
  add(): void {
    for (let i = 0; i < this.#found.length; i += 4)
      this.#graph.join(this.#found[i]!, this.#found[i + 1]!, this.#found[i + 2]!, this.#found[i + 3]!);
  }
}

/** Sorts all edges ever joined by the lower of their ends, under ranks instead of states. */
function layHierarchy({ count, edges, from, to, key, via }: ContractionGraph, rank: Uint32Array): Hierarchy {
  const [upStart, downStart] = [new Uint32Array(count + 1), new Uint32Array(count + 1)];
  const isUp = (edge: number): boolean => rank[from[edge]!]! < rank[to[edge]!]!;
  for (let edge = 0; edge < edges; edge++)
    if (isUp(edge)) upStart[rank[from[edge]!]! + 1]!++;
    else downStart[rank[to[edge]!]! + 1]!++;
  for (let i = 0; i < count; i++) {
    upStart[i + 1]! += upStart[i]!;
    downStart[i + 1]! += downStart[i]!;
  }
  const side = (size: number) => ({
    end: new Uint32Array(size),
    key: new Float64Array(size),
    via: new Int32Array(size),
  });
  const [up, down] = [side(upStart[count]!), side(downStart[count]!)];
  const [nextUp, nextDown] = [upStart.slice(), downStart.slice()];
  for (let edge = 0; edge < edges; edge++) {
    const [low, high] = [rank[from[edge]!]!, rank[to[edge]!]!];
    const at = isUp(edge) ? nextUp[low]!++ : nextDown[high]!++;
    const half = isUp(edge) ? up : down;
    half.end[at] = isUp(edge) ? high : low;
    half.key[at] = key[edge]!;
    half.via[at] = via[edge] === -1 ? -1 : rank[via[edge]!]!;
  }
  return {
    rank,
    upStart,
    upTo: up.end,
    upKey: up.key,
    upVia: up.via,
    downStart,
    downFrom: down.end,
    downKey: down.key,
    downVia: down.via,
  };
}
