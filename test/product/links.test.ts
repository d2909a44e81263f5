import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { startNetwork, type Started } from "../../src/main/start.ts";
import { millportCurrency, millportZone } from "../../simulators/city/millport/index.ts";
import { survivingPlatforms } from "./surviving-platforms.ts";
import { freePort, newHome } from "./program.ts";

const password = "a password for the test";
const home = newHome();
after(() => rmSync(home, { recursive: true, force: true }));

const [pickup, dropoff] = ["1 Quay Street, Testport", "9 Hill Street, Testport"] as const;
const addresses = new Map<string, readonly [number, number]>([
  [pickup, [-8.61, 41.15]],
  [dropoff, [-8.6, 41.152]],
]);

/** A person's browser, as far as the API sees it. */
async function administrator(url: string) {
  let cookie = "";
  const ask = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { origin: url, cookie, ...(body ? { "content-type": "application/json" } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    cookie ||= answer.headers.get("set-cookie")?.split(";")[0] ?? "";
    return { status: answer.status, text, body: text === "" ? null : JSON.parse(text) };
  };
  const session = await ask("POST", "/v1/session", { email: "admin@milepool.local", password });
  assert.equal(session.status, 200, session.text);
  return ask;
}

test("a network of one's own is linked to platforms while it runs, and they deliver what nobody else can", async () => {
  const port = await freePort();
  const env = {
    PORT: String(port),
    MILEPOOL_HOME: home,
    MILEPOOL_CITY: "none",
    MILEPOOL_CITY_ZONE: millportZone,
    MILEPOOL_CITY_CURRENCY: millportCurrency,
    MILEPOOL_ADMIN_PASSWORD: password,
  };
  const said: string[] = [];
  let network: Started = await startNetwork(env, (line) => void said.push(line));
  const locate = (address: string) => addresses.get(address) ?? null;
  const platforms = await survivingPlatforms(network.url, ["uber-direct", "doordash-drive"], {
    haste: 300,
    rough: false,
    locate,
  });
  try {
    const ask = await administrator(network.url);
    const join = async (name: string, roles: readonly string[], connector?: string): Promise<string> => {
      const carriage = connector ? { carriage: { kind: "platform", connector } } : {};
      return (await ask("POST", "/v1/participants", { name, roles, ...carriage })).body.id;
    };
    const shop = await join("Corner Shop", ["shipper"]);
    const [uber, doordash] = [
      await join("Our Uber account", ["platform"], "uber-direct"),
      await join("Our DoorDash account", ["platform"], "doordash-drive"),
    ];
    const [uberAccount, doordashAccount] = [platforms.accounts["uber-direct"]!, platforms.accounts["doordash-drive"]!];
    const { client_secret } = uberAccount.credentials;
    const link = (participant: string, account: object) => ask("POST", "/v1/connections", { participant, ...account });
    const wrong = { ...uberAccount, credentials: { ...uberAccount.credentials, client_secret: "mistyped" } };
    assert.equal((await link(uber, wrong)).status, 201);
    const mistyped = await ask("POST", `/v1/connections/${uber}/test`, {});
    assert.deepEqual([mistyped.body.works, mistyped.body.why], [false, "no token: 401"]);
    const mend = { credentials: { client_secret } };
    assert.equal((await ask("PATCH", `/v1/connections/${uber}`, mend)).status, 200);
    const linked = await link(doordash, doordashAccount);
    assert.equal(linked.status, 201, linked.text);
    for (const participant of [uber, doordash]) {
      const told = await ask("POST", `/v1/connections/${participant}/test`, {});
      assert.equal(told.body.works, true, told.text);
    }

    // The links outlive the process.
    await network.stop();
    network = await startNetwork(env, (line) => void said.push(line));
    const again = await administrator(network.url);
    const stored = await again("GET", "/v1/connections");
    assert.equal(stored.body.connections.length, 2);
    for (const secret of [client_secret!, doordashAccount.credentials["signing_secret"]!])
      assert.ok(!stored.text.includes(secret) && !said.join().includes(secret));

    const order = await again("POST", `/v1/orders?shipper=${shop}`, {
      pickup: { name: "Corner Shop", phone: "+12025550101", address: pickup, point: addresses.get(pickup) },
      dropoff: { name: "Ada", phone: "+12025550102", address: dropoff, point: addresses.get(dropoff) },
      parcels: [{ weightGrams: 900, contents: "bread" }],
    });
    assert.equal(order.status, 201, order.text);
    const url = `/v1/orders/${order.body.id}/detail`;
    const until = async (what: string, is: (detail: Awaited<ReturnType<typeof again>>["body"]) => boolean) => {
      for (const end = Date.now() + 60_000; Date.now() < end; await wait(100)) {
        const { body } = await again("GET", url);
        if (is(body)) return body;
      }
      return assert.fail(`not ${what} within a minute: ${(await again("GET", url)).text}`);
    };
    const booked = await until("booked", ({ legs }) => Boolean(legs[0]?.assignment));
    const carrier = booked.legs[0].assignment.carrier.id;
    assert.ok([uber, doordash].includes(carrier));
    const idle = carrier === uber ? doordash : uber;
    assert.equal((await again("DELETE", `/v1/connections/${idle}`)).status, 204, "who carries nothing may go");
    const done = await until("delivered", ({ order: { state } }) => state === "delivered");
    assert.equal(done.attempts.at(-1).proof.kind, "platform");
    const { connections } = (await again("GET", "/v1/connections")).body;
    const { health } = connections.find((one: { participant: { id: string } }) => one.participant.id === carrier);
    assert.ok(health.webhooks > 0 && health.webhooksRefused === 0, "the news came by signed webhooks");

    assert.equal((await again("DELETE", `/v1/connections/${carrier}`)).status, 204);
    assert.deepEqual((await again("GET", "/v1/connections")).body.connections, []);
  } finally {
    await network.stop();
    await platforms.close();
  }
});
