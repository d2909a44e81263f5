import { toLocal } from "../../kernel/local-time.ts";
import type { Instant } from "../../kernel/quantity.ts";
import { bandAt, type BandOfYear } from "../../roads/index.ts";

/** The band of hours that a moment lies in by the clocks of a zone; public holidays are not known, and count as plain days. */
export function bandOfYear(at: Instant, zone: string): BandOfYear {
  const { year, month, day, hour, minute } = toLocal(at, zone);
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return { band: bandAt({ weekday, minute: hour * 60 + minute, isHoliday: false }), month };
}
