import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Client, type PoolConfig } from "pg";
import type { Order } from "../../domain/index.ts";
import { StoreConflict } from "../memory/conflict.ts";
import {
  ada,
  assignedTo,
  batchOf,
  carol,
  contactsOf,
  legOf,
  orderOf,
  put,
  recordedOf,
  routeOf,
  scopeOf,
  shiftOf,
} from "../memory/testing/samples.ts";
import { cipherWith, VaultKeyError } from "../vault/index.ts";
import { StoreInUse } from "./lease.ts";
import { migrate, readMigrations, StoreTooNew } from "./migrate.ts";
import { openPostgresStore, type PostgresStore } from "./postgres-store.ts";
import { instant } from "../../kernel/quantity.ts";
import { dumpSchema } from "./testing/dump-schema.ts";
import { TestServer } from "./testing/test-server.ts";

const cipher = cipherWith(new Uint8Array(32).fill(1));
const network = scopeOf("network");
const snapshot = new URL("schema.sql", import.meta.url);
let server: TestServer;

before(async () => {
  server = await TestServer.start();
});
after(() => server.stop());

async function withClient<Value>(at: PoolConfig, work: (client: Client) => Promise<Value>): Promise<Value> {
  const client = new Client(at);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function withStore(
  at: PoolConfig,
  work: (store: PostgresStore) => Promise<void>,
  takeOver = false,
): Promise<void> {
  const store = await openPostgresStore({ database: at, vault: { cipher }, takeOver });
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

const placing = (order: Order) =>
  batchOf({
    rows: [put("order", order)],
    recorded: [recordedOf(order.shipper, 1, { type: "OrderPlaced", order: order.id })],
    sealed: contactsOf(cipher, order),
  });

test("P1 the migrations make the schema of schema.sql (write it anew with MILEPOOL_WRITE_SCHEMA=1)", async () => {
  const dumped = await withClient(await server.fresh(), dumpSchema);
  if (process.env.MILEPOOL_WRITE_SCHEMA === "1") writeFileSync(snapshot, dumped);
  assert.equal(dumped, readFileSync(snapshot, "utf8"));
});

test("P2 each migration is applied once, one process at a time, and others may keep theirs beside ours", async () => {
  const at = await server.fresh("template1");
  const [first, ...rest] = await Promise.all(
    [1, 2, 3].map(() => withClient(at, (client) => migrate(client, readMigrations()))),
  );
  const applied = [first!, ...rest].filter((names) => names.length > 0);
  assert.deepEqual(applied, [readMigrations().map(({ name }) => name)]);

  const folder = mkdtempSync(join(tmpdir(), "milepool-migrations-"));
  writeFileSync(join(folder, "0901-visits.sql"), "create table visits (id text primary key);");
  writeFileSync(join(folder, "notes.txt"), "no migration");
  assert.deepEqual(await withClient(at, (client) => migrate(client, readMigrations([folder]))), ["0901-visits"]);
  writeFileSync(join(folder, "0902-broken.sql"), "create table half (id text); create table visits (id text);");
  await assert.rejects(
    withClient(at, (client) => migrate(client, readMigrations([folder]))),
    /already exists/,
  );
  const { rows } = await withClient(at, (client) => client.query("select to_regclass('half') as half"));
  assert.deepEqual(rows, [{ half: null }], "a migration that fails leaves nothing");
  rmSync(folder, { recursive: true });
});

test("P2 a store of every earlier version is brought up to date with all that is in it", async () => {
  const all = readMigrations();
  for (let kept = 1; kept < all.length; kept++) {
    const at = await server.fresh("template1");
    await withClient(at, (client) => migrate(client, all.slice(0, kept)));
    const order = orderOf("order_a", ada, { reference: "kept" });
    await withClient(at, (client) => client.query("insert into orders (id, body) values ($1, $2)", [order.id, order]));
    await withStore(at, async (store) => {
      assert.deepEqual(
        store.migrated,
        all.slice(kept).map(({ name }) => name),
      );
      const { rows } = await store.reads.orders(network, { reference: "kept", limit: 1 });
      assert.equal(rows[0]?.id, order.id);
    });
  }
});

test("P3 a store written by a newer version is refused in one sentence, and untouched", async () => {
  const at = await server.fresh();
  await withClient(at, (client) =>
    client.query("insert into schema_version (version, name) values (8999, '8999-tomorrow')"),
  );
  await assert.rejects(
    openPostgresStore({ database: at, vault: { cipher } }),
    (error) => error instanceof StoreTooNew && /8999-tomorrow.*start that version\.$/.test(error.message),
  );
});

test("P4 a second process is told that the store is in use, and gets it once the first is gone", async () => {
  const at = await server.fresh();
  await withStore(at, async (first) => {
    await first.load();
    await withStore(at, async (second) => assert.rejects(second.load(), StoreInUse));
    await first.commit(placing(orderOf("order_a", ada)));
  });
  await withStore(at, async (next) => assert.equal((await next.load()).sequences.get("order_a"), 1));
});

test("P5 who was taken for dead writes nothing more", async () => {
  const at = await server.fresh();
  await withStore(at, async (first) => {
    await first.load();
    await first.commit(placing(orderOf("order_a", ada)));
    await withStore(
      at,
      async (second) => {
        await second.load();
        const late = first.commit(placing(orderOf("order_b", ada)));
        await assert.rejects(late, (error) => error instanceof StoreConflict && error.code === "LEASE_LOST");
        await second.commit(placing(orderOf("order_c", ada)));
        assert.deepEqual(
          (await second.reads.orders(network, { limit: 9 })).rows.map(({ id }) => id),
          ["order_c", "order_a"],
        );
      },
      true,
    );
  });
});

test("P6 nothing personal lies outside the vault, and no point of a place", async () => {
  const at = await server.fresh();
  await withStore(at, async (store) => {
    await store.load();
    const order = orderOf("order_a", ada);
    const leg = legOf("leg_a", order, { state: "assigned", assignment: assignedTo(carol) });
    const shift = shiftOf("shift_a", "courier_a", carol, { start: [-8.5, 41.1] });
    await store.commit(placing(order));
    await store.commit(
      batchOf({
        rows: [
          put("leg", leg),
          put("shift", shift),
          put("route", { ...routeOf(shift, [leg]), from: order.pickup.point }),
        ],
      }),
    );
    await store.seal(10);
    const text = await withClient(at, everything);
    for (const secret of ["41.1496", "-8.6109", "41.1612", "-8.6001", "Elm 4"])
      assert.ok(!text.includes(secret), secret);
    assert.ok(text.includes(order.pickup.cell));
  });
});

/** Every row of every table, as text. */
async function everything(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace",
  );
  const texts: string[] = [];
  for (const { name } of rows) texts.push(JSON.stringify((await client.query(`select * from "${name}"`)).rows));
  return texts.join("\n");
}

test("P7 without its key file a store that holds personal data does not open, and no new key is made", async () => {
  const at = await server.fresh();
  const home = mkdtempSync(join(tmpdir(), "milepool-key-"));
  const keyFile = join(home, "vault.key");
  const opened = await openPostgresStore({ database: at, vault: { keyFile } });
  await opened.load();
  const order = orderOf("order_a", ada);
  await opened.commit({ ...placing(order), sealed: contactsOf(opened.cipher, order) });
  await opened.close();
  rmSync(keyFile);
  await assert.rejects(openPostgresStore({ database: at, vault: { keyFile } }), VaultKeyError);
  assert.ok(!existsSync(keyFile));
  rmSync(home, { recursive: true });
});

test("P8 a server that is not there is one sentence", async () => {
  const nowhere = openPostgresStore({ database: "postgresql://someone@127.0.0.1:9/none", vault: { cipher } });
  await assert.rejects(nowhere, (error) =>
    /^Opening the store at 127\.0\.0\.1:9 failed: .*ECONNREFUSED/.test((error as Error).message),
  );
});

test("P9 a connection that breaks while idle is replaced, and reported", async () => {
  const at = await server.fresh();
  const told = Promise.withResolvers<Error>();
  const store = await openPostgresStore({ database: at, vault: { cipher }, broken: told.resolve });
  await store.load();
  await withClient(at, (client) =>
    client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    ),
  );
  assert.match((await told.promise).message, /terminat/);
  await store.commit(placing(orderOf("order_a", ada)));
  assert.equal((await store.reads.orders(network, { limit: 9 })).rows.length, 1);
  await store.close();
});

test("P10 an opening that was written down can be neither changed nor struck out", async () => {
  const at = await server.fresh();
  await withStore(at, async (store) => {
    const opening = {
      at: instant(0),
      by: "person:1",
      viewer: ada,
      purpose: "support",
      kind: "contact",
      owner: ada,
    } as const;
    await store.vault.recordOpenings([{ ...opening, subject: "subject_1" }]);
    for (const sql of ["update openings set actor = 'nobody'", "delete from openings"])
      await assert.rejects(store.pool.query(sql), /openings are never changed/);
    assert.equal((await store.vault.openings(network, { limit: 10 })).length, 1);
  });
});
