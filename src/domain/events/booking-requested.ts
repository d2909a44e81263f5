import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";
import type { Quote } from "../quote.ts";

/** A platform's quote was chosen and is to be booked, once: `key` is the same at every try. */
export interface BookingRequested {
  readonly type: "BookingRequested";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly carrier: ParticipantId;
  readonly quote: Quote;
  readonly key: string;
}
