import assert from "node:assert/strict";
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
import { sign } from "./client.ts";
import { toReport } from "./from-wire.ts";
import { lalamoveConnector } from "./index.ts";
import { lalamoveDefaults } from "./settings.ts";
import { toOrder, toQuotation } from "./to-wire.ts";
import { rawMember, readOrder } from "./wire.ts";
import { languages, services } from "./words.ts";

const settings = { ...lalamoveDefaults, fallbackPhone: "+351200000000" };
const credentials = { apiKey: "pk_test", apiSecret: "sk_test_example", market: "SG" };
const quotation = {
  quotationId: "q1",
  expiresAt: "2026-11-21T09:05.00Z",
  stops: [{ stopId: "s1" }, { stopId: "s2" }],
  priceBreakdown: { base: "9", total: "12.5", currency: "SGD" },
};
const order = { orderId: "19", status: "ASSIGNING_DRIVER", metadata: { reference: "leg_1-0" }, driverId: "" };
const quote = { reference: "q1", price: { amount: 1250 as never, currency: "SGD" } };
const wrapped = (status: number, data: unknown): WireAnswer => json(status, { data });

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  const world = scripted(answer);
  const lalamove = lalamoveConnector({
    ...world.parts,
    credentials,
    baseUrl: "https://lala.test",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  return { ...world, lalamove };
}

/** Answers by verb and path without its last id. */
const routes = (table: Record<string, WireAnswer | Outage>) => (sent: Sent) =>
  table[`${sent.method} ${sent.path}`] ?? json(404, { message: "Not found" });

const verbs = (sent: readonly Sent[]): readonly string[] => sent.map(({ method, path }) => `${method} ${path}`);

const event = (eventType: string, data: object, change: object = {}) => {
  const timestamp = nine / 1000;
  const signature = sign("sk_test_example", String(timestamp), "POST", "/hooks/lalamove", JSON.stringify(data));
  return { apiKey: "pk_test", timestamp, signature, eventId: "E-1", eventType, eventVersion: "v3", data, ...change };
};

const created = (metadata: object | null) =>
  hook(
    event("ORDER_CREATED", { order: { orderId: "19", status: "ASSIGNING_DRIVER", ...(metadata ? { metadata } : {}) } }),
    {},
  );

test("L1 every status becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "orders.txt")) {
    const read = readOrder(JSON.parse(given));
    const report =
      read &&
      toReport({ order: read, at: null, message: null, earlier: { fetched: false, failed: null } }, nine, settings);
    assert.equal(report && inWords(report), expected, given);
  }
});

test("L2 every event becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "webhooks.txt")) {
    const { eventType, data } = JSON.parse(given);
    const { lalamove } = linked(() => lost);
    const told = lalamove.receive(hook(event(eventType, data), {}));
    assert.ok(told.ok, given);
    const unknown = Object.keys(lalamove.health().unknown).map((word) => ` ?${word}`);
    assert.equal(told.value[0] ? inWords(told.value[0]) : `nothing${unknown.join("")}`, expected, given);
  }
});

test("L3 every error becomes what its golden line says, through the whole connector", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const { lalamove } = linked(() => json(Number(given.slice(0, 3)), given.slice(4)));
    assert.equal(noInWords(await lalamove.quote(errand())), expected, given);
    assert.equal(noInWords(await lalamove.get("19")), expected, given);
  }
});

test("L4 a quotation and an order are sent as the page wants them", () => {
  assert.deepEqual(toQuotation(errand(), "SG", nine, settings), goldenBody(import.meta.dirname, "quotation.json"));
  const stops = { pickup: "s1", dropoff: "s2" };
  assert.deepEqual(toOrder(errand(), "q1", stops, settings), goldenBody(import.meta.dirname, "create.json"));
  const ready = errand({}, {}, { readyAt: instant(nine + 3_600_000) });
  assert.equal(toQuotation(ready, "XX", nine, settings).scheduleAt, "2026-11-21T10:00:00.000Z");
  assert.equal(toQuotation(ready, "XX", nine, settings).language, "en_XX");
  for (const [market, language] of Object.entries(languages))
    assert.match(language, new RegExp(`^[a-z]{2}_${market}$`));
  for (const { type, liters, grams } of services.slice(0, -1)) {
    const parcels = [{ ...errand().order.parcels[0]!, volume: liters as never, weight: grams as never }];
    assert.equal(toQuotation(errand({}, { parcels }), "SG", nine, settings).serviceType, type);
  }
});

test("L5 the signature is the page's, over the bytes that are sent", async () => {
  const secret = "sk_test_example";
  const at = "1545880607433";
  assert.equal(
    sign(secret, at, "POST", "/v3/quotations", '{"data":{"serviceType":"MOTORCYCLE"}}'),
    "cce8e95a872e49928707b75cbf3df0e55b76b6ddac4b7f2f3da88d3140ff8338",
  );
  assert.equal(
    sign(secret, at, "GET", "/v3/orders/1900000000000000001", ""),
    "4f33b7b6a35c69b052b74fee078d3afc18255b63c961b04c1b0a152274581a5f",
  );
  const { lalamove, sent } = linked(() => wrapped(201, quotation));
  await lalamove.quote(errand());
  const { headers, said, path } = sent[0]!;
  assert.equal(headers["authorization"], `hmac pk_test:${nine}:${sign(secret, nine, "POST", path, said)}`);
  assert.equal(headers["market"], "SG");
  assert.match(headers["request-id"]!, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test("L6 money is a decimal text in major units, times may have a point before their seconds", async () => {
  const told = await linked(() => wrapped(201, quotation)).lalamove.quote(errand());
  assert.deepEqual(told, {
    ok: true,
    value: { ...quote, pickupAt: null, dropoffAt: null, expiresAt: nine + 300_000 },
  });
  const yen = { ...quotation, priceBreakdown: { total: "1200", currency: "JPY" } };
  const inYen = await linked(() => wrapped(201, yen)).lalamove.quote(errand());
  assert.ok("ok" in inYen && inYen.ok && inYen.value.price.amount === 1200);
});

test("L7 an order names the stops of its quotation, which are read again where they are not known", async () => {
  const fresh = linked(
    routes({ "POST /v3/quotations": wrapped(201, quotation), "POST /v3/orders": wrapped(201, order) }),
  );
  await fresh.lalamove.quote(errand());
  const told = await fresh.lalamove.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "19" && told.value.key === "leg_1-0");
  assert.deepEqual(JSON.parse(fresh.sent[1]!.said).data.sender.stopId, "s1");
  const started = linked(
    routes({ "GET /v3/quotations/q1": wrapped(200, quotation), "POST /v3/orders": wrapped(201, order) }),
  );
  assert.equal(noInWords(await started.lalamove.book(errand(), quote)), "ok");
  const gone = linked(routes({}));
  assert.equal(noInWords(await gone.lalamove.book(errand(), quote)), "QUOTE_STALE");
});

const quoted = { "GET /v3/quotations/q1": wrapped(200, quotation), "GET /v3/orders/19": wrapped(200, order) };

test("L8 an order whose creation was not answered is sent no second time until a webhook tells of it", async () => {
  for (const metadata of [{ reference: "leg_1-0" }, null]) {
    const { lalamove, sent } = linked(routes({ ...quoted, "POST /v3/orders": lost }));
    for (const _ of [1, 2]) assert.equal(noInWords(await lalamove.book(errand(), quote)), "outage");
    assert.equal(noInWords(await lalamove.find("leg_1-0")), "outage");
    lalamove.receive(created(metadata));
    const told = await lalamove.book(errand(), quote);
    assert.ok("ok" in told && told.ok && told.value.reference === "19");
    assert.equal(sent.filter(({ method }) => method === "POST").length, 1);
  }
});

test("L9 what no webhook told of for half an hour was not made; what was refused or limited, never", async () => {
  const silent = linked((sent) => (sent.method === "POST" ? lost : wrapped(200, quotation)));
  await silent.lalamove.book(errand(), quote);
  silent.pass(29 * 60_000);
  assert.equal(noInWords(await silent.lalamove.find("leg_1-0")), "outage");
  silent.pass(60_000);
  assert.deepEqual(await silent.lalamove.find("leg_1-0"), { ok: true, value: null });
  for (const no of [json(429, {}), json(422, { message: "ERR_INVALID_FIELD" })]) {
    const posts = (sent: readonly Sent[]) => sent.filter(({ method }) => method === "POST").length;
    const { lalamove, sent } = linked((one, nth) =>
      one.method === "GET" ? wrapped(200, quotation) : nth < 2 ? no : wrapped(201, order),
    );
    await lalamove.book(errand(), quote);
    assert.equal(noInWords(await lalamove.book(errand(), quote)), "ok");
    assert.equal(posts(sent), 2);
  }
  const restarted = linked(() => lost);
  assert.equal(noInWords(await restarted.lalamove.find("leg_1-0")), "outage", "the wait begins with the first asking");
});

test("L10 an order of somebody else on the account is nobody's booking", async () => {
  const strange = { ...order, orderId: "77", metadata: {} };
  const { lalamove } = linked(
    routes({ ...quoted, "GET /v3/orders/77": wrapped(200, strange), "POST /v3/orders": lost }),
  );
  await lalamove.book(errand(), quote);
  lalamove.receive(hook(event("ORDER_CREATED", { order: { orderId: "77", status: "ASSIGNING_DRIVER" } }), {}));
  assert.equal(noInWords(await lalamove.find("leg_1-0")), "outage");
});

test("L11 the courier's page is asked beside an order that is under way, and missing it costs only the courier", async () => {
  const going = { ...order, status: "ON_GOING", driverId: "33" };
  const driver = { driverId: "33", name: "Eva", phone: "+6512345678", coordinates: { lat: "1.3", lng: "103.8" } };
  const path = "GET /v3/orders/19/drivers/33";
  const told = async (page: WireAnswer | Outage) => {
    const answer = await linked(routes({ "GET /v3/orders/19": wrapped(200, going), [path]: page })).lalamove.get("19");
    assert.ok("ok" in answer && answer.ok);
    return answer.value.courier;
  };
  assert.deepEqual(await told(wrapped(200, driver)), { name: "Eva", phone: "+6512345678", point: [103.8, 1.3] });
  for (const page of [json(403, { message: "Forbidden" }), lost]) assert.equal(await told(page), null);
});

test("L12 what is no answer is an outage; an order is sent once, a reading three times at most, a 429 says when", async () => {
  for (const answer of [lost, json(200, "<html>"), json(500, "oops"), wrapped(200, {}), json(200, {})]) {
    const { lalamove, sent } = linked(() => answer);
    assert.equal(noInWords(await lalamove.get("19")), "outage");
    assert.ok(sent.length <= 3);
  }
  const limited = linked(() => json(429, {}, { "Retry-After": "30" }));
  const told = await limited.lalamove.quote(errand());
  assert.ok("kind" in told && told.after_ms === 30_000 && limited.sent.length === 1);
});

test("L13 cancelling what is cancelled is a yes, and what is too late a no", async () => {
  const says = (status: string, answer: WireAnswer) =>
    linked(routes({ "DELETE /v3/orders/19": answer, "GET /v3/orders/19": wrapped(200, { ...order, status }) }));
  const forbidden = json(409, { errors: [{ id: "ERR_CANCELLATION_FORBIDDEN" }] });
  assert.equal(noInWords(await says("CANCELED", json(204, "")).lalamove.cancel("19")), "ok");
  assert.equal(noInWords(await says("CANCELED", forbidden).lalamove.cancel("19")), "ok");
  assert.equal(noInWords(await says("PICKED_UP", forbidden).lalamove.cancel("19")), "NOT_CANCELLABLE");
  assert.equal(noInWords(await linked(routes({})).lalamove.cancel("19")), "UNKNOWN_DELIVERY");
});

test("L14 what was picked up and then cancelled has failed at the door", async () => {
  const { lalamove } = linked(routes({ "GET /v3/orders/19": wrapped(200, { ...order, status: "CANCELED" }) }));
  const changed = (status: string) =>
    lalamove.receive(hook(event("ORDER_STATUS_CHANGED", { order: { orderId: "19", status } }), {}));
  changed("PICKED_UP");
  const told = changed("CANCELED");
  assert.ok(told.ok && told.value[0]!.state === "dropoff_failed");
  const asked = await lalamove.get("19");
  assert.ok("ok" in asked && asked.ok && asked.value.state === "dropoff_failed");
});

test("L14 an end is told with its proof, in whichever order they come", () => {
  const proof = (status: string) => ({ order: { orderId: "19", stops: [{}, { stopId: "s2", POD: { status } }] } });
  const done = { order: { orderId: "19", status: "COMPLETED" } };
  const told = (more: object, ...news: (readonly [string, object])[]) => {
    const { lalamove } = linked(() => lost, more);
    return news.map(([type, data]) => {
      const heard = lalamove.receive(hook(event(type, data), {}));
      return heard.ok ? heard.value[0]!.state : "refused";
    });
  };
  const [ends, failed, signed] = [
    ["ORDER_STATUS_CHANGED", done],
    ["POD_STATUS_CHANGED", proof("FAILED")],
    ["POD_STATUS_CHANGED", proof("SIGNED")],
  ] as const;
  assert.deepEqual(told({}, failed, ends), ["dropoff_failed", "dropoff_failed"]);
  assert.deepEqual(told({}, ends, failed), [null, "dropoff_failed"]);
  assert.deepEqual(told({}, signed, ends), ["handed_over", "handed_over"]);
  assert.deepEqual(told({}, ends, signed), [null, "handed_over"]);
  assert.deepEqual(told({ proofOfDelivery: false }, ends), ["handed_over"]);
});

test("L15 an order that support made anew goes on under the number it was booked by", async () => {
  const { lalamove, sent } = linked(
    routes({ "GET /v3/orders/20": wrapped(200, { ...order, orderId: "20", status: "PICKED_UP" }) }),
  );
  lalamove.receive(hook(event("ORDER_REPLACED", { order: { orderId: "20" }, prevOrderId: "19" }), {}));
  const told = lalamove.receive(
    hook(event("ORDER_STATUS_CHANGED", { order: { orderId: "20", status: "ON_GOING" } }), {}),
  );
  assert.ok(told.ok && told.value[0]!.reference === "19" && told.value[0]!.state === "en_route_to_pickup");
  const asked = await lalamove.get("19");
  assert.ok("ok" in asked && asked.ok && asked.value.reference === "19" && asked.value.state === "picked_up");
  assert.deepEqual(verbs(sent), ["GET /v3/orders/20"]);
});

test("L16 a webhook is believed with its signature over time, path and data alone", () => {
  const data = { order: { orderId: "19", status: "PICKED_UP" } };
  const { lalamove } = linked(() => lost);
  const refusal = (body: unknown) => {
    const told = lalamove.receive(hook(body, {}));
    return told.ok ? "ok" : told.refusal.code;
  };
  assert.equal(refusal(event("ORDER_STATUS_CHANGED", data)), "ok");
  assert.equal(refusal(event("ORDER_STATUS_CHANGED", data, { signature: undefined })), "WEBHOOK_UNSIGNED");
  assert.equal(refusal(event("ORDER_STATUS_CHANGED", data, { timestamp: nine / 1000 + 1 })), "WEBHOOK_FORGED");
  assert.equal(refusal(event("ORDER_STATUS_CHANGED", data, { data: { order: { orderId: "20" } } })), "WEBHOOK_FORGED");
  for (const wait of [-24 * 3_600_000 - 1000, 301_000]) {
    const timestamp = nine + wait;
    const signature = sign("sk_test_example", String(timestamp), "POST", "/hooks/lalamove", JSON.stringify(data));
    assert.equal(refusal(event("ORDER_STATUS_CHANGED", data, { timestamp, signature })), "WEBHOOK_STALE");
  }
  assert.equal(refusal("noise"), "WEBHOOK_GARBAGE");
  assert.equal(refusal(event("ORDER_STATUS_CHANGED", {}, { signature: event("x", {}).signature })), "WEBHOOK_GARBAGE");
  assert.deepEqual([lalamove.health().webhooks, lalamove.health().webhooksRefused], [8, 7]);
  assert.deepEqual(lalamove.receive(hook("", {})), { ok: true, value: [] }, "registering calls with nothing");
});

test("L17 the page's own webhook is believed, and its event id tells a repeat", () => {
  const data =
    '{"order":{"orderId":"1900000000000000001","status":"PICKED_UP","previousStatus":"ON_GOING","market":"SG_SIN","driverId":"33522"},"updatedAt":"2026-11-21T10:00.00Z"}';
  const body = `{"apiKey":"pk","timestamp":1795255200,"signature":"566c64ad4e5b24990ab4718c3b669502a919319e311b634e9c603f82c594a7b0", "eventId":"E-9","eventType":"ORDER_STATUS_CHANGED" , "data" : ${data} }`;
  const { lalamove, pass } = linked(() => lost);
  pass(1_795_255_200_000 - nine);
  const [one, again] = [lalamove.receive(hook(body, {})), lalamove.receive(hook(body, {}))];
  assert.ok(one.ok && again.ok && one.value[0]!.message === "E-9" && again.value[0]!.message === "E-9");
  assert.equal(one.value[0]!.state, "picked_up");
});

test("L18 data is found as it was written, whatever it holds, and nowhere but on top", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (data, before, indent) => {
      const body = JSON.stringify({ before: { data: before }, data, 'after"': 1 }, null, indent);
      const raw = rawMember(body, "data");
      assert.deepEqual(JSON.parse(raw!), JSON.parse(JSON.stringify(data)));
      assert.ok(body.includes(raw!));
    }),
  );
  assert.equal(rawMember('{"other":{"data":1}}', "data"), null);
});

test("L19 no secret and no address is in an error or in the health", async () => {
  const { lalamove } = linked(() =>
    json(422, { errors: [{ id: "ERR_INVALID_FIELD", message: "Rua B 2", detail: "Rua B 2" }], message: "Rua B 2" }),
  );
  const plain = linked(() => json(422, { message: "Rua B 2" }));
  const told = JSON.stringify([
    await lalamove.quote(errand()),
    lalamove.health(),
    await plain.lalamove.quote(errand()),
    plain.lalamove.health(),
  ]);
  assert.ok(told.includes("ERR_INVALID_FIELD"));
  for (const secret of ["sk_test_example", "Rua B"]) assert.ok(!told.includes(secret), secret);
});

test("L20 an order is edited with all its stops once a courier is on the way, and what it says already is not said again", async () => {
  const pickup = {
    coordinates: { lat: "38.70", lng: "-9.10" },
    address: "Rua A 1",
    name: "Bakery",
    phone: "+351210000000",
  };
  const dropoff = { ...pickup, address: "Rua B 2", name: "Ada" };
  const ringing = { ...errand(), dropoff: { ...errand().dropoff, phone: "+351210000001", notes: "Ring twice" } };
  const told = async (status: string, stops: readonly object[]) => {
    const order = { orderId: "1", status, stops };
    const { lalamove, sent } = linked((one) => json(one.method === "PATCH" ? 201 : 200, { data: order }));
    const answer = noInWords(await lalamove.update!("1", ringing, ["dropoffNotes"]));
    return { answer, edit: sent.find(({ method }) => method === "PATCH") };
  };
  const early = await told("ASSIGNING_DRIVER", [pickup, dropoff]);
  assert.deepEqual([early.answer, early.edit], ["outage", undefined]);
  const { answer, edit } = await told("ON_GOING", [pickup, dropoff]);
  const remarks = [ringing.pickup.notes && `Pickup: ${ringing.pickup.notes}`, "Ring twice"]
    .filter(Boolean)
    .join("\r\n");
  const said = { ...dropoff, phone: "+351210000001", remarks };
  assert.deepEqual([answer, JSON.parse(edit!.said)], ["ok", { data: { stops: [pickup, said] } }]);
  assert.equal((await told("ON_GOING", [pickup, said])).edit, undefined);
});
