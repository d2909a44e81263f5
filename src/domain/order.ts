import type {
  CourierId,
  Id,
  LegId,
  OfferId,
  OrderId,
  ParcelId,
  ParticipantId,
  QuoteId,
  ShiftId,
  SubjectId,
} from "../kernel/id.ts";
import type { Money } from "../kernel/money.ts";
import type { Grams, Instant, Liters } from "../kernel/quantity.ts";
import type { LegState } from "./leg-state.ts";
import type { OrderState } from "./order-state.ts";
import type { Holder, ParcelState } from "./parcel-state.ts";
import type { Place, TimeWindow } from "./place.ts";

/** What of an order may be changed until the pickup. */
export type OrderChange = "dropoffNotes" | "dropoffPhone" | "readyAt" | "dropoffWindow";

/** What an order asks of whoever carries it. */
export const requirements = ["age_check", "cold", "fragile", "two_person", "signature", "pin", "photo"] as const;
export type Requirement = (typeof requirements)[number];

/** What only a person at the door can give: an order that asks for it is never left in a safe place. */
const inPerson: readonly Requirement[] = ["age_check", "signature", "pin"];
/** The requirement that stands against leaving the parcels in a safe place; null when none does. */
export const needsPerson = (all: readonly Requirement[]): Requirement | null =>
  all.find((one) => inPerson.includes(one)) ?? null;
/** Whether what cannot be handed over is left in a safe place instead of being brought back. */
export const mayBeLeft = ({
  ifUndeliverable,
  requirements: all,
}: Pick<Order, "ifUndeliverable" | "requirements">): boolean =>
  ifUndeliverable === "leave_safe" && needsPerson(all) === null;

/** `on_demand` is matched at once, `planned` stays open until its window nears. */
export type ServiceLevel = "on_demand" | "planned";

/** One physical piece of an order. What is in it and its value are in the vault, under the order's `goods`. */
export interface Parcel {
  readonly id: ParcelId;
  readonly weight: Grams;
  readonly volume: Liters;
  readonly state: ParcelState;
  readonly holder: Holder;
}

/** One promise: bring these parcels from here to there, within these windows. */
export interface Order {
  readonly id: OrderId;
  /** The participant who placed it. */
  readonly shipper: ParticipantId;
  /** The shipper's own number for it, unique per shipper among its orders; null when it gave none. */
  readonly reference: string | null;
  readonly placedAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** When the shipper asked to cancel it: from then on no leg of it is opened again. Null: it did not. */
  readonly cancelRequestedAt: Instant | null;
  readonly pickup: Place;
  readonly dropoff: Place;
  readonly pickupWindow: TimeWindow;
  readonly dropoffWindow: TimeWindow;
  /** The drop-off window first agreed, kept when a later one is. */
  readonly originalDropoffWindow: TimeWindow;
  /** When the goods are ready to be picked up. */
  readonly readyAt: Instant;
  readonly requirements: readonly Requirement[];
  readonly serviceLevel: ServiceLevel;
  /**
   * `leave_safe`: after a failed try it is left in a safe place, unless it needs a person. Throwing goods away, which platforms also
   * offer, is nobody's wish here: what can be neither handed over nor left comes back.
   */
  readonly ifUndeliverable: "return" | "leave_safe";
  /** The vault's record of contents and declared value. */
  readonly goods: SubjectId;
  readonly parcels: readonly Parcel[];
  readonly legs: readonly LegId[];
  /** Derived from legs and parcels by `orderState`; stored so that lists can be filtered. */
  readonly state: OrderState;
  /** What the shipper pays the network for it; null until it is accepted. */
  readonly price: Money | null;
  /** Counts edits: the order's ETag. */
  readonly version: number;
  /** The import that brought it, so that it can be undone. */
  readonly importedBy: Id<"import"> | null;
}

/** The part of an order that one carrier moves in one go. */
export interface Leg {
  readonly id: LegId;
  readonly order: OrderId;
  readonly shipper: ParticipantId;
  readonly parcels: readonly ParcelId[];
  readonly from: Place;
  readonly to: Place;
  readonly pickupWindow: TimeWindow;
  readonly dropoffWindow: TimeWindow;
  readonly readyAt: Instant;
  readonly kind: "delivery" | "return";
  readonly state: LegState;
  /** Who carries it and on what terms; null while it is open. */
  readonly assignment: Assignment | null;
  /** Counts commitments: the part of a booking's idempotency key that makes a second booking after a withdrawal a new one. */
  readonly round: number;
  /** Carriers that refused, cancelled or were silent in earlier rounds, not asked again for this leg. */
  readonly excluded: readonly ParticipantId[];
  /** The offer that is out; null when none is. */
  readonly offer: OfferId | null;
  /** What was changed while a platform was asked to book: it is told once it has the booking. Left out: nothing. */
  readonly untold?: readonly OrderChange[];
  /** When the deliberate wait ended (a planned leg came due, an on-demand leg opened). */
  readonly dueAt: Instant;
  readonly estimate: LegEstimate | null;
  readonly pickedUpAt: Instant | null;
  readonly handedOverAt: Instant | null;
  /** Metres driven for it, measured from the courier's positions, and metres taken from the road network where there are none. */
  readonly driven_m: number;
  readonly drivenEstimated_m: number;
  /** Of each Decision on this leg: milliseconds from the end of the deliberate wait to it, and waiting for quotes. */
  readonly latency_ms: readonly number[];
  readonly quoteWait_ms: readonly number[];
}

/** An offer somebody accepted, or a quote that was booked. */
export interface Assignment {
  readonly carrier: ParticipantId;
  readonly quote: QuoteId;
  /** Own fleet only: who and in which shift. A platform reveals its courier later, by name to the vault alone. */
  readonly courier: CourierId | null;
  readonly shift: ShiftId | null;
  /** What the carrier is paid. */
  readonly price: Money;
  /** The carrier's own id of the delivery; null for own couriers. */
  readonly reference: string | null;
  readonly at: Instant;
}

/** When we think the courier will be there, with the earliest and latest that we would bet on nine times of ten. */
export interface LegEstimate {
  readonly pickup: Instant | null;
  readonly dropoff: Instant | null;
  readonly early: Instant | null;
  readonly late: Instant | null;
  readonly madeAt: Instant;
  readonly source: "plan" | "carrier" | "great_circle";
}

/** One try at a pickup or a drop-off: a record, not a state. */
export interface Attempt {
  readonly id: Id<"attempt">;
  readonly leg: LegId;
  readonly order: OrderId;
  readonly kind: "pickup" | "dropoff";
  readonly at: Instant;
  readonly succeeded: boolean;
  /** Why not: from `failureReasons`; null when it succeeded. */
  readonly reason: FailureReason | null;
  /** The vault's record of the proof; null when there is none. */
  readonly proof: SubjectId | null;
  /** See `ProofRecord`; missing where it was recorded before the kind was kept. */
  readonly proofKind?: ProofRecord["kind"] | null;
}

export const failureReasons = [
  "not_ready",
  "closed",
  "nobody_home",
  "wrong_address",
  "no_access",
  "refused_by_recipient",
  "age_check_failed",
  "damaged",
  "other",
] as const;
export type FailureReason = (typeof failureReasons)[number];

/**
 * A proof without what it shows: its kind says whether somebody was there (signature, PIN, name), where it was left (safe place), or that only the
 * platform says so. This much stays a fact when the person is forgotten.
 */
export interface ProofRecord {
  readonly id: SubjectId;
  readonly kind: Proof["kind"];
}

/** What the vault keeps of a proof: the picture or signature itself, the name or PIN given, or a picture or words of where it was left. */
export interface Proof {
  readonly kind: "photo" | "signature" | "pin" | "name" | "safe_place" | "platform";
  /** Text, or a data URL of at most 200 kB. */
  readonly value: string;
  readonly at: Instant;
}

/** What the vault keeps of the goods. */
export interface Goods {
  readonly contents: readonly string[];
  readonly value: Money | null;
}
