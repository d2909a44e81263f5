import type { LegId, OfferId, OrderId, ParticipantId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/quantity.ts";

/** A partner is asked to take the leg, until the offer expires. */
export interface LegOffered {
  readonly type: "LegOffered";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly offer: OfferId;
  readonly to: ParticipantId;
  readonly expiresAt: Instant;
}
