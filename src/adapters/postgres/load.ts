import type { Pool } from "pg";
import type { Leg, Order, Recorded, Route, Shift, Snapshot, Table, Tables } from "../../domain/index.ts";
import type { OrderId } from "../../kernel/id.ts";
import { centreOf } from "../memory/views.ts";
import { inTransaction, rows, type Queryable } from "./database.ts";
import { recordedColumns, toRecorded, type EventRow } from "./event-rows.ts";
import { locatorOf, type OpenRecord } from "./places.ts";
import { cellAround, sqlTable, subjectsOf, wholeLeg, wholeOrder, wholeRoute, type Origin } from "./row-tables.ts";

/** Not settled, or settled and still waited for by a handler or by an answer of the world. */
const livingOrders = `
  create temporary table living on commit drop as
  select order_id from order_logs where not settled
  union select order_id from inbox join events on events.id = inbox.event_id
  union select order_id from requests where state <> 'answered'`;

const clearLeftOvers = `
  with gone as (delete from timers where order_id not in (select order_id from living))
  delete from rounds where id not in (select legs.id from legs join living using (order_id))`;

/** Which rows of a table are alive. */
const alive: Partial<Record<Table, string>> = {
  participant: "true",
  courier: "true",
  shift: "state <> 'over'",
  route: "shift_id in (select id from shifts where state <> 'over')",
  order: "id in (select order_id from living)",
  leg: "order_id in (select order_id from living)",
  offer: "leg_id in (select legs.id from legs join living using (order_id))",
  request: "order_id in (select order_id from living)",
  round: "id in (select legs.id from legs join living using (order_id))",
  timer: "order_id in (select order_id from living)",
};

/** Everything that is alive, as of one moment, with the points of its places. */
export async function loadLiving(pool: Pool, open: OpenRecord): Promise<Snapshot> {
  return inTransaction(pool, async (client) => {
    await client.query("set local statement_timeout = '5min'");
    await client.query(livingOrders);
    await client.query("analyze living");
    await client.query(clearLeftOvers);
    const stored: Stored[] = [];
    for (const [table, where] of Object.entries(alive) as [Table, string][]) {
      const sql = `select body from ${sqlTable[table]} where ${where} order by id collate "C"`;
      for (const { body } of await rows<{ body: Tables[Table] }>(client, sql)) stored.push({ table, row: body });
    }
    const whole = await wholeRows(client, open, stored);
    return {
      rows: whole as unknown as Snapshot["rows"],
      inbox: await waiting(client),
      sequences: await sequences(client),
    };
  });
}

interface Stored {
  readonly table: Table;
  readonly row: Tables[Table];
}

async function wholeRows(client: Queryable, open: OpenRecord, stored: readonly Stored[]): Promise<readonly Stored[]> {
  const subjects = new Set(stored.flatMap(({ table, row }) => subjectsOf(table, row)));
  const locate = await locatorOf(client, open, subjects);
  const origin = originFrom(stored);
  return stored.map(({ table, row }) => {
    if (table === "order") return { table, row: wholeOrder(row as Order, locate) };
    if (table === "leg") return { table, row: wholeLeg(row as Leg, locate) };
    if (table === "route") return { table, row: wholeRoute(row as Route, locate, origin) };
    return { table, row };
  });
}

/** A stretch that begins in the cell of the shift's own start begins there; any other in the middle of its cell. */
function originFrom(found: readonly Stored[]): Origin {
  const starts = new Map(
    found.flatMap(({ table, row }) => (table === "shift" ? [[row.id, (row as Shift).start] as const] : [])),
  );
  return ({ shift, fromCell }) => {
    const start = starts.get(shift);
    return start !== undefined && cellAround(start) === fromCell ? start : centreOf(fromCell);
  };
}

async function waiting(client: Queryable): Promise<readonly Recorded[]> {
  const found = await rows<EventRow>(
    client,
    `select ${recordedColumns} from inbox join events on events.id = inbox.event_id order by arrival`,
  );
  return found.map(toRecorded);
}

async function sequences(client: Queryable): Promise<ReadonlyMap<OrderId, number>> {
  const found = await rows<{ order_id: OrderId; last: number }>(
    client,
    `select order_id, coalesce(order_logs.last, 0) as last from living left join order_logs using (order_id)`,
  );
  return new Map(found.map(({ order_id, last }) => [order_id, last]));
}
