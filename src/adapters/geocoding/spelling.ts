/** How far two spellings may differ to be taken for the same word: nothing below three letters, one slip below six, else two. */
const slipsAllowed = (letters: number): number => (letters < 3 ? 0 : letters < 6 ? 1 : 2);

/** Only the beginning of a word is indexed with its letters left out: enough to find it, a tenth of the memory. */
const indexed = 7;

export interface Alike {
  readonly word: number;
  /** 1 for the same spelling, less for every slip. */
  readonly likeness: number;
}

/**
 * The words a city's names are made of, found again through typing errors.
 *
 * Each word is stored under every spelling that leaves out up to two of its first seven letters, so that a misspelt word
 * meets it by exact look-up (the symmetric delete idea of Wolf Garbe's SymSpell, 2012); candidates are then measured.
 */
export class Spelling {
  readonly #words: string[] = [];
  readonly #letters: number[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #shortened = new Map<string, number[]>();
  #sorted: number[] | null = null;

  get size(): number {
    return this.#words.length;
  }

  /** The number of `word`, given on first sight; equal spellings share one. */
  add(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#words.push(word) - 1;
    this.#letters.push(lettersOf(word));
    this.#numbers.set(word, number);
    for (const short of shortenings(word)) {
      const list = this.#shortened.get(short);
      if (list === undefined) this.#shortened.set(short, [number]);
      else list.push(number);
    }
    this.#sorted = null;
    return number;
  }

  /** Words spelt like `word`, the most alike first; with `begins`, also words that it is the beginning of. */
  alike(word: string, begins: boolean): Alike[] {
    const found = new Map<number, number>();
    const seen = new Set<number>();
    const letters = lettersOf(word);
    for (const short of shortenings(word))
      for (const number of this.#shortened.get(short) ?? []) {
        if (seen.has(number)) continue;
        seen.add(number);
        const other = this.#words[number]!;
        const length = Math.max(word.length, other.length);
        const most = slipsAllowed(length);
        if (bits(letters ^ this.#letters[number]!) > 2 * most) continue;
        const slips = distance(word, other, most);
        if (slips !== null) found.set(number, slips === 0 ? 1 : 0.94 - slips / length);
      }
    if (begins && word.length >= 3)
      for (const number of this.#beginning(word)) if (!found.has(number)) found.set(number, 0.7);
    return [...found].map(([number, likeness]) => ({ word: number, likeness })).sort((a, b) => b.likeness - a.likeness);
  }

  /** At most forty words that begin with `word`. */
  #beginning(word: string): number[] {
    this.#sorted ??= this.#words.map((_, i) => i).sort((a, b) => (this.#words[a]! < this.#words[b]! ? -1 : 1));
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#words[this.#sorted[middle]!]! < word) low = middle + 1;
      else high = middle;
    }
    const found: number[] = [];
    while (low < this.#sorted.length && found.length < 40 && this.#words[this.#sorted[low]!]!.startsWith(word))
      found.push(this.#sorted[low++]!);
    return found;
  }
}

/** Which letters occur, one bit each: a slip changes at most two, so most words need not be measured at all. */
function lettersOf(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) % 32);
  return mask;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The beginning of `word`, and that with one and with two letters left out. */
function shortenings(word: string): Set<string> {
  const all = new Set([word.slice(0, indexed)]);
  let last = [...all];
  for (let left = Math.min(2, slipsAllowed(word.length + 1)); left > 0; left--) {
    const next: string[] = [];
    for (const text of last)
      for (let i = 0; i < text.length; i++) {
        const short = text.slice(0, i) + text.slice(i + 1);
        if (!all.has(short)) next.push(short);
        all.add(short);
      }
    last = next;
  }
  return all;
}

/** Letters to replace, add, drop or swap with their neighbour, null when more than `most` (optimal string alignment). */
export function distance(a: string, b: string, most: number): number | null {
  if (Math.abs(a.length - b.length) > most) return null;
  if (a === b) return 0;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return null;
    [before, last] = [last, row];
  }
  return last[b.length]! > most ? null : last[b.length]!;
}
