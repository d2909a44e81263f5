import type { CourierId, EventId, Id, LegId, OrderId, ParticipantId, SubjectId } from "../kernel/id.ts";
import type { Instant } from "../kernel/quantity.ts";
import type { Courier, Position, Shift } from "./courier.ts";
import type { Happened } from "./events/index.ts";
import type { Posting } from "./ledger.ts";
import type { Attempt, Leg, Order } from "./order.ts";
import type { OrderState } from "./order-state.ts";
import type { Outcome } from "./outcome.ts";
import type { Participant } from "./participant.ts";
import type { Decision } from "./quote.ts";
import type { Permission, Scope } from "./scope.ts";
import type { Request, Table, Tables } from "./step.ts";

/** An event as it is stored: `sequence` counts 1, 2, 3 … within its order, without gaps. */
export interface Recorded {
  readonly id: EventId;
  readonly at: Instant;
  /** The participant in whose log it is chained: the order's shipper. */
  readonly owner: ParticipantId;
  readonly order: OrderId;
  readonly sequence: number;
  readonly event: Happened;
}

/** A recorded event in its participant's log: `seq` counts 1, 2, 3 … and `hash` covers `prevHash`, so that nothing can be changed or left out unseen. */
export interface Sealed extends Recorded {
  readonly seq: number;
  /** SHA-256 in lower-case hexadecimal; 64 zeros before the first. */
  readonly prevHash: string;
  readonly hash: string;
}

/** A person's or parcel's data, encrypted with the subject's own key, which is wrapped by the key in `MILEPOOL_HOME`. */
export interface SealedRecord {
  readonly subject: SubjectId;
  readonly owner: ParticipantId;
  readonly kind: "contact" | "goods" | "proof" | "courier";
  readonly wrappedKey: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly createdAt: Instant;
}

/** The answer given to an `Idempotency-Key`, kept so that the same key gets the same answer. */
export interface KeptAnswer {
  readonly participant: ParticipantId;
  readonly key: string;
  /** SHA-256 of method, path and body: another body under the same key is refused. */
  readonly requestHash: string;
  readonly status: number;
  readonly body: string;
  readonly at: Instant;
}

/** Everything that one transaction writes: all of it, or nothing. */
export interface Batch {
  readonly rows: readonly { readonly [T in Table]: { readonly table: T; readonly row: Tables[T] } }[Table][];
  readonly drops: readonly { readonly table: "route" | "round" | "timer"; readonly id: string }[];
  readonly recorded: readonly Recorded[];
  /** Of `recorded`: those whose handlers have not run yet. They wait in the inbox. */
  readonly waiting: readonly EventId[];
  /** Earlier events whose handlers ran in this batch: they leave the inbox. */
  readonly handled: readonly EventId[];
  readonly sealed: readonly SealedRecord[];
  readonly answers: readonly KeptAnswer[];
}

/** What is alive after a start: the rows of every order that is not settled, all participants, couriers, running shifts, and what waits. */
export interface Snapshot {
  readonly rows: Batch["rows"];
  readonly inbox: readonly Recorded[];
  /** The last `sequence` of each living order. */
  readonly sequences: ReadonlyMap<OrderId, number>;
}

/** A page of a list, newest first unless said otherwise; `next` is the cursor of the following page, null at the end. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/**
 * What a list of orders is sorted by; a minus turns it round. `placed`: when it came in. `window`: by when it should be there, the end
 * of the drop-off window, else its start. `estimate`: when it is thought to be there, and for a closed order when it was closed. What is
 * not known stands last either way.
 */
export type OrderSort = "placed" | "-placed" | "window" | "-window" | "estimate" | "-estimate";

export interface OrderQuery {
  readonly states?: readonly OrderState[];
  /** Matches the start of the id, its last six letters in either case or, where the viewer sees it, the start of the shipper's reference. */
  readonly text?: string;
  /** The shipper's reference, whole; found by who sees it. */
  readonly reference?: string;
  readonly shipper?: ParticipantId;
  /** Who is to carry, or carried, one of its legs, as far as the viewer sees. */
  readonly carrier?: ParticipantId;
  /** Found by the shipper and the operator. */
  readonly importedBy?: Id<"import">;
  /** Both ends inside, by `placedAt`. */
  readonly placedFrom?: Instant;
  readonly placedUntil?: Instant;
  /** Newest first (`-placed`) when left out. */
  readonly sort?: OrderSort;
  /** Of a list that is sorted the same way. */
  readonly cursor?: string;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** What a filter counts: everything of a query but its order and its page. */
export type OrderFilter = Omit<OrderQuery, "sort" | "cursor" | "limit">;

/** Who has an order, or had it last: its newest leg that the viewer sees, without the places. */
export type Standing = Pick<Leg, "id" | "order" | "kind" | "state" | "assignment" | "estimate">;

/**
 * What may be read, always on somebody's behalf. A row that the scope does not see is not there: `null`, left out of lists and
 * counts. A shipper sees its orders; a carrier sees an order once one of its legs is, or was, committed to it.
 */
export interface Reads {
  orders(scope: Scope, query: OrderQuery): Promise<Page<Order>>;
  countOrders(scope: Scope, filter: OrderFilter): Promise<Readonly<Record<OrderState, number>>>;
  order(scope: Scope, id: OrderId): Promise<Order | null>;
  /** The shipper's order that holds this reference now: a cancelled one has given it back. */
  holderOf(shipper: ParticipantId, reference: string): Promise<OrderId | null>;
  /** Of those orders that have a leg which the scope sees. */
  standings(scope: Scope, orders: readonly OrderId[]): Promise<ReadonlyMap<OrderId, Standing>>;
  legs(scope: Scope, order: OrderId): Promise<readonly Leg[]>;
  leg(scope: Scope, id: LegId): Promise<Leg | null>;
  attempts(scope: Scope, order: OrderId): Promise<readonly Attempt[]>;
  /** Newest first. The candidates' names belong to the shipper's and the operator's eyes: a carrier sees its own line only. */
  decisions(
    scope: Scope,
    query: { readonly order?: OrderId; readonly cursor?: string; readonly limit: number },
  ): Promise<Page<Decision>>;
  /** A participant sees the lines of its own accounts. */
  postings(scope: Scope, order: OrderId): Promise<readonly Posting[]>;
  /** The order's events in sequence. */
  timeline(scope: Scope, order: OrderId): Promise<readonly Recorded[]>;
  /** Sealed events of the scope after the cursor `seq` (network: by a global position), oldest first: for streams, webhooks and export. */
  feed(
    scope: Scope,
    after: number,
    limit: number,
  ): Promise<readonly { readonly position: number; readonly event: Sealed }[]>;
  /** Outcomes of the scope's settled orders placed within the span; both ends inside, null: open. */
  outcomes(scope: Scope, from: Instant | null, until: Instant | null): Promise<readonly Outcome[]>;
  participants(scope: Scope): Promise<readonly Participant[]>;
  couriers(scope: Scope): Promise<readonly Courier[]>;
  shifts(scope: Scope, from: Instant, until: Instant): Promise<readonly Shift[]>;
  /** Sampled positions of a courier, oldest first. */
  trail(scope: Scope, courier: CourierId, from: Instant, until: Instant): Promise<readonly Position[]>;
  answer(participant: ParticipantId, key: string): Promise<KeptAnswer | null>;
  requests(scope: Scope, state: Request["state"]): Promise<readonly Request[]>;
}

/** A machine's key: only its hash is kept. */
export interface ApiKey {
  readonly id: Id<"key">;
  readonly participant: ParticipantId | "network";
  readonly name: string;
  /** SHA-256 in hexadecimal of the whole key. */
  readonly hash: string;
  readonly may: readonly Permission[];
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
}

/** A participant's webhook endpoint and how far it has been served. */
export interface Endpoint {
  readonly id: Id<"endpoint">;
  readonly participant: ParticipantId;
  readonly url: string;
  /** The Standard Webhooks signing secret (`whsec_…`), sealed by the vault's key. */
  readonly sealedSecret: Uint8Array;
  /** What it is sent: every event as a CloudEvent, or the deliveries that change, as the carrier API says. */
  readonly form: "events" | "deliveries";
  readonly active: boolean;
  /** The feed position up to which everything was delivered or given up. */
  readonly position: number;
  readonly failures: number;
  readonly retryAt: Instant | null;
  readonly createdAt: Instant;
}

/** One try to deliver an event to an endpoint. */
export interface WebhookTry {
  readonly endpoint: Id<"endpoint">;
  readonly event: EventId;
  readonly position: number;
  readonly at: Instant;
  readonly status: number | null;
  readonly error: string | null;
}

/** A platform's account as its participant has linked it. */
export interface Link {
  readonly participant: ParticipantId;
  /** Which platform's protocol is spoken, e.g. `uber-direct`. */
  readonly platform: string;
  /** Its credentials as JSON, sealed by the vault's key. */
  readonly sealedCredentials: Uint8Array;
  /** Where it is asked instead of at the platform's own address; null: there. */
  readonly baseUrl: string | null;
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  readonly linkedAt: Instant;
  readonly changedAt: Instant;
  /** Who changed it last, as `Scope.by` tells. */
  readonly changedBy: string;
}

/** The newest report of a source on the roads, as it came in. */
export interface KeptRoadReport {
  readonly source: string;
  /** From then on nothing of it holds, and it need not be kept. */
  readonly validUntil: Instant;
  /** JSON: read again by whoever takes it up. */
  readonly report: unknown;
}

/** The tables that belong to no journey: keys, endpoints, links, and reports on the roads, which are everybody's. */
export interface Registry {
  keyByHash(hash: string): Promise<ApiKey | null>;
  keys(scope: Scope): Promise<readonly ApiKey[]>;
  saveKey(scope: Scope, key: ApiKey): Promise<void>;
  endpoints(scope: Scope): Promise<readonly Endpoint[]>;
  saveEndpoint(scope: Scope, endpoint: Endpoint): Promise<void>;
  removeEndpoint(scope: Scope, id: Id<"endpoint">): Promise<boolean>;
  recordTry(scope: Scope, attempt: WebhookTry): Promise<void>;
  tries(scope: Scope, endpoint: Id<"endpoint">, limit: number): Promise<readonly WebhookTry[]>;
  links(scope: Scope): Promise<readonly Link[]>;
  saveLink(scope: Scope, link: Link): Promise<void>;
  removeLink(scope: Scope, participant: ParticipantId): Promise<boolean>;
  /** By source. */
  roadReports(): Promise<readonly KeptRoadReport[]>;
  /** In place of what the source said before; what holds no longer `now` goes. */
  saveRoadReport(report: KeptRoadReport, now: Instant): Promise<void>;
}

/** Somebody looked at personal data. Written before it was shown, and never changed. */
export interface Opening {
  readonly at: Instant;
  /** The person, key or process, and for whom it acted. */
  readonly by: string;
  readonly viewer: Scope["viewer"];
  readonly purpose: string;
  readonly kind: SealedRecord["kind"];
  readonly subject: SubjectId;
  /** Whose book the record is in. */
  readonly owner: ParticipantId;
}

/** An opening as it stands in the book: `number` only grows. */
export interface WrittenOpening extends Opening {
  readonly number: number;
}

export interface OpeningQuery {
  /** Of these alone; all when left out. */
  readonly subjects?: readonly SubjectId[];
  /** Older than the opening of this number. */
  readonly before?: number;
  /** 1 to 1,000. */
  readonly limit: number;
}

/** Sealed personal data, by subject. What is forgotten has lost its key and reads as null for ever, backups included once they age out. */
export interface VaultStore {
  sealed(scope: Scope, subjects: readonly SubjectId[]): Promise<readonly SealedRecord[]>;
  /** Deletes the subject's key. */
  forget(scope: Scope, subject: SubjectId): Promise<boolean>;
  /** Writes openings down; durable when it resolves. */
  recordOpenings(openings: readonly Opening[]): Promise<void>;
  /** Openings of what the scope owns, newest first. */
  openings(scope: Scope, query: OpeningQuery): Promise<readonly WrittenOpening[]>;
}

/** The truth. One implementation in PostgreSQL, one in memory, held to one suite of tests. */
export interface Store {
  readonly reads: Reads;
  readonly registry: Registry;
  readonly vault: VaultStore;
  load(): Promise<Snapshot>;
  /** Resolves when the batch is durable. Rejects, and has written nothing, when it is not. */
  commit(batch: Batch): Promise<void>;
  /** Chains up to `limit` stored events that have no hash yet, in the order of their commits; says how many. */
  seal(limit: number): Promise<number>;
  /** Samples of positions, outside every transaction of the journey: a crash may lose the last second. */
  savePositions(positions: readonly Position[]): Promise<void>;
  close(): Promise<void>;
}
