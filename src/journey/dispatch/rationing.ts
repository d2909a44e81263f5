import type { ParticipantId } from "../../kernel/id.ts";
import type { PricePrediction } from "./ports.ts";

/** A platform that might be asked for a quote. */
export interface Askable {
  readonly carrier: ParticipantId;
  /** How many quotes its limits leave for now; null: as many as one likes. */
  readonly left: number | null;
  /** Whether they run short, so that they are kept for those that could win. */
  readonly isShort: boolean;
  /** What it has asked for such errands before; null where too little is known. */
  readonly predicted: PricePrediction | null;
}

/**
 * D16: whom to ask. Everybody, while quotes are plenty; a platform whose quotes run short only where it could win: its low predicted price
 * is under the best that is known without it, which is `ours` (the cheapest own place in time, minor units; null without one) or the median of
 * a platform that is asked in any case. Of whom nothing can be predicted is asked, until nothing is left.
 */
export function whomToAsk(carriers: readonly Askable[], ours: number | null): ReadonlySet<ParticipantId> {
  const free = carriers.filter(({ isShort }) => !isShort);
  const best = Math.min(ours ?? Infinity, ...free.map(({ predicted }) => predicted?.median.amount ?? Infinity));
  const couldWin = ({ predicted }: Askable): boolean => predicted === null || predicted.low < best;
  const asked = carriers.filter((one) => !one.isShort || (one.left !== 0 && couldWin(one)));
  return new Set(asked.map(({ carrier }) => carrier));
}
