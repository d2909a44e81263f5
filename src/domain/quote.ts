import type { CourierId, Id, LegId, OfferId, ParticipantId, QuoteId, ShiftId } from "../kernel/id.ts";
import type { Money } from "../kernel/money.ts";
import type { Instant, Seconds } from "../kernel/quantity.ts";

/** What a carrier asks for a leg, when it would be there, and until when this holds. */
export interface Quote {
  readonly id: QuoteId;
  readonly leg: LegId;
  readonly carrier: ParticipantId;
  readonly price: Money;
  readonly pickupAt: Instant | null;
  readonly dropoffAt: Instant | null;
  readonly madeAt: Instant;
  /** Both ends inside; null when it does not expire. */
  readonly expiresAt: Instant | null;
  /** Computed for own couriers, taken from an agreement for partners, fetched from platforms. */
  readonly source: "own_plan" | "agreement" | "platform";
  /** The carrier's own id of the quote; null where it has none. */
  readonly reference: string | null;
  /** Own couriers only: the place in the running plan that was priced. */
  readonly own: OwnCandidate | null;
}

/** A place in the running plan for a leg: insert the pickup at `pickupAt`, the drop-off at `dropoffAt` (indices of the new route). */
export interface OwnCandidate {
  readonly courier: CourierId;
  readonly shift: ShiftId;
  readonly routeVersion: number;
  readonly pickupAt: number;
  readonly dropoffAt: number;
  readonly added: Seconds;
  readonly lateness: Seconds;
}

/** An invitation to a partner to take a leg; it expires. Both the last instant and every earlier one count. */
export interface Offer {
  readonly id: OfferId;
  readonly leg: LegId;
  readonly to: ParticipantId;
  readonly quote: Quote;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly state: "open" | "accepted" | "refused" | "expired" | "withdrawn";
}

/** Why a candidate lost, or why a carrier could not be one. Shown in words; `docs/refusals.md` explains each. */
export type LossReason =
  | { readonly code: "DEARER"; readonly by: number }
  | { readonly code: "LATE"; readonly by: Seconds }
  | { readonly code: "QUOTE_EXPIRED" }
  | { readonly code: "EXCLUDED_EARLIER" }
  | { readonly code: "NO_ANSWER"; readonly why: string }
  | { readonly code: "CARRIER_REFUSED"; readonly why: string }
  | { readonly code: "NOT_ASKED"; readonly price: Money; readonly sample: number; readonly over: string }
  | { readonly code: "CANNOT_CARRY"; readonly rule: string; readonly by: number | null };

/** One line of a Decision: somebody who might have carried the leg. */
export interface Candidate {
  readonly carrier: ParticipantId;
  readonly courier: CourierId | null;
  readonly quote: Quote | null;
  /** Price plus what lateness is expected to cost, minor units; null when there is no price. */
  readonly expectedCost: number | null;
  readonly chosen: boolean;
  readonly lost: LossReason | null;
}

/** The record of one automated choice. */
export interface Decision {
  readonly id: Id<"decision">;
  readonly kind: "dispatch";
  readonly leg: LegId;
  readonly order: Id<"order">;
  readonly owner: ParticipantId;
  readonly at: Instant;
  readonly outcome: "chosen" | "none";
  readonly candidates: readonly Candidate[];
  /** What was looked at, from where, and how old it was, in seconds. */
  readonly inputs: readonly { readonly what: string; readonly origin: string; readonly age_s: number }[];
  readonly policy: { readonly name: string; readonly version: number; readonly latenessPerMinute: number };
  /** Seconds from the end of the leg's deliberate wait to this record, and how much of it was waiting for quotes. */
  readonly latency_ms: number;
  readonly quoteWait_ms: number;
}
