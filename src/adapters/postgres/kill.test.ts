import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { OrderId } from "../../kernel/id.ts";
import { seeded } from "../../kernel/rng.ts";
import { verifyChain } from "../memory/chain.ts";
import { ada, dropoffOf, scopeOf } from "../memory/testing/samples.ts";
import { cipherWith } from "../vault/index.ts";
import { startEmbedded } from "./embedded.ts";
import { isAlive, postmasterOf } from "./postmaster.ts";
import { testHome } from "./testing/test-home.ts";
import { openPostgresStore } from "./postgres-store.ts";

const writer = fileURLToPath(new URL("testing/writer.ts", import.meta.url));

interface Life {
  readonly server: "started" | "adopted";
  readonly loaded: number;
  readonly stored: readonly string[];
}

/** Lets a writer live until it has stored `count` batches, and kills it: alone, or with its server. */
async function live(home: string, count: number, whole: boolean): Promise<Life> {
  const child = spawn(process.execPath, [writer, home], { detached: true, stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const over = new Promise<void>((resolve) => child.stdout.on("close", resolve));
  createInterface(child.stdout).on("line", (line) => {
    lines.push(line);
    if (lines.filter((one) => one.startsWith("stored")).length === count) kill(child, whole ? home : null);
  });
  await over;
  const word = (first: string): string[] =>
    lines.filter((line) => line.startsWith(first)).map((line) => line.split(" ")[1]!);
  return { server: word("server")[0] as Life["server"], loaded: Number(word("loaded")[0]), stored: word("stored") };
}

/** The kill falls while the next batch is on its way. A server that was adopted is not in the writer's group: it is killed apart. */
function kill(child: ChildProcess, withServerOf: string | null): void {
  const server = withServerOf === null ? null : postmasterOf(join(withServerOf, "pg", "data"));
  process.kill(server === null ? child.pid! : -child.pid!, "SIGKILL");
  if (server !== null && isAlive(server.pid)) process.kill(server.pid, "SIGKILL");
}

test("P10 killed at any moment, alone or with its server, the store has every batch it acknowledged and none by half", async () => {
  const home = testHome();
  const rng = seeded("kill");
  const stored: string[] = [];
  const alone = [true, false, true, true, false];
  let expected: Life["server"] = "started";
  for (const only of alone) {
    const life = await live(home, 3 + rng.below(30), !only);
    assert.equal(life.server, expected);
    assert.ok(life.loaded >= stored.length * 3);
    stored.push(...life.stored);
    expected = only ? "adopted" : "started";
  }

  const server = await startEmbedded({ home });
  const { host, port, user } = server;
  const cipher = cipherWith(new Uint8Array(32).fill(1));
  const store = await openPostgresStore({ database: { host, port, user, database: "postgres" }, vault: { cipher } });
  const { rows, sequences, inbox } = await store.load();
  const orders = rows.flatMap(({ table, row }) => (table === "order" ? [row] : []));
  const legs = rows.flatMap(({ table, row }) => (table === "leg" ? [row] : []));
  const ids = new Set(orders.map(({ id }) => id));

  for (const name of stored)
    for (const i of [0, 1, 2]) assert.ok(ids.has(`order_${name}x${i}` as OrderId), `${name} is lost`);
  assert.ok(orders.length <= (stored.length + alone.length) * 3, "at most one batch a life was stored unacknowledged");
  const batches = Map.groupBy(orders, ({ id }) => id.replace(/x\d$/, ""));
  for (const [name, batch] of batches) assert.equal(batch.length, 3, `${name} is there by half`);
  assert.deepEqual(new Set(legs.map(({ order }) => order)), ids);
  for (const { id, dropoff } of orders) {
    assert.equal(sequences.get(id), 2);
    assert.deepEqual(dropoff.point, dropoffOf(id).point, "its address is in the vault");
  }
  assert.equal(inbox.length, orders.length * 2);

  while ((await store.seal(500)) > 0);
  const log = (await store.reads.feed(scopeOf(ada), 0, 100_000)).map(({ event }) => event);
  assert.equal(log.length, orders.length * 2);
  assert.equal(verifyChain(log), null);
  await store.close();
  await server.stop();
  rmSync(home, { recursive: true });
});
