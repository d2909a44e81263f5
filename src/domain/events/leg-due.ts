import type { LegId, OrderId } from "../../kernel/id.ts";

/** The deliberate wait of a planned leg is over: its window is near enough to decide. */
export interface LegDue {
  readonly type: "LegDue";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly round: number;
}
