import assert from "node:assert/strict";
import { test } from "node:test";
import type { Errand, WireAnswer } from "../../../journey/dispatch/ports.ts";
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
import { roadieConnector } from "./index.ts";
import { roadieDefaults } from "./settings.ts";
import { toEstimate, toShipment } from "./to-wire.ts";
import { readShipment } from "./wire.ts";

const settings = { ...roadieDefaults, fallbackPhone: "+12025550100" };
const credentials = { accessToken: "hush-token", webhookToken: "hook-token" };
const quote = { reference: "leg_1-0", price: { amount: 1250 as never, currency: "USD" } };
const shipment = { id: 1, reference_id: "leg_1-0", state: "scheduled", price: 12.5, events: [] };

/** As addresses of the United States are written. */
function inAtlanta(order: Partial<Errand["order"]> = {}): Errand {
  const { pickup, dropoff } = errand();
  return errand(
    {
      pickup: { ...pickup, address: "1 Mill Street, Atlanta, GA 30303", phone: "+1 202 555 0101" },
      dropoff: { ...dropoff, address: "4 Elm Street, Atlanta, GA 30305, USA" },
    },
    order,
  );
}

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  const world = scripted(answer);
  const roadie = roadieConnector({
    ...world.parts,
    credentials,
    baseUrl: "https://roadie.test",
    settings: { fallbackPhone: "+12025550100", ...more },
  });
  const asked = () => world.sent.map(({ method, path }) => `${method} ${path}`);
  return { ...world, roadie, asked };
}

const hooked = (body: unknown) => hook(body, { "x-api-key": "hook-token" });

test("R1 every state and event becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "shipments.txt")) {
    const read = readShipment(JSON.parse(given));
    assert.equal(read && inWords(toReport(read, nine)), expected, given);
  }
});

test("R2 every webhook becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "webhooks.txt")) {
    const told = linked(() => lost).roadie.receive(hooked(given));
    assert.equal(told.ok && inWords(told.value[0]!), expected, given);
  }
});

test("R3 every error becomes what its golden line says", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const { roadie } = linked(() => json(Number(given.slice(0, 3)), given.slice(4)));
    assert.equal(noInWords(await roadie.quote(errand())), expected, given);
  }
});

test("R4 a shipment is sent as the page wants it: inches, pounds, ten digits, a state of two letters", () => {
  assert.deepEqual(toShipment(inAtlanta(), nine, settings), goldenBody(import.meta.dirname, "create.json"));
  const { options } = toShipment(inAtlanta({ requirements: ["signature", "age_check"] }), nine, settings);
  assert.ok(options.signature_required && options.over_21_required);
  const abroad = toEstimate(errand(), nine, { ...settings, defaultState: "NY" });
  assert.deepEqual([abroad.pickup_location.address.state, abroad.pickup_location.contact.phone], ["NY", "2025550100"]);
  const open = errand({}, {}, { dropoffWindow: { earliest: null, latest: null } });
  assert.equal(toEstimate(open, nine, settings).deliver_between.end, "2026-11-21T13:00:00.000Z");
});

test("R5 an estimate is in dollars and holds nothing", async () => {
  const { roadie, sent } = linked(() => json(200, { price: 12.5 }));
  assert.deepEqual(await roadie.quote(errand()), {
    ok: true,
    value: { ...quote, pickupAt: null, dropoffAt: null, expiresAt: null },
  });
  assert.equal(sent[0]!.headers["authorization"], "Bearer hush-token");
  assert.equal(noInWords(await linked(() => json(200, {})).roadie.quote(errand())), "outage");
});

test("R6 one key makes one shipment: a used key is looked up", async () => {
  const { roadie, asked, sent } = linked((sent, nth) =>
    sent.method === "GET" ? json(200, [shipment]) : nth === 0 ? lost : json(409, { errors: [] }),
  );
  const told = await roadie.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "1" && told.value.key === "leg_1-0");
  assert.deepEqual(asked(), ["POST /v1/shipments", "POST /v1/shipments", "GET /v1/shipments?reference_ids=leg_1-0"]);
  const keys = sent.slice(0, 2).map(({ said }) => JSON.parse(said).idempotency_key);
  assert.deepEqual(keys, ["leg_1-0", "leg_1-0"]);
  const unlisted = linked((sent) => (sent.method === "GET" ? json(200, []) : json(409, {})));
  assert.equal(noInWords(await unlisted.roadie.book(errand(), quote)), "outage");
});

test("R7 looking up prefers what stands, and knows none as an empty list or a 404", async () => {
  const canceled = { ...shipment, id: 2, state: "canceled" };
  const told = await linked(() => json(200, [canceled, { ...shipment, reference_id: "x" }, shipment])).roadie.find(
    "leg_1-0",
  );
  assert.ok("ok" in told && told.ok && told.value?.reference === "1");
  for (const none of [json(200, []), json(404, { errors: [] })])
    assert.deepEqual(await linked(() => none).roadie.find("leg_1-0"), { ok: true, value: null });
  assert.equal(noInWords(await linked(() => json(200, {})).roadie.find("leg_1-0")), "outage");
});

test("R8 a whole record is read: driver, place, proof, price, times and the page for the recipient", async () => {
  const events = [
    {
      name: "delivery_confirmed",
      occurred_at: "2026-11-21T09:30:00.000Z",
      location: { latitude: 33.8, longitude: -84.4 },
    },
    { name: "pickup_confirmed", occurred_at: "2026-11-21T09:10:00.000Z" },
  ];
  const whole = { ...shipment, state: "delivered", events, driver: { name: "Eva", phone: "1" } };
  const told = await linked(() =>
    json(200, { ...whole, signatory_name: "Ada", tracking_number: "RE1", updated_at: "2026-11-21T09:31:00.000Z" }),
  ).roadie.get("1");
  assert.ok("ok" in told && told.ok);
  const { courier, proof, price, pickupAt, dropoffAt, tracking, at } = told.value;
  assert.deepEqual(courier, { name: "Eva", phone: "1", point: [-84.4, 33.8] });
  assert.deepEqual([proof, tracking], ["Ada", "https://track.roadie.com/id/RE1"]);
  assert.deepEqual([price, pickupAt, dropoffAt, at], [quote.price, nine + 600_000, nine + 1_800_000, nine + 1_860_000]);
});

test("R9 what is no answer is an outage, tried three times at most; a 429 says when, and is not", async () => {
  for (const answer of [lost, json(200, "<html>"), json(500, "oops"), json(200, {})]) {
    const { roadie, sent } = linked(() => answer);
    assert.equal(noInWords(await roadie.get("1")), "outage");
    assert.ok(sent.length <= 3);
  }
  const limited = linked(() => json(429, {}, { "Retry-After": "60" }));
  const told = await limited.roadie.quote(errand());
  assert.ok("kind" in told && told.after_ms === 60_000 && limited.sent.length === 1);
});

test("R10 a cancellation is what the shipment says afterwards", async () => {
  const says = (state: string, answer: WireAnswer) =>
    linked((sent) => (sent.method === "DELETE" ? answer : json(200, { ...shipment, state }))).roadie.cancel("1");
  for (const answer of [json(200, {}), json(204, ""), json(422, { errors: [{ code: 1 }] })])
    assert.equal(noInWords(await says("canceled", answer)), "ok");
  assert.equal(noInWords(await says("delivered", json(422, { errors: [{ code: 1 }] }))), "NOT_CANCELLABLE");
  assert.equal(noInWords(await says("scheduled", json(200, {}))), "outage");
  const { roadie, sent } = linked(() => json(404, {}));
  assert.equal(noInWords(await roadie.cancel("1")), "UNKNOWN_DELIVERY");
  assert.equal(JSON.parse(sent[0]!.said).cancellation_code, "item_not_ready");
});

test("R11 a webhook is believed with its token alone, names a shipment by either number, and a repeat says the same", async () => {
  const { roadie } = linked(() => json(200, shipment));
  const refusal = (body: unknown, headers: Record<string, string>) => {
    const told = roadie.receive(hook(body, headers));
    return told.ok ? "ok" : told.refusal.code;
  };
  const event = { event: "shipment.at_pickup", data: { reference_id: "leg_1-0", updated_at: "2026-11-21T09:00:00Z" } };
  assert.equal(refusal(event, {}), "WEBHOOK_UNSIGNED");
  assert.equal(refusal(event, { "x-api-key": "hush-token" }), "WEBHOOK_FORGED");
  for (const garbage of ["noise", {}]) assert.equal(refusal(garbage, { "x-api-key": "hook-token" }), "WEBHOOK_GARBAGE");
  for (const updated_at of ["2026-11-21T06:59:00Z", "2026-11-21T09:06:00Z"])
    assert.equal(refusal({ ...event, data: { updated_at } }, { "x-api-key": "hook-token" }), "WEBHOOK_STALE");
  assert.deepEqual(roadie.receive(hooked(event)), { ok: true, value: [] }, "of nothing that is known");
  await roadie.book(errand(), quote);
  const [one, again] = [roadie.receive(hooked(event)), roadie.receive(hooked(event))];
  assert.ok(one.ok && again.ok && one.value[0]!.reference === "1" && one.value[0]!.state === "at_pickup");
  assert.equal(one.value[0]!.message, again.value[0]!.message);
});

test("R12 what was picked up and then canceled has failed", () => {
  const { roadie } = linked(() => lost);
  const says = (event: string) => {
    const told = roadie.receive(hooked({ event, data: { id: 1, reference_id: "leg_1-0" } }));
    return told.ok && inWords(told.value[0]!);
  };
  says("shipment.pickup_confirmed");
  assert.equal(says("shipment.canceled"), "dropoff_failed other");
});

test("R13 no secret and no address is in an error or in the health", async () => {
  const { roadie } = linked(() =>
    json(422, { errors: [{ code: 1001, parameter: "delivery_location", message: "Rua B 2 is unknown" }] }),
  );
  const told = JSON.stringify([await roadie.quote(errand()), roadie.health()]);
  assert.ok(told.includes("1001 (delivery_location)"));
  for (const secret of ["hush-token", "hook-token", "Rua B"]) assert.ok(!told.includes(secret), secret);
});
