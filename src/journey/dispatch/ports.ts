import type { Contact, DeliveryReport, Goods, Leg, Order, OrderChange } from "../../domain/index.ts";
import type { Money } from "../../kernel/money.ts";
import type { Instant, Seconds } from "../../kernel/quantity.ts";
import type { Outage, Result } from "../../kernel/result.ts";

/** What a platform needs to know to quote and to carry a leg: opened from the vault for this purpose, and only now. */
export interface Errand {
  readonly leg: Leg;
  readonly order: Order;
  readonly pickup: Contact;
  readonly dropoff: Contact;
  readonly goods: Goods;
  /** The same at every try of one booking: the platform's external id or idempotency key. At most 64 of `[A-Za-z0-9_-]`. */
  readonly key: string;
}

/** What a platform asks for an errand. */
export interface PlatformQuote {
  readonly reference: string;
  readonly price: Money;
  readonly pickupAt: Instant | null;
  readonly dropoffAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/** A no from the platform: it understood, and will not. `words` is its own code, kept for people. */
export interface PlatformRefusal {
  readonly code:
    | "OUT_OF_COVERAGE"
    | "NO_COURIERS"
    | "QUOTE_STALE"
    | "NOT_CANCELLABLE"
    | "UNKNOWN_DELIVERY"
    | "ALREADY_BOOKED"
    | "BAD_REQUEST"
    | "NOT_ALLOWED";
  readonly words: string;
  /** `ALREADY_BOOKED`: the delivery that stands under this key. */
  readonly reference: string | null;
}

/** Why a webhook is not believed. */
export interface WebhookRefusal {
  readonly code: "WEBHOOK_UNSIGNED" | "WEBHOOK_FORGED" | "WEBHOOK_STALE" | "WEBHOOK_GARBAGE";
}

/** A webhook as it came: the signature covers the raw body. Header names are lower case. */
export interface RawWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** How a platform's connection fares: counted by the connector, shown on Connections. */
export interface ConnectionHealth {
  readonly calls: number;
  readonly refusals: number;
  readonly outages: number;
  readonly webhooks: number;
  readonly webhooksRefused: number;
  readonly lastAnswerAt: Instant | null;
  readonly lastFailure: { readonly at: Instant; readonly operation: string; readonly what: string } | null;
  /** Milliseconds; null before the first call. */
  readonly latency: { readonly p50_ms: number; readonly p99_ms: number } | null;
  /** Unknown words with their counts. */
  readonly unknown: Readonly<Record<string, number>>;
}

/** A message as it stood on the wire, with everything masked that may tell of a person, a place or a secret. */
export interface MaskedMessage {
  readonly headers: Readonly<Record<string, string>>;
  /** JSON in lines; null where there is none. */
  readonly body: string | null;
}

/** A call that failed: it was masked before it was kept. */
export interface FailedCall {
  readonly at: Instant;
  /** `refusal`: answered with a no (4xx). `webhook`: from there to us, and not believed. */
  readonly kind: "outage" | "refusal" | "webhook";
  readonly method: WireRequest["method"];
  /** Host and path, ids masked. */
  readonly url: string;
  /** Null where nothing was answered. */
  readonly status: number | null;
  readonly why: string;
  /** Milliseconds until the answer, or until none was waited for any more; null for webhooks. */
  readonly took_ms: number | null;
  readonly request: MaskedMessage;
  readonly answer: MaskedMessage | null;
}

/** How old a platform's facts may be, at most, while a delivery is under way; more is a breach. */
export interface ServiceLevel {
  /** What it believes of a delivery, since it last said anything of it. */
  readonly status: Seconds;
  /** Where its courier is, once one is on the way; null: it does not say. */
  readonly position: Seconds | null;
  /** What it asks for an errand, where its answer names no end. */
  readonly quote: Seconds;
}

/** What follows from how fresh a platform's facts are: it is believed, counts as dearer than it says, or is left out of new rounds. */
export interface Trust {
  readonly standing: "full" | "down_weighted" | "excluded";
  /** The share of its price by which it counts as dearer. */
  readonly doubt: number;
  /** In words; null with full trust. */
  readonly why: string | null;
}

/** How fresh one kind of fact is, over the deliveries that a platform has under way. */
export interface FactFreshness {
  readonly fact: "status" | "position";
  /** The oldest it may be; null: the platform gives no such fact. */
  readonly level: Seconds | null;
  readonly watched: number;
  /** So many are older than that now. */
  readonly stale: number;
  readonly oldest: Seconds | null;
  /** How often one became so. */
  readonly breaches: number;
}

export interface Freshness {
  readonly facts: readonly FactFreshness[];
  /** How long a quote counts that names no end. */
  readonly quote: Seconds;
  readonly trust: Trust;
}

/** How well our record agrees with what the platform says when asked. */
export interface Accuracy {
  readonly asked: number;
  readonly unanswered: number;
  /** Fields. */
  readonly compared: number;
  readonly equal: number;
  /** Answers that changed our record; and those that differ and change nothing. */
  readonly repairs: number;
  readonly unrepaired: number;
  /** From the platform's own time of a change to our repair; null before the first. */
  readonly toRepair: { readonly p50: Seconds; readonly p90: Seconds } | null;
}

/** Whether calls go out: `open` none do, `half_open` one does, to see. */
export interface CircuitView {
  readonly state: "closed" | "open" | "half_open";
  /** Until when none goes out; null while closed. */
  readonly until: Instant | null;
  /** Outages in a row so far. */
  readonly inARow: number;
  /** How often it has opened. */
  readonly trips: number;
}

/** How much is asked at once. */
export interface LoadView {
  readonly running: number;
  readonly waiting: number;
  readonly most: number;
  readonly mostWaiting: number;
  readonly turnedAway: number;
}

/** How much of one of the platform's limits is left. */
export interface QuotaView {
  readonly name: string;
  readonly calls: number;
  readonly per_s: number;
  readonly left: number;
  /** When the next call is free; null while some are left. */
  readonly freeAt: Instant | null;
}

/** What stands between a connection and the network. */
export interface ConnectionGuard {
  readonly circuit: CircuitView;
  readonly load: LoadView;
  /** Empty where the platform publishes no limit. */
  readonly quotas: readonly QuotaView[];
  /** The platform wants nothing before (its 429); null: it does not say so. */
  readonly pausedUntil: Instant | null;
  /** Calls kept back for a limit. */
  readonly turnedAway: number;
  /** How many quotes may be asked for now; null: as many as one likes. */
  readonly quotesLeft: number | null;
  /** Less than a third of what quotes may use is left. */
  readonly quotesShort: boolean;
}

/** What a platform would ask for an errand, by what it asked for such ones before. */
export interface PricePrediction {
  readonly median: Money;
  /** It asks less than this in one of ten cases; minor units. */
  readonly low: number;
  /** So many quotes. */
  readonly sample: number;
  /** Which quotes, in words: of this zone, distance and hour, or of less. */
  readonly over: string;
}

/**
 * One delivery platform, in our words. Every call may be an outage. `book` is safe to repeat with the same `Errand.key`: it never makes a
 * second delivery, and answers with the standing one.
 */
export interface PlatformConnector {
  readonly name: string;
  /** Which of the platform's API is spoken; left out where nobody says. */
  readonly version?: string;
  /** What its facts are held to; left out where only the usual is asked of it. */
  readonly serviceLevel?: ServiceLevel;
  quote(errand: Errand): Promise<Result<PlatformQuote, PlatformRefusal> | Outage>;
  book(
    errand: Errand,
    quote: { readonly reference: string; readonly price: Money },
  ): Promise<Result<DeliveryReport, PlatformRefusal> | Outage>;
  /** The delivery that stands under our key, null when the platform knows none. */
  find(key: string): Promise<Result<DeliveryReport | null, PlatformRefusal> | Outage>;
  get(reference: string): Promise<Result<DeliveryReport, PlatformRefusal> | Outage>;
  cancel(reference: string): Promise<Result<DeliveryReport, PlatformRefusal> | Outage>;
  /** What `update` can tell; left out where the platform takes no changes. */
  readonly takes?: readonly OrderChange[];
  /** Tells what was changed since the booking, as the errand has it now. Safe to repeat. */
  update?(
    reference: string,
    errand: Errand,
    changes: readonly OrderChange[],
  ): Promise<Result<DeliveryReport, PlatformRefusal> | Outage>;
  receive(webhook: RawWebhook): Result<readonly DeliveryReport[], WebhookRefusal>;
  health(): ConnectionHealth;
  /** What guards the connection; left out where nothing does. */
  guard?(): ConnectionGuard;
  /** Its last failed calls, the newest first; left out where none are kept. */
  failures?(): readonly FailedCall[];
}

/** What the answer to a request turned out to be once it was read: a limit is a 429. */
export type WireOutcome = "answer" | "limit" | "outage";

/** Carries a request to the outside and brings the answer back: the network, or a simulator in the same process. Never throws: an outage is a value. */
export interface Transport {
  send(request: WireRequest): Promise<WireAnswer | Outage>;
  /** Told for each answer: only who reads it knows a refusal that comes as a 503 from an outage that comes as a 200. */
  judged?(outcome: WireOutcome): void;
}

export interface WireRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
  readonly timeout_ms: number;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}
