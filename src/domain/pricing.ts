import type { CourierId, ParticipantId } from "../kernel/id.ts";
import type { Money } from "../kernel/money.ts";
import type { OwnCandidate, Quote } from "./quote.ts";

/** A place in the running routes, as a quote. */
export type OwnPrice = Quote & { readonly own: OwnCandidate };

/** Why an own courier cannot take a leg: the binding rule and by how much it is missed, in the rule's own unit. */
export interface OwnRefusal {
  readonly carrier: ParticipantId;
  readonly courier: CourierId;
  readonly rule: "capacity" | "window" | "shift" | "skill" | "unreachable" | "stops" | "frozen";
  readonly by: number | null;
}

/** Why a quote counts as dearer than it says, and by which share of its price. */
export interface Doubt {
  readonly share: number;
  readonly why: string;
}

/** What one carrier answered in a round of quotes. */
export type QuoteAnswer =
  | { readonly kind: "quote"; readonly quote: Quote; readonly doubt?: Doubt }
  /** Not asked, because its quotes are rationed: the median of what it asked for such errands. */
  | {
      readonly kind: "predicted";
      readonly carrier: ParticipantId;
      readonly price: Money;
      readonly sample: number;
      readonly over: string;
    }
  | { readonly kind: "refusal"; readonly carrier: ParticipantId; readonly why: string }
  | { readonly kind: "outage"; readonly carrier: ParticipantId; readonly why: string };
