import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { seconds } from "../../kernel/quantity.ts";
import { uberDirectKind } from "./uber-direct/kind.ts";
import { Connection } from "./shared/connection.ts";
import { isOutage } from "./shared/http.ts";
import type { PlatformAccount, PlatformKind } from "./shared/platform-kind.ts";
import { errand, hook, json, lost, nine, scripted, type Sent } from "./shared/testing.ts";

const account = (webhook_signing_key: string, client_secret = "first"): PlatformAccount => ({
  credentials: { client_id: "us", client_secret, customer_id: "cus", webhook_signing_key },
  baseUrl: "http://uber.test",
  fallbackPhone: "+12025550100",
});

const body = JSON.stringify({
  kind: "event.delivery_status",
  id: "evt_1",
  created: new Date(nine).toISOString(),
  status: "pickup",
  delivery_id: "del_1",
  data: { id: "del_1", status: "pickup" },
});
const signedWith = (key: string) =>
  hook(body, { "x-uber-signature": createHmac("sha256", key).update(body).digest("hex") });

const token = json(200, { access_token: "t", expires_in: 86_400 });
const delivery = json(200, { id: "del_1", status: "pickup", external_id: "leg_1-0" });
const well = ({ path }: Sent) => (path.includes("/oauth/") ? token : delivery);

test("R4 new credentials count from the next call on, and what was learnt of the connection stays", async () => {
  const outside = scripted(well);
  const connection = new Connection(uberDirectKind, outside.parts, account("old-key"));
  await connection.get("del_1");
  connection.rotate(account("new-key", "second"));
  await connection.get("del_1");
  const tokens = outside.sent.filter(({ path }) => path.includes("/oauth/")).map(({ said }) => said);
  assert.deepEqual(
    tokens.map((said) => new URLSearchParams(said).get("client_secret")),
    ["first", "second"],
  );
  assert.equal(connection.health().calls, 4);
});

test("R4 a webhook signed with the secret before is believed for a day, then no more; anybody else's never", () => {
  const outside = scripted(well);
  const connection = new Connection(uberDirectKind, outside.parts, account("old-key"));
  connection.rotate(account("new-key"));
  for (const key of ["new-key", "old-key"]) assert.ok(connection.receive(signedWith(key)).ok, key);
  assert.deepEqual([connection.health().webhooks, connection.health().webhooksRefused], [2, 0]);
  assert.equal(connection.health().lastFailure, null, "what was right after all is no failure");
  assert.ok(!connection.receive(signedWith("anybody's")).ok);
  assert.deepEqual([connection.health().webhooks, connection.health().webhooksRefused], [3, 1]);

  connection.rotate(account("newer-key"));
  assert.ok(!connection.receive(signedWith("old-key")).ok, "the secret before the last is over");
  assert.ok(connection.receive(signedWith("new-key")).ok);
  outside.pass(86_400_000 + 1);
  const late = JSON.parse(body);
  const lateBody = JSON.stringify({ ...late, created: new Date(nine + 86_400_000).toISOString() });
  const sign = (key: string) => createHmac("sha256", key).update(lateBody).digest("hex");
  assert.ok(!connection.receive(hook(lateBody, { "x-uber-signature": sign("new-key") })).ok);
  assert.ok(connection.receive(hook(lateBody, { "x-uber-signature": sign("newer-key") })).ok);
});

test("R1 a platform that does not answer is left alone for a while, and a refusal is an answer", async () => {
  let dead = true;
  const refusal = json(404, { code: "delivery_not_found", kind: "error", message: "no" });
  const busy = json(503, { code: "couriers_busy", kind: "error", message: "no" });
  const outside = scripted(({ path }) =>
    path.includes("/oauth/") ? token : dead ? lost : path.endsWith("quotes") ? busy : refusal,
  );
  const connection = new Connection(uberDirectKind, outside.parts, account("key"));
  for (const _ of [1, 2]) await connection.get("del_1");
  assert.equal(connection.guard().circuit.state, "open");
  const before = outside.sent.length;
  for (const told of [await connection.get("del_1"), await connection.quote(errand())])
    assert.ok(isOutage(told) && told.after_ms !== null, "it says when to come again");
  assert.equal(outside.sent.length, before, "nothing went out");
  dead = false;
  outside.pass(5000);
  for (let nth = 0; nth < 10; nth++) await connection.get("del_nobody-knows");
  assert.deepEqual([connection.guard().circuit.state, connection.guard().circuit.inARow], ["closed", 0]);
  for (let nth = 0; nth < 10; nth++) {
    const told = await connection.quote(errand());
    assert.ok(!isOutage(told) && !told.ok && told.refusal.code === "NO_COURIERS");
  }
  assert.equal(connection.guard().circuit.state, "closed", "a no that comes as a 503 is an answer");
});

test("R3 a quote is left out when its budget is short; what is promised goes on until the limit itself", async () => {
  const limits = [{ name: "all", calls: 10, per_s: 60, quotes: "among others", covers: () => true }] as const;
  const kind: PlatformKind = {
    ...uberDirectKind,
    limits,
    freshness: { ...uberDirectKind.freshness, quote: seconds(1) },
  };
  const outside = scripted(well);
  const connection = new Connection(kind, outside.parts, account("key"));
  for (let nth = 0; nth < 7; nth++) await connection.get("del_1");
  assert.deepEqual([connection.guard().quotesLeft, connection.guard().quotas[0]!.left], [0, 2]);
  const told = await connection.quote(errand());
  assert.ok(isOutage(told) && told.reason === "the budget for quotes is used up");
  for (let nth = 0; nth < 2; nth++) assert.ok(!isOutage(await connection.get("del_1")));
  const over = await connection.get("del_1");
  assert.ok(isOutage(over) && over.after_ms === 60_000, "when the first call no longer counts");
  assert.equal(outside.sent.length, 10);
  assert.equal(connection.guard().turnedAway, 1);
  outside.pass(60_000);
  assert.ok(!isOutage(await connection.get("del_1")));
});

test("R3 a 429 is heard by the whole connection", async () => {
  const outside = scripted(({ path }, nth) =>
    path.includes("/oauth/")
      ? token
      : nth === 1
        ? json(429, { code: "customer_limited" }, { "retry-after": "30" })
        : delivery,
  );
  const connection = new Connection(uberDirectKind, outside.parts, account("key"));
  assert.ok(isOutage(await connection.get("del_1")));
  const told = await connection.quote(errand());
  assert.ok(isOutage(told) && outside.sent.length === 2);
  assert.equal(connection.guard().pausedUntil, nine + 30_000);
  assert.equal(connection.guard().circuit.inARow, 0, "who says it is too much is well");
  outside.pass(30_000);
  assert.ok(!isOutage(await connection.get("del_1")));
});
