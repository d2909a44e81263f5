import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";
import type { OrderChange } from "../order.ts";

/** What of a change the platform has taken in, and what it does not know, with the reason; null when it knows all. */
export interface UpdateAnswered {
  readonly type: "UpdateAnswered";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly carrier: ParticipantId;
  readonly told: readonly OrderChange[];
  readonly untold: readonly OrderChange[];
  readonly reason: string | null;
}
