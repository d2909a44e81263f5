import type { LegId, OfferId, OrderId, ParticipantId } from "../../kernel/id.ts";

/** The partner said yes. */
export interface OfferAccepted {
  readonly type: "OfferAccepted";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly offer: OfferId;
  readonly by: ParticipantId;
}
