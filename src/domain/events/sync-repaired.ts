import type { LegId, OrderId, ParticipantId } from "../../kernel/id.ts";
import type { Seconds } from "../../kernel/quantity.ts";

/** One field on which our record and the platform's word differ. */
export interface Difference {
  readonly field: "state" | "returned" | "price";
  readonly ours: string;
  readonly theirs: string;
}

/** Asked, a platform told what we had not heard; our record now says the same. */
export interface SyncRepaired {
  readonly type: "SyncRepaired";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly carrier: ParticipantId;
  readonly differences: readonly Difference[];
  /** How long we had it wrong, from the platform's own time of the change. */
  readonly late: Seconds;
}
