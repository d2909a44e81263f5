import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";
import type { OrderChange } from "../order.ts";

/** A platform that has booked is told what was changed since. */
export interface UpdateRequested {
  readonly type: "UpdateRequested";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly carrier: ParticipantId;
  readonly reference: string;
  readonly changes: readonly OrderChange[];
}
