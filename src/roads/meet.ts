/** What a climb meets: ranks with their keys. */
export interface Space {
  readonly ranks: Uint32Array;
  readonly keys: Float64Array;
}

/**
 * The cheapest meeting of every source's space with every target's, row by row; `Infinity` where they do not meet.
 *
 * Few of one kind: each is spread over all ranks and the others' spaces are read against it, so that a dispatcher's
 * 2 × 200 costs no more than those spaces. Many of both: targets are laid into buckets by rank, so that each source
 * looks only at what it can meet.
 *
 * Source: Knopp et al., Computing Many-to-Many Shortest Paths Using Highway Hierarchies, 2007.
 */
export class Meeting {
  readonly #ranks: number;
  /** Infinity everywhere between two uses. */
  readonly #spread: Float64Array;

  constructor(ranks: number) {
    this.#ranks = ranks;
    this.#spread = new Float64Array(ranks).fill(Infinity);
  }

  cells(sources: readonly Space[], targets: readonly Space[]): Float64Array {
    const cells = new Float64Array(sources.length * targets.length).fill(Infinity);
    const [rows, columns] = [sources.length, targets.length];
    if (rows <= few) sources.forEach((one, i) => this.#meetOne(one, targets, cells, i * columns, 1));
    else if (columns <= few) targets.forEach((one, j) => this.#meetOne(one, sources, cells, j, columns));
    else this.#meetMany(sources, targets, cells);
    return cells;
  }

  #meetOne(one: Space, others: readonly Space[], cells: Float64Array, first: number, step: number): void {
    const spread = this.#spread;
    for (let i = 0; i < one.ranks.length; i++) spread[one.ranks[i]!] = one.keys[i]!;
    for (let at = 0; at < others.length; at++) {
      const { ranks, keys } = others[at]!;
      let best = Infinity;
      for (let i = 0; i < ranks.length; i++) {
        const total = spread[ranks[i]!]! + keys[i]!;
        if (total < best) best = total;
      }
      cells[first + at * step] = best;
    }
    for (let i = 0; i < one.ranks.length; i++) spread[one.ranks[i]!] = Infinity;
  }

  #meetMany(sources: readonly Space[], targets: readonly Space[], cells: Float64Array): void {
    const { start, target, key } = layBuckets(targets, this.#ranks);
    for (let row = 0; row < sources.length; row++) {
      const { ranks, keys } = sources[row]!;
      const base = row * targets.length;
      for (let i = 0; i < ranks.length; i++) {
        const rank = ranks[i]!;
        const at = keys[i]!;
        const last = start[rank + 1]!;
        for (let entry = start[rank]!; entry < last; entry++) {
          const cell = base + target[entry]!;
          const total = at + key[entry]!;
          if (total < cells[cell]!) cells[cell] = total;
        }
      }
    }
  }
}

/** Below this, reading every space of the other kind is cheaper than laying buckets over all ranks. */
const few = 32;

interface Buckets {
  readonly start: Uint32Array;
  readonly target: Uint32Array;
  readonly key: Float64Array;
}

function layBuckets(targets: readonly Space[], ranks: number): Buckets {
  const start = new Uint32Array(ranks + 1);
  for (const { ranks: met } of targets) for (let i = 0; i < met.length; i++) start[met[i]! + 1]!++;
  for (let rank = 0; rank < ranks; rank++) start[rank + 1]! += start[rank]!;
  const [next, size] = [start.slice(), start[ranks]!];
  const [target, key] = [new Uint32Array(size), new Float64Array(size)];
  targets.forEach(({ ranks: met, keys }, column) => {
    for (let i = 0; i < met.length; i++) {
      const at = next[met[i]!]!++;
      target[at] = column;
      key[at] = keys[i]!;
    }
  });
  return { start, target, key };
}
