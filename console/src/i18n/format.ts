/** Everything a person reads that is not a sentence: times in the city's zone, money by its currency, ages, shares. */
export interface Format {
  readonly language: string;
  readonly zone: string;
  /** 14:32 */
  readonly time: (iso: string) => string;
  /** 14:32:05 */
  readonly clock: (iso: string) => string;
  /** Sat 21 Nov, 14:32 */
  readonly dateTime: (iso: string) => string;
  /** 14:32 when it is on the same day there as `now`, else with its date. */
  readonly when: (iso: string, now: string) => string;
  /** 14:00–15:30; an open end is an ellipsis. Null when both are open. */
  readonly span: (
    window: { readonly earliest: string | null; readonly latest: string | null },
    now: string,
  ) => string | null;
  readonly money: (money: { readonly amount: number; readonly currency: string }) => string;
  readonly number: (value: number, digits?: number) => string;
  /** 0.934 as 93 % */
  readonly share: (value: number) => string;
  /** 45 s, 3 min, 2 h, 5 d */
  readonly age: (seconds: number) => string;
  /** 10 min */
  readonly minutes: (count: number) => string;
  /** 820 ms, 4.1 s */
  readonly wait: (milliseconds: number) => string;
  /** 850 m, 3.2 km */
  readonly distance: (meters: number) => string;
  /** 1.2 kg, 350 g */
  readonly weight: (grams: number) => string;
}

export function formatFor(language: string, zone: string): Format {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
    return (iso: string) => made.format(new Date(iso));
  };
  const time = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
  const dayTime = dates({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const unit = (name: string, digits = 0) => {
    const made = new Intl.NumberFormat(language, { style: "unit", unit: name, maximumFractionDigits: digits });
    return (value: number) => made.format(value);
  };
  const [second, minute, hour, days] = [unit("second"), unit("minute"), unit("hour"), unit("day")];
  const [meter, kilometer, gram, kilogram] = [unit("meter"), unit("kilometer", 1), unit("gram"), unit("kilogram", 1)];
  const [millisecond, shortSecond] = [unit("millisecond"), unit("second", 1)];
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  const when = (iso: string, now: string) =>
    day.format(new Date(iso)) === day.format(new Date(now)) ? time(iso) : dayTime(iso);

  return {
    language,
    zone,
    time,
    clock: dates({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
    dateTime: dates({
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }),
    when,
    span: ({ earliest, latest }, now) => {
      if (earliest === null && latest === null) return null;
      return `${earliest === null ? "…" : when(earliest, now)}–${latest === null ? "…" : when(latest, earliest ?? now)}`;
    },
    money: ({ amount, currency }) => {
      const made = new Intl.NumberFormat(language, { style: "currency", currency });
      return made.format(amount / 10 ** (made.resolvedOptions().maximumFractionDigits ?? 2));
    },
    number: (value, digits = 0) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value),
    share: (value) => percent.format(value),
    age: (seconds) => {
      if (seconds < 100) return second(Math.round(Math.max(0, seconds)));
      if (seconds < 100 * 60) return minute(Math.round(seconds / 60));
      return seconds < 48 * 3600 ? hour(Math.round(seconds / 3600)) : days(Math.round(seconds / 86_400));
    },
    minutes: minute,
    wait: (ms) => (ms < 1 ? `<${millisecond(1)}` : ms < 1000 ? millisecond(Math.round(ms)) : shortSecond(ms / 1000)),
    distance: (meters) => (meters < 1000 ? meter(Math.round(meters)) : kilometer(meters / 1000)),
    weight: (grams) => (grams < 1000 ? gram(grams) : kilogram(grams / 1000)),
  };
}
