import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";

/** The platform said no, or the look-up showed that it never heard of it. */
export interface BookingRefused {
  readonly type: "BookingRefused";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly carrier: ParticipantId;
  readonly reason: string;
}
