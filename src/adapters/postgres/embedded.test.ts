import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { Client } from "pg";
import { EmbeddedPostgresError, embeddedError } from "./embedded-error.ts";
import { startEmbedded, type EmbeddedServer } from "./embedded.ts";
import { findBinaries } from "./binaries.ts";
import { testHome } from "./testing/test-home.ts";
import { isReachable, serverRunner } from "./runner.ts";

const folder = (context: TestContext): string => {
  const made = testHome();
  context.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

const isRoot = process.getuid?.() === 0;
const pidOf = (home: string): number =>
  Number(readFileSync(join(home, "pg", "data", "postmaster.pid"), "utf8").split("\n")[0]);

async function ask(server: EmbeddedServer, sql: string): Promise<unknown> {
  const client = new Client({ host: server.host, port: server.port, user: server.user, database: "postgres" });
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: "array" });
  await client.end();
  return rows[0]?.[0];
}

test("E1 a server starts on an empty home, is adopted while it runs, and keeps what it has through a stop", async (context) => {
  const home = folder(context);
  const first = await startEmbedded({ home, durable: false });
  assert.equal(first.adopted, false);
  await ask(first, "create table kept as select 7 as n");
  const pid = pidOf(home);
  const second = await startEmbedded({ home, durable: false });
  assert.deepEqual([second.adopted, pidOf(home)], [true, pid]);
  await second.stop();
  await first.stop();
  const third = await startEmbedded({ home, durable: false });
  assert.deepEqual([third.adopted, await ask(third, "select n from kept")], [false, 7]);
  await third.stop();
});

test("E2 only its socket listens, and only its user may open that", async (context) => {
  const home = folder(context);
  const server = await startEmbedded({ home, durable: false });
  assert.equal(await ask(server, "show listen_addresses"), "");
  assert.equal(lstatSync(server.host).mode & 0o777, 0o700);
  if (isRoot) assert.notEqual(lstatSync(join(home, "pg", "data")).uid, 0, "PostgreSQL refuses root");
  await server.stop();
});

test("E3 a pid file that names nobody, or a stranger, does not stand in the way", async (context) => {
  const home = folder(context);
  await (await startEmbedded({ home, durable: false })).stop();
  const stranger = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "ignore" });
  for (const pid of [2 ** 22 - 1, stranger.pid]) {
    writeFileSync(
      join(home, "pg", "data", "postmaster.pid"),
      `${pid}\n${home}/pg/data\n0\n5432\n${home}\n\n0 0\nready\n`,
    );
    const server = await startEmbedded({ home, durable: false });
    assert.equal(server.adopted, false);
    await server.stop();
  }
  stranger.kill();
});

test("E4 a home whose path is too long for a socket is served all the same", async (context) => {
  const home = join(folder(context), "a".repeat(60), "b".repeat(60));
  const server = await startEmbedded({ home, durable: false });
  assert.equal(await ask(server, "select 1"), 1);
  await server.stop();
  rmSync(server.host, { recursive: true });
});

test(
  "E5 below a folder that only root may enter, the data lies elsewhere and a link tells where",
  { skip: !isRoot },
  async (context) => {
    const closed = folder(context);
    chmodSync(closed, 0o700);
    const home = join(closed, "home");
    const server = await startEmbedded({ home, durable: false });
    await ask(server, "create table kept as select 7 as n");
    await server.stop();
    const elsewhere = readlinkSync(join(home, "pg"));
    const again = await startEmbedded({ home, durable: false });
    assert.equal(await ask(again, "select n from kept"), 7);
    await again.stop();
    rmSync(elsewhere, { recursive: true });
  },
);

test("E6 programs that the server's user cannot reach are copied to where it can", { skip: !isRoot }, () => {
  const runner = serverRunner();
  assert.ok(isReachable(findBinaries(runner).bin, runner));
  const closed = mkdtempSync(join(tmpdir(), "milepool-closed-"));
  assert.equal(isReachable(closed, runner), false);
  assert.equal(isReachable(tmpdir(), runner), true);
  rmSync(closed, { recursive: true });
});

test("E7 what goes wrong is said in one sentence", async (context) => {
  const home = folder(context);
  writeFileSync(join(home, "pg"), "a file in the way");
  await assert.rejects(startEmbedded({ home, durable: false }), EmbeddedPostgresError);
  rmSync(join(home, "pg"));

  const server = await startEmbedded({ home, durable: false });
  await server.stop();
  writeFileSync(join(home, "pg", "data", "PG_VERSION"), "17\n");
  await assert.rejects(
    startEmbedded({ home, durable: false }),
    /written by PostgreSQL 17, and this program brings 18\.$/,
  );
  writeFileSync(join(home, "pg", "data", "PG_VERSION"), "18\n");
  rmSync(join(home, "pg", "data", "global"), { recursive: true });
  await assert.rejects(
    startEmbedded({ home, durable: false }),
    /^EmbeddedPostgresError: Starting the store failed: .*global/,
  );

  const said = (printed: string): string => embeddedError("Starting the store", printed).message;
  assert.equal(
    said("FATAL:  could not write lock file: No space left on device"),
    "Starting the store failed: the disk is full.",
  );
  assert.equal(
    said('FATAL:  could not access directory "x": Permission denied'),
    "Starting the store failed: it is not permitted there.",
  );
});

test("E8 making the store is all or nothing: what a killed start has left is cleared away", async (context) => {
  const home = folder(context);
  mkdirSync(join(home, "pg", "data.new", "base"), { recursive: true });
  const server = await startEmbedded({ home, durable: false });
  assert.equal(await ask(server, "select 1"), 1);
  assert.ok(!existsSync(join(home, "pg", "data.new")));
  await server.stop();
});
