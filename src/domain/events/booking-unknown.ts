import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";

/** No answer came. It is looked up until the truth is known; never booked again. */
export interface BookingUnknown {
  readonly type: "BookingUnknown";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly carrier: ParticipantId;
  readonly reason: string;
}
