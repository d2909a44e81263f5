import assert from "node:assert/strict";
import { join } from "node:path";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { openPlaces } from "../../src/adapters/geocoding/index.ts";
import { readOsm } from "../../src/adapters/osm/index.ts";
import { isAlive, postmasterOf, within } from "../../src/adapters/postgres/postmaster.ts";
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

/**
 * Every fourth kill takes the whole group along: the network, its database server and every process of that, at once. The others kill the
 * network alone, whose server lives on and is adopted by the next. Every fifth falls into the start, before anybody is let in.
 */
const wholeGroup = (life: number): boolean => life % 4 === 3;
const duringStart = (life: number): boolean => life % 5 === 2;

test("killed 20 times at any moment, alone or with its whole group, the network keeps each order it took, once, and books nothing twice", async (t) => {
  const home = newHome();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const city = await millportFile(join(home, "cities"), 1, 2000);
  const places = openPlaces(await readOsm(city));
  const locate = (address: string) => places.find(address, 1)[0]?.point ?? null;
  const platforms = await survivingPlatforms(url, ["uber-direct", "doordash-drive"], {
    haste: 60,
    rough: true,
    locate,
  });
  t.after(() => platforms.close());
  const env = {
    MILEPOOL_CITY: city,
    MILEPOOL_CITY_ZONE: millportZone,
    MILEPOOL_CITY_CURRENCY: millportCurrency,
    PORT: String(port),
    MILEPOOL_HOME: home,
    MILEPOOL_ADMIN_PASSWORD: password,
    PLATFORMS: JSON.stringify(platforms.accounts),
  };
  const start = (): Program => run("test/product/network-child.ts", [], env);
  const rng = seeded("twenty kills");
  const began = Date.now();

  const data = join(home, "network", "pg", "data");
  const seen = { adopted: 0, begunAnew: 0 };
  let left: number | null = null;
  const look = (): void => {
    const server = postmasterOf(data)!.pid;
    if (left !== null) seen[server === left ? "adopted" : "begunAnew"]++;
  };

  let program = start();
  await program.printed(url);
  const admin = await signIn(url, password);
  const cast = castOf(millportZone, millportCurrency);
  const fleet = await admin.keyFor(cast.fleet.id);
  const shops = [await admin.keyFor(cast.shippers[0]!.id), await admin.keyFor(cast.shippers[1]!.id)] as const;
  await admin.crew(fleet, 1);
  const customers = shops.map((key, index) => new Customer(url, key, `shop-${index}`, rng.fork(`shop ${index}`)));

  for (let life = 0; life < kills; life++) {
    if (!duringStart(life)) {
      await program.printed(url);
      look();
    }
    for (const customer of customers) customer.begin();
    await wait(duringStart(life) ? rng.between(200, 1500) : rng.between(50, 900));
    left = wholeGroup(life) ? null : (postmasterOf(data)?.pid ?? null);
    const before = postmasterOf(data)?.pid ?? null;
    if (wholeGroup(life)) killGroup(program, before);
    else process.kill(program.child.pid!, "SIGKILL");
    await program.over;
    // Who is killed is dead when the system has found the time for it.
    if (wholeGroup(life) && before !== null) assert.ok(await within(30_000, () => !isAlive(before)), "the server, too");
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
  assert.ok(seen.adopted >= 5, `a server that was left was adopted ${seen.adopted} times`);
  assert.equal(seen.begunAnew, 0, "a server that was left is never replaced");
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
  const carried = platforms.simulators
    .map((simulator) => `${simulator.platform} ${simulator.truth().length}`)
    .join(", ");
  t.diagnostic(`carried by ${carried}`);
  assert.ok(truths.length >= 10, `platforms carried too little: ${carried}`);
  for (const simulator of platforms.simulators)
    assert.ok(simulator.truth().length > 0, `one carried nothing: ${carried}`);
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

/** Everything at once, as when a container ends: no process is left that could tidy up. */
function killGroup({ child }: Program, server: number | null): void {
  const doomed = server === null ? [] : [server, ...childrenOf(server)];
  process.kill(-child.pid!, "SIGKILL");
  for (const pid of doomed) if (isAlive(pid)) process.kill(pid, "SIGKILL");
}

/** The server's processes each have a group of their own; what they have in common is their parent. */
const childrenOf = (parent: number): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return Number(/^\d+ \(.*\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]) === parent;
      } catch {
        return false; // It ended meanwhile.
      }
    });

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
