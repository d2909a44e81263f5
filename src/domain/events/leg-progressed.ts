import type { LegId, OrderId } from "../../kernel/id.ts";
import type { LegState } from "../leg-state.ts";

/** The leg went one state further, as its carrier reports. */
export interface LegProgressed {
  readonly type: "LegProgressed";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly from: LegState;
  readonly to: LegState;
}
