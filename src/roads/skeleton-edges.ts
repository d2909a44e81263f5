/**
 * The edges of one direction of a skeleton while it is made, each kept at its lower end. Ranks are closed from the
 * lowest on: all that is below a rank is known when its own edges are looked for.
 */
export class SkeletonEdges {
  readonly #start: Uint32Array;
  #end = new Uint32Array(1024);
  #low = new Uint32Array(1024);
  /** The edge before this one with the same upper end, -1 for none. */
  #before = new Int32Array(1024);
  readonly #lastInto: Int32Array;
  /** The rank, plus one, that last found this upper end. */
  readonly #foundBy: Uint32Array;
  #found = new Uint32Array(1024);
  #count = 0;

  constructor(ranks: number) {
    this.#start = new Uint32Array(ranks + 1);
    this.#lastInto = new Int32Array(ranks).fill(-1);
    this.#foundBy = new Uint32Array(ranks);
  }

  /** Calls for the lower end of every edge into `high`. */
  forEachLow(high: number, visit: (low: number) => void): void {
    for (let edge = this.#lastInto[high]!; edge !== -1; edge = this.#before[edge]!) visit(this.#low[edge]!);
  }

  /** The open rank needs an edge to (or from) `high`. */
  find(open: number, high: number): void {
    if (this.#foundBy[high] === open + 1) return;
    this.#foundBy[high] = open + 1;
    if (this.#count === this.#found.length) this.#found = larger(this.#found);
    this.#found[this.#count++] = high;
  }

  /** The open rank takes over the edges of a rank below it, as far as they lead higher than itself. */
  takeOver(open: number, low: number): void {
    const first = this.#start[low]!;
    for (let i = this.#start[low + 1]! - 1; i >= first && this.#end[i]! > open; i--) this.find(open, this.#end[i]!);
  }

  close(open: number): void {
    const first = this.#start[open]!;
    const last = first + this.#count;
    while (last > this.#end.length) this.#grow();
    this.#end.set(this.#found.subarray(0, this.#count).sort(), first);
    for (let edge = first; edge < last; edge++) {
      const high = this.#end[edge]!;
      this.#low[edge] = open;
      this.#before[edge] = this.#lastInto[high]!;
      this.#lastInto[high] = edge;
    }
    this.#start[open + 1] = last;
    this.#count = 0;
  }

  laid(): { readonly start: Uint32Array; readonly end: Uint32Array } {
    return { start: this.#start, end: this.#end.slice(0, this.#start.at(-1)) };
  }

  #grow(): void {
    [this.#end, this.#low, this.#before] = [larger(this.#end), larger(this.#low), larger(this.#before)];
  }
}

function larger<Numbers extends Uint32Array | Int32Array>(numbers: Numbers): Numbers {
  const copy = new (numbers.constructor as new (size: number) => Numbers)(numbers.length * 2);
  copy.set(numbers);
  return copy;
}
