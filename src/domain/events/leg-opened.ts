import type { LegId, OrderId } from "../../kernel/id.ts";

/** A leg needs a carrier: it is new, or its last carrier is gone (`round` counts them). */
export interface LegOpened {
  readonly type: "LegOpened";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly round: number;
}
