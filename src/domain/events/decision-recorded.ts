import type { DecisionId, LegId, OrderId } from "../../kernel/id.ts";

/** An automated choice was made; the Decision says why. */
export interface DecisionRecorded {
  readonly type: "DecisionRecorded";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly decision: DecisionId;
  readonly outcome: "chosen" | "none";
}
