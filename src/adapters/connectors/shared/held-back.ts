import { outage, type Outage } from "../../../kernel/result.ts";

/** A call that we kept back ourselves: it never left, so the platform has done nothing with it and is not to blame. */
interface HeldBack extends Outage {
  readonly heldBack: true;
}

/** `after_ms`: when it may be tried again; nobody does before. */
export const holdBack = (reason: string, after_ms: number): HeldBack => ({
  ...outage(reason, true, Math.max(0, after_ms)),
  heldBack: true,
});

export const isHeldBack = (answer: object): answer is HeldBack => "heldBack" in answer;
