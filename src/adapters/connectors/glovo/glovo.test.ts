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
import { toReport } from "./from-wire.ts";
import { glovoConnector } from "./index.ts";
import { glovoDefaults } from "./settings.ts";
import { toConfirm, toQuote } from "./to-wire.ts";
import { duration_ms, readParcel } from "./wire.ts";

const settings = { ...glovoDefaults, fallbackPhone: "+351200000000" };
const credentials = {
  clientId: "175",
  clientSecret: "hush-secret",
  addressBookId: "ab-1",
  addressBookPlace: "41.1, -8.6",
  currency: "EUR",
};
const token = json(200, { accessToken: "t1", expiresIn: 600 });
const price = { amount: 640 as never, currency: "EUR" };
const quote = { reference: "q1", price };
const parcel = {
  trackingNumber: 100,
  orderCode: "X",
  status: { state: "CREATED", updateTime: "2026-11-21T09:00:00Z" },
};

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}, account: object = {}) {
  let calls = 0;
  const world = scripted((sent) => (sent.path === "/oauth/token" ? token : answer(sent, calls++)));
  const glovo = glovoConnector({
    ...world.parts,
    credentials: { ...credentials, ...account },
    baseUrl: "https://glovo.test",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  const asked = () =>
    world.sent
      .filter(({ path }) => path !== "/oauth/token")
      .map(({ method, path }) => `${method} ${path.replace("/v2/laas", "")}`);
  return { ...world, glovo, asked };
}

test("V1 every state becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "parcels.txt")) {
    const read = readParcel(JSON.parse(given));
    assert.equal(read && inWords(toReport(read, false, "EUR", nine)), expected, given);
  }
});

test("V2 every error becomes what its golden line says: by its status", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const { glovo } = linked(() => json(Number(given.slice(0, 3)), given.slice(4)));
    assert.equal(noInWords(await glovo.quote(errand())), expected, given);
    assert.equal(noInWords(await glovo.get("100")), expected, given);
  }
});

test("V3 a quote and its confirmation are sent as the page wants them", () => {
  assert.deepEqual(toQuote(errand(), "ab-1", nine, settings), goldenBody(import.meta.dirname, "quote.json"));
  assert.deepEqual(toConfirm(errand(), price, settings), goldenBody(import.meta.dirname, "create.json"));
  assert.equal(toConfirm(errand(), price, { ...settings, sendPrice: false }).price, undefined);
  const later = errand({}, {}, { readyAt: instant(nine + 3_600_000) });
  assert.equal(toQuote(later, "ab-1", nine, settings).pickupDetails.pickupTime, "2026-11-21T10:00:00.000Z");
});

test("V4 a price is read as a number or an amount, a time as a duration", async () => {
  const span = { lowerBound: "PT30M", upperBound: "PT45M" };
  for (const quotePrice of [6.4, "6.40", { currencyCode: "EUR", value: 6.4 }]) {
    const { glovo } = linked(() => json(200, { quoteId: "q1", quotePrice, estimatedTimeOfDelivery: span }));
    assert.deepEqual(await glovo.quote(errand()), {
      ok: true,
      value: { ...quote, pickupAt: null, dropoffAt: nine + 2_700_000, expiresAt: null },
    });
  }
  const lasts = (text: string) => duration_ms({ text }, "text");
  assert.deepEqual(["P1DT2H", "PT1H5M", "PT30S", "PT0S"].map(lasts), [93_600_000, 3_900_000, 30_000, 0]);
  assert.deepEqual(["P", "PT", "45", "", "PT45X"].map(lasts), [null, null, null, null, null]);
});

test("V5 a pickup that is not at the address book's place is not asked for", async () => {
  for (const [place, expected] of [
    ["41.2,-8.6", "OUT_OF_COVERAGE"],
    ["the bakery", "BAD_REQUEST"],
    ["", "BAD_REQUEST"],
  ] as const) {
    const { glovo, asked } = linked(() => lost, {}, { addressBookPlace: place });
    assert.equal(noInWords(await glovo.quote(errand())), expected, place);
    assert.deepEqual(asked(), []);
  }
});

test("V6 a booking confirms its quote, and is known by our key", async () => {
  const { glovo, asked } = linked(() => json(200, parcel));
  const told = await glovo.book(errand(), quote);
  assert.ok("ok" in told && told.ok);
  assert.deepEqual([told.value.reference, told.value.key, told.value.state], ["100", "leg_1-0", "assigned"]);
  assert.deepEqual(asked(), ["POST /quotes/q1/parcels"]);
  const found = await glovo.find("leg_1-0");
  assert.ok("ok" in found && found.ok && found.value?.reference === "100");
  assert.equal(noInWords(await linked(() => json(404, {})).glovo.book(errand(), quote)), "QUOTE_STALE");
});

test("V7 a confirmation that nobody answered is sent again for the same quote alone: it takes one parcel", async () => {
  const other = { reference: "q2", price };
  for (const unanswered of [lost, json(200, {}), json(500, "oops")]) {
    const heard = linked((_, nth) => (nth === 0 ? unanswered : json(200, parcel)));
    assert.equal(noInWords(await heard.glovo.book(errand(), quote)), "outage");
    assert.equal(noInWords(await heard.glovo.book(errand(), other)), "ok");
    assert.deepEqual(heard.asked(), ["POST /quotes/q1/parcels", "POST /quotes/q1/parcels"]);
  }
  const used = linked((_, nth) => (nth === 0 ? lost : json(409, { message: "m" })));
  for (const _ of [1, 2, 3]) assert.equal(noInWords(await used.glovo.book(errand(), other)), "outage");
  assert.equal(noInWords(await used.glovo.find("leg_1-0")), "outage");
  used.pass(3_600_000);
  assert.equal(noInWords(await used.glovo.find("leg_1-0")), "outage", "it stands, so it is never booked anew");
  const unheard = linked(() => lost);
  await unheard.glovo.book(errand(), quote);
  unheard.pass(3_600_000);
  assert.deepEqual(await unheard.glovo.find("leg_1-0"), { ok: true, value: null });
});

test("V8 what was refused or limited was not heard, and the next quote may be confirmed", async () => {
  for (const no of [json(429, {}), json(400, { message: "m" })]) {
    const { glovo, asked } = linked((_, nth) => (nth === 0 ? no : json(200, parcel)));
    await glovo.book(errand(), quote);
    assert.equal(noInWords(await glovo.book(errand(), { reference: "q2", price })), "ok");
    assert.deepEqual(asked(), ["POST /quotes/q1/parcels", "POST /quotes/q2/parcels"]);
  }
});

test("V9 the token is fetched once in camelCase, renewed before its end and once after a 401", async () => {
  const world = linked((_, nth) => (nth === 2 ? json(401, { message: "m" }) : json(200, parcel)));
  const tokens = () => world.sent.filter(({ path }) => path === "/oauth/token");
  await Promise.all([world.glovo.get("100"), world.glovo.get("100")]);
  assert.equal(tokens().length, 1);
  assert.deepEqual(JSON.parse(tokens()[0]!.said), {
    grantType: "client_credentials",
    clientId: 175,
    clientSecret: "hush-secret",
  });
  assert.equal(noInWords(await world.glovo.get("100")), "ok");
  assert.equal(tokens().length, 2);
  world.pass(540_000);
  await world.glovo.get("100");
  assert.equal(tokens().length, 3);
});

test("V10 the courier is asked beside a parcel that is under way, and missing him costs only that", async () => {
  const told = async (beside: WireAnswer | Outage) => {
    const { glovo } = linked(({ path }) =>
      path.includes("courier") ? beside : json(200, { ...parcel, status: { state: "PICKED" } }),
    );
    const report = await glovo.get("100");
    assert.ok("ok" in report && report.ok);
    return report.value.courier;
  };
  const both = json(200, { latitude: 41.2, longitude: -8.5, courierName: "Eva", phone: "1" });
  assert.deepEqual(await told(both), { name: "Eva", phone: "1", point: [-8.5, 41.2] });
  for (const none of [lost, json(404, {})]) assert.equal(await told(none), null);
});

test("V11 what is no answer is an outage; a confirmation is sent once, a reading three times at most, a 429 says when", async () => {
  for (const answer of [lost, json(200, "<html>"), json(500, "oops")]) {
    const { glovo, asked } = linked(() => answer);
    assert.equal(noInWords(await glovo.get("100")), "outage");
    assert.ok(asked().length <= 3);
    const booking = linked(() => answer);
    assert.equal(noInWords(await booking.glovo.book(errand(), quote)), "outage");
    assert.equal(booking.asked().length, 1);
  }
  const limited = linked(() => json(429, {}, { "Retry-After": "30" }));
  const told = await limited.glovo.quote(errand());
  assert.ok("kind" in told && told.after_ms === 30_000 && limited.asked().length === 1);
});

test("V12 a cancellation is what the parcel says afterwards, and what was fetched and then cancelled has failed", async () => {
  const says = (state: string, answer: WireAnswer) =>
    linked((sent) => (sent.method === "POST" ? answer : json(200, { ...parcel, status: { state } }))).glovo.cancel(
      "100",
    );
  assert.equal(noInWords(await says("CANCELLED", json(200, {}))), "ok");
  assert.equal(noInWords(await says("CANCELLED", json(400, { message: "m" }))), "ok");
  assert.equal(noInWords(await says("DELIVERED", json(400, { message: "m" }))), "NOT_CANCELLABLE");
  const states = ["WAITING_FOR_DELIVERY", "CANCELLED"];
  const { glovo } = linked((_, nth) => json(200, { ...parcel, status: { state: states[nth] } }), { askCourier: false });
  await glovo.get("100");
  const told = await glovo.get("100");
  assert.ok("ok" in told && told.ok && told.value.state === "dropoff_failed");
});

test("V13 no webhook is believed: nothing is known of how they are signed", () => {
  const { glovo } = linked(() => lost);
  const told = glovo.receive(hook({ trackingNumber: 100 }, {}));
  assert.deepEqual(told, { ok: false, refusal: { code: "WEBHOOK_UNSIGNED" } });
});

test("V14 no secret and no address is in an error or in the health", async () => {
  const { glovo } = linked(() => json(400, { message: "Rua B 2 is unknown" }));
  const told = JSON.stringify([await glovo.quote(errand()), glovo.health()]);
  for (const secret of ["hush-secret", "t1", "Rua B"]) assert.ok(!told.includes(secret), secret);
});
