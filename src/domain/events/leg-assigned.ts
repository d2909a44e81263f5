import type { CourierId, LegId, OrderId, ParticipantId } from "../../kernel/id.ts";
import type { Money } from "../../kernel/money.ts";

/** Somebody carries the leg now. */
export interface LegAssigned {
  readonly type: "LegAssigned";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly carrier: ParticipantId;
  readonly courier: CourierId | null;
  readonly price: Money;
}
