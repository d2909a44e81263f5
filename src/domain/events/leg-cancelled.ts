import type { LegId, OrderId } from "../../kernel/id.ts";

/** Nobody will carry the leg any more. */
export interface LegCancelled {
  readonly type: "LegCancelled";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly reason: string;
}
