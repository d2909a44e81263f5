import assert from "node:assert/strict";
import { join } from "node:path";
import { rmSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { isAlive, postmasterOf } from "../../src/adapters/postgres/postmaster.ts";
import { journeyScope, type Sealed } from "../../src/domain/index.ts";
import { seeded } from "../../src/kernel/rng.ts";
import { openCellar } from "../../src/main/house.ts";
import { castOf } from "../../simulators/city/cast.ts";
import { millportCurrency, millportFile, millportZone } from "../../simulators/city/millport/index.ts";
import { audit, type Line } from "../auditor/audit.ts";
import { Customer, signIn } from "./customer.ts";
import { freePort, newHome, run, stop, type Program } from "./program.ts";
import { survivingPlatforms } from "./surviving-platforms.ts";

const kills = 20;
const password = "a password for the test";

/** Every fourth kill takes the server along; every fifth falls into the start, before anybody is let in. */
const withServer = (life: number): boolean => life % 4 === 3;
const duringStart = (life: number): boolean => life % 5 === 2;

test("killed 20 times at any moment, alone or with its server, the network keeps each order it took, once, and books nothing twice", async (t) => {
  const home = newHome();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const platforms = await survivingPlatforms(url);
  t.after(() => platforms.close());
  const city = await millportFile(join(home, "cities"), 1, 2000);
  const env = {
    MILEPOOL_CITY: city,
    MILEPOOL_CITY_ZONE: millportZone,
    MILEPOOL_CITY_CURRENCY: millportCurrency,
    PORT: String(port),
    MILEPOOL_HOME: home,
    MILEPOOL_ADMIN_PASSWORD: password,
    PLATFORMS: platforms.url,
  };
  const start = (): Program => run("test/product/network-child.ts", [], env);
  const rng = seeded("twenty kills");
  const began = Date.now();

  let program = start();
  await program.printed(url);
  const admin = await signIn(url, password);
  const cast = castOf(millportZone, millportCurrency);
  const fleet = await admin.keyFor(cast.fleet.id);
  const shops = [await admin.keyFor(cast.shippers[0]!.id), await admin.keyFor(cast.shippers[1]!.id)] as const;
  await admin.crew(fleet, 1);
  const customers = shops.map((key, index) => new Customer(url, key, `shop-${index}`, rng.fork(`shop ${index}`)));

  for (let life = 0; life < kills; life++) {
    if (!duringStart(life)) await program.printed(url);
    for (const customer of customers) customer.begin();
    await wait(duringStart(life) ? rng.between(200, 1500) : rng.between(50, 900));
    await kill(program, withServer(life) ? join(home, "network") : null);
    await Promise.all(customers.map((customer) => customer.rest()));
    program = start();
  }
  await program.printed(url);
  for (const customer of customers) await customer.finish();
  await quiet(url);
  assert.doesNotMatch(program.err(), /invariant|\n +at /, "nothing went wrong inside");
  assert.equal(await stop(program), 0, program.err());

  const placed = customers.flatMap(({ taken }) => [...taken.values()]);
  const { orders, log } = await whatIsStored(join(home, "network"));
  t.diagnostic(
    `${kills} kills, ${placed.length} orders, ${log.length} events, ${Math.round((Date.now() - began) / 1000)} s`,
  );
  assert.ok(placed.length >= kills, "enough orders were on their way");
  assert.deepEqual(
    orders.map(({ id }) => id as string).toSorted(),
    placed.toSorted(),
    "each order taken is there, once, and no other",
  );
  assert.deepEqual(audit(JSON.parse(JSON.stringify(log)) as Line[], { dayIsOver: false }), []);

  const booked = log.flatMap(({ event }) => (event.type === "BookingConfirmed" ? [event.reference] : []));
  const truths = platforms.simulators.flatMap((simulator) => simulator.truth());
  const keys = truths.map(({ externalId }) => externalId);
  assert.ok(truths.length >= 10, `platforms carried ${truths.length}`);
  assert.equal(new Set(keys).size, keys.length, "no booking was made twice");
  assert.deepEqual(
    truths
      .map(({ id, externalId }) => (booked.includes(id) || booked.includes(externalId!) ? null : externalId))
      .filter(Boolean),
    [],
    "nothing was booked that the log does not know",
  );
  rmSync(home, { recursive: true });
});

/** The server is in a group of its own: killed alone, the network leaves it to the next one. */
async function kill({ child, over }: Program, withServerOf: string | null): Promise<void> {
  const server = withServerOf === null ? null : postmasterOf(join(withServerOf, "pg", "data"));
  process.kill(child.pid!, "SIGKILL");
  if (server !== null && isAlive(server.pid)) process.kill(server.pid, "SIGKILL");
  await over;
}

/** Until the world has answered everything: what is unknown after a kill is looked up several times. */
async function quiet(url: string): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(250)) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const waiting = [...text.matchAll(/^milepool_backlog\{[^}]*\} (\d+)/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
    if (waiting === 0) return;
  }
  assert.fail("after a minute the network still waits for answers");
}

async function whatIsStored(home: string) {
  const nothing = (): void => undefined;
  const { store, close } = await openCellar(home, null, "milepool", () => Promise.resolve(), nothing);
  while ((await store.seal(1000)) > 0);
  const log: Sealed[] = [];
  for (let position = 0; ;) {
    const page = await store.reads.feed(journeyScope, position, 5000);
    if (page.length === 0) break;
    log.push(...page.map(({ event }) => event));
    position = page.at(-1)!.position;
  }
  const orders = [];
  let cursor: string | undefined;
  do {
    const page = await store.reads.orders(journeyScope, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    orders.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  await close();
  return { orders, log };
}
