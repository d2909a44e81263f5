import type { LegId, OrderId } from "../../kernel/id.ts";

/** A promise is at risk. */
export interface DisruptionRaised {
  readonly type: "DisruptionRaised";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly kind: "no_carrier" | "late" | "silent" | "failed_dropoff" | "cancel_refused" | "update_refused";
  readonly detail: string;
}
