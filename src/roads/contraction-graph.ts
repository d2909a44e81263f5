import type { RoadGraph } from "./road-graph.ts";

/**
 * Edges between states while they are contracted: growing typed arrays, each state with a list of edges out and one of
 * edges in.
 */
export class ContractionGraph {
  readonly count: number;
  /** 1 once a state has left the graph; edges to and from it are skipped, and dropped when next met. */
  readonly gone: Uint8Array;
  from: Int32Array;
  to: Int32Array;
  key: Float64Array;
  /** The state that a short cut skips, -1 for a turn. */
  via: Int32Array;
  edges = 0;
  readonly #firstOut: Int32Array;
  readonly #firstIn: Int32Array;
  #nextOut: Int32Array;
  #nextIn: Int32Array;

  constructor({ turnStart, turnTo, turnKey }: Pick<RoadGraph, "turnStart" | "turnTo" | "turnKey">) {
    this.count = turnStart.length - 1;
    const room = Math.max(16, turnTo.length * 2);
    this.gone = new Uint8Array(this.count);
    [this.from, this.to, this.via] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];
    [this.#nextOut, this.#nextIn] = [new Int32Array(room), new Int32Array(room)];
    this.key = new Float64Array(room);
    [this.#firstOut, this.#firstIn] = [new Int32Array(this.count).fill(-1), new Int32Array(this.count).fill(-1)];
    for (let state = 0; state < this.count; state++)
      for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++)
        if (turnTo[i] !== state) this.join(state, turnTo[i]!, turnKey[i]!, -1);
  }

  /** Adds an edge, or makes the one between the same states cheaper. */
  join(from: number, to: number, key: number, via: number): void {
    for (let edge = this.#firstOut[from]!; edge !== -1; edge = this.#nextOut[edge]!) {
      if (this.to[edge] !== to) continue;
      if (key < this.key[edge]!) [this.key[edge], this.via[edge]] = [key, via];
      return;
    }
    if (this.edges === this.from.length) this.#grow();
    const edge = this.edges++;
    [this.from[edge], this.to[edge], this.key[edge], this.via[edge]] = [from, to, key, via];
    [this.#nextOut[edge], this.#nextIn[edge]] = [this.#firstOut[from]!, this.#firstIn[to]!];
    this.#firstOut[from] = this.#firstIn[to] = edge;
  }

  /** Edges out of a state to states still here; first `firstOut`, then `nextOut` until -1. */
  firstOut(state: number): number {
    let edge = this.#firstOut[state]!;
    while (edge !== -1 && this.gone[this.to[edge]!] === 1) edge = this.#nextOut[edge]!;
    return (this.#firstOut[state] = edge);
  }

  nextOut(after: number): number {
    let edge = this.#nextOut[after]!;
    while (edge !== -1 && this.gone[this.to[edge]!] === 1) edge = this.#nextOut[edge]!;
    return (this.#nextOut[after] = edge);
  }

  firstIn(state: number): number {
    let edge = this.#firstIn[state]!;
    while (edge !== -1 && this.gone[this.from[edge]!] === 1) edge = this.#nextIn[edge]!;
    return (this.#firstIn[state] = edge);
  }

  nextIn(after: number): number {
    let edge = this.#nextIn[after]!;
    while (edge !== -1 && this.gone[this.from[edge]!] === 1) edge = this.#nextIn[edge]!;
    return (this.#nextIn[after] = edge);
  }

  #grow(): void {
    const grown = (array: Int32Array): Int32Array => {
      const larger = new Int32Array(array.length * 2);
      larger.set(array);
      return larger;
    };
    [this.from, this.to, this.via] = [grown(this.from), grown(this.to), grown(this.via)];
    [this.#nextOut, this.#nextIn] = [grown(this.#nextOut), grown(this.#nextIn)];
    const key = new Float64Array(this.key.length * 2);
    key.set(this.key);
    this.key = key;
  }
}
