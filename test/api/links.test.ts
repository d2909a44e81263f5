import assert from "node:assert/strict";
import { test } from "node:test";
import { platformKinds } from "../../src/adapters/connectors/index.ts";
import { openBench, type Answer, type Bench } from "./harness.ts";

const code = (answer: Answer): readonly [number, string] => [answer.status, answer.body?.code];

const credentials = {
  client_id: "our-client",
  client_secret: "nobody-reads-this-secret",
  customer_id: "cus_ours",
  webhook_signing_key: "nor-this-key",
};
const account = { credentials, fallbackPhone: "+351200000000" };

const join = async (bench: Bench, operator: string, connector: string): Promise<string> =>
  (
    await bench.call(operator, "POST", "/v1/participants", {
      name: `By ${connector}`,
      roles: ["platform"],
      carriage: { kind: "platform", connector },
    })
  ).body.id;

test("H15 an account is linked once, changed and removed, and its secrets are never shown again", async () => {
  const bench = await openBench({ demo: false });
  const operator = await bench.key("network");
  const uber = await join(bench, operator, "uber-direct");
  const said: string[] = [];
  const call = async (...[key, method, url, body]: Parameters<Bench["call"]>): Promise<Answer> => {
    const answer = await bench.call(key, method, url, body);
    said.push(answer.text);
    return answer;
  };
  const linked = await call(operator, "POST", "/v1/connections", { participant: uber, ...account });
  assert.equal(linked.status, 201, linked.text);
  assert.deepEqual(linked.body.credentials, Object.keys(credentials));
  assert.equal(linked.body.hookUrl, "http://localhost:8080/hooks/uber-direct");

  const { connections, platforms } = (await call(operator, "GET", "/v1/connections")).body;
  assert.deepEqual(
    [connections.length, connections[0].connector, connections[0].link.platform],
    [1, "Uber Direct", "uber-direct"],
  );
  assert.deepEqual(
    platforms.map(({ platform }: { platform: string }) => platform),
    platformKinds.map(({ platform }) => platform),
  );
  const told = await call(operator, "POST", `/v1/connections/${uber}/test`, {});
  assert.deepEqual([told.body.works, told.body.why], [false, "no connection: ECONNREFUSED"]);

  const url = `/v1/connections/${uber}`;
  const forged = { "content-type": "application/json", "x-uber-signature": "00" };
  await bench.call(null, "POST", "/hooks/uber-direct", JSON.stringify({ name: "Ada Byron" }), forged);
  const { failures } = (await call(operator, "GET", `${url}/failures`)).body;
  assert.deepEqual([failures.length, failures[0].why], [1, "WEBHOOK_FORGED"]);
  assert.equal(JSON.parse(failures[0].request.body).name, "•••");
  const asked = await call(operator, "POST", `${url}/reconcile`, {});
  assert.deepEqual([asked.status, asked.body.deliveries], [202, 0]);
  assert.equal((await call(operator, "GET", "/v1/labour")).body.since, null);
  const changed = await call(operator, "PATCH", url, {
    credentials: { client_secret: "a-newer-secret" },
    baseUrl: "http://127.0.0.1:9100/uber-direct/",
  });
  assert.equal(changed.body.baseUrl, "http://127.0.0.1:9100/uber-direct");
  assert.equal((await call(operator, "DELETE", url)).status, 204);
  assert.deepEqual((await call(operator, "GET", "/v1/connections")).body.connections, []);
  for (const text of said)
    for (const secret of ["nobody-reads", "nor-this", "newer"]) assert.ok(!text.includes(secret));
});

test("H15 what cannot be linked is refused by what is wrong with it", async () => {
  const bench = await openBench({ demo: false, underway: 2 });
  const operator = await bench.key("network");
  const [uber, other] = [await join(bench, operator, "uber-direct"), await join(bench, operator, "doordash-drive")];
  const link = (participant: string, more: object = {}, key = operator) =>
    bench.call(key, "POST", "/v1/connections", { participant, ...account, ...more });
  assert.deepEqual(code(await link(bench.fleet.id)), [422, "NOT_A_PLATFORM"]);
  const { customer_id: _left, ...few } = credentials;
  assert.deepEqual(code(await link(uber, { credentials: few })), [422, "CREDENTIALS_WRONG"]);
  assert.deepEqual(code(await link(uber, { credentials: { ...credentials, pin: "1" } })), [422, "CREDENTIALS_WRONG"]);
  assert.deepEqual(code(await link(uber, { fallbackPhone: "200" })), [400, "FIELD_WRONG"]);
  assert.deepEqual(code(await link(uber, { baseUrl: "file:///etc/passwd" })), [400, "FIELD_WRONG"]);
  const [partner, theirs] = [
    await join(bench, operator, "carrier-api"),
    { key: "k", webhook_secret: "whsec_c2VjcmV0" },
  ];
  assert.deepEqual(code(await link(partner, { credentials: theirs })), [422, "ADDRESS_NEEDED"]);
  assert.equal((await link(partner, { credentials: theirs, baseUrl: "http://127.0.0.1:9/api" })).status, 201);
  assert.equal((await link(uber)).status, 201);
  assert.deepEqual(code(await link(uber)), [409, "LINKED_ALREADY"]);
  assert.deepEqual(code(await bench.call(operator, "DELETE", `/v1/connections/${uber}`)), [409, "LINK_IN_USE"]);
  assert.deepEqual(code(await bench.call(operator, "DELETE", `/v1/connections/${other}`)), [404, "LINK_NOT_FOUND"]);
  const demo = await openBench();
  const key = await demo.key("network");
  assert.deepEqual(code(await demo.call(key, "POST", "/v1/connections", { participant: demo.fleet.id, ...account })), [
    409,
    "LINKS_FIXED",
  ]);
});

test("H15 a platform's own people link it, but say not where it is asked; others see nothing of it", async () => {
  const bench = await openBench({ demo: false });
  const operator = await bench.key("network");
  const id = await join(bench, operator, "doordash-drive");
  const own = await bench.key({ ...bench.partner, id: id as never });
  const body = {
    participant: id,
    fallbackPhone: "+351200000000",
    credentials: { developer_id: "d", key_id: "k", signing_secret: "c2VjcmV0", webhook_authorization: "Bearer w" },
  };
  const elsewhere = { ...body, baseUrl: "http://127.0.0.1:5432" };
  assert.deepEqual(code(await bench.call(own, "POST", "/v1/connections", elsewhere)), [403, "OPERATOR_ONLY"]);
  const baker = await bench.key(bench.bakery);
  assert.deepEqual(code(await bench.call(baker, "POST", "/v1/connections", body)), [422, "NOT_A_PLATFORM"]);
  assert.equal((await bench.call(own, "POST", "/v1/connections", body)).status, 201);
  assert.equal((await bench.call(own, "GET", "/v1/connections")).body.connections[0].link.platform, "doordash-drive");
  assert.deepEqual((await bench.call(baker, "GET", "/v1/connections")).body.connections, []);
  for (const [method, path] of [
    ["POST", "/test"],
    ["DELETE", ""],
  ] as const)
    assert.deepEqual(
      code(await bench.call(baker, method, `/v1/connections/${id}${path}`, method === "POST" ? {} : undefined)),
      [404, "LINK_NOT_FOUND"],
    );
  const reader = await bench.key("network", ["orders:read"]);
  assert.equal((await bench.call(reader, "GET", "/v1/connections")).body.connections[0].link, null);
});
