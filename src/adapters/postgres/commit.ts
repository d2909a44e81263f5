import type { Batch, Recorded, SealedRecord, Table } from "../../domain/index.ts";
import type { OrderId } from "../../kernel/id.ts";
import { StoreConflict, type ConflictCode } from "../memory/conflict.ts";
import { readerOf } from "../memory/readers.ts";
import type { DatabaseError } from "pg";
import { toJson } from "../memory/clean-json.ts";
import type { Queryable } from "./database.ts";
import { bodyOf, sqlTable, writtenOnce } from "./row-tables.ts";

/** One part of the statement that a batch becomes: each a common table expression, with its values. */
interface Part {
  readonly name: string;
  sql(value: (value: unknown) => string): string;
  /** Refuses the whole batch when this condition, over the part, is true. */
  readonly refusal?: { readonly when: string; readonly code: ConflictCode; readonly message: string };
}

/**
 * Writes a batch as one statement, and so as one transaction, one journey to the server and one sync of its log. Its parts do
 * not depend on each other's order: each sees what was there before.
 */
export async function commitBatch(on: Queryable, batch: Batch, token: number): Promise<void> {
  const values: unknown[] = [];
  const value = (item: unknown): string => `$${values.push(item)}`;
  const parts = partsOf(batch, token);
  const expressions = parts.map((part) => `${part.name} as (${part.sql(value)})`);
  const refusals = parts.flatMap(({ refusal }) =>
    refusal === undefined
      ? []
      : [`case when ${refusal.when} then refuse('${refusal.code}', ${value(refusal.message)}) end`],
  );
  await on.query(`with ${expressions.join(",\n")}\nselect ${refusals.join(",\n")}`, values);
}

function partsOf(batch: Batch, token: number): Part[] {
  const parts = [leasePart(token)];
  for (const [table, rows] of Map.groupBy(batch.rows, ({ table }) => table)) parts.push(rowsPart(table, rows));
  for (const [table, drops] of Map.groupBy(batch.drops, ({ table }) => table)) {
    parts.push(
      dropPart(
        table,
        drops.map(({ id }) => id),
      ),
    );
  }
  const runs = [...Map.groupBy(batch.recorded, ({ order }) => order)].map(([order, events]) => runOf(order, events));
  const [begun, grown] = [runs.filter(({ first }) => first === 1), runs.filter(({ first }) => first > 1)];
  if (begun.length > 0) parts.push(begunPart(begun));
  if (grown.length > 0) parts.push(grownPart(grown));
  if (batch.recorded.length > 0) parts.push(eventsPart(batch));
  const holders = holdersPart(batch);
  if (holders !== null) parts.push(holders);
  if (batch.waiting.length > 0) parts.push(waitingPart(batch.waiting));
  if (batch.handled.length > 0) parts.push(handledPart(batch.handled));
  if (batch.sealed.length > 0) parts.push(sealedPart(batch.sealed));
  if (batch.answers.length > 0) parts.push(answersPart(batch.answers));
  return parts;
}

/** The row is locked until the end, so that no one takes the lease between the check and the commit. */
const leasePart = (token: number): Part => ({
  name: "lease",
  sql: (value) => `select token from leases where name = 'journey' and token = ${value(token)}::bigint for share`,
  refusal: {
    when: "not exists (select from lease)",
    code: "LEASE_LOST",
    message: "another process has loaded this store since",
  },
});

function rowsPart(table: Table, entries: Batch["rows"]): Part {
  const bodies = new Map(entries.map(({ row }) => [row.id, bodyOf(table, row)]));
  const onConflict = writtenOnce.has(table) ? "" : " on conflict (id) do update set body = excluded.body";
  return {
    name: `put_${table}`,
    sql: (value) =>
      `insert into ${sqlTable[table]} (id, body) select body ->> 'id', body from jsonb_array_elements(${value(
        toJson([...bodies.values()]),
      )}::jsonb) as body${onConflict}`,
  };
}

const dropPart = (table: Table, ids: readonly string[]): Part => ({
  name: `drop_${table}`,
  sql: (value) => `delete from ${sqlTable[table]} where id = any(${value(ids)}::text[])`,
});

/** A first event begins its order's numbering. */
const begunPart = (runs: readonly Run[]): Part => ({
  name: "begun",
  sql: (value) =>
    `insert into order_logs (order_id, last, settled) select "order", last, settled from ${runRows(runs, value)}`,
});

/** Later ones must follow the last: the number is compared and moved in one go. */
const grownPart = (runs: readonly Run[]): Part => ({
  name: "grown",
  sql: (value) => `
    update order_logs set last = run.last, settled = order_logs.settled or run.settled from ${runRows(runs, value)}
    where order_logs.order_id = run."order" and order_logs.last = run.first - 1 returning order_id`,
  refusal: {
    when: `(select count(*) from grown) <> ${runs.length}`,
    code: "SEQUENCE_BROKEN",
    message: `the events of ${runs.map(({ order }) => order).join(", ")} do not follow the last stored ones`,
  },
});

const runRows = (runs: readonly Run[], value: (value: unknown) => string): string =>
  `jsonb_to_recordset(${value(toJson(runs))}::jsonb) as run ("order" text, first int, last int, settled boolean)`;

/** The events of one order in a batch: numbered `first` to `last`. */
interface Run {
  readonly order: OrderId;
  readonly first: number;
  readonly last: number;
  readonly settled: boolean;
}

function runOf(order: OrderId, events: readonly Recorded[]): Run {
  const first = events[0]!.sequence;
  if (first < 1 || events.some(({ sequence }, index) => sequence !== first + index)) {
    throw new StoreConflict("SEQUENCE_BROKEN", `the events of ${order} do not follow one another`);
  }
  const settled = events.some(({ event }) => event.type === "JourneySettled");
  return { order, first, last: first + events.length - 1, settled };
}

/** In the order in which they happened: `arrival` counts them. */
function eventsPart({ recorded, rows }: Batch): Part {
  const carriers = new Map<string, string | null>();
  for (const { table, row } of rows) if (table === "leg") carriers.set(row.id, row.assignment?.carrier ?? null);
  const lines = recorded.map(({ id, at, owner, order, sequence, event }) => {
    const reader = readerOf(event);
    const who = reader === null ? null : "who" in reader ? reader.who : (carriers.get(reader.carrierOf) ?? null);
    const leg = reader !== null && "carrierOf" in reader && !carriers.has(reader.carrierOf) ? reader.carrierOf : null;
    return { id, at, owner, order, sequence, event, who, leg };
  });
  return {
    name: "happened",
    sql: (value) => `
      insert into events (id, at, owner, order_id, sequence, body, reader)
      select line.id, at, owner, line."order", sequence, event, nullif(coalesce(who, legs.carrier), owner)
      from rows from (jsonb_to_recordset(${value(toJson(lines))}::jsonb) as
        (id text, at bigint, owner text, "order" text, sequence int, event jsonb, who text, leg text))
        with ordinality as line (id, at, owner, "order", sequence, event, who, leg, number)
      left join legs on legs.id = line.leg
      order by number`,
  };
}

function holdersPart({ rows, recorded }: Batch): Part | null {
  const holders = new Map<string, { leg: string; carrier: string; order: string }>();
  const add = (leg: string, carrier: string, order: string): void =>
    void holders.set(`${leg} ${carrier}`, { leg, carrier, order });
  for (const { table, row } of rows) {
    if (table === "leg" && row.assignment !== null) add(row.id, row.assignment.carrier, row.order);
  }
  for (const { event } of recorded) if (event.type === "LegAssigned") add(event.leg, event.carrier, event.order);
  if (holders.size === 0) return null;
  return {
    name: "holders",
    sql: (value) => `
      insert into leg_holders (leg_id, carrier, order_id)
      select leg, carrier, "order" from jsonb_to_recordset(${value(toJson([...holders.values()]))}::jsonb) as
        (leg text, carrier text, "order" text)
      on conflict do nothing`,
  };
}

const waitingPart = (ids: readonly string[]): Part => ({
  name: "waiting",
  sql: (value) => `insert into inbox (event_id) select * from unnest(${value(ids)}::text[])`,
});

const handledPart = (ids: readonly string[]): Part => ({
  name: "handled",
  sql: (value) => `delete from inbox where event_id = any(${value(ids)}::text[]) returning event_id`,
  refusal: {
    when: `(select count(*) from handled) <> ${new Set(ids).size}`,
    code: "NOT_WAITING",
    message: "an event that was handled does not wait in the inbox",
  },
});

/** A forgotten subject stays forgotten, whoever still writes about it. */
function sealedPart(sealed: readonly SealedRecord[]): Part {
  const last = [...new Map(sealed.map((record) => [`${record.subject} ${record.kind}`, record])).values()];
  return {
    name: "sealed",
    sql: (value) => `
      insert into sealed_records (subject, kind, owner, wrapped_key, ciphertext, created_at)
      select * from unnest(${value(last.map(({ subject }) => subject))}::text[], ${value(last.map(({ kind }) => kind))}::text[],
        ${value(last.map(({ owner }) => owner))}::text[], ${value(last.map((record) => Buffer.from(record.wrappedKey)))}::bytea[],
        ${value(last.map((record) => Buffer.from(record.ciphertext)))}::bytea[], ${value(last.map(({ createdAt }) => createdAt))}::bigint[])
        as line (subject, kind, owner, wrapped_key, ciphertext, created_at)
      where not exists (select from sealed_records as gone where gone.subject = line.subject and gone.wrapped_key is null)
      on conflict (subject, kind) do update set owner = excluded.owner, wrapped_key = excluded.wrapped_key,
        ciphertext = excluded.ciphertext, created_at = excluded.created_at
        where sealed_records.wrapped_key is not null`,
  };
}

const answersPart = (answers: Batch["answers"]): Part => ({
  name: "answered",
  sql: (value) => `
    insert into kept_answers (participant, key, request_hash, status, body, at)
    select participant, key, "requestHash", status, body, at from jsonb_to_recordset(${value(toJson(answers))}::jsonb) as
      (participant text, key text, "requestHash" text, status int, body text, at bigint)`,
});

/** What PostgreSQL says, by the constraint that it names. */
const byConstraint: Readonly<Record<string, ConflictCode>> = {
  orders_reference: "REFERENCE_TAKEN",
  kept_answers_pkey: "ANSWER_KEPT",
  order_logs_pkey: "SEQUENCE_BROKEN",
  events_pkey: "SEQUENCE_BROKEN",
  events_sequence: "SEQUENCE_BROKEN",
  attempts_pkey: "WRITTEN_BEFORE",
  decisions_pkey: "WRITTEN_BEFORE",
  postings_pkey: "WRITTEN_BEFORE",
  outcomes_pkey: "WRITTEN_BEFORE",
};

/** SQLSTATE classes that the same batch meets every time: wrong data, a broken constraint, a limit of the server (PostgreSQL, Appendix A). */
const forever: ReadonlySet<string> = new Set(["22", "23", "54"]);

/** The error as a StoreConflict where it is one, else as it came. */
export function understood(error: unknown): unknown {
  const { code, constraint, detail, message } = error as Partial<DatabaseError>;
  if (code === "MP001") return new StoreConflict(detail as ConflictCode, message!);
  const conflict = code === "23505" ? byConstraint[constraint ?? ""] : undefined;
  if (conflict !== undefined) return new StoreConflict(conflict, message!);
  return code !== undefined && forever.has(code.slice(0, 2)) ? new StoreConflict("NOT_STORABLE", message!) : error;
}
