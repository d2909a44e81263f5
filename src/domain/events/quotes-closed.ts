import type { LegId, OrderId, RequestId } from "../../kernel/id.ts";
import type { QuoteAnswer } from "../pricing.ts";

/** All have answered, or the deadline has passed. */
export interface QuotesClosed {
  readonly type: "QuotesClosed";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly round: number;
  readonly answers: readonly QuoteAnswer[];
}
