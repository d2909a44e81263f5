import type { LegId, OfferId, OrderId, ParticipantId } from "../../kernel/id.ts";

/** The partner was silent for too long. */
export interface OfferExpired {
  readonly type: "OfferExpired";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly offer: OfferId;
  readonly by: ParticipantId;
}
