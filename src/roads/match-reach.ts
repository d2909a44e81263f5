import { decimetersOf, type Key } from "./key.ts";
import { MinQueue } from "./min-queue.ts";
import type { RoadGraph } from "./road-graph.ts";

/** Searches from the end of one arc to some others near by, in memory that is used again. */
export class Reach {
  readonly #graph: RoadGraph;
  readonly #key: Float64Array;
  readonly #parent: Int32Array;
  /** The state in which a wanted arc was settled first. */
  readonly #stateOf: Int32Array;
  /** The run in which a state was reached; in which an arc was wanted, and settled. */
  readonly #reached: Uint32Array;
  readonly #wanted: Uint32Array;
  readonly #settled: Uint32Array;
  readonly #queue = new MinQueue();
  #run = 0;

  constructor(graph: RoadGraph) {
    this.#graph = graph;
    const [states, arcs] = [graph.stateArc.length, graph.arcKey.length];
    [this.#key, this.#parent, this.#reached] = [
      new Float64Array(states),
      new Int32Array(states),
      new Uint32Array(states),
    ];
    [this.#stateOf, this.#wanted, this.#settled] = [new Int32Array(arcs), new Uint32Array(arcs), new Uint32Array(arcs)];
  }

  /**
   * Settles those of the arcs `goals` that begin within about `meters` of the end of `from`, in either of their states; a
   * way round the block back onto `from` counts as well.
   */
  run(from: number, goals: readonly number[], meters: number): void {
    const { arcSource, stateArc, turnStart, turnTo, turnKey } = this.#graph;
    const run = ++this.#run;
    let open = 0;
    for (const arc of goals) {
      if (this.#wanted[arc] !== run) open++;
      this.#wanted[arc] = run;
    }
    this.#queue.clear();
    const start = arcSource[from]!;
    for (let i = turnStart[start]!; i < turnStart[start + 1]!; i++) this.#reach(turnTo[i]!, turnKey[i]!, -1);
    while (open > 0 && this.#queue.size > 0) {
      const key = this.#queue.least;
      const state = this.#queue.pop();
      if (key > this.#key[state]!) continue;
      const arc = stateArc[state]!;
      if (this.#wanted[arc] === run && this.#settled[arc] !== run) {
        [this.#settled[arc], this.#stateOf[arc]] = [run, state];
        open--;
      }
      if (decimetersOf(key) > meters * 10) continue;
      for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) this.#reach(turnTo[i]!, key + turnKey[i]!, state);
    }
  }

  #reach(state: number, key: Key, parent: number): void {
    // What is closed for now has no key.
    if (key === Infinity || (this.#reached[state] === this.#run && this.#key[state]! <= key)) return;
    this.#reached[state] = this.#run;
    this.#key[state] = key;
    this.#parent[state] = parent;
    this.#queue.push(key, state);
  }

  /** From the end of the run's first arc to the beginning of `arc`, turns included; `Infinity` when out of reach. */
  keyTo(arc: number): Key {
    if (this.#settled[arc] !== this.#run) return Infinity;
    return this.#key[this.#stateOf[arc]!]! - this.#graph.arcKey[arc]!;
  }

  /** The arcs driven after the first one, `arc` the last of them; empty when out of reach. */
  wayTo(arc: number): number[] {
    if (this.#settled[arc] !== this.#run) return [];
    const arcs: number[] = [];
    for (let state = this.#stateOf[arc]!; state !== -1; state = this.#parent[state]!)
      arcs.push(this.#graph.stateArc[state]!);
    return arcs.reverse();
  }
}
