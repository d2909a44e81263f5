import type { CourierId, Id, Kind, LegId, OrderId, ParticipantId, RequestId, ShiftId } from "../kernel/id.ts";
import type { Instant } from "../kernel/quantity.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Courier, Position, Route, Shift } from "./courier.ts";
import type { Happened } from "./events/index.ts";
import type { Posting } from "./ledger.ts";
import type { Attempt, Leg, Order, OrderChange } from "./order.ts";
import type { Outcome } from "./outcome.ts";
import type { Participant } from "./participant.ts";
import type { Decision, Offer } from "./quote.ts";
import type { OwnPrice, OwnRefusal, QuoteAnswer } from "./pricing.ts";
import type { Quote } from "./quote.ts";

/**
 * Something the world was asked and has not answered yet. Stored in the transaction that asked; performed after commit by
 * `main/effects.ts`, again after a crash, with the same `key`.
 */
export interface Request {
  readonly id: RequestId;
  readonly kind: "quotes" | "booking" | "cancel" | "update";
  readonly order: OrderId;
  readonly leg: LegId;
  readonly owner: ParticipantId;
  /** Who is asked: every platform of a quote round, or the one to book with, to tell of changes or to cancel at. */
  readonly carriers: readonly ParticipantId[];
  readonly round: number;
  /** The idempotency key towards the world. */
  readonly key: string;
  readonly quote: Quote | null;
  readonly reference: string | null;
  /** What an update tells. */
  readonly changes?: readonly OrderChange[];
  readonly madeAt: Instant;
  readonly deadline: Instant | null;
  readonly state: "open" | "unknown" | "answered";
}

/** The round of quotes that is open for a leg, found by the leg's id: what the own routes said, kept until the others have answered. */
export interface Round {
  readonly id: LegId;
  readonly round: number;
  readonly pricedAt: Instant;
  readonly candidates: readonly OwnPrice[];
  readonly cannot: readonly OwnRefusal[];
  readonly askedAt: Instant;
  /** What the others answered, once they have; null while they are asked. */
  readonly answers: readonly QuoteAnswer[] | null;
  readonly answeredAt: Instant | null;
}

/** Something to happen at a time, once: kept in the store, so that it survives a crash. `id` is unique; setting it again moves it. */
export interface Timer {
  readonly id: string;
  readonly owner: ParticipantId;
  readonly dueAt: Instant;
  readonly event: Happened;
}

/** Every kind of row there is, by the table it lives in. */
export interface Tables {
  readonly participant: Participant;
  readonly order: Order;
  readonly leg: Leg;
  readonly courier: Courier;
  readonly shift: Shift;
  readonly route: Route;
  readonly offer: Offer;
  readonly request: Request;
  readonly round: Round;
  readonly timer: Timer;
  readonly attempt: Attempt;
  readonly decision: Decision;
  readonly posting: Posting;
  readonly outcome: Outcome;
}
export type Table = keyof Tables;

/**
 * The living part of the network: participants, couriers, shifts and everything of orders that are not settled yet. Attempts,
 * decisions and postings are written and never read back here.
 */
export interface State {
  get<T extends Table>(table: T, id: string): Tables[T] | undefined;
  /** As `get`, for what must be there: throws BrokenInvariant. */
  must<T extends Table>(table: T, id: string): Tables[T];
  put<T extends Table>(table: T, row: Tables[T]): void;
  /** Deletes a row that has served its purpose (a route, a round, a timer). */
  drop(table: "route" | "round" | "timer", id: string): void;
  participants(): readonly Participant[];
  couriers(carrier: ParticipantId): readonly Courier[];
  legsOf(order: OrderId): readonly Leg[];
  /** Legs that are committed to this carrier and not over. */
  legsWith(carrier: ParticipantId): readonly Leg[];
  legByReference(carrier: ParticipantId, reference: string): Leg | undefined;
  orderByReference(shipper: ParticipantId, reference: string): Order | undefined;
  /** A courier's shifts that are planned or on duty. */
  shiftsOf(courier: CourierId): readonly Shift[];
  /** The shift of this courier that is on duty, if any. */
  shiftOf(courier: CourierId): Shift | undefined;
  /** Shifts on duty of a carrier, each with its route. */
  onDuty(
    carrier: ParticipantId,
  ): readonly { readonly shift: Shift; readonly courier: Courier; readonly route: Route }[];
  routeOf(shift: ShiftId): Route | undefined;
  position(courier: CourierId): Position | undefined;
  /** Metres between the positions of a courier so far, as great circles; kept in memory only, 0 after a restart. */
  odometer(courier: CourierId): number;
}

/** One step of the journey: what it may know and do. Whatever it puts and returns is stored in one transaction, or not at all. */
export interface Step {
  readonly now: Instant;
  readonly state: State;
  readonly rng: Rng;
  /** Milliseconds of the clock since `now`: what deciding itself has taken. 0 under virtual time. For measures only. */
  elapsed_ms(): number;
  id<K extends Kind>(kind: K): Id<K>;
}

/** A stage's answer to an event: what happened in consequence. */
export type Handler<E extends Happened> = (event: E, step: Step) => Promise<readonly Happened[]> | readonly Happened[];

/** Which handlers wake on which event, in this order. */
export type Journey = { readonly [E in Happened as E["type"]]?: readonly Handler<E>[] };
