import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { instant, toIso } from "../../../kernel/quantity.ts";
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
import type { WireAnswer } from "../../../journey/dispatch/ports.ts";
import type { Outage } from "../../../kernel/result.ts";
import { toNo, toReport } from "./from-wire.ts";
import { uberDirectConnector } from "./index.ts";
import { uberDefaults } from "./settings.ts";
import { addressText, toCreate, toQuote } from "./to-wire.ts";
import { readDelivery } from "./wire.ts";

const settings = { ...uberDefaults, fallbackPhone: "+351200000000" };
const credentials = { clientId: "client", clientSecret: "hush-secret", customerId: "cus_1", webhookKey: "hook-key" };
const token = json(200, { access_token: "t1", token_type: "Bearer", expires_in: 3600 });
const standing = {
  id: "del_1",
  status: "pending",
  external_id: "leg_1-0",
  fee: 640,
  currency: "eur",
  updated: "2026-11-21T09:00:00Z",
};
const quote = { reference: "dqt_1", price: { amount: 640 as never, currency: "EUR" } };

/** A connector whose token is at hand; `answer` is asked for everything else. */
function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  let calls = 0;
  const world = scripted((sent) => (sent.path === "/token" ? token : answer(sent, calls++)));
  const uber = uberDirectConnector({
    ...world.parts,
    credentials,
    baseUrl: "https://uber.test/v1",
    tokenUrl: "https://uber.test/token",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  const asked = () => world.sent.filter(({ path }) => path !== "/token");
  return { ...world, uber, asked };
}

const sign = (body: unknown): string => createHmac("sha256", "hook-key").update(JSON.stringify(body)).digest("hex");

test("U1 every status and reason becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "deliveries.txt")) {
    const delivery = readDelivery(JSON.parse(given));
    assert.equal(delivery && inWords(toReport(delivery, nine, null)), expected, given);
  }
});

test("U2 every error becomes what its golden line says, through the whole connector", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const [status, body] = [Number(given.slice(0, 3)), given.slice(4)];
    assert.equal(
      noInWords(toNo({ status, json: JSON.parse(body) }).answer),
      status === 429 ? "outage" : expected,
      given,
    );
    const { uber } = linked(() => json(status, body));
    assert.equal(noInWords(await uber.quote(errand())), expected, given);
  }
});

test("U3 a booking is sent as the page wants it", () => {
  assert.deepEqual(toCreate(errand(), "dqt_1", nine, settings), goldenBody(import.meta.dirname, "create.json"));
});

test("U4 quote and create name the same address and the same points", () => {
  const { key: _, ...bare } = errand();
  const [asked, made] = [toQuote({ ...bare, key: "k" }, nine, settings), toCreate(errand(), "dqt_1", nine, settings)];
  for (const [field, value] of Object.entries(asked)) assert.equal(made[field as keyof typeof made], value, field);
  assert.equal(addressText("Somewhere 3", "PT", { ...settings, addressForm: "line" }), "Somewhere 3");
});

test("U5 the times that are asked for keep every rule of the page", () => {
  const moment = fc.option(
    fc.integer({ min: -7200, max: 86_400 }).map((s) => instant(nine + s * 1000)),
    { nil: null },
  );
  fc.assert(
    fc.property(moment, moment, moment, moment, moment, (readyAt, pickupEarliest, pickupLatest, earliest, latest) => {
      const body = toQuote(
        errand(
          {},
          {},
          {
            readyAt: readyAt ?? nine,
            pickupWindow: { earliest: pickupEarliest, latest: pickupLatest },
            dropoffWindow: { earliest, latest },
          },
        ),
        nine,
        settings,
      );
      const at = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));
      const [ready, deadline] = [at(body.pickup_ready_dt), at(body.pickup_deadline_dt)];
      const [opens, closes] = [at(body.dropoff_ready_dt), at(body.dropoff_deadline_dt)];
      if (deadline !== null) assert.ok(deadline >= (ready ?? nine) + 600_000 && deadline >= nine + 1_200_000);
      if (opens !== null) assert.ok(deadline !== null && opens <= deadline);
      if (closes !== null) assert.ok(closes >= (opens ?? nine) + 1_200_000 && closes >= (deadline ?? 0));
    }),
  );
});

test("U6 a quote's durations are minutes, its price minor units", async () => {
  const { uber } = linked(() =>
    json(200, {
      kind: "delivery_quote",
      id: "dqt_1",
      created: toIso(nine),
      expires: "2026-11-21T09:15:00Z",
      fee: 640,
      currency: "usd",
      currency_type: "USD",
      duration: 30,
      pickup_duration: 10,
    }),
  );
  const told = await uber.quote(errand());
  assert.deepEqual(told, {
    ok: true,
    value: {
      reference: "dqt_1",
      price: { amount: 640, currency: "USD" },
      pickupAt: nine + 600_000,
      dropoffAt: nine + 1_800_000,
      expiresAt: nine + 900_000,
    },
  });
});

test("U7 booking twice under one key makes one delivery, whichever answer is lost", async () => {
  const twice = linked((sent, nth) =>
    sent.method === "GET"
      ? json(200, standing)
      : nth === 0
        ? lost
        : json(409, { code: "duplicate_delivery", message: "m", metadata: { delivery_id: "del_1" } }),
  );
  const told = await twice.uber.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "del_1" && told.value.key === "leg_1-0");
  const bodies = twice
    .asked()
    .filter(({ method }) => method === "POST")
    .map(({ said }) => JSON.parse(said).idempotency_key);
  assert.deepEqual(bodies, ["leg_1-0", "leg_1-0"]);

  const used = linked((sent) =>
    sent.method === "GET"
      ? json(200, { data: [{ ...standing, external_id: "other" }, standing], next_href: "" })
      : json(400, { code: "used_quote", message: "m" }),
  );
  assert.equal(noInWords(await used.uber.book(errand(), quote)), "ok");
});

test("U8 a key that Uber has forgotten is looked up before it is tried again", async () => {
  const late = linked((sent) =>
    sent.method === "GET" ? json(200, { data: [standing], next_href: "" }) : json(500, "{}"),
  );
  assert.equal(noInWords(await late.uber.book(errand(), quote)), "outage");
  late.pass(3_600_000);
  const before = late.asked().length;
  assert.equal(noInWords(await late.uber.book(errand(), quote)), "ok");
  assert.deepEqual(
    late
      .asked()
      .slice(before)
      .map(({ method }) => method),
    ["GET"],
  );
});

test("U9 looking up reads page after page, and an end that was not reached is no no", async () => {
  const page = (offset: number, more: boolean) => ({
    data: [{ ...standing, id: `del_${offset}`, external_id: `x${offset}` }],
    next_href: more ? "api.uber.com/next" : "",
  });
  const ends = linked((sent) => json(200, page(Number(/Offset=(\d+)/.exec(sent.path)![1]), !sent.path.endsWith("=2"))));
  assert.deepEqual(await ends.uber.find("leg_1-0"), { ok: true, value: null });
  assert.equal(ends.asked().length, 3);
  const endless = linked(() => json(200, page(0, true)), { listPages: 4 });
  assert.equal(noInWords(await endless.uber.find("leg_1-0")), "outage");
  assert.equal(endless.asked().length, 4);
});

test("U10 the token is fetched once, renewed before its end and once after a 401", async () => {
  const world = linked((_, nth) =>
    nth === 2 ? json(401, { code: "unauthorized", message: "m" }) : json(200, standing),
  );
  const tokens = (): number => world.sent.filter(({ path }) => path === "/token").length;
  await Promise.all([world.uber.get("del_1"), world.uber.get("del_1")]);
  assert.equal(tokens(), 1);
  assert.equal(noInWords(await world.uber.get("del_1")), "ok");
  assert.equal(tokens(), 2);
  world.pass(3_545_000);
  await world.uber.get("del_1");
  assert.equal(tokens(), 3);
  const barred = linked(() => json(401, { code: "unauthorized", message: "m" }));
  assert.equal(noInWords(await barred.uber.get("del_1")), "NOT_ALLOWED");
  assert.equal(barred.asked().length, 2);
});

test("U11 what is no answer is an outage, tried three times at most; a 429 says when, and is not", async () => {
  for (const answer of [
    lost,
    json(200, "<html>"),
    json(500, "oops"),
    json(503, { code: "service_unavailable", message: "m" }),
    json(200, { kind: "delivery" }),
  ]) {
    const { uber, asked } = linked(() => answer);
    assert.equal(noInWords(await uber.get("del_1")), "outage");
    assert.ok(asked().length <= 3);
  }
  const limited = linked(() => json(429, { code: "customer_limited", message: "m" }, { "Retry-After": "30" }));
  const told = await limited.uber.quote(errand());
  assert.ok("kind" in told && told.after_ms === 30_000);
  assert.deepEqual([limited.asked().length, limited.waits], [1, []]);
});

test("U12 cancelling what is cancelled is a yes, and what is under way a no", async () => {
  const says = (status: string) =>
    linked((sent) =>
      sent.method === "GET"
        ? json(200, { ...standing, status })
        : json(400, { code: "noncancelable_delivery", message: "m" }),
    );
  assert.equal(noInWords(await says("canceled").uber.cancel("del_1")), "ok");
  const no = says("dropoff");
  assert.equal(noInWords(await no.uber.cancel("del_1")), "NOT_CANCELLABLE");
  assert.equal(no.asked()[0]!.body, null);
});

test("U13 a webhook is believed with its signature alone, over the raw body, under either name", () => {
  const event = {
    kind: "event.delivery_status",
    id: "evt_1",
    created: toIso(nine),
    delivery_id: "del_1",
    status: "pickup",
    data: standing,
  };
  const { uber } = linked(() => lost);
  for (const name of ["x-uber-signature", "x-postmates-signature"]) {
    const told = uber.receive(hook(event, { [name]: sign(event) }));
    assert.ok(told.ok && told.value[0]!.state === "en_route_to_pickup" && told.value[0]!.message === "evt_1");
  }
  const refusal = (body: unknown, headers: Record<string, string>) => {
    const told = uber.receive(hook(body, headers));
    return told.ok ? "ok" : told.refusal.code;
  };
  assert.equal(refusal(event, {}), "WEBHOOK_UNSIGNED");
  assert.equal(refusal(event, { "x-uber-signature": sign({ ...event, status: "delivered" }) }), "WEBHOOK_FORGED");
  assert.equal(
    refusal(event, {
      "x-uber-signature": createHmac("sha256", "hush-secret").update(JSON.stringify(event)).digest("hex"),
    }),
    "WEBHOOK_FORGED",
  );
  for (const wait of [-7_201_000, 301_000]) {
    const old = { ...event, created: toIso(instant(nine + wait)) };
    assert.equal(refusal(old, { "x-uber-signature": sign(old) }), "WEBHOOK_STALE");
  }
  const noise = createHmac("sha256", "hook-key").update("noise").digest("hex");
  assert.equal(refusal("noise", { "x-uber-signature": noise }), "WEBHOOK_GARBAGE");
  assert.deepEqual([uber.health().webhooks, uber.health().webhooksRefused], [8, 6]);
});

test("U14 no webhook that was changed on its way is believed", () => {
  const event = {
    kind: "event.delivery_status",
    id: "evt_1",
    created: toIso(nine),
    delivery_id: "del_1",
    status: "pickup",
    data: standing,
  };
  const { uber } = linked(() => lost);
  const whole = hook(event, { "x-uber-signature": sign(event) });
  fc.assert(
    fc.property(fc.nat(whole.body.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
      const body = whole.body.map((byte, nth) => (nth === place ? byte ^ flip : byte));
      assert.deepEqual(uber.receive({ ...whole, body }), { ok: false, refusal: { code: "WEBHOOK_FORGED" } });
    }),
  );
});

test("U15 a position tells where, not how far along; an unknown kind is counted and tells nothing", () => {
  const { uber } = linked(() => lost);
  const position = {
    kind: "event.courier_update",
    created: toIso(nine),
    delivery_id: "del_1",
    location: { lat: 41.2, lng: -8.5 },
    data: { ...standing, status: "dropoff" },
  };
  const told = uber.receive(hook(position, { "x-uber-signature": sign(position) }));
  assert.ok(told.ok && told.value[0]!.state === null);
  assert.deepEqual(told.value[0]?.courier?.point, [-8.5, 41.2]);
  const strange = { kind: "event.parade", created: toIso(nine), delivery_id: "del_1" };
  assert.deepEqual(uber.receive(hook(strange, { "x-uber-signature": sign(strange) })), { ok: true, value: [] });
  assert.deepEqual(uber.health().unknown, { "kind=event.parade": 1 });
});

test("U16 once the way back has begun, its own delivery is asked", async () => {
  const { uber } = linked((sent) =>
    sent.path.endsWith("ret_1")
      ? json(200, { id: "ret_1", status: "delivered", related_deliveries: [{ id: "del_1", relationship: "original" }] })
      : json(200, { ...standing, status: "returned", related_deliveries: [{ id: "ret_1", relationship: "return" }] }),
  );
  const told = await uber.get("del_1");
  assert.ok(
    "ok" in told && told.ok && told.value.returned && told.value.reference === "del_1" && told.value.key === "leg_1-0",
  );
});

test("U17 no secret and no address is in an error or in the health", async () => {
  const { uber } = linked(() =>
    json(400, {
      code: "invalid_params",
      message: "Rua B 2 is unknown",
      metadata: { dropoff_address: "Rua B 2 is unknown" },
    }),
  );
  const told = JSON.stringify([await uber.quote(errand()), uber.health()]);
  assert.ok(told.includes("invalid_params (dropoff_address)"));
  for (const secret of ["hush-secret", "hook-key", "t1", "Rua B"]) assert.ok(!told.includes(secret), secret);
});

test("U18 of a delivery that stands the drop-off's notes are changed, by a POST", async () => {
  const { uber, asked } = linked(() => lost);
  await uber.update!("del_1", { ...errand(), dropoff: { ...errand().dropoff, notes: "x".repeat(300) } }, [
    "dropoffNotes",
  ]);
  const [{ method, path, said }] = asked() as [Sent];
  assert.match(`${method} ${path}`, /^POST .*\/deliveries\/del_1$/);
  assert.deepEqual(JSON.parse(said), { dropoff_notes: "x".repeat(280) });
});
