import type { CourierId, ParticipantId } from "../kernel/id.ts";
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

/** What one carrier answered in a round of quotes. */
export type QuoteAnswer =
  | { readonly kind: "quote"; readonly quote: Quote }
  | { readonly kind: "refusal"; readonly carrier: ParticipantId; readonly why: string }
  | { readonly kind: "outage"; readonly carrier: ParticipantId; readonly why: string };
