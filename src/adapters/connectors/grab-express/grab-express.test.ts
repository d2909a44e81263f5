import assert from "node:assert/strict";
import { test } from "node:test";
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
import { isFetched, toReport } from "./from-wire.ts";
import { grabExpressConnector } from "./index.ts";
import { grabDefaults } from "./settings.ts";
import { toDelivery } from "./to-wire.ts";
import { readDelivery } from "./wire.ts";

const settings = { ...grabDefaults, fallbackPhone: "+351200000000" };
const credentials = { clientId: "client", clientSecret: "hush-secret", webhookAuth: "hook-secret" };
const token = json(200, { access_token: "t1", token_type: "Bearer", expires_in: 604_799 });
const quote = { reference: "leg_1-0", price: { amount: 1250 as never, currency: "SGD" } };
const standing = { deliveryID: "IN-1", merchantOrderID: "leg_1-0", status: "ALLOCATING", trackingURL: "" };

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  let calls = 0;
  const world = scripted((sent) => (sent.path === "/token" ? token : answer(sent, calls++)));
  const grab = grabExpressConnector({
    ...world.parts,
    credentials,
    baseUrl: "https://grab.test",
    tokenUrl: "https://grab.test/token",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  const asked = () => world.sent.filter(({ path }) => path !== "/token").map(({ method, path }) => `${method} ${path}`);
  return { ...world, grab, asked };
}

const hooked = (body: object) => hook({ timestamp: nine / 1000, ...body }, { authorization: "hook-secret" });

test("G1 every status and reason becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "deliveries.txt")) {
    const delivery = readDelivery(JSON.parse(given))!;
    const earlier = { fetched: isFetched(delivery), proof: null };
    assert.equal(inWords(toReport(delivery, earlier, nine, settings)), expected, given);
    const told = linked(() => lost).grab.receive(hooked(JSON.parse(given)));
    assert.equal(told.ok && inWords(told.value[0]!), expected, given);
  }
  const going = { id: "IN-1", status: "IN_DELIVERY", all: {} };
  const onItsWay = { ...settings, inDelivery: "en_route_to_dropoff" } as const;
  assert.equal(toReport(going, { fetched: true, proof: null }, nine, onItsWay).state, "en_route_to_dropoff");
});

test("G2 every error becomes what its golden line says, through the whole connector", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const { grab } = linked(() => json(Number(given.slice(0, 3)), given.slice(4)));
    assert.equal(noInWords(await grab.quote(errand())), expected, given);
    assert.equal(noInWords(await grab.get("IN-1")), expected, given);
  }
});

test("G3 a delivery is sent as the page wants it; what is ready later is scheduled", () => {
  assert.deepEqual(toDelivery(errand(), nine, settings), goldenBody(import.meta.dirname, "create.json"));
  const later = errand({}, {}, { readyAt: instant(nine + 3_600_000) });
  assert.deepEqual(toDelivery(later, nine, settings).schedule, {
    pickupTimeFrom: "2026-11-21T10:00:00.000Z",
    pickupTimeTo: "2026-11-21T11:00:00.000Z",
  });
});

test("G4 a quote is that of our service, in major units", async () => {
  const one = (type: string, amount: number, code = "SGD") => ({
    service: { id: 1, type },
    currency: { code, exponent: 2 },
    amount,
    estimatedTimeline: { pickup: "2026-11-21T09:10:00Z", dropoff: "2026-11-21T09:30:00Z" },
  });
  const { grab } = linked(() => json(200, { quotes: [one("SAME_DAY", 5), one("INSTANT", 12.5)] }));
  assert.deepEqual(await grab.quote(errand()), {
    ok: true,
    value: { ...quote, pickupAt: nine + 600_000, dropoffAt: nine + 1_800_000, expiresAt: null },
  });
  const dong = await linked(() => json(200, { quotes: [one("INSTANT", 25_000, "VND")] })).grab.quote(errand());
  assert.ok("ok" in dong && dong.ok && dong.value.price.amount === 25_000);
  assert.equal(noInWords(await linked(() => json(200, { quotes: [] })).grab.quote(errand())), "outage");
});

test("G5 an unanswered creation is sent no second time: a webhook tells of it", async () => {
  const { grab, asked } = linked((sent) => (sent.method === "GET" ? json(200, standing) : lost));
  for (const _ of [1, 2]) assert.equal(noInWords(await grab.book(errand(), quote)), "outage");
  grab.receive(hooked({ ...standing, status: "CANCELLED", deliveryID: "IN-0" }));
  assert.equal(noInWords(await grab.find("leg_1-0")), "outage", "what is over stands no more");
  grab.receive(hooked(standing));
  const told = await grab.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "IN-1");
  assert.deepEqual(asked(), ["POST /v1/deliveries", "GET /v1/deliveries/IN-1"]);
});

test("G6 what no webhook told of is cancelled by our key, and then made anew; unless it is under way", async () => {
  const by = (cancel: WireAnswer) =>
    linked((sent, nth) => (sent.method === "DELETE" ? cancel : nth === 0 ? lost : json(200, standing)));
  for (const cancel of [json(204, ""), json(404, { message: "m" })]) {
    const { grab, asked, pass } = by(cancel);
    await grab.book(errand(), quote);
    pass(120_000);
    assert.equal(noInWords(await grab.book(errand(), quote)), "ok");
    assert.deepEqual(asked(), ["POST /v1/deliveries", "DELETE /v1/merchant/deliveries/leg_1-0", "POST /v1/deliveries"]);
  }
  const moving = by(json(409, { message: "m" }));
  await moving.grab.book(errand(), quote);
  moving.pass(120_000);
  assert.equal(noInWords(await moving.grab.find("leg_1-0")), "outage");
  const refused = linked(() => json(400, { message: "Invalid parameters" }));
  for (const _ of [1, 2]) assert.equal(noInWords(await refused.grab.book(errand(), quote)), "BAD_REQUEST");
  assert.deepEqual(refused.asked(), ["POST /v1/deliveries", "POST /v1/deliveries"]);
});

test("G7 the token is fetched once, renewed before its end and once after a 401", async () => {
  const world = linked((_, nth) => (nth === 2 ? json(401, { message: "m" }) : json(200, standing)));
  const tokens = () => world.sent.filter(({ path }) => path === "/token");
  await Promise.all([world.grab.get("IN-1"), world.grab.get("IN-1")]);
  assert.equal(tokens().length, 1);
  assert.equal(noInWords(await world.grab.get("IN-1")), "ok");
  assert.equal(tokens().length, 2);
  world.pass(604_799_000 - 60_000);
  await world.grab.get("IN-1");
  assert.equal(tokens().length, 3);
  assert.equal(JSON.parse(tokens()[0]!.said).scope, "grab_express.partner_deliveries");
});

test("G8 what is no answer is an outage; a creation is sent once, a reading three times at most, a 429 says when", async () => {
  for (const answer of [lost, json(200, "<html>"), json(500, "oops"), json(200, {})]) {
    const { grab, asked } = linked(() => answer);
    assert.equal(noInWords(await grab.get("IN-1")), "outage");
    assert.ok(asked().length <= 3);
    const booking = linked(() => answer);
    assert.equal(noInWords(await booking.grab.book(errand(), quote)), "outage");
    assert.equal(booking.asked().length, 1);
  }
  const limited = linked(() => json(429, {}, { "Retry-After": "30" }));
  const told = await limited.grab.quote(errand());
  assert.ok("kind" in told && told.after_ms === 30_000 && limited.asked().length === 1);
});

test("G9 cancelling what is cancelled is a yes, and what is too late a no", async () => {
  const says = (status: string, answer: WireAnswer) =>
    linked((sent) => (sent.method === "DELETE" ? answer : json(200, { ...standing, status }))).grab.cancel("IN-1");
  assert.equal(noInWords(await says("CANCELED", json(204, ""))), "ok");
  assert.equal(noInWords(await says("CANCELED", json(409, { message: "m" }))), "ok");
  assert.equal(noInWords(await says("IN_DELIVERY", json(409, { message: "m" }))), "NOT_CANCELLABLE");
});

test("G10 a webhook is believed with its secret alone, and its delivery, status and time tell a repeat", () => {
  const { grab } = linked(() => lost);
  const body = {
    ...standing,
    timestamp: nine / 1000,
    driver: { name: "Eva", phone: "1", currentLat: 1.3, currentLng: 103.8 },
  };
  const refusal = (of: unknown, headers: Record<string, string>) => {
    const told = grab.receive(hook(of, headers));
    return told.ok ? "ok" : told.refusal.code;
  };
  assert.equal(refusal(body, {}), "WEBHOOK_UNSIGNED");
  assert.equal(refusal(body, { authorization: "hush-secret" }), "WEBHOOK_FORGED");
  assert.equal(refusal({}, { authorization: "hook-secret" }), "WEBHOOK_GARBAGE");
  for (const wait of [-7_201, 301])
    assert.equal(
      refusal({ ...body, timestamp: nine / 1000 + wait }, { authorization: "hook-secret" }),
      "WEBHOOK_STALE",
    );
  const told = grab.receive(hooked(body));
  assert.ok(told.ok);
  assert.deepEqual(told.value[0]!.courier, { name: "Eva", phone: "1", point: [103.8, 1.3] });
  assert.equal(told.value[0]!.message, `IN-1:ALLOCATING:${nine / 1000}`);
});

test("G11 what was fetched and then failed has failed at the door, and a proof once told is kept", async () => {
  const { grab } = linked(() => json(200, { ...standing, status: "COMPLETED" }));
  grab.receive(hooked({ ...standing, status: "PENDING_DROP_OFF" }));
  const failed = grab.receive(hooked({ ...standing, status: "FAILED", failedReason: "5|m" }));
  assert.equal(failed.ok && inWords(failed.value[0]!), "dropoff_failed other");
  grab.receive(hooked({ ...standing, status: "COMPLETED", dropoffProofURL: "https://proof.test/2" }));
  const told = await grab.get("IN-1");
  assert.ok("ok" in told && told.ok && told.value.proof === "https://proof.test/2");
});

test("G12 no secret and no address is in an error or in the health", async () => {
  const { grab } = linked(() => json(400, { message: "Rua B 2 is unknown" }));
  const told = JSON.stringify([await grab.quote(errand()), grab.health()]);
  for (const secret of ["hush-secret", "hook-secret", "t1", "Rua B"]) assert.ok(!told.includes(secret), secret);
});
