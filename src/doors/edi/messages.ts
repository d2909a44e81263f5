import type { TimeWindow } from "../../domain/index.ts";
import type { Money } from "../../kernel/money.ts";
import type { Point } from "../../kernel/point.ts";
import type { Grams, Instant, Liters } from "../../kernel/quantity.ts";

/** A partner's own number for something, with the standard's qualifier (`PO`, `BM`, in EDIFACT `CU`, `AAM`). */
export interface Reference {
  readonly qualifier: string;
  readonly value: string;
}

/** Somebody at a stop as the message names them; `code` is the sender's own number of the place. */
export interface Party {
  readonly name: string;
  readonly code: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly point: Point | null;
}

/** One stop of a tendered load: where something is loaded (`pickup`) or unloaded (`dropoff`). */
export interface TenderStop {
  readonly number: number;
  readonly kind: "pickup" | "dropoff";
  readonly party: Party;
  readonly window: TimeWindow;
  readonly references: readonly Reference[];
  readonly weight: Grams | null;
  readonly volume: Liters | null;
  readonly quantity: number | null;
  readonly contents: string | null;
  readonly notes: string | null;
}

/** A load somebody asks us, or we ask somebody, to carry: X12 204, EDIFACT IFTMIN. */
export interface Tender {
  /** The sender's number of the load; answers echo it exactly. */
  readonly load: string;
  readonly scac: string;
  readonly purpose: "new" | "change" | "replace" | "cancel";
  /** Until when the answer counts; null: no limit. */
  readonly respondBy: Instant | null;
  readonly references: readonly Reference[];
  readonly stops: readonly TenderStop[];
}

/** Yes or no to a tender: X12 990. A business refusal is said here and nowhere else. */
export interface TenderAnswer {
  readonly load: string;
  readonly scac: string;
  readonly accepted: boolean;
  readonly at: Instant;
  /** Our own number of the load; null where there is none. */
  readonly pro: string | null;
  readonly reason: string | null;
}

/** What happened to a load, in our words. Which code says it is a table of the partner's. */
export const statusWords = [
  "accepted",
  "assigned",
  "en_route_to_pickup",
  "at_pickup",
  "picked_up",
  "en_route_to_dropoff",
  "at_dropoff",
  "handed_over",
  "pickup_failed",
  "dropoff_failed",
  "returned",
  "cancelled",
  "late",
  "estimate",
] as const;
export type StatusWord = (typeof statusWords)[number];

/** X12 214, EDIFACT IFTSTA. */
export interface Status {
  readonly load: string;
  readonly pro: string;
  readonly scac: string;
  /** The shipper's number of the order within the load, where it is known. */
  readonly reference: string | null;
  /** Null: a code that the partner's table does not have. It is kept in `code`, told, and never guessed. */
  readonly word: StatusWord | null;
  readonly code: string;
  readonly reason: string;
  readonly at: Instant;
  readonly point: Point | null;
}

/** X12 210, EDIFACT INVOIC. */
export interface Invoice {
  readonly number: string;
  readonly load: string;
  readonly pro: string;
  readonly scac: string;
  readonly amount: Money;
  readonly issuedAt: Instant;
  readonly deliveredAt: Instant | null;
  readonly lines: readonly { readonly text: string; readonly amount: Money; readonly code: string }[];
}

/** Why a set that is well-formed still says nothing that we could do: the segment, counted in the set from 1, and the sentence. */
export interface MessageRefusal {
  readonly code: "EDI_SET_UNUSABLE";
  readonly segment: number;
  readonly tag: string;
  readonly element: number | null;
  readonly why: string;
}

export const unusable = (tag: string, segment: number, element: number | null, why: string): MessageRefusal => ({
  code: "EDI_SET_UNUSABLE",
  ...{ tag, segment, element, why },
});

/** What a set says, whichever standard it was written in. */
export type Message =
  | { readonly kind: "tender"; readonly tender: Tender }
  | { readonly kind: "answer"; readonly answer: TenderAnswer }
  | { readonly kind: "statuses"; readonly statuses: readonly Status[] }
  | { readonly kind: "invoice"; readonly invoice: Invoice }
  | { readonly kind: "acknowledgement"; readonly acknowledgement: Acknowledgement };

/** What a partner's 997 or CONTRL says of something of ours: syntax alone. `refused`: which sets were not taken, and where. */
export interface Acknowledgement {
  readonly control: string;
  readonly isTaken: boolean;
  readonly refused: readonly string[];
}
