import { toLocal, type Zone } from "../../../src/kernel/local-time.ts";
import type { Instant } from "../../../src/kernel/quantity.ts";

const two = (value: number): string => String(value).padStart(2, "0");

/** RFC 3339 as the clock on the wall in `zone` shows it, with its offset: `2026-11-21T10:00:00.000+01:00`. */
export function toLocalIso(at: Instant, zone: Zone): string {
  const { year, month, day, hour, minute, second } = toLocal(at, zone);
  const offset_min = Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - at) / 60_000);
  const date = `${year}-${two(month)}-${two(day)}`;
  const time = `${two(hour)}:${two(minute)}:${two(second)}.${String(at % 1000).padStart(3, "0")}`;
  const ahead = Math.abs(offset_min);
  return `${date}T${time}${offset_min < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}
