import type { LegId, OrderId, ParticipantId } from "../../kernel/id.ts";
import type { Seconds } from "../../kernel/quantity.ts";

/** Nothing fresh is known of a delivery under way: its platform was silent for longer than its service level, and asking did not help. Said once until it is heard of again. */
export interface FreshnessBreached {
  readonly type: "FreshnessBreached";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly carrier: ParticipantId;
  readonly fact: "status" | "position";
  /** How old what we know is. */
  readonly age: Seconds;
  /** What followed for the platform: it is asked on; it counts as dearer than it says; it is left out of new rounds. */
  readonly consequence: "polled" | "down_weighted" | "excluded";
}
