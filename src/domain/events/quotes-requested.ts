import type { LegId, OrderId, ParticipantId, RequestId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/quantity.ts";

/** The world is asked what it would cost; `main/effects.ts` performs it after commit. */
export interface QuotesRequested {
  readonly type: "QuotesRequested";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly request: RequestId;
  readonly round: number;
  readonly carriers: readonly ParticipantId[];
  /** Who has not answered by then has lost this round. */
  readonly deadline: Instant;
}
