import type { LegId, OrderId, ParticipantId } from "../../kernel/id.ts";

/** The carrier gave the leg back before pickup. */
export interface CarrierCancelled {
  readonly type: "CarrierCancelled";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly carrier: ParticipantId;
  readonly reason: string;
}
