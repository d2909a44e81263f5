import type { Streets } from "./streets.ts";

/** A part of the city in two, and the stretches between the two (in a part of one junction: its loops). */
export interface Cut {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly cut: readonly number[];
}

/**
 * Cuts a part of the city along few stretches: in each of four directions the junctions that lie foremost and those
 * that lie hindmost are held apart by a minimum cut; the one with the fewest stretches for the size of its smaller side
 * is taken. `place` is room for work, one number for each junction of the city.
 *
 * Source: Schild & Sommer, On Balanced Separators in Road Networks, 2015.
 */
export function cutPart(streets: Streets, junctions: Uint32Array, place: Uint32Array): Cut {
  const count = junctions.length;
  if (count === 1) return { left: junctions.slice(1), right: junctions.slice(1), cut: loopsAt(streets, junctions[0]!) };
  const part = new Part(streets, junctions, place);
  // Where all junctions lie in one spot no direction tells them apart: any half will do.
  let best: Uint8Array = Uint8Array.from(junctions, (_, i) => (2 * i < count ? 1 : 0));
  let least = Infinity;
  for (const ahead of directions) {
    const side = part.holdApart(Float64Array.from(junctions, (at) => ahead(streets.x[at]!, streets.y[at]!)));
    if (side === null) continue;
    const left = side.reduce((sum, one) => sum + one, 0);
    const worth = part.crossing(side).length / Math.min(left, count - left);
    if (worth < least) [best, least] = [side, worth];
  }
  return {
    left: junctions.filter((_, i) => best[i] === 1),
    right: junctions.filter((_, i) => best[i] === 0),
    cut: part.crossing(best),
  };
}

const directions: readonly ((x: number, y: number) => number)[] = [
  (x) => x,
  (_, y) => y,
  (x, y) => x + y,
  (x, y) => x - y,
];

/** Share of the junctions held on either side. */
const held = 0.25;

const loopsAt = ({ start, stretches, from, to }: Streets, junction: number): number[] => [
  ...new Set(stretches.subarray(start[junction], start[junction + 1]).filter((at) => from[at] === to[at])),
];

/** Junctions numbered by their place in the part, and the stretches that stay in it, each seen from both ends. */
class Part {
  readonly #stretch: number[] = [];
  readonly #from: number[] = [];
  readonly #to: number[] = [];
  /** Sights of stretches from each junction: `2 × edge` along it, plus 1 against it. */
  readonly #start: Uint32Array;
  readonly #sight: Uint32Array;
  /** Of each edge 1 along it, -1 against it, 0 for none. */
  readonly #flow: Int8Array;

  constructor({ from, to, start, stretches }: Streets, junctions: Uint32Array, place: Uint32Array) {
    junctions.forEach((junction, i) => void (place[junction] = i));
    junctions.forEach((junction, i) => {
      for (let at = start[junction]!; at < start[junction + 1]!; at++) {
        const stretch = stretches[at]!;
        const far = to[stretch]!;
        if (from[stretch] !== junction || far === junction || junctions[place[far]!] !== far) continue;
        this.#stretch.push(stretch);
        this.#from.push(i);
        this.#to.push(place[far]!);
      }
    });
    this.#start = new Uint32Array(junctions.length + 1);
    for (const ends of [this.#from, this.#to]) for (const end of ends) this.#start[end + 1]!++;
    for (let i = 0; i < junctions.length; i++) this.#start[i + 1]! += this.#start[i]!;
    this.#sight = new Uint32Array(2 * this.#stretch.length);
    const next = this.#start.slice();
    this.#from.forEach((end, edge) => void (this.#sight[next[end]!++] = 2 * edge));
    this.#to.forEach((end, edge) => void (this.#sight[next[end]!++] = 2 * edge + 1));
    this.#flow = new Int8Array(this.#stretch.length);
  }

  /** The stretches between the two sides. */
  crossing(side: Uint8Array): number[] {
    return this.#stretch.filter((_, edge) => side[this.#from[edge]!] !== side[this.#to[edge]!]);
  }

  /**
   * A minimum cut between the foremost and the hindmost: 1 for junctions on the foremost's side. Null when they cannot
   * be told apart.
   */
  holdApart(ahead: Float64Array): Uint8Array | null {
    const sorted = ahead.toSorted();
    const [low, high] = [
      sorted[Math.floor(held * (ahead.length - 1))]!,
      sorted[Math.ceil((1 - held) * (ahead.length - 1))]!,
    ];
    if (low >= high) return null;
    this.#flow.fill(0);
    const isEnd = Uint8Array.from(ahead, (at) => (at >= high ? 1 : 0));
    const begin = Uint32Array.from(ahead.keys()).filter((i) => ahead[i]! <= low);
    for (;;) {
      const { seen, found } = this.#augment(begin, isEnd);
      if (found === 0) return seen;
    }
  }

  /** One wave from all that lies foremost; what it meets at the other side becomes flow, as long as nothing is used twice. */
  #augment(begin: Uint32Array, isEnd: Uint8Array): { readonly seen: Uint8Array; readonly found: number } {
    const seen = new Uint8Array(isEnd.length);
    const foundBy = new Int32Array(isEnd.length).fill(-1);
    const queue = new Uint32Array(isEnd.length);
    queue.set(begin);
    for (const at of begin) seen[at] = 1;
    let [last, found] = [begin.length, 0];
    for (let first = 0; first < last; first++) {
      const at = queue[first]!;
      for (let i = this.#start[at]!; i < this.#start[at + 1]!; i++) {
        const sight = this.#sight[i]!;
        const next = this.#far(sight);
        if (seen[next] === 1 || this.#isFull(sight)) continue;
        foundBy[next] = sight;
        if (isEnd[next] === 1) found += this.#push(next, foundBy);
        else {
          seen[next] = 1;
          queue[last++] = next;
        }
      }
    }
    return { seen, found };
  }

  #far(sight: number): number {
    return (sight & 1 ? this.#from : this.#to)[sight >> 1]!;
  }

  #isFull(sight: number): boolean {
    return this.#flow[sight >> 1] === (sight & 1 ? -1 : 1);
  }

  /** Sends flow along the way a junction was found by; 0 when part of it is full by now. */
  #push(end: number, foundBy: Int32Array): 0 | 1 {
    const way: number[] = [];
    for (let at = end; foundBy[at] !== -1; at = this.#far(foundBy[at]! ^ 1)) way.push(foundBy[at]!);
    if (way.some((sight) => this.#isFull(sight))) return 0;
    for (const sight of way) this.#flow[sight >> 1]! += sight & 1 ? -1 : 1;
    return 1;
  }
}
