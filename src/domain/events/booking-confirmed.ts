import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";
import type { Money } from "../../kernel/money.ts";
import type { Quote } from "../quote.ts";

/** The platform has taken it, under its own `reference`. */
export interface BookingConfirmed {
  readonly type: "BookingConfirmed";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly carrier: ParticipantId;
  readonly quote: Quote;
  readonly reference: string;
  /** What the platform says it will ask; may differ from the quote. */
  readonly price: Money;
}
