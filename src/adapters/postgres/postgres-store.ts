import { Client, type Pool, type PoolConfig } from "pg";
import type { Batch, Position, Store } from "../../domain/index.ts";
import { OpenedRecords } from "../vault/opened-records.ts";
import { openCipher, type Cipher } from "../vault/index.ts";
import { commitBatch, understood } from "./commit.ts";
import { openPool, rows, unreachable } from "./database.ts";
import { Lease } from "./lease.ts";
import { loadLiving } from "./load.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { PostgresReads } from "./postgres-reads.ts";
import { PostgresRegistry } from "./postgres-registry.ts";
import { PostgresVault, sampleRecord } from "./postgres-vault.ts";
import { sealEvents } from "./seal.ts";

export interface PostgresStoreOptions {
  /** A server's address (`postgresql://…`), or where `startEmbedded` listens. */
  readonly database: string | Pick<PoolConfig, "host" | "port" | "user" | "database">;
  /** The vault's key file, or a cipher that is open already. */
  readonly vault: { readonly keyFile: string } | { readonly cipher: Cipher };
  /** Folders with the migrations of other adapters that keep tables here. */
  readonly migrations?: readonly string[];
  /** Push a living process aside instead of refusing to load: for who knows that it hangs. */
  readonly takeOver?: boolean;
  /** Told when a connection breaks while nobody uses it. */
  readonly broken?: (error: Error) => void;
}

/** The store, and what its neighbours share with it. */
export interface PostgresStore extends Store {
  /** For `openVault`. */
  readonly cipher: Cipher;
  /** For adapters that keep tables of their own here. */
  readonly pool: Pool;
  /** The migrations that this start has applied. */
  readonly migrated: readonly string[];
}

/**
 * Opens the store and brings its schema up to date. Throws StoreTooNew, VaultKeyError, EmbeddedPostgresError (the server does not
 * answer): each with one sentence for the person who starts the program.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const config = typeof options.database === "string" ? { connectionString: options.database } : options.database;
  const migrated = await upToDate(config, options.migrations ?? []);
  const pool = openPool(config, options.broken ?? (() => {}));
  try {
    const cipher =
      "cipher" in options.vault ? options.vault.cipher : openCipher(options.vault.keyFile, await sampleRecord(pool));
    return assembled(pool, cipher, options.takeOver ?? false, migrated);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** On a connection of its own: a migration may take longer than any statement of the journey. */
async function upToDate(config: PoolConfig, folders: readonly string[]): Promise<readonly string[]> {
  const client = new Client({ connectionTimeoutMillis: 10_000, ...config });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(config.host ?? new URL(config.connectionString!).host, error as Error);
  }
  try {
    return await migrate(client, readMigrations(folders));
  } finally {
    await client.end();
  }
}

/** Some 20,000 names and addresses: whoever lives in the snapshot or was read lately. */
const openedAtHand_bytes = 32_000_000;

function assembled(pool: Pool, cipher: Cipher, takeOver: boolean, migrated: readonly string[]): PostgresStore {
  const opened = new OpenedRecords(openedAtHand_bytes);
  const open = (record: Parameters<Cipher["open"]>[0]): unknown => opened.get(record, cipher.open);
  const lease = new Lease(pool, takeOver);
  const offered = new WeakSet<Batch>();
  return {
    cipher,
    pool,
    migrated,
    reads: new PostgresReads(pool, open),
    registry: new PostgresRegistry(pool),
    vault: new PostgresVault(pool),
    async load() {
      await lease.take();
      return loadLiving(pool, open);
    },
    commit: (batch) => commit(pool, batch, lease.token, offered),
    seal: (limit) => sealEvents(pool, limit),
    savePositions: (positions) => savePositions(pool, positions),
    async close() {
      await lease.drop();
      await pool.end();
    },
  };
}

/** A batch that is there already was committed before its answer was lost: it is done. `offered` knows those that come again. */
async function commit(pool: Pool, batch: Batch, token: number, offered: WeakSet<Batch>): Promise<void> {
  const again = offered.has(batch);
  offered.add(batch);
  try {
    await commitBatch(pool, batch, token);
  } catch (error) {
    const conflict = understood(error);
    if (conflict !== error && (await isThere(pool, batch, again))) return;
    throw conflict;
  }
}

/** All its events are stored; or, when it has none and comes `again`, what it handled has left the inbox, which nobody else empties. */
async function isThere(pool: Pool, { recorded, handled }: Batch, again: boolean): Promise<boolean> {
  const count = async (table: string, column: string, ids: readonly string[]): Promise<number> =>
    (
      await rows<{ count: number }>(pool, `select count(*) as count from ${table} where ${column} = any($1::text[])`, [
        ids,
      ])
    )[0]!.count;
  if (recorded.length === 0) return again && handled.length > 0 && (await count("inbox", "event_id", handled)) === 0;
  const ids = recorded.map(({ id }) => id);
  return (await count("events", "id", ids)) === ids.length;
}

async function savePositions(pool: Pool, positions: readonly Position[]): Promise<void> {
  const lines = positions.map(({ courier, carrier, point: [longitude, latitude], at, receivedAt }) => ({
    courier,
    carrier,
    longitude,
    latitude,
    at,
    received_at: receivedAt,
  }));
  await pool.query(
    `insert into positions (courier, at, carrier, longitude, latitude, received_at)
     select courier, at, carrier, longitude, latitude, received_at from jsonb_to_recordset($1::jsonb) as
       (courier text, at bigint, carrier text, longitude float8, latitude float8, received_at bigint)
     on conflict do nothing`,
    [JSON.stringify(lines)],
  );
}
