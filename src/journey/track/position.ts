import type { State } from "../../domain/index.ts";
import type { CourierId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/quantity.ts";
import type { PositionRefusal } from "./carrier-report.ts";

/** Clocks of phones run ahead; further than this is a mistake. */
const skew_ms = 60_000;

/** T8: whether a position is taken: of a courier on duty, not from the future, not older than the newest. Null: it is. */
export function checkPosition(courier: CourierId, at: Instant, now: Instant, state: State): PositionRefusal | null {
  if (!state.get("courier", courier)) return { code: "COURIER_NOT_FOUND" };
  if (!state.shiftOf(courier)) return { code: "OFF_DUTY" };
  if (at > now + skew_ms) return { code: "POSITION_IN_THE_FUTURE", by_s: Math.round((at - now) / 1000) };
  const newest = state.position(courier);
  if (newest && at <= newest.at) return { code: "POSITION_OUT_OF_ORDER" };
  return null;
}
