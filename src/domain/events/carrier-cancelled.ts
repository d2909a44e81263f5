import type { LegId, OrderId, ParticipantId } from "../../kernel/id.ts";

/** The carrier gave the leg back before pickup. */
export interface CarrierCancelled {
  readonly type: "CarrierCancelled";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly carrier: ParticipantId;
  readonly reason: string;
  /** One of its couriers cannot keep the promise any more: the carrier itself may take the leg again. Left out: it may not. */
  readonly mayTakeAgain?: true;
}
