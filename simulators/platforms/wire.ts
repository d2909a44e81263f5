import type { Currency } from "../../src/kernel/money.ts";
import type { Instant, Minor } from "../../src/kernel/quantity.ts";

/** One HTTP request as the platform sees it. `path` begins with `/`, holds the query, and is relative to the base URL. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The raw bytes: signatures are computed over these. Empty when there is no body. */
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The connection was cut before an answer came: `handle` rejects with this, and a server destroys the socket. */
export class ConnectionDropped extends Error {
  override readonly name = "ConnectionDropped";
}

/** When a fault strikes: at each chance with probability `share` (0 to 1), or at the `next` chances after leaving out `skip`. */
export type Strikes = { readonly share: number } | { readonly next: number; readonly skip?: number };

/**
 * What may go wrong with a request. `done` says whether the platform carried it out all the same:
 * a booking whose answer is lost is the case that tempts a caller to book twice.
 */
export type RequestFault =
  | { readonly kind: "slow"; readonly wait_ms: number }
  | { readonly kind: "limited"; readonly retryAfter_s: number }
  | { readonly kind: "broken"; readonly status: 500 | 502 | 503 | 504; readonly done?: boolean }
  | { readonly kind: "dropped"; readonly done?: boolean }
  | { readonly kind: "hang"; readonly done?: boolean }
  | { readonly kind: "garbage"; readonly done?: boolean };

/** What may go wrong with a webhook. `forged` and `unsigned` add a false message beside the true one. */
export type WebhookFault =
  | { readonly kind: "duplicate" }
  | { readonly kind: "late"; readonly wait_ms: number }
  | { readonly kind: "swapped" }
  | { readonly kind: "lost" }
  | { readonly kind: "forged" }
  | { readonly kind: "unsigned" };

/**
 * What a courier may do: `drops-out` (somebody else takes over), `cancels-before-pickup`, `cancels-after-pickup`,
 * `undeliverable` (what happens then is what the order asked for), `silent` (no webhooks, a position that stands still).
 */
export type CourierFault = "drops-out" | "cancels-before-pickup" | "cancels-after-pickup" | "undeliverable" | "silent";

/** Everything that goes wrong from now on; what is left out goes right. The first rule that strikes wins. */
export interface FaultPlan {
  readonly requests?: readonly (Strikes & { readonly operation: string; readonly fault: RequestFault })[];
  readonly webhooks?: readonly (Strikes & { readonly fault: WebhookFault })[];
  readonly couriers?: readonly (Strikes & { readonly fault: CourierFault })[];
  /** The standing of the caller's account with the platform; `active` when left out. */
  readonly account?: "active" | "suspended" | "blocked";
}

/** What the platform itself believes of one delivery, for auditors; no connector sees it. */
export interface DeliveryTruth {
  readonly id: string;
  readonly externalId: string | null;
  /** The platform's own word. */
  readonly state: string;
  /** Null while it is alive. `failed`: ended by the courier or the platform, neither delivered nor brought back. */
  readonly ended: "delivered" | "cancelled" | "failed" | "returned" | null;
  /** The price agreed when it was booked, without tip. */
  readonly fee: Minor;
  /** What will stand on the invoice: at most one of each kind. */
  readonly charges: readonly {
    readonly what: "fee" | "tip" | "return" | "cancellation";
    readonly amount: Minor;
    readonly at: Instant;
  }[];
  readonly currency: Currency;
  /** What the courier is told of the door; left out where the platform takes no changes of it. */
  readonly dropoffNotes?: string | null;
  readonly createdAt: Instant;
  readonly pickedUpAt: Instant | null;
  readonly endedAt: Instant | null;
  /** Every state it was in, oldest first. */
  readonly history: readonly { readonly state: string; readonly at: Instant }[];
}

/** A place that a newcomer can send at once. `address` is the one-line form of the parts. */
export interface ExamplePlace {
  readonly name: string;
  readonly phone: string;
  readonly address: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Examples {
  readonly pickup: ExamplePlace;
  readonly dropoff: ExamplePlace;
}

/** A delivery platform in a box: requests in, webhooks out (through its World), couriers under the world's clock. */
export interface PlatformSimulator {
  /** As its maker is called. */
  readonly platform: string;
  /** Under the names that the platform's own client uses. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly examples: Examples;
  /** Rejects with ConnectionDropped alone, and only when the FaultPlan says so. */
  handle(request: WireRequest): Promise<WireResponse>;
  truth(): readonly DeliveryTruth[];
  setFaults(plan: FaultPlan): void;
}
