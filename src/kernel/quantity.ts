declare const unit: unique symbol;
type Quantity<Unit extends string> = number & { readonly [unit]: Unit };

/** How far. Whole metres, never negative. */
export type Meters = Quantity<"m">;
/** How long, not when. Whole seconds, never negative. */
export type Seconds = Quantity<"s">;
/** When. Whole milliseconds since 1970 UTC; plans and the optimizer work in Seconds. Local rules (cut-offs, hours, tariffs) go through the place's zone. */
export type Instant = Quantity<"epoch-ms">;
/** How much, in the minor unit of its currency (yen have none). Negative means owed back. Never without its `Currency`. */
export type Minor = Quantity<"minor">;
/** How heavy. Whole grams, never negative. */
export type Grams = Quantity<"g">;
/** How bulky. Whole litres, never negative: parcels are rounded up when they are accepted. */
export type Liters = Quantity<"l">;

const whole = (value: number, what: string): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} must be a whole number, got ${value}`);
  return value;
};

const natural = (value: number, what: string): number => {
  if (whole(value, what) < 0) throw new RangeError(`${what} must not be negative, got ${value}`);
  return value;
};

/** Throws a RangeError unless `value` is whole and not negative, as do `seconds`, `grams` and `liters`. */
export const meters = (value: number): Meters => natural(value, "meters") as Meters;
export const seconds = (value: number): Seconds => natural(value, "seconds") as Seconds;
export const grams = (value: number): Grams => natural(value, "grams") as Grams;
export const liters = (value: number): Liters => natural(value, "liters") as Liters;
/** Throws a RangeError unless `value` is a whole number of milliseconds. */
export const instant = (value: number): Instant => whole(value, "instant") as Instant;
/** Throws a RangeError unless `value` is whole: money is rounded where it is born. */
export const minor = (value: number): Minor => whole(value, "minor") as Minor;

export const minutes = (value: number): Seconds => seconds(Math.round(value * 60));
export const hours = (value: number): Seconds => seconds(Math.round(value * 3600));

/** The instant `wait` after `start`. */
export const after = (start: Instant, wait: Seconds): Instant => instant(start + wait * 1000);
/** The instant `wait` before `start`. */
export const before = (start: Instant, wait: Seconds): Instant => instant(start - wait * 1000);
/** Whole seconds from `start` to `end`, rounded up; 0 when `end` is not later. */
export const between = (start: Instant, end: Instant): Seconds => seconds(Math.max(0, Math.ceil((end - start) / 1000)));
export const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);
export const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** RFC 3339 in UTC with milliseconds, e.g. `2026-11-21T09:00:00.000Z`. */
export const toIso = (at: Instant): string => new Date(at).toISOString();

/** Reads an RFC 3339 date-time that carries an offset; null when it is not one (a local time without offset is ambiguous). */
export function fromIso(text: string): Instant | null {
  const read = /^(\d{4})-(\d{2})-(\d{2})[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:?\d{2})$/.exec(text);
  if (!read) return null;
  // The runtime takes 30 February for 2 March.
  const day = new Date(Date.UTC(Number(read[1]), Number(read[2]) - 1, Number(read[3])));
  const at = Date.parse(text.replace(" ", "T"));
  return Number.isNaN(at) || day.getUTCDate() !== Number(read[3]) ? null : instant(at);
}
