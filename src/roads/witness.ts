import type { ContractionGraph } from "./contraction-graph.ts";
import { MinQueue } from "./min-queue.ts";

/** States settled before a search gives up: a witness missed costs one needless short cut, never a wrong answer. */
const patience = 50;

/** Looks for ways around a state that is about to leave. */
export class WitnessSearch {
  readonly #graph: ContractionGraph;
  readonly #key: Float64Array;
  /** The run in which a state's key was written. */
  readonly #run: Uint32Array;
  readonly #wanted: Uint32Array;
  readonly #queue = new MinQueue();
  #current = 0;

  constructor(graph: ContractionGraph) {
    this.#graph = graph;
    this.#key = new Float64Array(graph.count);
    [this.#run, this.#wanted] = [new Uint32Array(graph.count), new Uint32Array(graph.count)];
  }

  /** Searches from `from` around `without`, towards the states that `without` leads to, `first` away from it. */
  run(from: number, without: number, first: number): void {
    const [graph, queue, wanted] = [this.#graph, this.#queue, this.#wanted];
    const current = ++this.#current;
    let [open, farthest] = [0, 0];
    for (let edge = graph.firstOut(without); edge !== -1; edge = graph.nextOut(edge)) {
      if (graph.to[edge] === from) continue;
      wanted[graph.to[edge]!] = current;
      farthest = Math.max(farthest, first + graph.key[edge]!);
      open++;
    }
    queue.clear();
    this.#key[from] = 0;
    this.#run[from] = current;
    queue.push(0, from);
    for (let settled = 0; queue.size > 0 && settled < patience && open > 0;) {
      const at = queue.least;
      if (at > farthest) break;
      const state = queue.pop();
      if (at > this.#key[state]!) continue;
      settled++;
      if (wanted[state] === current) open--;
      this.#relax(state, at, without, farthest);
    }
  }

  #relax(state: number, at: number, without: number, farthest: number): void {
    // Two thirds of all contracting is spent here: plain locals instead of fields, read once.
    const graph = this.#graph;
    const current = this.#current;
    const ends = graph.to;
    const edgeKeys = graph.key;
    const run = this.#run;
    const keys = this.#key;
    for (let edge = graph.firstOut(state); edge !== -1; edge = graph.nextOut(edge)) {
      const key = at + edgeKeys[edge]!;
      if (key > farthest) continue;
      const to = ends[edge]!;
      if (to === without || (run[to] === current && keys[to]! <= key)) continue;
      run[to] = current;
      keys[to] = key;
      this.#queue.push(key, to);
    }
  }

  /** Whether the last run found a way to `state` that is as cheap as `key`. */
  reaches(state: number, key: number): boolean {
    return this.#run[state] === this.#current && this.#key[state]! <= key;
  }
}
