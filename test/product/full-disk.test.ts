import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { after, test, type TestContext } from "node:test";
import { Client } from "pg";
import { postmasterOf } from "../../src/adapters/postgres/postmaster.ts";
import { millportFile } from "../../simulators/city/millport/index.ts";
import { until } from "../api/until.ts";
import { freePort, newHome, run, stop, type Program } from "./program.ts";

const password = "a password for the test";

/** A disk of so many megabytes, which only root of a whole machine can make; null where nobody lets us. */
function disk(t: TestContext, megabytes: number): string | null {
  const folder = newHome();
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=0755`, "tmpfs", folder]);
  t.after(() => {
    if (mounted.status === 0) spawnSync("umount", ["-l", folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  if (mounted.status === 0) return folder;
  t.skip(`FULL DISK NOT TESTED: no small disk can be mounted here (${String(mounted.error ?? mounted.stderr)})`);
  return null;
}

/** Takes all the space that is left, and the file that holds it. */
function fill(folder: string): string {
  const path = join(folder, "everything-else");
  const file = openSync(path, "w");
  for (const size of [1 << 20, 1 << 12, 1]) {
    const bytes = Buffer.alloc(size);
    try {
      for (;;) writeSync(file, bytes);
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, "ENOSPC");
    }
  }
  closeSync(file);
  assert.equal(statfsSync(folder).bavail, 0);
  return path;
}

/** One clear sentence that names the disk, exit code 1. */
async function refused({ over, err }: Program): Promise<void> {
  assert.equal(await over, 1, err());
  const said = err().trim().split("\n");
  assert.match(said.at(-1)!, /the disk is full/i, err());
  assert.doesNotMatch(err(), /\n +at |Error:/, "no stack trace");
}

const cities = newHome();
after(() => rmSync(cities, { recursive: true }));

test("on a full disk the network and the demo say so in a sentence, and end", async (t) => {
  const home = disk(t, 8);
  if (home === null) return;
  const PORT = String(await freePort());
  const city = await millportFile(cities, 1, 2000);
  await refused(run("src/main/cli.ts", ["start"], { PORT, MILEPOOL_HOME: home, MILEPOOL_CITY: "none" }));
  await refused(run("src/main/demo.ts", [], { PORT, MILEPOOL_HOME: home, MILEPOOL_CITY: city }));
  fill(home);
  await refused(run("src/main/cli.ts", ["start"], { PORT, MILEPOOL_HOME: home, MILEPOOL_CITY: city }));
});

test("a disk with room for a city and none for its store: said in a sentence, and the end, though roads are being ordered", async (t) => {
  const home = disk(t, 30);
  if (home === null) return;
  await refused(run("src/main/cli.ts", ["start"], { PORT: String(await freePort()), MILEPOOL_HOME: home }));
});

/** What a shop's program and its operator see of a network. */
async function shopAt(url: string) {
  const headers: Record<string, string> = { "content-type": "application/json", origin: url };
  const ask = async (method: string, path: string, body?: object, more: Readonly<Record<string, string>> = {}) => {
    const content = body ? { body: JSON.stringify(body) } : {};
    const answer = await fetch(`${url}${path}`, { method, headers: { ...headers, ...more }, ...content });
    const text = await answer.text();
    return { answer, body: text === "" ? null : JSON.parse(text) };
  };
  const session = await ask("POST", "/v1/session", { email: "admin@milepool.local", password });
  headers["cookie"] = session.answer.headers.get("set-cookie")!.split(";")[0]!;
  const shop = (await ask("POST", "/v1/participants", { name: "Shop", roles: ["shipper"] })).body.id as string;
  const end = (north: number) => ({ name: "Ana", phone: "+12025550101", address: "Quay 1", point: [-8.61, north] });
  return {
    ready: () => ask("GET", "/readyz"),
    place: (reference: string) =>
      ask(
        "POST",
        `/v1/orders?shipper=${shop}`,
        {
          reference,
          pickup: end(41.15),
          dropoff: { ...end(41.16), notes: "n".repeat(400) },
          parcels: [{ weightGrams: 900, contents: "bread" }],
        },
        { "idempotency-key": reference },
      ),
    stored: async (): Promise<readonly string[]> => {
      const references: string[] = [];
      for (let cursor = ""; ;) {
        const { orders, next } = (await ask("GET", `/v1/orders?limit=200${cursor}`)).body;
        references.push(...orders.map((order: { reference: string }) => order.reference));
        if (next === null) return references.toSorted();
        cursor = `&cursor=${next}`;
      }
    },
  };
}

/** Writes into the server's log until it cannot go on: it ends, and does not come back while the disk is full. */
async function endServer(home: string): Promise<void> {
  const client = new Client({ host: join(home, "pg", "run"), port: 5432, user: "postgres", database: "postgres" });
  client.on("error", () => {});
  await client.connect();
  const write = () => client.query("select pg_logical_emit_message(false, 'filler', repeat('x', 3000000))");
  await assert.rejects(async () => {
    for (let i = 0; i < 50; i++) await write();
  });
  await until(async () => (postmasterOf(join(home, "pg", "data")) === null ? true : null));
}

test("a disk that fills while the network runs: each order is durable or refused; even when the store's server ends, all goes on when there is space", async (t) => {
  const home = disk(t, 160);
  if (home === null) return;
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = { PORT: String(port), MILEPOOL_HOME: home, MILEPOOL_CITY: "none", MILEPOOL_ADMIN_PASSWORD: password };
  const network = run("src/main/cli.ts", ["start"], env);
  t.after(() => network.child.kill("SIGTERM"));
  await network.printed("is running at");
  const shop = await shopAt(url);
  const taken: string[] = [];
  const waiting: Promise<void>[] = [];
  let refusals = 0;
  const place = async (reference: string): Promise<void> => {
    const { answer, body } = await shop.place(reference);
    if (answer.status === 201) taken.push(reference);
    else {
      refusals++;
      assert.deepEqual([answer.status, body.code], [503, "NOTHING_STORED"]);
    }
  };
  await place("before");
  const filler = fill(home);
  // The store has some room left in its own files; then it has not.
  for (let i = 0; refusals === 0; i++) {
    assert.ok(i < 5000, "the disk never was full");
    waiting.push(place(`order-${i}`));
    await Promise.race([waiting.at(-1), new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  const told = await shop.ready();
  assert.equal(told.answer.status, 503);
  assert.match(told.body.why, /No space left on device/);
  t.diagnostic(`${taken.length} orders were taken before the disk was full: ${told.body.why}`);

  await endServer(join(home, "network"));

  rmSync(filler);
  await Promise.all(waiting);
  await until(async () => ((await shop.ready()).answer.status === 200 ? true : null));
  await place("after");
  assert.deepEqual(await shop.stored(), taken.toSorted(), "what was promised is there, and nothing else");
  assert.equal(await stop(network), 0, network.err());
});
