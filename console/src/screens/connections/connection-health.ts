import type { ConnectionView } from "../../../../src/doors/api/contract.ts";

/** How a connection stands, in one word. */
export type Standing = "unused" | "well" | "shaky" | "down";

/** The share of calls that may stay unanswered before the connection counts as shaky. */
const TOLERATED = 0.02;

/**
 * `down`: the newest thing heard is a failure, and no answer since. `shaky`: it answers, but more than one call in fifty did
 * not. A refusal is an answer.
 */
export function standingOf({ calls, outages, lastAnswerAt, lastFailure }: ConnectionView["health"]): Standing {
  if (calls === 0) return "unused";
  const answered = lastAnswerAt === null ? -Infinity : Date.parse(lastAnswerAt);
  if (lastFailure !== null && outages > 0 && Date.parse(lastFailure.at) > answered) return "down";
  return outages / calls > TOLERATED ? "shaky" : "well";
}

/** The share of calls that came to nothing; null before the first. A refusal is an answer. */
export const errorShare = ({ calls, outages }: ConnectionView["health"]): number | null =>
  calls === 0 ? null : Math.min(1, outages / calls);
