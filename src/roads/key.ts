/**
 * Travel time and length in one number: `milliseconds × 2^24 + decimetres`.
 *
 * Keys add and compare like times, and equal times by length; both parts stay whole and exact below 2^53. So every
 * search that minimises keys finds the same time and the same length, whatever order it works in, and one
 * `Float64Array` carries both. Room: 149 hours and 1,677 km for one way, enough for a city and its region.
 */
export type Key = number;

const step = 2 ** 24;

/** Both rounded to whole units. */
export const keyOf = (milliseconds: number, decimeters: number): Key =>
  Math.round(milliseconds) * step + Math.round(decimeters);

export const millisecondsOf = (key: Key): number => Math.floor(key / step);
export const decimetersOf = (key: Key): number => key - Math.floor(key / step) * step;

/** The first `share` (0 to 1) of a way with this key. */
export const partOf = (key: Key, share: number): Key => keyOf(share * millisecondsOf(key), share * decimetersOf(key));
