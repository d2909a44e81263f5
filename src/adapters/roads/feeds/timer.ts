import type { Clock } from "../../../kernel/clock.ts";
import type { Instant } from "../../../kernel/quantity.ts";

/** A clock that rings. */
export interface Timer extends Clock {
  /** Calls `act` at `when`, or soon if that is past. Returns the way to call it off. */
  at(when: Instant, act: () => void): () => void;
}
