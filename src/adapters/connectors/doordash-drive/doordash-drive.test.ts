import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import type { WireAnswer } from "../../../journey/dispatch/ports.ts";
import { instant, later, toIso } from "../../../kernel/quantity.ts";
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
import { signToken } from "./client.ts";
import { toEventReport, toNo, toReport } from "./from-wire.ts";
import { doordashDriveConnector } from "./index.ts";
import { doordashDefaults } from "./settings.ts";
import { toDelivery } from "./to-wire.ts";
import { readDelivery } from "./wire.ts";

const settings = { ...doordashDefaults, fallbackPhone: "+351200000000" };
const credentials = {
  developerId: "dev-1",
  keyId: "key-1",
  signingSecret: "aHVzaC1zZWNyZXQtX18_",
  webhookAuth: "Bearer hook-secret",
};
const standing = {
  external_delivery_id: "leg_1-0",
  delivery_status: "created",
  fee: 975,
  currency: "USD",
  updated_at: "2026-11-21T09:00:00Z",
};
const asQuote = { ...standing, delivery_status: "quote" };
const quote = { reference: "leg_1-0", price: { amount: 975 as never, currency: "USD" } };
const duplicate = json(409, { code: "duplicate_delivery_id", message: "m", external_delivery_id: "leg_1-0" });

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  const world = scripted(answer);
  const doordash = doordashDriveConnector({
    ...world.parts,
    credentials,
    baseUrl: "https://dd.test",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  return { ...world, doordash };
}

const verbs = (sent: readonly Sent[]): readonly string[] =>
  sent.map(({ method, path }) => `${method} ${path.replace("/drive/v2", "")}`);

test("D1 every status and cancellation reason becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "deliveries.txt")) {
    const delivery = readDelivery(JSON.parse(given));
    assert.equal(delivery && inWords(toReport(delivery, nine)), expected, given);
  }
});

test("D2 every event becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "webhooks.txt")) {
    const report = toEventReport(JSON.parse(given), nine);
    assert.equal(report && inWords(report), expected, given);
  }
});

test("D3 every error becomes what its golden line says, through the whole connector", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const [status, body] = [Number(given.slice(0, 3)), given.slice(4)];
    if (status !== 429) assert.equal(noInWords(toNo({ status, json: JSON.parse(body) }).answer), expected, given);
    const { doordash } = linked(() => json(status, body));
    assert.equal(noInWords(await doordash.get("leg_1-0")), expected, given);
  }
});

test("D4 a delivery is sent as the page wants it", () => {
  assert.deepEqual(toDelivery(errand(), nine, settings), goldenBody(import.meta.dirname, "delivery.json"));
});

test("D5 times are one wish, or all four ends of two windows, none in the past", () => {
  const moment = fc.option(
    fc.integer({ min: -7200, max: 86_400 }).map((s) => instant(nine + s * 1000)),
    { nil: null },
  );
  fc.assert(
    fc.property(moment, moment, moment, moment, moment, (readyAt, from, until, earliest, end) => {
      const latest = earliest !== null && end !== null ? later(earliest, end) : end;
      const body = toDelivery(
        errand(
          {},
          {},
          {
            readyAt: readyAt ?? nine,
            pickupWindow: { earliest: from, latest: until },
            dropoffWindow: { earliest, latest },
          },
        ),
        nine,
        settings,
      );
      const wishes = [body.pickup_time, body.dropoff_time, body.pickup_window].filter(Boolean).length;
      assert.ok(wishes <= 1);
      assert.equal(body.pickup_window === undefined, body.dropoff_window === undefined);
      for (const span of [body.pickup_window, body.dropoff_window])
        if (span) assert.ok(span.start_time <= span.end_time && span.start_time >= toIso(nine));
    }),
    { examples: [[null, null, instant(nine + 60_000), instant(nine + 60_000), instant(nine + 120_000)]] },
  );
});

test("D6 the token is signed with the decoded secret and names the key in its payload", () => {
  const [head = "", content = "", signature] = signToken(credentials, instant(nine + 999), 300).split(".");
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, "base64url").toString());
  assert.deepEqual(read(head), { alg: "HS256", typ: "JWT", "dd-ver": "DD-JWT-V1" });
  assert.deepEqual(read(content), {
    aud: "doordash",
    iss: "dev-1",
    kid: "key-1",
    iat: nine / 1000,
    exp: nine / 1000 + 300,
  });
  const key = Buffer.from("687573682d7365637265742d5f5f3f", "hex");
  assert.equal(signature, createHmac("sha256", key).update(`${head}.${content}`).digest("base64url"));
});

test("D7 a token serves until shortly before its end, and a 401 signs a new one, once", async () => {
  const world = linked((_, nth) =>
    nth === 3 ? json(401, { code: "authentication_error", message: "m" }) : json(200, standing),
  );
  for (const wait of [0, 200_000, 75_000]) {
    world.pass(wait);
    await world.doordash.get("leg_1-0");
  }
  const tokens = world.sent.map(({ headers }) => headers["authorization"]);
  assert.ok(tokens[0] === tokens[1] && tokens[1] !== tokens[2]);
  world.pass(1000);
  assert.equal(noInWords(await world.doordash.get("leg_1-0")), "ok");
  assert.equal(world.sent.length, 5);
  const barred = linked(() => json(401, { code: "authentication_error", message: "m" }));
  assert.equal(noInWords(await barred.doordash.get("x")), "NOT_ALLOWED");
  assert.equal(barred.sent.length, 2);
});

test("D8 a quote is named by our key, holds five minutes, and is accepted under it", async () => {
  const world = linked((sent) =>
    json(200, sent.path.endsWith("/quotes") ? { ...asQuote, pickup_time_estimated: "2026-11-21T09:20:00Z" } : standing),
  );
  assert.deepEqual(await world.doordash.quote(errand()), {
    ok: true,
    value: {
      reference: "leg_1-0",
      price: { amount: 975, currency: "USD" },
      pickupAt: nine + 1_200_000,
      dropoffAt: null,
      expiresAt: nine + 300_000,
    },
  });
  assert.equal(noInWords(await world.doordash.book(errand(), quote)), "ok");
  assert.deepEqual(verbs(world.sent), ["POST /quotes", "POST /quotes/leg_1-0/accept"]);
});

test("D8 a quote whose answer was lost is read, and holds from the first asking", async () => {
  const world = linked((sent, nth) => (sent.method === "GET" ? json(200, asQuote) : nth === 0 ? lost : duplicate));
  const told = await world.doordash.quote(errand());
  assert.ok("ok" in told && told.ok && told.value.reference === "leg_1-0" && told.value.expiresAt === nine + 300_000);
  world.pass(300_000);
  assert.equal(noInWords(await world.doordash.quote(errand())), "QUOTE_STALE");
});

test("D9 an expired quote is asked anew under the same key, and accepted when it did not rise", async () => {
  for (const [fee, outcome] of [
    [975, "ok"],
    [900, "ok"],
    [976, "QUOTE_STALE"],
  ] as const) {
    const world = linked((sent, nth) =>
      json(200, sent.path.endsWith("/quotes") ? { ...asQuote, fee: nth === 0 ? 975 : fee } : standing),
    );
    await world.doordash.quote(errand());
    world.pass(300_000);
    assert.equal(noInWords(await world.doordash.book(errand(), quote)), outcome);
    assert.equal(world.sent.filter(({ path }) => path.endsWith("/accept")).length, outcome === "ok" ? 1 : 0);
  }
});

test("D10 booking twice under one key answers with the delivery that stands", async () => {
  const twice = linked((sent, nth) => (sent.method === "GET" ? json(200, standing) : nth === 0 ? lost : duplicate));
  const told = await twice.doordash.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "leg_1-0");
  const foreign = linked((sent) => (sent.method === "GET" ? json(200, standing) : duplicate));
  assert.equal(noInWords(await foreign.doordash.book(errand(), { ...quote, reference: "elsewhere" })), "ok");
  assert.equal(verbs(foreign.sent)[0], "POST /deliveries");
});

test("D11 a late accept is a stale quote, whatever error it brings", async () => {
  for (const error of [
    json(404, { code: "unknown_delivery_id", message: "m" }),
    json(409, { code: "duplicate_delivery_id", message: "m" }),
  ]) {
    const world = linked((sent) => (sent.method === "GET" && error.status === 409 ? json(200, asQuote) : error));
    assert.equal(noInWords(await world.doordash.book(errand(), quote)), "QUOTE_STALE");
  }
});

test("D12 quoting again what is booked names it; looking up an unknown key or a mere quote finds nothing", async () => {
  const booked = await linked((sent) => (sent.method === "GET" ? json(200, standing) : duplicate)).doordash.quote(
    errand(),
  );
  assert.ok(
    "ok" in booked && !booked.ok && booked.refusal.code === "ALREADY_BOOKED" && booked.refusal.reference === "leg_1-0",
  );
  const unknown = linked(() => json(404, { code: "unknown_delivery_id", message: "m" }));
  assert.deepEqual(await unknown.doordash.find("leg_1-0"), { ok: true, value: null });
  assert.deepEqual(await linked(() => json(200, asQuote)).doordash.find("leg_1-0"), { ok: true, value: null });
});

test("D13 cancelling what is cancelled is a yes, and what is under way a no", async () => {
  const says = (status: string) =>
    linked((sent) =>
      sent.method === "GET"
        ? json(200, { ...standing, delivery_status: status })
        : json(409, { code: "cancel_not_allowed", reason: "delivery_cancelled", message: "m" }),
    );
  assert.equal(noInWords(await says("cancelled").doordash.cancel("leg_1-0")), "ok");
  assert.equal(noInWords(await says("picked_up").doordash.cancel("leg_1-0")), "NOT_CANCELLABLE");
});

test("D14 a webhook is believed with the credential alone; a repeat has the same message, another event another", () => {
  const { doordash } = linked(() => lost);
  const event = {
    external_delivery_id: "leg_1-0",
    event_name: "DASHER_PICKED_UP",
    created_at: toIso(nine),
    dasher_name: "John D.",
    dasher_location: { lat: 41, lng: -8 },
  };
  const good = { authorization: "Bearer hook-secret" };
  const heard = (body: unknown, headers: Record<string, string> = good) => doordash.receive(hook(body, headers));
  const [first, again, other] = [heard(event), heard(event), heard({ ...event, event_name: "DASHER_DROPPED_OFF" })];
  assert.ok(first.ok && again.ok && other.ok);
  assert.equal(first.value[0]!.message, again.value[0]!.message);
  assert.notEqual(first.value[0]!.message, other.value[0]!.message);
  assert.deepEqual(first.value[0]!.courier, { name: "John D.", phone: null, point: [-8, 41] });
  const refusals = [
    heard(event, {}),
    heard(event, { authorization: "Bearer hook-secreT" }),
    heard("noise"),
    heard({}),
    heard({ ...event, created_at: "2026-11-21T06:59:59Z" }),
  ];
  assert.deepEqual(
    refusals.map((one) => (one.ok ? "ok" : one.refusal.code)),
    ["WEBHOOK_UNSIGNED", "WEBHOOK_FORGED", "WEBHOOK_GARBAGE", "WEBHOOK_GARBAGE", "WEBHOOK_STALE"],
  );
});

test("D15 a 429 says when to come back; garbage, silence and 5xx are outages", async () => {
  const limited = linked(() => json(429, "slow down", { "retry-after": "7" }));
  const told = await limited.doordash.quote(errand());
  assert.ok("kind" in told && told.after_ms === 7000 && limited.sent.length === 1);
  for (const answer of [lost, json(200, "<html>"), json(502, ""), json(200, {})]) {
    const { doordash, sent } = linked(() => answer);
    assert.equal(noInWords(await doordash.book(errand(), quote)), "outage");
    assert.ok(sent.length <= 3);
  }
});

test("D16 no secret and no address is in an error or in the health", async () => {
  const { doordash } = linked(() =>
    json(400, {
      code: "validation_error",
      message: "Rua B 2",
      field_errors: [{ field: "dropoff_address", error: "Rua B 2" }],
    }),
  );
  const told = JSON.stringify([await doordash.quote(errand()), doordash.health()]);
  assert.ok(told.includes("validation_error (dropoff_address)"));
  for (const secret of ["aHVzaC1", "hook-secret", "Rua B", "eyJ"]) assert.ok(!told.includes(secret), secret);
});

test("D17 a change is told by its own fields alone", async () => {
  const { doordash, sent } = linked(() => lost);
  const ringing = { ...errand(), dropoff: { ...errand().dropoff, notes: "Ring twice" } };
  await doordash.update!("leg_1-0", ringing, ["dropoffNotes", "dropoffPhone"]);
  assert.equal(verbs(sent)[0], "PATCH /deliveries/leg_1-0");
  assert.deepEqual(Object.keys(JSON.parse(sent[0]!.said)), ["dropoff_instructions", "dropoff_phone_number"]);
});
