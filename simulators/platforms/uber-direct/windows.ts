import type { Instant } from "../../../src/kernel/quantity.ts";
import type { Reading } from "../shared/reading.ts";
import type { ErrorCode } from "./errors.ts";

export interface Windows {
  readonly pickupReady: Instant | null;
  readonly pickupDeadline: Instant | null;
  readonly dropoffReady: Instant | null;
  readonly dropoffDeadline: Instant | null;
}

export const readWindows = (reading: Reading): Windows => ({
  pickupReady: reading.instant("pickup_ready_dt"),
  pickupDeadline: reading.instant("pickup_deadline_dt"),
  dropoffReady: reading.instant("dropoff_ready_dt"),
  dropoffDeadline: reading.instant("dropoff_deadline_dt"),
});

const minutes = (count: number): number => count * 60_000;

/** The first broken rule of the four times; null when they hold together. Bounds are inclusive. */
export function brokenWindow(windows: Windows, now: Instant): ErrorCode | null {
  const { pickupReady, pickupDeadline, dropoffReady, dropoffDeadline } = windows;
  const ready = pickupReady ?? now;
  // A minute of grace: "ready now" is a little old when it arrives.
  if (ready < now - minutes(1)) return "pickup_ready_too_early";
  if (ready >= now + minutes(30 * 24 * 60)) return "pickup_ready_too_late";
  if (pickupDeadline !== null) {
    if (pickupDeadline < ready + minutes(10)) return "pickup_window_too_small";
    if (pickupDeadline < now + minutes(20)) return "pickup_deadline_too_early";
    if (dropoffReady !== null && dropoffReady > pickupDeadline) return "dropoff_ready_after_pickup_deadline";
    if (dropoffDeadline !== null && dropoffDeadline < pickupDeadline) return "dropoff_deadline_before_pickup_deadline";
  }
  if (dropoffDeadline !== null && dropoffDeadline < (dropoffReady ?? now) + minutes(20))
    return "dropoff_deadline_too_early";
  return null;
}
