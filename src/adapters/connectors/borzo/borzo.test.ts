import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import type { WireAnswer } from "../../../journey/dispatch/ports.ts";
import { instant } from "../../../kernel/quantity.ts";
import type { Outage } from "../../../kernel/result.ts";
import {
  errand,
  golden,
  goldenBody,
  hook,
  inWords,
  json,
  lost,
  nine,
  noInWords,
  scripted,
  type Sent,
} from "../shared/testing.ts";
import { toReport } from "./from-wire.ts";
import { borzoConnector } from "./index.ts";
import { borzoDefaults } from "./settings.ts";
import { clientId, toOrder } from "./to-wire.ts";
import { readOrder } from "./wire.ts";

const settings = { ...borzoDefaults, fallbackPhone: "+351200000000" };
const credentials = { authToken: "hush-token", callbackSecret: "callback-secret", currency: "INR" };
const quote = { reference: "leg_1-0", price: { amount: 50_000 as never, currency: "INR" } };
const orderOf = (change: object = {}, drop: object = {}) => ({
  order_id: 1,
  status: "available",
  payment_amount: "500.00",
  points: [{}, { client_order_id: "leg_1-0", ...drop }],
  ...change,
});
const made = (order: object): WireAnswer => json(200, { is_successful: true, order });
const listed = (...orders: object[]): WireAnswer => json(200, { is_successful: true, orders });

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  const world = scripted(answer);
  const borzo = borzoConnector({
    ...world.parts,
    credentials,
    baseUrl: "https://borzo.test",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  const asked = () => world.sent.map(({ method, path }) => `${method} ${path.replace(/^.*1\.8|\?.*$/g, "")}`);
  return { ...world, borzo, asked };
}

const sign = (body: string): Record<string, string> => ({
  "x-dv-signature": createHmac("sha256", "callback-secret").update(body).digest("hex"),
});
const hooked = (body: unknown) => hook(body, sign(typeof body === "string" ? body : JSON.stringify(body)));

test("B1 every status of order and delivery becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "orders.txt")) {
    const order = readOrder(JSON.parse(given));
    assert.equal(order && inWords(toReport(order, false, nine, "INR")), expected, given);
  }
});

test("B2 every callback becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "callbacks.txt")) {
    const { borzo } = linked(() => lost);
    const told = borzo.receive(hooked(given));
    assert.ok(told.ok, given);
    const unknown = Object.keys(borzo.health().unknown).map((word) => ` ?${word}`);
    assert.equal(told.value[0] ? inWords(told.value[0]) : `nothing${unknown.join("")}`, expected, given);
  }
});

test("B3 every error becomes what its golden line says, though it may come with a 200", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const { borzo } = linked(() => json(Number(given.slice(0, 3)), given.slice(4)));
    assert.equal(noInWords(await borzo.quote(errand())), expected, given);
    assert.equal(noInWords(await borzo.get("1")), expected, given);
  }
});

test("B4 an order is sent as the page wants it, under our key or its digest", () => {
  assert.deepEqual(toOrder(errand(), nine, settings), goldenBody(import.meta.dirname, "create.json"));
  const later = toOrder(errand({}, {}, { readyAt: instant(nine + 3_600_000) }), nine, settings);
  assert.equal(later.points[0].required_start_datetime, "2026-11-21T10:00:00.000Z");
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
      (one, other) => {
        assert.ok(clientId(one, settings).length <= 32);
        assert.equal(clientId(one, settings) === clientId(other, settings), one === other);
      },
    ),
  );
});

test("B5 a price is a decimal text in the account's currency", async () => {
  const points = [
    { arrival_finish_datetime: "2026-11-21T09:10:00Z" },
    { estimated_arrival_datetime: "2026-11-21T09:30:00Z" },
  ];
  const { borzo } = linked(() => made({ payment_amount: "500.00", points }));
  assert.deepEqual(await borzo.quote(errand()), {
    ok: true,
    value: { ...quote, pickupAt: nine + 600_000, dropoffAt: nine + 1_800_000, expiresAt: null },
  });
  assert.equal(noInWords(await linked(() => made({})).borzo.quote(errand())), "outage");
});

test("B6 one key makes one order, whichever answer is lost: who tried before looks first", async () => {
  const standing = linked((sent) => (sent.method === "GET" ? listed(orderOf()) : lost));
  assert.equal(noInWords(await standing.borzo.book(errand(), quote)), "outage");
  const told = await standing.borzo.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "1" && told.value.key === "leg_1-0");
  assert.deepEqual(standing.asked(), ["POST /create-order", "GET /orders"]);
  const unheard = linked((sent, nth) => (sent.method === "GET" ? listed() : nth === 0 ? lost : made(orderOf())));
  await unheard.borzo.book(errand(), quote);
  assert.equal(noInWords(await unheard.borzo.book(errand(), quote)), "ok");
  assert.deepEqual(unheard.asked(), ["POST /create-order", "GET /orders", "POST /create-order"]);
});

test("B7 looking up reads page after page, and an end that was not reached is no no; a digest is told as our key", async () => {
  const few = { listCount: 1, listPages: 3 };
  const other = orderOf({}, { client_order_id: "x" });
  const found = linked((_, nth) => (nth < 2 ? listed(other) : listed(orderOf({ order_id: 7 }))), few);
  const told = await found.borzo.find("leg_1-0");
  assert.ok("ok" in told && told.ok && told.value?.reference === "7");
  assert.equal(noInWords(await linked(() => listed(other), few).borzo.find("leg_1-0")), "outage");
  assert.deepEqual(await linked(() => listed()).borzo.find("leg_1-0"), { ok: true, value: null });
  const long = "k".repeat(40);
  const digested = linked(() => listed(orderOf({}, { client_order_id: clientId(long, settings) })));
  const under = await digested.borzo.find(long);
  assert.ok("ok" in under && under.ok && under.value?.key === long);
});

test("B8 the courier's place is asked beside an order that is under way, and missing it costs only that", async () => {
  const courier = { courier_id: 3, name: "Eva", surname: "Lund", phone: "91", latitude: "19.07", longitude: "72.88" };
  const told = async (answer: WireAnswer | Outage) => {
    const { borzo } = linked((sent) =>
      sent.path.includes("/courier") ? answer : listed(orderOf({ status: "active" })),
    );
    const report = await borzo.get("1");
    assert.ok("ok" in report && report.ok);
    return report.value.courier;
  };
  assert.deepEqual(await told(json(200, { is_successful: true, courier })), {
    name: "Eva Lund",
    phone: "91",
    point: [72.88, 19.07],
  });
  for (const none of [lost, json(200, { is_successful: true, courier: null })]) assert.equal(await told(none), null);
  assert.equal(noInWords(await linked(() => listed()).borzo.get("1")), "UNKNOWN_DELIVERY");
});

test("B9 what is no answer is an outage; an order is sent once, a reading three times at most, a 429 says when", async () => {
  for (const answer of [lost, json(200, "<html>"), json(500, "oops"), json(200, { is_successful: true })]) {
    const { borzo, sent } = linked(() => answer);
    assert.equal(noInWords(await borzo.get("1")), "outage");
    assert.ok(sent.length <= 3);
    const booking = linked(() => answer);
    assert.equal(noInWords(await booking.borzo.book(errand(), quote)), "outage");
    assert.equal(booking.sent.length, 1);
  }
  const limited = linked(() => json(429, {}, { "Retry-After": "30" }));
  const told = await limited.borzo.quote(errand());
  assert.ok("kind" in told && told.after_ms === 30_000 && limited.sent.length === 1);
  assert.equal(limited.sent[0]!.headers["x-dv-auth-token"], "hush-token");
});

test("B10 a cancellation is what the order says afterwards", async () => {
  const says = (status: string, answer: WireAnswer) =>
    linked((sent) => (sent.method === "POST" ? answer : listed(orderOf({ status })))).borzo.cancel("1");
  const no = json(400, { is_successful: false, errors: ["invalid_parameters"] });
  assert.equal(noInWords(await says("canceled", made(orderOf()))), "ok");
  assert.equal(noInWords(await says("canceled", no)), "ok");
  assert.equal(noInWords(await says("completed", no)), "NOT_CANCELLABLE");
  assert.equal(noInWords(await says("available", made(orderOf()))), "outage");
});

test("B11 a callback is believed with the page's signature over its raw body alone", () => {
  const { borzo } = linked(() => lost);
  const body =
    '{"event_datetime":"2026-11-21T15:30:00+05:30","event_type":"order_changed","order":{"order_id":123,"status":"active"}}';
  const signature = "7bbb53ad22cdfd12f56073d63c31ea6c08291341fdc5ab5a933f5d04cc4030cf";
  const later = linked(() => lost);
  later.pass(3_600_000);
  assert.ok(later.borzo.receive(hook(body, { "x-dv-signature": signature })).ok, "the page's own vector");
  const refusal = (of: string, headers: Record<string, string>) => {
    const told = borzo.receive(hook(of, headers));
    return told.ok ? "ok" : told.refusal.code;
  };
  assert.equal(refusal(body, {}), "WEBHOOK_UNSIGNED");
  assert.equal(refusal(body.replace("active", "completed"), { "x-dv-signature": signature }), "WEBHOOK_FORGED");
  for (const garbage of ["noise", "{}", '{"event_type":"order_changed"}', '{"event_type":"delivery_changed"}'])
    assert.equal(refusal(garbage, sign(garbage)), "WEBHOOK_GARBAGE");
  for (const at of ["2026-11-21T06:59:00Z", "2026-11-21T09:06:00Z"]) {
    const old = JSON.stringify({ event_type: "order_changed", event_datetime: at, order: orderOf() });
    assert.equal(refusal(old, sign(old)), "WEBHOOK_STALE");
  }
});

test("B12 what was picked up and then cancelled has failed; type, order, status and time tell a repeat", () => {
  const { borzo } = linked(() => lost);
  const says = (status: string) => {
    const told = borzo.receive(
      hooked({
        event_type: "delivery_changed",
        event_datetime: "2026-11-21T09:00:00Z",
        delivery: { delivery_id: 2, order_id: 1, client_order_id: "leg_1-0", status },
      }),
    );
    assert.ok(told.ok);
    return told.value[0]!;
  };
  const picked = says("parcel_picked_up");
  assert.equal(picked.message, says("parcel_picked_up").message);
  const cancelled = says("canceled");
  assert.equal(inWords(cancelled), "dropoff_failed other");
  assert.notEqual(picked.message, cancelled.message);
});

test("B13 no secret and no address is in an error or in the health", async () => {
  const { borzo } = linked(() => json(400, { is_successful: false, errors: ["Rua B 2 is unknown"] }));
  const told = JSON.stringify([await borzo.quote(errand()), borzo.health()]);
  for (const secret of ["hush-token", "callback-secret", "Rua B"]) assert.ok(!told.includes(secret), secret);
});
