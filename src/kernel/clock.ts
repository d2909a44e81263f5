import type { Instant } from "./quantity.ts";

/** Tells the time. The core never looks at a wall clock: it is handed one of these, or the instant itself. */
export interface Clock {
  now(): Instant;
}
