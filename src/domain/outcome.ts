import type { OrderId, ParticipantId } from "../kernel/id.ts";
import type { Money } from "../kernel/money.ts";
import type { Instant } from "../kernel/quantity.ts";
import type { OrderState } from "./order-state.ts";

/** What became of a settled order, in the numbers that measures are made of. One per order, written once, by `learn`. */
export interface Outcome {
  /** The order's id: an outcome is found by it. */
  readonly id: OrderId;
  readonly shipper: ParticipantId;
  readonly placedAt: Instant;
  readonly closedAt: Instant;
  readonly state: OrderState;
  readonly parcels: number;
  readonly delivered: number;
  /** Inside the last agreed drop-off window, early is not on time; null when nothing was delivered. */
  readonly onTime: boolean | null;
  readonly onTimeOriginal: boolean | null;
  /** Who delivered it; null when nobody did. */
  readonly carrier: ParticipantId | null;
  readonly carrierKind: "own" | "partner" | "platform" | null;
  /** What the carriers of all its legs were paid. */
  readonly cost: Money;
  readonly driven_m: number;
  readonly drivenEstimated_m: number;
  /** One entry per Decision of its legs. */
  readonly latency_ms: readonly number[];
  readonly quoteWait_ms: readonly number[];
}
