/** Chance as a parameter: the same seed gives the same day, on any machine. */
export interface Rng {
  /** Uniform in [0, 1), 32 bits of it. */
  next(): number;
  /** Uniform whole number in [0, bound). */
  below(bound: number): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Exponentially distributed with the given mean. */
  exponential(mean: number): number;
  /** Normally distributed (Box-Muller). */
  normal(mean: number, deviation: number): number;
  /** One of `items`, which must not be empty. */
  pick<Item>(items: readonly Item[]): Item;
  /** A generator of its own for one purpose: what one part draws never shifts what another part gets. */
  fork(purpose: string): Rng;
}

/**
 * sfc32, Chris Doty-Humphrey's small fast chaotic generator (PractRand), seeded by hashing the text with FNV-1a and
 * mixing twelve rounds. Not for secrets: those come from the operating system.
 */
export function seeded(seed: number | string): Rng {
  const name = String(seed);
  let [a, b, c, counter] = [hash(name, 0), hash(name, 1), hash(name, 2), 1];
  const word = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) word();

  const next = (): number => word() / 4294967296;
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    between: (low, high) => low + next() * (high - low),
    exponential: (mean) => -Math.log(1 - next()) * mean,
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (items) => {
      if (items.length === 0) throw new RangeError("pick from an empty list");
      return items[Math.floor(next() * items.length)]!;
    },
    fork: (purpose) => seeded(`${name}/${purpose}`),
  };
}

function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
