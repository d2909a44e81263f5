import type { Pool } from "pg";
import type { Recorded } from "../../domain/index.ts";
import { emptyChain, sealNext } from "../memory/chain.ts";
import { inTransaction, rows, type Queryable } from "./database.ts";
import { recordedColumns, toRecorded, type EventRow } from "./event-rows.ts";

/** Any number: it only has to be the same in every process. */
const sealLock = 7_209_002;

interface Head {
  seq: number;
  hash: string;
  position: number;
}

/** Chains events in the order of their arrival, one process at a time; says how many. */
export async function sealEvents(pool: Pool, limit: number): Promise<number> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [sealLock]);
    const waiting = await rows<EventRow & { reader: string | null }>(
      client,
      `select ${recordedColumns}, reader from events where position is null order by arrival limit $1`,
      [limit],
    );
    if (waiting.length > 0) await chainAll(client, waiting);
    return waiting.length;
  });
}

async function chainAll(client: Queryable, waiting: readonly (EventRow & { reader: string | null })[]): Promise<void> {
  const heads = await headsOf(
    client,
    new Set(waiting.flatMap(({ owner, reader }) => [owner, ...(reader === null ? [] : [reader])])),
  );
  const links = waiting.map((row) => chain(heads, toRecorded(row), row.reader));
  await client.query(
    `update events set seq = link.seq, prev_hash = link.prev_hash, hash = link.hash, position = link.position,
       owner_position = link.owner_position, reader_position = link.reader_position
     from jsonb_to_recordset($1::jsonb) as link (id text, seq bigint, prev_hash text, hash text, position bigint,
       owner_position bigint, reader_position bigint)
     where events.id = link.id`,
    [JSON.stringify(links)],
  );
  await client.query(
    `insert into chain_heads (viewer, seq, hash, position)
     select viewer, seq, hash, position from jsonb_to_recordset($1::jsonb) as head (viewer text, seq bigint, hash text, position bigint)
     on conflict (viewer) do update set seq = excluded.seq, hash = excluded.hash, position = excluded.position`,
    [JSON.stringify([...heads].map(([viewer, head]) => ({ viewer, ...head })))],
  );
}

async function headsOf(client: Queryable, viewers: ReadonlySet<string>): Promise<Map<string, Head>> {
  const names = ["network", ...viewers];
  const heads = new Map<string, Head>(names.map((viewer) => [viewer, { ...emptyChain, position: 0 }]));
  const found = await rows<Head & { viewer: string }>(
    client,
    "select viewer, seq, hash, position from chain_heads where viewer = any($1::text[])",
    [names],
  );
  for (const { viewer, ...head } of found) heads.set(viewer, head);
  return heads;
}

function chain(heads: Map<string, Head>, recorded: Recorded, reader: string | null): object {
  const owner = heads.get(recorded.owner)!;
  const { id, seq, prevHash, hash } = sealNext(owner, recorded);
  Object.assign(owner, { seq, hash });
  return {
    id,
    seq,
    prev_hash: prevHash,
    hash,
    position: ++heads.get("network")!.position,
    owner_position: ++owner.position,
    reader_position: reader === null ? null : ++heads.get(reader)!.position,
  };
}
