import { toLocal } from "../../kernel/local-time.ts";
import type { Instant } from "../../kernel/quantity.ts";
import { bandAt, type BandOfYear } from "../../roads/index.ts";

const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** The band of hours that a moment lies in by the clocks of a zone; `holidays` are `2026-12-25`, or `12-25` for every year. */
export function bandOfYear(at: Instant, zone: string, holidays: readonly string[] = []): BandOfYear {
  const { year, month, day, hour, minute } = toLocal(at, zone);
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  const date = `${twoDigits(month)}-${twoDigits(day)}`;
  const isHoliday = holidays.some((one) => one === date || one === `${year}-${date}`);
  return { band: bandAt({ weekday, minute: hour * 60 + minute, isHoliday }), month };
}
