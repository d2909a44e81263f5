import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";

/** A platform is asked to cancel a booking. */
export interface CancelRequested {
  readonly type: "CancelRequested";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly carrier: ParticipantId;
  readonly reference: string;
}
