import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { openBench, type Bench } from "./harness.ts";

const key = "the-webhook-key";

async function linked(): Promise<{
  bench: Bench;
  health: () => Promise<{ webhooks: number; webhooksRefused: number }>;
}> {
  const bench = await openBench({ demo: false });
  const operator = await bench.key("network");
  const carriage = { kind: "platform", connector: "uber-direct" };
  const joined = await bench.call(operator, "POST", "/v1/participants", {
    name: "Uber",
    roles: ["platform"],
    carriage,
  });
  const credentials = { client_id: "c", client_secret: "s", customer_id: "cus", webhook_signing_key: key };
  const body = { participant: joined.body.id, credentials, fallbackPhone: "+351200000000" };
  const answer = await bench.call(operator, "POST", "/v1/connections", body);
  assert.equal(answer.status, 201, answer.text);
  const health = async () => (await bench.call(operator, "GET", "/v1/connections")).body.connections[0].health;
  return { bench, health };
}

const signed = (body: string, by = key): Record<string, string> => ({
  "content-type": "application/json",
  "x-uber-signature": createHmac("sha256", by).update(body).digest("hex"),
});

test("H17 a webhook without a signature, with another's, from long ago or of garbage changes nothing and says why", async () => {
  const { bench, health } = await linked();
  const post = (body: string, headers: Record<string, string> = {}) =>
    bench.call(null, "POST", "/hooks/uber-direct", body, { "content-type": "application/json", ...headers });
  const ago = new Date(Date.parse("2026-11-21T09:00:00Z") - 3 * 3_600_000).toISOString();
  const old = JSON.stringify({
    kind: "event.delivery_status",
    created: ago,
    status: "delivered",
    delivery_id: "del_1",
  });
  const cases: readonly (readonly [string, string, Record<string, string>])[] = [
    ["WEBHOOK_UNSIGNED", "{}", {}],
    ["WEBHOOK_UNSIGNED", "{}", { "x-uber-signature": "" }],
    ["WEBHOOK_FORGED", "{}", signed("{}", "another key")],
    ["WEBHOOK_FORGED", "{} ", signed("{}")],
    ["WEBHOOK_FORGED", "{}", { "x-uber-signature": "zz" }],
    ["WEBHOOK_GARBAGE", "not json", signed("not json")],
    ["WEBHOOK_GARBAGE", "[1]", signed("[1]")],
    ["WEBHOOK_STALE", old, signed(old)],
  ];
  for (const [code, body, headers] of cases) {
    const answer = await post(body, headers);
    assert.deepEqual([answer.body.code, Math.floor(answer.status / 100)], [code, 4], answer.text);
  }
  const { webhooks, webhooksRefused } = await health();
  assert.deepEqual([webhooks, webhooksRefused], [cases.length, cases.length]);
});

test("H17 a signed word on a delivery that nobody knows is taken and changes nothing; no hook answers for a stranger", async () => {
  const { bench, health } = await linked();
  const body = JSON.stringify({
    kind: "event.delivery_status",
    id: "evt_1",
    status: "delivered",
    delivery_id: "del_unknown",
    data: { id: "del_unknown", status: "delivered" },
  });
  const answer = await bench.call(null, "POST", "/hooks/uber-direct", body, signed(body));
  assert.deepEqual([answer.status, answer.body], [200, { applied: 0 }]);
  assert.equal((await health()).webhooksRefused, 0);
  for (const path of ["/hooks/doordash-drive", "/hooks/nobody"])
    assert.equal((await bench.call(null, "POST", path, body, signed(body))).body.code, "CONNECTOR_UNKNOWN");
  const huge = await bench.call(null, "POST", "/hooks/uber-direct", "x".repeat(11 * 1_048_576), signed("x"));
  assert.equal(huge.status, 413);
  assert.deepEqual(bench.logged, []);
});
