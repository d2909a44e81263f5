import type { Half } from "./hierarchy.ts";
import type { Space } from "./meet.ts";
import type { Seeds } from "./search.ts";
import type { Skeleton } from "./skeleton.ts";

/**
 * A search that only climbs: forwards along `up` edges, backwards along `down` edges against their direction. All that
 * it can meet are the ancestors of where it began: it goes through those in order and needs no queue.
 *
 * Source: Dibbelt, Strasser & Wagner, Customizable Contraction Hierarchies, 2016 (the elimination tree query).
 */
export class Climb {
  /** Of every rank since the last `run`; `Infinity` where it did not come. */
  readonly key: Float64Array;
  /** The rank before, -1 where the climb began; valid where `key` is finite. */
  readonly before: Int32Array;
  /** Where it may have come since the last `run`: the first `count`, ascending. */
  readonly passed: Uint32Array;
  count = 0;
  readonly #half: Half;
  readonly #other: Half;
  readonly #parent: Int32Array;
  readonly #rank: Uint32Array;

  constructor(half: Half, other: Half, { parent, rank }: Pick<Skeleton, "parent" | "rank">) {
    [this.#half, this.#other, this.#parent, this.#rank] = [half, other, parent, rank];
    this.key = new Float64Array(parent.length).fill(Infinity);
    this.before = new Int32Array(parent.length);
    this.passed = new Uint32Array(parent.length);
  }

  run({ states, keys }: Seeds): void {
    for (let i = 0; i < this.count; i++) this.key[this.passed[i]!] = Infinity;
    this.count = 0;
    let heads: number[] = [];
    states.forEach((state, i) => {
      const rank = this.#rank[state]!;
      if (!heads.includes(rank)) heads.push(rank);
      if (keys[i]! >= this.key[rank]!) return;
      this.key[rank] = keys[i]!;
      this.before[rank] = -1;
    });
    // One path to the top from each seed: always the lowest of their heads moves on, until they are one.
    while (heads.length > 1) {
      const lowest = Math.min(...heads);
      this.#pass(lowest);
      heads = [...new Set(heads.map((head) => (head === lowest ? this.#parent[head]! : head)))].filter(
        (at) => at !== -1,
      );
    }
    for (let head = heads[0] ?? -1; head !== -1; head = this.#parent[head]!) this.#pass(head);
  }

  /**
   * Everything at which a cheapest way may turn from going up to going down. Where another way comes down from above at
   * no higher cost, one that turns there can be replaced by one that turns above: on Porto that leaves two thirds.
   */
  space(seeds: Seeds): Space {
    this.run(seeds);
    const { start, end, key: keys } = this.#other;
    const [ranks, found] = [[] as number[], [] as number[]];
    for (let i = this.count - 1; i >= 0; i--) {
      const rank = this.passed[i]!;
      let fromAbove = Infinity;
      for (let edge = start[rank]!; edge < start[rank + 1]!; edge++)
        fromAbove = Math.min(fromAbove, this.key[end[edge]!]! + keys[edge]!);
      if (fromAbove <= this.key[rank]!) this.key[rank] = fromAbove;
      else {
        ranks.push(rank);
        found.push(this.key[rank]!);
      }
    }
    return { ranks: Uint32Array.from(ranks), keys: Float64Array.from(found) };
  }

  #pass(rank: number): void {
    this.passed[this.count++] = rank;
    const at = this.key[rank]!;
    if (at === Infinity) return;
    const { start, end, key: keys } = this.#half;
    const last = start[rank + 1]!;
    for (let edge = start[rank]!; edge < last; edge++) {
      const total = at + keys[edge]!;
      const high = end[edge]!;
      if (total < this.key[high]!) {
        this.key[high] = total;
        this.before[high] = rank;
      }
    }
  }
}
