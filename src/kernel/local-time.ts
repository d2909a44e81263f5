import { instant, type Instant } from "./quantity.ts";

/** An IANA time zone name, e.g. `Europe/Lisbon`. */
export type Zone = string & { readonly __zone?: never };

/** A civil date and time in some zone: month 1 to 12, hour 0 to 23. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const formats = new Map<Zone, Intl.DateTimeFormat>();

/** Throws a RangeError when the zone is not in the runtime's IANA database. */
function format(zone: Zone): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-US-u-ca-iso8601", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, found);
  }
  return found;
}

export function isZone(text: string): boolean {
  try {
    format(text);
    return true;
  } catch {
    return false;
  }
}

/** What the clock on the wall shows in `zone` at `at`. */
export function toLocal(at: Instant, zone: Zone): LocalTime {
  const part = Object.fromEntries(
    format(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return {
    year: part["year"]!,
    month: part["month"]!,
    day: part["day"]!,
    hour: part["hour"]!,
    minute: part["minute"]!,
    second: part["second"]!,
  };
}

const asUtc = (t: LocalTime): number => Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second);

/**
 * When the clock in `zone` shows `local`. A time that occurs twice (clocks go back) is the first of the two; a time that
 * is skipped (clocks go forward) moves on by the gap, as in `java.time` and Temporal's "compatible".
 */
export function fromLocal(local: LocalTime, zone: Zone): Instant {
  const wanted = asUtc(local);
  const offsetAt = (at: number): number => asUtc(toLocal(instant(at), zone)) - at;
  const dayBefore = offsetAt(wanted - 86_400_000);
  const dayAfter = offsetAt(wanted + 86_400_000);
  const first = wanted - dayBefore;
  if (offsetAt(first) === dayBefore) return instant(first);
  const second = wanted - dayAfter;
  return instant(offsetAt(second) === dayAfter ? second : first);
}

/** The `YYYY-MM-DD` of `at` in `zone`. */
export function localDate(at: Instant, zone: Zone): string {
  const { year, month, day } = toLocal(at, zone);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
