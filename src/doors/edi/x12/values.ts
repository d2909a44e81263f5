import { fromLocal, type Zone } from "../../../kernel/local-time.ts";
import { decimals, money, type Currency, type Money } from "../../../kernel/money.ts";
import type { Point } from "../../../kernel/point.ts";
import { grams, instant, liters, type Grams, type Instant, type Liters } from "../../../kernel/quantity.ts";

/** Time codes (element 623) that name a zone; `LT` and whatever else is the partner's own. A code with an S or D fixes the offset. */
const zones: Readonly<Record<string, Zone | number>> = {
  ...{
    UT: 0,
    GM: 0,
    UZ: 0,
    ET: "America/New_York",
    CT: "America/Chicago",
    MT: "America/Denver",
    PT: "America/Los_Angeles",
  },
  ...{
    ES: -5,
    ED: -4,
    CS: -6,
    CD: -5,
    MS: -7,
    MD: -6,
    PS: -8,
    PD: -7,
    AT: "America/Anchorage",
    HT: "Pacific/Honolulu",
    TT: "America/Halifax",
  },
};

/** A date CCYYMMDD and a time HHMM[SS] that were checked; without a time the day's first minute. */
export function readInstant(date: string, time: string, code: string, zone: Zone): Instant | null {
  if (!/^\d{8}$/.test(date)) return null;
  const number = (text: string, from: number, length = 2): number => Number(text.slice(from, from + length) || 0);
  const local = {
    ...{ year: number(date, 0, 4), month: number(date, 4), day: number(date, 6) },
    ...{ hour: number(time, 0), minute: number(time, 2), second: number(time, 4) },
  };
  const fixed = zones[code] ?? zone;
  if (typeof fixed === "string") return fromLocal(local, fixed);
  return instant(Date.UTC(local.year, local.month - 1, local.day, local.hour - fixed, local.minute, local.second));
}

/** Unit codes of element 188 in grams. */
const weightUnits: Readonly<Record<string, number>> = {
  L: 453.592_37,
  K: 1000,
  G: 1,
  E: 1_000_000,
  T: 907_184.74,
  O: 28.349_523_125,
};
/** Unit codes of element 184 in litres. */
const volumeUnits: Readonly<Record<string, number>> = {
  L: 1,
  E: 28.316_846_592,
  C: 0.001,
  X: 1000,
  N: 0.016_387_064,
  G: 3.785_411_784,
};

const most = 1e12;
const scaled = (text: string, unit: number | undefined): number | null => {
  const value = Number(text) * (unit ?? Number.NaN);
  return text === "" || Number.isNaN(value) || value < 0 || value > most ? null : value;
};

/** Pounds where no unit is given, as the trade reads it. Null when it is not given or in a unit that we do not know. */
export function readWeight(value: string, unit: string): Grams | null {
  const found = scaled(value, weightUnits[unit || "L"]);
  return found === null ? null : grams(Math.round(found));
}

/** Rounded up to whole litres. */
export function readVolume(value: string, unit: string): Liters | null {
  const found = scaled(value, volumeUnits[unit || "E"]);
  return found === null ? null : liters(Math.ceil(found));
}

/** Type N2 has two implied decimals: `120000` is 1200.00. Senders often write plain decimals: a point says so. */
export function readAmount(text: string, currency: Currency): Money {
  const value = text.includes(".") ? Number(text) : Number(text) / 100;
  return money(Math.round(value * 10 ** decimals(currency)) || 0, currency);
}

/** Always with the two implied decimals of N2, whatever the currency's own. */
export const writeAmount = ({ amount, currency }: Money): string =>
  String(Math.round((amount / 10 ** decimals(currency)) * 100));

/** DDDMMSS with its direction (elements 1654 to 1656), as MS1 has them. */
export function readPoint(longitude: string, latitude: string, east: string, north: string): Point | null {
  const degrees = (text: string): number | null =>
    /^\d{7}$/.test(text)
      ? Number(text.slice(0, 3)) + Number(text.slice(3, 5)) / 60 + Number(text.slice(5)) / 3600
      : null;
  const [x, y] = [degrees(longitude), degrees(latitude)];
  if (x === null || y === null || x > 180 || y > 90) return null;
  return [east === "W" ? -x : x, north === "S" ? -y : y];
}

export function writePoint([longitude, latitude]: Point): readonly [string, string, string, string] {
  const text = (degrees: number): string => {
    const seconds = Math.round(Math.abs(degrees) * 3600);
    const two = (value: number): string => String(value).padStart(2, "0");
    return String(Math.floor(seconds / 3600)).padStart(3, "0") + two(Math.floor(seconds / 60) % 60) + two(seconds % 60);
  };
  return [text(longitude), text(latitude), longitude < 0 ? "W" : "E", latitude < 0 ? "S" : "N"];
}
