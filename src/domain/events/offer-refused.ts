import type { LegId, OfferId, OrderId, ParticipantId } from "../../kernel/id.ts";

/** The partner said no. */
export interface OfferRefused {
  readonly type: "OfferRefused";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly offer: OfferId;
  readonly by: ParticipantId;
  readonly reason: string | null;
}
