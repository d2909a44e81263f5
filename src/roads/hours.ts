/** A moment as people on the spot say it: the city's local time. */
export interface Moment {
  /** 0 Monday to 6 Sunday. */
  readonly weekday: number;
  /** Whole minutes since local midnight, 0 to 1439. */
  readonly minute: number;
  /** 1 to 12, and 1 to 31. */
  readonly month: number;
  readonly day: number;
  readonly isHoliday: boolean;
}

/**
 * Hours of the week and seasons of the year. Rules are read in turn: a later one speaks for the days that it names, an
 * added one adds to them.
 *
 * Source: wiki.openstreetmap.org, "Key:opening hours/specification"; of it: months and dates, weekdays, `PH`, times
 * (also over midnight), `24/7`, `off`, lists, ranges, `;` and `,` between rules. Anything else is not read at all.
 */
export type Hours = readonly HoursRule[];

interface HoursRule {
  /** `month × 100 + day`, both ends inside, over the turn of the year where the first is larger; none: all year. */
  readonly dates: readonly Span[];
  /** Bit 0 Monday to bit 6 Sunday, bit 7 public holidays; 0: every day. */
  readonly days: number;
  /** Minutes since midnight, the end not inside; beyond 1440 into the next day. Empty: never (`off`). */
  readonly times: readonly Span[];
  readonly adds: boolean;
}

type Span = readonly [from: number, to: number];

const holidays = 1 << 7;
const wholeDay: readonly Span[] = [[0, 1440]];
const weekdays = ["mo", "tu", "we", "th", "fr", "sa", "su"];
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const lastDay = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Null when any of it is not understood: hours are never guessed. */
export function readHours(text: string): Hours | null {
  const words = text.toLowerCase().match(/24\/7|\d+:\d+|\d+|[a-z]+|[-,;]|[^\s]/g) ?? [];
  const rules: HoursRule[] = [];
  const reader = new Reader(words);
  for (let adds = false; !reader.isAtEnd;) {
    const rule = reader.rule(adds);
    if (rule === null) return null;
    rules.push(rule);
    const between = reader.next();
    if (between !== undefined && between !== ";" && between !== ",") return null;
    adds = between === ",";
  }
  return rules.length === 0 ? null : rules;
}

/** Whether a moment lies in these hours. */
export function isWithin(hours: Hours, moment: Moment): boolean {
  const { minute } = moment;
  return (
    timesOn(hours, moment).some(([from, to]) => minute >= from && minute < to) ||
    timesOn(hours, dayBefore(moment)).some(([, to]) => minute + 1440 < to)
  );
}

/** Minutes at which something may change on some day: for who wants to know all that happens in a week. */
export const turningMinutes = (hours: Hours): number[] =>
  hours.flatMap(({ times }) => times.flatMap(([from, to]) => [from % 1440, to % 1440]));

/** Dates on which something may change, as `[month, day]`. */
export const turningDates = (hours: Hours): (readonly [month: number, day: number])[] =>
  hours.flatMap(({ dates }) => dates.map(([from]) => [Math.floor(from / 100), from % 100] as const));

function timesOn(hours: Hours, moment: Moment): readonly Span[] {
  let times: readonly Span[] = [];
  for (const rule of hours) if (isOnDay(rule, moment)) times = rule.adds ? [...times, ...rule.times] : rule.times;
  return times;
}

function isOnDay({ dates, days }: HoursRule, { weekday, month, day, isHoliday }: Moment): boolean {
  const date = month * 100 + day;
  const isDated = ([from, to]: Span): boolean => (from <= to ? date >= from && date <= to : date >= from || date <= to);
  if (dates.length > 0 && !dates.some(isDated)) return false;
  return days === 0 || (days & (1 << weekday)) !== 0 || (isHoliday && (days & holidays) !== 0);
}

/** Of the day before it is not known whether it was a holiday: what began then is read as on a plain day. */
function dayBefore({ weekday, minute, month, day }: Moment): Moment {
  const before = (month + 10) % 12;
  const date = day > 1 ? { month, day: day - 1 } : { month: before + 1, day: lastDay[before]! };
  return { weekday: (weekday + 6) % 7, minute, ...date, isHoliday: false };
}

class Reader {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#words.length;
  }

  next(): string | undefined {
    return this.#words[this.#at++];
  }

  #take(isWanted: (word: string) => boolean): string | null {
    const word = this.#words[this.#at];
    if (word === undefined || !isWanted(word)) return null;
    this.#at++;
    return word;
  }

  /** Null where something is not understood. */
  rule(adds: boolean): HoursRule | null {
    if (this.#take((word) => word === "24/7") !== null) return { dates: [], days: 0, times: wholeDay, adds };
    const [dates, days] = [this.#list(() => this.#dates()), this.#list(() => this.#days())];
    const times = this.#list(() => this.#times());
    const isOff = this.#take((word) => word === "off" || word === "closed") !== null;
    if (!isOff) this.#take((word) => word === "open" || word === "on");
    if (dates.length + days.length + times.length === 0 || (isOff && times.length > 0)) return null;
    const mask = days.reduce((all, some) => all | some, 0);
    return { dates, days: mask, times: isOff ? [] : times.length > 0 ? times : wholeDay, adds };
  }

  /** One and its followers after commas; a comma that something else follows is left for who reads on. */
  #list<Item>(read: () => Item | null): Item[] {
    const items: Item[] = [];
    for (let back = this.#at; ; back = this.#at, this.#at++) {
      const item = read();
      if (item === null) {
        this.#at = back;
        return items;
      }
      items.push(item);
      if (this.#words[this.#at] !== ",") return items;
    }
  }

  #dates(): Span | null {
    const from = this.#date(1);
    if (from === null) return null;
    const isRange = this.#take((word) => word === "-") !== null;
    if (!isRange) return from.hasDay ? [from.date, from.date] : [from.date, from.date + 30];
    const day = from.hasDay ? this.#take(isNumber) : null;
    if (day !== null) return [from.date, Math.floor(from.date / 100) * 100 + Number(day)];
    const to = this.#date(31);
    return to === null ? null : [from.date, to.date];
  }

  #date(otherwise: number): { readonly date: number; readonly hasDay: boolean } | null {
    const month = this.#take((word) => months.includes(word));
    if (month === null) return null;
    const day = this.#take(isNumber);
    return { date: (months.indexOf(month) + 1) * 100 + Number(day ?? otherwise), hasDay: day !== null };
  }

  #days(): number | null {
    if (this.#take((word) => word === "ph") !== null) return holidays;
    const from = this.#take((word) => weekdays.includes(word));
    if (from === null) return null;
    const first = weekdays.indexOf(from);
    if (this.#take((word) => word === "-") === null) return 1 << first;
    const to = this.#take((word) => weekdays.includes(word));
    if (to === null) return null;
    let mask = 0;
    for (let day = first; ; day = (day + 1) % 7) {
      mask |= 1 << day;
      if (day === weekdays.indexOf(to)) return mask;
    }
  }

  #times(): Span | null {
    const from = minutesOf(this.#take(isTime));
    if (from === null || this.#take((word) => word === "-") === null) return null;
    const to = minutesOf(this.#take(isTime));
    return to === null ? null : [from, to > from ? to : to + 1440];
  }
}

const isNumber = (word: string): boolean => /^\d+$/.test(word);
const isTime = (word: string): boolean => word.includes(":") && word.length > 2;

function minutesOf(text: string | null): number | null {
  const [hours, minutes] = (text ?? "").split(":").map(Number);
  return hours === undefined || minutes === undefined || hours > 26 || minutes > 59 ? null : hours * 60 + minutes;
}
