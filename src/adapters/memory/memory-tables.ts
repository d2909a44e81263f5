import type {
  Batch,
  KeptAnswer,
  Leg,
  Order,
  Place,
  Position,
  Recorded,
  Request,
  Sealed,
  SealedRecord,
  Table,
  Tables,
} from "../../domain/index.ts";
import type { CourierId, EventId, LegId, OrderId, ParticipantId, SubjectId } from "../../kernel/id.ts";
import type { ChainHead } from "./chain.ts";
import { toJson } from "./clean-json.ts";
import { StoreConflict } from "./conflict.ts";
import { pair } from "./indexes.ts";
import { readerOf } from "./readers.ts";

/** An event as it is kept, with the one party besides its owner that may read it. */
export interface Kept {
  readonly recorded: Recorded;
  readonly reader: ParticipantId | null;
}

export interface Fed {
  readonly position: number;
  readonly event: Sealed;
}

type Rows = { readonly [T in Table]: Map<string, Tables[T]> };

const emptyRows = (): Rows => ({
  participant: new Map(),
  order: new Map(),
  leg: new Map(),
  courier: new Map(),
  shift: new Map(),
  route: new Map(),
  offer: new Map(),
  request: new Map(),
  round: new Map(),
  timer: new Map(),
  attempt: new Map(),
  decision: new Map(),
  posting: new Map(),
  outcome: new Map(),
});

const writtenOnce: ReadonlySet<Table> = new Set(["attempt", "decision", "posting", "outcome"]);

/** Everything the memory store holds. `check` refuses a batch before `apply` changes anything. */
export class MemoryTables {
  readonly rows = emptyRows();
  readonly references = new Map<string, OrderId>();
  readonly legsByOrder = new Map<OrderId, Set<LegId>>();
  /** Legs from or to a person's place. */
  readonly legsBySubject = new Map<SubjectId, Set<LegId>>();
  /** By leg: every carrier to which it is, or was, committed. */
  readonly holders = new Map<LegId, Set<ParticipantId>>();
  readonly eventIds = new Set<EventId>();
  readonly timelines = new Map<OrderId, Kept[]>();
  readonly settled = new Set<OrderId>();
  readonly unsealed: Kept[] = [];
  readonly heads = new Map<ParticipantId, ChainHead>();
  readonly feeds = new Map<ParticipantId | "network", Fed[]>();
  readonly inbox = new Map<EventId, Recorded>();
  readonly answers = new Map<string, KeptAnswer>();
  readonly sealed = new Map<SubjectId, Map<SealedRecord["kind"], SealedRecord>>();
  readonly forgotten = new Set<SubjectId>();
  readonly positions = new Map<CourierId, Position[]>();

  /** Throws StoreConflict when the batch cannot be taken whole. */
  check(batch: Batch): void {
    this.#checkSequences(batch.recorded);
    this.#checkReferences(batch.rows);
    const keys = new Set<string>();
    for (const { participant, key } of batch.answers) {
      const name = pair(participant, key);
      if (this.answers.has(name) || keys.has(name)) {
        throw new StoreConflict("ANSWER_KEPT", `${participant} already has an answer under this key`);
      }
      keys.add(name);
    }
    for (const id of batch.handled) {
      if (!this.inbox.has(id)) throw new StoreConflict("NOT_WAITING", `${id} does not wait in the inbox`);
    }
    for (const { table, row } of batch.rows) {
      if (writtenOnce.has(table) && this.rows[table].has(row.id)) {
        throw new StoreConflict("WRITTEN_BEFORE", `${table} ${row.id} is written once`);
      }
    }
  }

  #checkSequences(recorded: readonly Recorded[]): void {
    const last = new Map<OrderId, number>();
    for (const { id, order, sequence } of recorded) {
      const before = last.get(order) ?? this.timelines.get(order)?.length ?? 0;
      if (sequence !== before + 1 || this.eventIds.has(id)) {
        throw new StoreConflict("SEQUENCE_BROKEN", `${order}: event ${sequence} does not follow ${before}`);
      }
      last.set(order, sequence);
    }
  }

  #checkReferences(rows: Batch["rows"]): void {
    const taken = new Map<string, OrderId>();
    for (const entry of rows) {
      if (entry.table !== "order" || entry.row.reference === null || entry.row.state === "cancelled") continue;
      const name = pair(entry.row.shipper, entry.row.reference);
      const holder = taken.get(name) ?? this.references.get(name);
      if (holder !== undefined && holder !== entry.row.id) {
        throw new StoreConflict("REFERENCE_TAKEN", `${entry.row.shipper} has another order ${entry.row.reference}`);
      }
      taken.set(name, entry.row.id);
    }
  }

  apply(batch: Batch): void {
    for (const { table, row } of batch.rows) this.#putRow(table, row);
    for (const { table, id } of batch.drops) this.rows[table].delete(id);
    for (const recorded of batch.recorded) this.#record(recorded);
    const waiting = new Set(batch.waiting);
    for (const recorded of batch.recorded) if (waiting.has(recorded.id)) this.inbox.set(recorded.id, recorded);
    for (const id of batch.handled) this.inbox.delete(id);
    for (const answer of batch.answers) this.answers.set(pair(answer.participant, answer.key), answer);
    for (const record of batch.sealed) this.#seal(record);
  }

  #putRow<T extends Table>(table: T, row: Tables[T]): void {
    if (table === "order") this.#putOrder(row as Order);
    if (table === "leg") this.#putLeg(row as Leg);
    (this.rows[table] as Map<string, Tables[T]>).set(row.id, row);
  }

  /** A cancelled order gives its reference back. */
  #putOrder({ id, shipper, reference, state }: Order): void {
    const before = this.rows.order.get(id)?.reference ?? null;
    if (before !== null && this.references.get(pair(shipper, before)) === id)
      this.references.delete(pair(shipper, before));
    if (reference !== null && state !== "cancelled") this.references.set(pair(shipper, reference), id);
  }

  #putLeg({ id, order, from, to, assignment }: Leg): void {
    added(this.legsByOrder, order, id);
    added(this.legsBySubject, from.subject, id);
    added(this.legsBySubject, to.subject, id);
    if (assignment !== null) added(this.holders, id, assignment.carrier);
  }

  #record(as: Recorded): void {
    const { order, owner } = as;
    // As PostgreSQL would give it back: events are what is hashed, and later read from outside.
    const event = JSON.parse(toJson(as.event)) as Recorded["event"];
    const recorded = { ...as, event };
    this.eventIds.add(recorded.id);
    if (event.type === "LegAssigned") added(this.holders, event.leg, event.carrier);
    if (event.type === "JourneySettled") this.settled.add(order);
    const allowed = readerOf(event);
    const reader =
      allowed === null
        ? null
        : "who" in allowed
          ? allowed.who
          : this.rows.leg.get(allowed.carrierOf)?.assignment?.carrier;
    const kept: Kept = { recorded, reader: reader === undefined || reader === owner ? null : reader };
    const timeline = this.timelines.get(order);
    if (timeline === undefined) this.timelines.set(order, [kept]);
    else timeline.push(kept);
    this.unsealed.push(kept);
  }

  #seal(record: SealedRecord): void {
    if (this.forgotten.has(record.subject)) return;
    const records = this.sealed.get(record.subject) ?? new Map<SealedRecord["kind"], SealedRecord>();
    this.sealed.set(record.subject, records.set(record.kind, record));
  }

  /** Not settled, or settled and still waited for by a handler or an answer of the world. */
  livingOrders(): ReadonlySet<OrderId> {
    const kept = new Set<OrderId>([...this.inbox.values()].map(({ order }) => order));
    for (const request of this.rows.request.values()) if (isOpen(request)) kept.add(request.order);
    return new Set(
      [...this.rows.order.keys()].map((id) => id as OrderId).filter((id) => !this.settled.has(id) || kept.has(id)),
    );
  }

  /** The place as it may still be known. */
  known(place: Place, cut: (place: Place) => Place): Place {
    return this.forgotten.has(place.subject) ? cut(place) : place;
  }
}

const isOpen = ({ state }: Request): boolean => state !== "answered";

function added<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
