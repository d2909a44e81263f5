import type { Half } from "./hierarchy.ts";
import { MinQueue } from "./min-queue.ts";

/**
 * A Dijkstra search that only climbs. Forwards it climbs `up` edges, backwards `down` edges against their direction.
 */
export class Climb {
  /** Valid for ranks reached since the last `begin`. */
  readonly key: Float64Array;
  readonly parent: Int32Array;
  readonly #half: Half;
  readonly #other: Half;
  readonly #reached: Uint32Array;
  readonly #queue = new MinQueue();
  #run = 0;

  constructor(half: Half, other: Half) {
    [this.#half, this.#other] = [half, other];
    const count = half.start.length - 1;
    [this.key, this.parent] = [new Float64Array(count), new Int32Array(count)];
    this.#reached = new Uint32Array(count);
  }

  begin(): void {
    this.#run++;
    this.#queue.clear();
  }

  /** The key of what `step` settles next; Infinity when all is done. */
  get least(): number {
    return this.#queue.least;
  }

  has(rank: number): boolean {
    return this.#reached[rank] === this.#run;
  }

  reach(rank: number, key: number, parent: number): void {
    if (this.#reached[rank] === this.#run && this.key[rank]! <= key) return;
    this.#reached[rank] = this.#run;
    this.key[rank] = key;
    this.parent[rank] = parent;
    this.#queue.push(key, rank);
  }

  /** Settles one rank and answers it; -1 when it was settled before, or is reached more cheaply from above. */
  step(): number {
    const key = this.#queue.least;
    const rank = this.#queue.pop();
    if (key > this.key[rank]! || this.#isStalled(rank, key)) return -1;
    const { start, end, key: keys } = this.#half;
    for (let i = start[rank]!; i < start[rank + 1]!; i++) this.reach(end[i]!, key + keys[i]!, rank);
    return rank;
  }

  /** Stall on demand: a way that comes down to here cheaper shows that the climb to here is on no shortest way. */
  #isStalled(rank: number, key: number): boolean {
    const { start, end, key: keys } = this.#other;
    for (let i = start[rank]!; i < start[rank + 1]!; i++) {
      const above = end[i]!;
      if (this.#reached[above] === this.#run && this.key[above]! + keys[i]! < key) return true;
    }
    return false;
  }
}
