import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import type { WireAnswer } from "../../../journey/dispatch/ports.ts";
import { instant, toIso } from "../../../kernel/quantity.ts";
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
import { toEventReport } from "./from-wire.ts";
import { woltDriveConnector } from "./index.ts";
import { woltDefaults } from "./settings.ts";
import { toDelivery, toPromise } from "./to-wire.ts";
import { events, ranks } from "./words.ts";

const settings = { ...woltDefaults, fallbackPhone: "+351200000000" };
const credentials = { token: "hush-token", venueId: "v1", webhookSecret: "hook-secret" };
const quote = { reference: "p1", price: { amount: 640 as never, currency: "EUR" } };
const promise = {
  id: "p1",
  valid_until: "2026-11-21T09:10:00Z",
  pickup: { venue_id: "v1", location: { coordinates: { lat: 41.1, lon: -8.6 } }, eta_minutes: 10 },
  dropoff: { location: { coordinates: { lat: 41.151, lon: -8.611 } }, eta_minutes: 30 },
  price: { amount: 640, currency: "EUR" },
  is_binding: true,
};
const made = {
  id: "d1",
  status: "INFO_RECEIVED",
  wolt_order_reference_id: "w1",
  merchant_order_reference_id: "leg_1-0",
  tracking: { id: "t", url: "https://track.test/1" },
  pickup: { eta: "2026-11-21T09:10:00Z" },
  dropoff: { eta: "2026-11-21T09:30:00Z" },
  price: { amount: 640, currency: "EUR" },
};
const duplicate = json(400, { error_code: "DUPLICATE_ORDER", reason: "m" });
const late = json(400, { error_code: "INVALID_ORDER_STATE_TRANSITION", reason: "m" });

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  const world = scripted(answer);
  const wolt = woltDriveConnector({
    ...world.parts,
    credentials,
    baseUrl: "https://wolt.test",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  return { ...world, wolt };
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString("base64url");

function tokenOf(claims: unknown, secret = "hook-secret", head: object = { alg: "HS256", typ: "JWT" }): string {
  const signed = `${encode(head)}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const event = (type: string, change: object = {}, at: number = nine) => ({
  type,
  dispatched_at: toIso(instant(at)),
  details: { id: "d1", wolt_order_reference_id: "w1", merchant_order_reference_id: "leg_1-0", ...change },
});

const hooked = (claims: unknown) => hook({ token: tokenOf(claims) }, {});

test("W1 every event becomes what its golden line says, through the whole connector", () => {
  for (const { given, expected } of golden(import.meta.dirname, "events.txt")) {
    const told = linked(() => lost).wolt.receive(hooked(JSON.parse(given)));
    assert.equal(told.ok && inWords(told.value[0]!), expected, given);
  }
});

test("W2 every error becomes what its golden line says, through the whole connector", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const { wolt } = linked(() => json(Number(given.slice(0, 3)), given.slice(4)));
    assert.equal(noInWords(await wolt.quote(errand())), expected, given);
    assert.equal(noInWords(await wolt.cancel("w1")), expected, given);
  }
});

test("W3 a promise and a delivery are asked for as the page wants them, the drop-off where the promise put it", () => {
  assert.deepEqual(toPromise(errand(), nine, settings), goldenBody(import.meta.dirname, "promise.json"));
  const body = toDelivery(errand(), quote, [-8.611, 41.151], nine, settings);
  assert.deepEqual(body, goldenBody(import.meta.dirname, "create.json"));
  const wishes = errand({}, { requirements: ["pin", "age_check"], ifUndeliverable: "leave_safe" });
  const asked = toDelivery(wishes, quote, null, nine, settings);
  assert.ok(asked.handshake_delivery?.is_required && asked.parcels[0]!.dropoff_restrictions.id_check_required);
  assert.equal(asked.dropoff.options.is_no_contact, false, "a PIN needs a person");
  const left = toDelivery(errand({}, { ifUndeliverable: "leave_safe" }), quote, null, nine, settings);
  assert.equal(left.dropoff.options.is_no_contact, true);
  assert.deepEqual(left.dropoff.location.coordinates, { lat: 41.15, lon: -8.61 });
});

test("W4 a drop-off is scheduled only when it lies more than an hour ahead, and preparation is whole minutes", () => {
  fc.assert(
    fc.property(fc.integer({ min: -7200, max: 86_400 }), fc.integer({ min: -7200, max: 86_400 }), (opens, ready) => {
      const earliest = instant(nine + opens * 1000);
      const leg = { dropoffWindow: { earliest, latest: null }, readyAt: instant(nine + ready * 1000) };
      const body = toPromise(errand({}, {}, leg), nine, settings);
      assert.equal(body.scheduled_dropoff_time, opens > 3600 ? toIso(earliest) : undefined);
      assert.ok(Number.isInteger(body.min_preparation_time_minutes));
      assert.ok(body.min_preparation_time_minutes >= 0 && body.min_preparation_time_minutes * 60 >= ready);
    }),
  );
});

test("W5 a promise's ETAs are minutes; one that does not bind, or from a venue elsewhere, is none", async () => {
  const told = await linked(() => json(200, promise)).wolt.quote(errand());
  assert.deepEqual(told, {
    ok: true,
    value: { ...quote, pickupAt: nine + 600_000, dropoffAt: nine + 1_800_000, expiresAt: nine + 600_000 },
  });
  const far = { ...promise, pickup: { ...promise.pickup, location: { coordinates: { lat: 41.11, lon: -8.6 } } } };
  for (const no of [{ ...promise, is_binding: false }, far])
    assert.equal(noInWords(await linked(() => json(200, no)).wolt.quote(errand())), "OUT_OF_COVERAGE");
  assert.equal(noInWords(await linked(() => json(200, { id: "p1" })).wolt.quote(errand())), "outage");
});

test("W6 a creation answers with Wolt's number and times; a rejected one is a refusal", async () => {
  const { wolt } = linked((sent) => json(200, sent.path.endsWith("promises") ? promise : made));
  await wolt.quote(errand());
  const told = await wolt.book(errand(), quote);
  assert.ok("ok" in told && told.ok);
  const { reference, key, state, tracking, pickupAt, dropoffAt } = told.value;
  assert.deepEqual([reference, key, state, tracking], ["w1", "leg_1-0", "assigned", "https://track.test/1"]);
  assert.deepEqual([pickupAt, dropoffAt], [nine + 600_000, nine + 1_800_000]);
  const rejected = linked(() => json(201, { ...made, status: "REJECTED" }));
  assert.equal(noInWords(await rejected.wolt.book(errand(), quote)), "NO_COURIERS");
  const strange = linked(() => json(201, { ...made, status: "DREAMING" }));
  assert.equal(noInWords(await strange.wolt.book(errand(), quote)), "ok");
  assert.deepEqual(strange.wolt.health().unknown, { "status=DREAMING": 1 });
});

test("W7 one key makes one delivery: what is a duplicate stands, under the number that a webhook tells", async () => {
  const { wolt, sent } = linked((_, nth) => (nth === 0 ? lost : duplicate));
  assert.equal(noInWords(await wolt.book(errand(), quote)), "outage");
  assert.equal(noInWords(await wolt.find("leg_1-0")), "outage");
  assert.deepEqual(
    sent.map(({ said }) => JSON.parse(said).merchant_order_reference_id),
    ["leg_1-0", "leg_1-0"],
  );
  wolt.receive(hooked(event("order.received")));
  const told = await wolt.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "w1" && told.value.key === "leg_1-0");
  assert.equal(sent.length, 2, "what is known needs no asking");
  const found = await wolt.find("leg_1-0");
  assert.ok("ok" in found && found.ok && found.value?.reference === "w1");
});

test("W8 what no webhook told of for half an hour was not made", async () => {
  const { wolt, pass } = linked(() => lost);
  await wolt.book(errand(), quote);
  pass(29 * 60_000);
  assert.equal(noInWords(await wolt.find("leg_1-0")), "outage");
  pass(60_000);
  assert.deepEqual(await wolt.find("leg_1-0"), { ok: true, value: null });
});

test("W9 what is known of a delivery is what its webhooks told, and no order of them leads back", async () => {
  const way = [
    "received",
    "pickup_started",
    "pickup_arrival",
    "picked_up",
    "dropoff_started",
    "dropoff_arrival",
    "delivered",
  ];
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(way, { minLength: 1 }), async (told) => {
      const { wolt } = linked(() => lost);
      for (const [nth, name] of told.entries()) wolt.receive(hooked(event(`order.${name}`, {}, nine + nth)));
      const furthest = Math.max(...told.map((name) => ranks[events[`order.${name}`]!]));
      const known = await wolt.get("w1");
      assert.ok("ok" in known && known.ok && ranks[known.value.state!] === furthest);
    }),
  );
  const unheard = await linked(() => lost).wolt.get("w1");
  assert.ok("kind" in unheard && !unheard.retryable, "Wolt cannot be asked");
});

test("W10 what is rejected after its pickup has failed, and a courier who missed somebody says so", () => {
  const { wolt } = linked(() => lost);
  const says = (type: string, at: number) => {
    const told = wolt.receive(hooked(event(type, {}, at)));
    return told.ok ? inWords(told.value[0]!) : "refused";
  };
  says("order.picked_up", nine);
  assert.equal(says("order.customer_no_show", nine + 1), "dropoff_failed nobody_home");
  assert.equal(says("order.rejected", nine + 2), "dropoff_failed other");
});

test("W11 cancelling names Wolt's number and a reason, and what is cancelled is asked no second time", async () => {
  const { wolt, sent } = linked(() => json(200, { status: "CANCELLED" }));
  for (const _ of [1, 2]) {
    const told = await wolt.cancel("w1");
    assert.ok("ok" in told && told.ok && told.value.state === "cancelled");
  }
  assert.deepEqual(
    sent.map(({ method, path }) => `${method} ${path}`),
    ["PATCH /order/w1/status/cancel"],
  );
  assert.ok(JSON.parse(sent[0]!.said).reason);
});

test("W12 too late is too late; but where an earlier try was lost, nothing is known until a webhook tells", async () => {
  assert.equal(noInWords(await linked(() => late).wolt.cancel("w1")), "NOT_CANCELLABLE");
  const { wolt } = linked((_, nth) => (nth === 0 ? lost : late));
  assert.equal(noInWords(await wolt.cancel("w1")), "outage");
  assert.equal(noInWords(await wolt.cancel("w1")), "outage");
  wolt.receive(hooked(event("order.rejected")));
  assert.equal(noInWords(await wolt.cancel("w1")), "ok");
  const moving = linked((_, nth) => (nth === 0 ? lost : late));
  await moving.wolt.cancel("w1");
  moving.wolt.receive(hooked(event("order.pickup_started")));
  assert.equal(noInWords(await moving.wolt.cancel("w1")), "NOT_CANCELLABLE");
  const long = linked((_, nth) => (nth === 0 ? lost : late));
  await long.wolt.cancel("w1");
  long.pass(30 * 60_000);
  assert.equal(noInWords(await long.wolt.cancel("w1")), "NOT_CANCELLABLE");
});

test("W13 what is no answer is an outage, tried three times at most; a 429 is not", async () => {
  for (const answer of [lost, json(200, "<html>"), json(500, "oops"), json(201, {})]) {
    const { wolt, sent } = linked(() => answer);
    assert.equal(noInWords(await wolt.book(errand(), quote)), "outage");
    assert.ok(sent.length <= 3);
  }
  const limited = linked(() => json(429, {}, { "Retry-After": "30" }));
  const told = await limited.wolt.quote(errand());
  assert.ok("kind" in told && told.after_ms === 30_000 && limited.sent.length === 1);
  assert.equal(limited.sent[0]!.headers["authorization"], "Bearer hush-token");
});

test("W14 a webhook is believed as a token under HS256 with our secret alone", () => {
  const { wolt } = linked(() => lost);
  const refusal = (body: unknown) => {
    const told = wolt.receive(hook(body, {}));
    return told.ok ? "ok" : told.refusal.code;
  };
  const claims = event("order.picked_up");
  assert.equal(refusal({ token: tokenOf(claims) }), "ok");
  for (const unsigned of [{}, { token: "" }, { token: `${encode({ alg: "none" })}.${encode(claims)}.` }, claims])
    assert.equal(refusal(unsigned), "WEBHOOK_UNSIGNED");
  const [head, , signature] = tokenOf(claims).split(".");
  const decoded = Buffer.from("hook-secret", "base64").toString("latin1");
  for (const forged of [
    tokenOf(claims, "other"),
    tokenOf(claims, decoded),
    tokenOf(claims, "hook-secret", { alg: "none" }),
    `${head}.${encode(event("order.delivered"))}.${signature}`,
  ])
    assert.equal(refusal({ token: forged }), "WEBHOOK_FORGED");
  for (const garbage of ["noise", { token: tokenOf("noise") }, { token: tokenOf({ type: "order.received" }) }])
    assert.equal(refusal(garbage), "WEBHOOK_GARBAGE");
  for (const wait of [-7_201_000, 301_000])
    assert.equal(refusal({ token: tokenOf(event("order.received", {}, nine + wait)) }), "WEBHOOK_STALE");
});

test("W15 no webhook that was changed on its way is believed", () => {
  const { wolt } = linked(() => lost);
  const whole = tokenOf(event("order.picked_up"));
  fc.assert(
    fc.property(fc.nat(whole.lastIndexOf(".") - 1), fc.constantFrom("A", "z", "0", "-", "."), (place, other) => {
      fc.pre(whole[place] !== other);
      const token = `${whole.slice(0, place)}${other}${whole.slice(place + 1)}`;
      assert.equal(wolt.receive(hook({ token }, {})).ok, false);
    }),
  );
});

test("W16 id, type and time tell a repeat; a position tells where, and a span its later end", () => {
  const report = toEventReport(event("order.location_updated", { courier_location: { lat: 41.2, lon: -8.5 } }), nine);
  assert.deepEqual(report?.courier, { name: null, phone: null, point: [-8.5, 41.2] });
  assert.equal(report?.state, null);
  assert.equal(report?.message, `d1:order.location_updated:${toIso(nine)}`);
  const eta = { min: "2026-11-21T09:20:00Z", max: "2026-11-21T09:30:00Z" };
  const ahead = toEventReport(event("order.dropoff_eta_updated", { dropoff: { eta } }), nine);
  assert.equal(ahead?.dropoffAt, nine + 1_800_000);
});

test("W17 no secret and no address is in an error or in the health", async () => {
  const { wolt } = linked(() =>
    json(422, { detail: [{ type: "value_error", loc: ["body", "street"], msg: "Rua B 2 is unknown" }] }),
  );
  const told = JSON.stringify([await wolt.quote(errand()), wolt.health()]);
  assert.ok(told.includes("VALIDATION (body.street)"));
  for (const secret of ["hush-token", "hook-secret", "Rua B"]) assert.ok(!told.includes(secret), secret);
});
