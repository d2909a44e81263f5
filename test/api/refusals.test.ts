import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { newId } from "../../src/kernel/id.ts";
import { seeded } from "../../src/kernel/rng.ts";
import { iso, nine, openBench, order, type Answer, type Bench } from "./harness.ts";

const nowhere = <K extends Parameters<typeof newId>[0]>(kind: K) => newId(kind, nine, seeded("nowhere"));

/** A refusal is RFC 9457: its code, its status twice, what happened and how to mend it in words. */
function refused(answer: Answer, status: number, code: string): void {
  assert.equal(answer.body?.code, code, answer.text);
  assert.equal(answer.status, status, code);
  assert.equal(answer.headers["content-type"], "application/problem+json", code);
  const { type, title, detail, mend, instance } = answer.body;
  assert.equal(type, `/docs/refusals#${code.toLowerCase()}`);
  assert.match(instance, /^urn:uuid:/);
  for (const words of [title, detail, mend]) assert.ok(words.length > 3 && !/undefined|\[object/.test(words), words);
  assert.equal(answer.body.status, status);
}

type Case = readonly [
  status: number,
  code: string,
  method: string,
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
];

async function each(bench: Bench, key: string | null, cases: readonly Case[]): Promise<void> {
  for (const [status, code, method, url, body, headers] of cases)
    refused(await bench.call(key, method, url, body, headers), status, code);
}

test("H1 what cannot be read is refused by what is wrong with it", async () => {
  const bench = await openBench();
  await each(bench, await bench.key(bench.bakery), [
    [400, "NOT_JSON", "POST", "/v1/orders", '{"pickup":'],
    [400, "NESTED_TOO_DEEP", "POST", "/v1/orders", "[".repeat(20) + "]".repeat(20)],
    [413, "BODY_TOO_LARGE", "POST", "/v1/orders", JSON.stringify(order({ reference: "x".repeat(1_100_000) }))],
    [415, "WRONG_MEDIA_TYPE", "POST", "/v1/orders", "<order/>", { "content-type": "application/xml" }],
    [415, "WRONG_MEDIA_TYPE", "POST", "/v1/orders", order(), { "content-encoding": "gzip" }],
    [415, "WRONG_MEDIA_TYPE", "POST", "/v1/orders/import", { orders: [order()] }],
    [404, "ROUTE_NOT_FOUND", "GET", "/V1/orders"],
    [400, "FIELD_UNKNOWN", "POST", "/v1/orders", order({ droppoff: {} })],
    [400, "FIELD_MISSING", "POST", "/v1/orders", { pickup: order().pickup, dropoff: order().dropoff }],
    [400, "FIELD_WRONG", "POST", "/v1/orders", order({ parcels: "one" })],
    [400, "FIELD_WRONG", "POST", "/v1/orders", order({ readyAt: "2026-02-31T09:00:00Z" })],
    [404, "ROUTE_NOT_FOUND", "GET", "/v1/nothing"],
    [400, "CURSOR_WRONG", "GET", "/v1/orders?cursor=here"],
    [422, "VALUE_CURRENCY_WRONG", "POST", "/v1/orders", order({ value: { amount: 100, currency: "QQQ" } })],
  ]);
});

test("H2 who may not is told why, and learns nothing else", async () => {
  const bench = await openBench();
  const baker = await bench.key(bench.bakery);
  const reader = await bench.key(bench.bakery, ["orders:read"]);
  const elsewhere = { origin: "https://elsewhere.example" };
  await each(bench, null, [
    [401, "SIGN_IN_NEEDED", "GET", "/v1/orders"],
    [403, "CROSS_SITE_REQUEST", "POST", "/v1/session", { email: "a@b.example", password: "p" }, elsewhere],
  ]);
  await each(bench, "mp_nobody", [[401, "KEY_REFUSED", "GET", "/v1/orders"]]);
  await each(bench, reader, [[403, "NOT_PERMITTED", "POST", "/v1/orders", order()]]);
  await each(bench, baker, [
    [403, "NOT_YOUR_PARTICIPANT", "GET", "/v1/orders", undefined, { "milepool-as": bench.bookshop.id }],
    [403, "NOT_YOUR_PARTICIPANT", "POST", `/v1/orders?shipper=${bench.bookshop.id}`, order()],
    [403, "OPERATOR_ONLY", "POST", "/v1/participants", { name: "Florist", roles: ["shipper"] }],
    [404, "KEY_NOT_FOUND", "DELETE", `/v1/keys/${nowhere("key")}`],
    [404, "ENDPOINT_NOT_FOUND", "DELETE", `/v1/endpoints/${nowhere("endpoint")}`],
    [404, "IMPORT_NOT_FOUND", "POST", `/v1/imports/${nowhere("import")}/undo`, {}],
  ]);
});

test("H3 the demo's privileges end with the demo and at this machine", async () => {
  const ours = { "sec-fetch-site": "same-origin" };
  const demo = await openBench();
  const proxied = { ...ours, "x-forwarded-for": "203.0.113.9" };
  await each(demo, null, [[403, "NOT_FROM_THIS_MACHINE", "POST", "/v1/session/demo", {}, proxied]]);
  const real = await openBench({ demo: false });
  await each(real, null, [[409, "DEMO_ONLY", "POST", "/v1/session/demo", {}, ours]]);
  await each(real, await real.key("network"), [[409, "DEMO_ONLY", "POST", "/v1/clock", { action: "pause" }]]);
});

test("H4 the operator says for whom, and each connector serves one platform", async () => {
  const bench = await openBench();
  const key = await bench.key("network");
  const courier = {
    name: "Rui",
    employment: "staff",
    vehicle: { profile: "bicycle", maxWeightGrams: 20_000, maxVolumeLiters: 60, maxParcels: 6 },
  };
  const platform = (name: string) => ({
    name,
    roles: ["platform"],
    carriage: { kind: "platform", connector: "uber-direct" },
  });
  await each(bench, key, [
    [422, "SHIPPER_MISSING", "POST", "/v1/orders", order()],
    [422, "CARRIER_MISSING", "POST", "/v1/couriers", courier],
    [422, "ENDPOINT_NEEDS_PARTICIPANT", "POST", "/v1/endpoints", { url: "https://shop.example/hook" }],
    [404, "CONNECTOR_UNKNOWN", "POST", "/hooks/nobody", {}],
  ]);
  assert.equal((await bench.call(key, "POST", "/v1/participants", platform("First"))).status, 201);
  refused(await bench.call(key, "POST", "/v1/participants", platform("Second")), 409, "CONNECTOR_TAKEN");
  const secret = { url: "https://user:word@shop.example/hook" };
  await each(bench, await bench.key(bench.bakery), [
    [422, "ENDPOINT_ADDRESS_REFUSED", "POST", "/v1/endpoints", secret],
  ]);
});

test("H5 a change names what it changes, and a repeat is the same request", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const once = { "idempotency-key": "monday-1" };
  const placed = await bench.call(key, "POST", "/v1/orders", order(), once);
  assert.equal(placed.status, 201, placed.text);
  const again = await bench.call(key, "POST", "/v1/orders", order(), once);
  assert.deepEqual([again.status, again.body.id], [201, placed.body.id]);
  const url = `/v1/orders/${placed.body.id}`;
  await each(bench, key, [
    [422, "IDEMPOTENCY_KEY_REUSED", "POST", "/v1/orders", order({ reference: "B" }), once],
    [400, "IDEMPOTENCY_KEY_WRONG", "POST", "/v1/orders", order(), { "idempotency-key": "two words" }],
    [400, "ETAG_WRONG", "PATCH", url, { dropoffNotes: "ring" }, { "if-match": "yesterday" }],
    [422, "NOTHING_TO_CHANGE", "PATCH", url, {}],
  ]);
});

const heading = "pickup_name,pickup_address,dropoff_name,dropoff_address,weight_g";
const row = "Corner Bakery,Harbour Street 1,Ana,Mill Lane 7,1200";
const csv = { "content-type": "text/csv" };

test("H6 a file that cannot be read as a table is refused whole", async () => {
  const bench = await openBench();
  const files: readonly (readonly [number, string, string | Buffer])[] = [
    [422, "CSV_NOT_TEXT", Buffer.of(0xff, 0xfe, 0x00, 0x41)],
    [422, "CSV_EMPTY", `${heading}\n`],
    [422, "CSV_BROKEN", `${heading}\n"Corner Bakery,Harbour Street 1\n`],
    [413, "CSV_TOO_MANY_ROWS", `${heading}\n${`${row}\n`.repeat(10_001)}`],
    [422, "CSV_COLUMN_TWICE", `${heading},pickup address\n${row},Old Road 3\n`],
  ];
  const cases = files.map(([status, code, file]): Case => [status, code, "POST", "/v1/orders/import", file, csv]);
  await each(bench, await bench.key(bench.bakery), cases);
});

test("H7 a bad row says which column is wrong, and the good rows come in", async () => {
  const bench = await openBench();
  const wide = `${heading},service_level,dropoff_until,value,value_currency,parcels`;
  const rows = [
    `${row},,,,,`,
    `,Harbour Street 1,Ana,Mill Lane 7,1200,,,,,`,
    `${row},overnight,,,,`,
    `${row},,tomorrow,,,`,
    `${row},,,,,many`,
    `${row},,,19.90,QQQ,`,
    `${row.replace("Ana", "A".repeat(1001))},,,,,`,
    `${row},,,,,1,one too many`,
    `${row},,${iso(90)},,,`,
  ];
  const file = [wide, ...rows].join("\n");
  const { status, body } = await bench.call(await bench.key(bench.bakery), "POST", "/v1/orders/import", file, csv);
  assert.equal(status, 200);
  assert.deepEqual([body.rows, body.taken, body.refused], [9, 2, 7]);
  const told = body.problems.map((one: { row: number; column: string | null; code: string }) => [
    one.row,
    one.column,
    one.code,
  ]);
  assert.deepEqual(told, [
    [3, "pickup_name", "CELL_MISSING"],
    [4, "service_level", "CELL_NOT_A_WORD"],
    [5, "dropoff_until", "CELL_NOT_A_TIME"],
    [6, "parcels", "CELL_NOT_A_NUMBER"],
    [7, "value_currency", "VALUE_CURRENCY_WRONG"],
    [8, "dropoff_name", "CELL_TOO_LONG"],
    [9, null, "ROW_WRONG_LENGTH"],
  ]);
});

test("H8 too many requests wait, too many streams are not opened", async () => {
  const bench = await openBench({ requestsPerMinute: 40 });
  const key = await bench.key(bench.bakery);
  await bench.app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = bench.app.server.address() as AddressInfo;
  const going = new AbortController();
  const open = () =>
    fetch(`http://127.0.0.1:${port}/v1/events/stream`, {
      headers: { authorization: `Bearer ${key}` },
      signal: going.signal,
    });
  for (let stream = 0; stream < 30; stream++) assert.equal((await open()).status, 200);
  const more = await open();
  assert.deepEqual([more.status, ((await more.json()) as { code: string }).code], [429, "TOO_MANY_STREAMS"]);
  for (let request = 0; request < 9; request++) assert.equal((await bench.call(key, "GET", "/v1/orders")).status, 200);
  refused(await bench.call(key, "GET", "/v1/orders"), 429, "TOO_MANY_REQUESTS");
  going.abort();
});

test("H9 the demo lets its machine in as often as it takes requests, and then says when to come again", async () => {
  const bench = await openBench({ requestsPerMinute: 15 });
  await bench.accounts.firstAdmin("a password of our own");
  const enter = () =>
    bench.call(null, "POST", "/v1/session/demo", {}, { "sec-fetch-site": "same-origin", host: "localhost:8080" });
  for (let time = 0; time < 15; time++) assert.equal((await enter()).status, 200);
  const refusal = await enter();
  refused(refusal, 429, "TOO_MANY_REQUESTS");
  assert.match(String(refusal.headers["retry-after"]), /^[1-9]\d?$/);
});

test("H9 a mistake of ours says nothing of its inside, and is logged", async () => {
  const bench = await openBench();
  bench.accounts.people = () => Promise.reject(new Error("table person is gone"));
  const answer = await bench.call(await bench.key("network"), "GET", "/v1/people");
  refused(answer, 500, "OUR_MISTAKE");
  assert.ok(!answer.text.includes("person is gone"));
  assert.equal(bench.logged.length, 1);
});

test("H16 what makes no sense as an order is refused by what is wrong with it, and so is a courier who leaves it unasked", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const here = { name: "Ana", point: [-8.6, 41.15] };
  await each(bench, key, [
    [422, "READY_TOO_FAR_AHEAD", "POST", "/v1/orders", order({ readyAt: iso(61 * 1440) })],
    [422, "READY_TOO_LONG_AGO", "POST", "/v1/orders", order({ readyAt: "1999-01-01T00:00:00Z" })],
    [422, "PHONE_WRONG", "POST", "/v1/orders", order({ dropoff: { ...here, phone: "not a phone" } })],
    [422, "SAME_PLACE", "POST", "/v1/orders", order({ pickup: here, dropoff: here })],
    [
      422,
      "LEAVE_SAFE_REFUSED",
      "POST",
      "/v1/orders",
      order({ ifUndeliverable: "leave_safe", requirements: ["signature"] }),
    ],
    [400, "FIELD_WRONG", "POST", "/v1/orders", order({ ifUndeliverable: "discard" })],
  ]);
});

test("H5 what was refused as a whole leaves its key free, for the same request or a mended one", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const once = { "idempotency-key": "tuesday-1" };
  const nowhere = order({ dropoff: { name: "Ana", address: "Nowhere 999" } });
  for (const _ of [1, 2]) await each(bench, key, [[422, "ADDRESS_NOT_FOUND", "POST", "/v1/orders", nowhere, once]]);
  const mended = await bench.call(key, "POST", "/v1/orders", order(), once);
  assert.equal(mended.status, 201, mended.text);
  await each(bench, key, [[422, "IDEMPOTENCY_KEY_REUSED", "POST", "/v1/orders", nowhere, once]]);
  assert.equal((await bench.call(key, "POST", "/v1/orders", order(), once)).text, mended.text);

  const twice = { "idempotency-key": "tuesday-2" };
  const none = await bench.call(key, "POST", "/v1/orders", { orders: [nowhere, nowhere] }, twice);
  assert.deepEqual([none.status, none.body.outcomes.length], [200, 2]);
  const some = await bench.call(key, "POST", "/v1/orders", { orders: [nowhere, order()] }, twice);
  assert.equal(some.body.outcomes[1].problem, null, some.text);
  assert.equal((await bench.call(key, "POST", "/v1/orders", { orders: [nowhere, order()] }, twice)).text, some.text);
});

test("H16 of several orders each is read on its own: one bad date holds nobody up", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const orders = [
    order({ reference: "first" }),
    order({ readyAt: "2026-02-31T09:00:00Z" }),
    order({ droppoff: {} }),
    "no order at all",
    order({ value: { amount: 100, currency: "QQQ" } }),
    order({ dropoff: { name: "Ana", address: "Nowhere 999" } }),
    order({ reference: "last" }),
  ];
  for (const url of ["/v1/orders/quote", "/v1/orders"]) {
    const { status, body, text } = await bench.call(key, "POST", url, { orders });
    assert.equal(status, 200, text);
    const told = body.outcomes.map(({ problem }: { problem: { code: string; field: string } | null }) =>
      problem ? `${problem.code} ${problem.field}` : "taken",
    );
    assert.deepEqual(told, [
      "taken",
      "FIELD_WRONG orders[1].readyAt",
      "FIELD_UNKNOWN orders[2].droppoff",
      "FIELD_WRONG orders[3]",
      "VALUE_CURRENCY_WRONG orders[4].value.currency",
      "ADDRESS_NOT_FOUND orders[5].dropoff.address",
      "taken",
    ]);
  }
  const stored = await bench.call(key, "GET", "/v1/orders");
  const references = stored.body.orders.map(({ reference }: { reference: string }) => reference);
  assert.deepEqual(references.toSorted(), ["first", "last"]);
});

test("H1 a field named __proto__ is as unknown as any other", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const plain = JSON.stringify(order());
  for (const body of [plain.replace("{", '{"__proto__":{"admin":true},'), plain.replace('"notes"', '"__proto__"')])
    await each(bench, key, [[400, "FIELD_UNKNOWN", "POST", "/v1/orders", body]]);
});

test("H2 a change with a cookie comes from our own address, whatever name its sender gives the machine", async () => {
  const bench = await openBench();
  const sign = (headers: Record<string, string>) =>
    bench.call(null, "POST", "/v1/session", { email: "a@b.example", password: "p" }, headers);
  for (const origin of ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"])
    refused(await sign({ origin }), 401, "WRONG_EMAIL_OR_PASSWORD");
  const foreign = [
    { origin: "http://evil.example:8080", host: "evil.example:8080" },
    { origin: "http://localhost:9999", host: "localhost:9999" },
    { origin: "https://localhost:8080", host: "localhost:8080" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const headers of foreign) refused(await sign(headers), 403, "CROSS_SITE_REQUEST");
});

test("H5 what is told of a cancelled order is where it stands, and an open one keeps its persons", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const { id } = (await bench.call(key, "POST", "/v1/orders", order())).body;
  await each(bench, key, [[409, "ORDER_STILL_OPEN", "POST", `/v1/orders/${id}/forget`, {}]]);
  const many = { orders: [id, nowhere("order")] };
  const { body } = await bench.call(key, "POST", "/v1/orders/cancel", many);
  assert.deepEqual([body.cancelled, body.pending], [1, 0]);
  assert.equal(body.outcomes[0].state, "cancelled");
  assert.equal(body.outcomes[0].state, (await bench.call(key, "GET", `/v1/orders/${id}`)).body.state);
  assert.deepEqual([body.outcomes[1].state, body.outcomes[1].problem.code], [null, "ORDER_NOT_FOUND"]);
  assert.equal((await bench.call(key, "POST", `/v1/orders/${id}/forget`, {})).status, 200);
});
