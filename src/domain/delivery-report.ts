import type { Money } from "../kernel/money.ts";
import type { Point } from "../kernel/point.ts";
import type { Instant } from "../kernel/quantity.ts";
import type { LegState } from "./leg-state.ts";
import type { FailureReason } from "./order.ts";

/** What a platform says of a delivery, in our words. */
export interface DeliveryReport {
  /** The platform's own id. */
  readonly reference: string;
  /** Our key, where the platform gives it back. */
  readonly key: string | null;
  /** Distinguishes this message from a repeat of it: the platform's event id, or a digest of what it says. */
  readonly message: string;
  readonly at: Instant;
  /** `cancelled`: given back before pickup; `dropoff_failed` with `returning`: on the way back to the shipper. Null: no state in this message, or a word we do not know. */
  readonly state: Exclude<LegState, "open" | "offered"> | null;
  readonly returning: boolean;
  readonly returned: boolean;
  /** `handed_over` to nobody: left in a safe place, after a try. */
  readonly leftSafe: boolean;
  readonly reason: FailureReason | null;
  readonly price: Money | null;
  readonly pickupAt: Instant | null;
  readonly dropoffAt: Instant | null;
  readonly courier: {
    readonly name: string | null;
    readonly phone: string | null;
    readonly point: Point | null;
  } | null;
  /** A picture's address, a PIN or a name: what the platform gives as proof; null when nothing yet. */
  readonly proof: string | null;
  /** The platform's page for the recipient. */
  readonly tracking: string | null;
  /** Words of the platform that our tables do not know, as `field=value`: counted, shown, never guessed. */
  readonly unknown: readonly string[];
}
