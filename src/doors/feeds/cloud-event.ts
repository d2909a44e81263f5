import type { Happened, HappenedType, QuoteAnswer, Recorded, Scope, Sealed } from "../../domain/index.ts";
import type { LegId, ParticipantId } from "../../kernel/id.ts";
import { toIso } from "../../kernel/quantity.ts";

/** A CloudEvents 1.0 event in its JSON format (github.com/cloudevents/spec, v1.0.2); extension names are lower case there. */
export interface CloudEvent {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: "application/json";
  /** The event's number within its order, as in CloudEvents' "sequence" extension. */
  readonly sequence: string;
  /** Its place in the feed: where to go on after an interruption. */
  readonly position: number;
  /** Its link in the chain of its participant's log: SHA-256, hexadecimal. */
  readonly hash: string;
  readonly prevhash: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * `LegAssigned` → `io.milepool.leg.assigned.v1`; an order's end says which:
 * `OrderClosed` in state delivered → `io.milepool.order.delivered.v1`.
 */
export function cloudEventType(event: Happened): string {
  const [subject = "", ...rest] = event.type.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
  const what = event.type === "OrderClosed" ? event.state : rest.join("_");
  return `io.milepool.${subject}.${what}.v1`;
}

/** The event without its name, which is the CloudEvent's type: ids and facts, and of what carriers quoted only what the scope may know. */
export function dataOf(scope: Scope, { type: _type, ...facts }: Happened): Readonly<Record<string, unknown>> {
  if (!("answers" in facts) || scope.viewer === "network") return facts;
  return { ...facts, answers: facts.answers.map((answer) => answerFor(scope, answer)) };
}

/** Whoever asks the network to choose learns who answered; what a carrier would have taken is between it and the network. */
function answerFor(scope: Scope, answer: QuoteAnswer): object {
  if (answer.kind !== "quote" || answer.quote.carrier === scope.viewer) return answer;
  return { kind: "quote", carrier: answer.quote.carrier };
}

export function toCloudEvent(scope: Scope, position: number, sealed: Sealed, source: string): CloudEvent {
  return {
    specversion: "1.0",
    id: sealed.id,
    source,
    type: cloudEventType(sealed.event),
    subject: sealed.order,
    time: toIso(sealed.at),
    datacontenttype: "application/json",
    sequence: String(sealed.sequence),
    position,
    hash: sealed.hash,
    prevhash: sealed.prevHash,
    data: dataOf(scope, sealed.event),
  };
}

/** What a carrier may read of an order that is not its own: the steps of its own legs, and that the order began and ended. */
const ordersOwn: ReadonlySet<HappenedType> = new Set(["OrderStarted", "OrderClosed"]);
const legsSteps: ReadonlySet<HappenedType> = new Set(["LegProgressed", "AttemptRecorded", "LegCancelled"]);

/**
 * Whether the scope may read an event: its owner and the operator read each (of quotes see `dataOf`). Another participant reads what names it (an offer
 * to it, its assignment, its booking), the steps of `legs` that it carries, and the order's start and end; never prices,
 * quotes or decisions about others.
 */
export function mayReadEvent(
  scope: Scope,
  { owner, event }: Pick<Recorded, "owner" | "event">,
  legs: ReadonlySet<LegId>,
): boolean {
  if (scope.viewer === "network" || scope.viewer === owner) return true;
  const named = namedIn(event);
  if (named !== null) return named === scope.viewer;
  if (ordersOwn.has(event.type)) return true;
  return legsSteps.has(event.type) && "leg" in event && legs.has(event.leg);
}

/** The one participant an event is about; null when it names none. */
function namedIn(event: Happened): ParticipantId | null {
  if (event.type === "ParcelMoved") return event.holder.kind === "recipient" ? null : event.holder.participant;
  if ("carrier" in event) return event.carrier;
  if ("to" in event && event.type === "LegOffered") return event.to;
  if ("by" in event) return event.by;
  return null;
}
