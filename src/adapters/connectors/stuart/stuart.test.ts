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
import { toReport } from "./from-wire.ts";
import { stuartConnector } from "./index.ts";
import { stuartDefaults } from "./settings.ts";
import { toJob } from "./to-wire.ts";
import { readJob } from "./wire.ts";

const settings = { ...stuartDefaults, fallbackPhone: "+351200000000" };
const credentials = { clientId: "client", clientSecret: "hush-secret", webhookAuth: "hook-secret" };
const token = json(200, { access_token: "t1", token_type: "bearer", expires_in: 2_592_000, scope: "api" });
const quote = { reference: "leg_1-0", price: { amount: 1150 as never, currency: "EUR" } };
const jobOf = (change: object = {}, delivery: object = {}) => ({
  id: 1,
  status: "searching",
  deliveries: [{ id: 11, status: "pending", client_reference: "leg_1-0", ...delivery }],
  pricing: { price_tax_included: 13.8, price_tax_excluded: 11.5, currency: "EUR" },
  ...change,
});

/** A connector whose token is at hand; `answer` is asked for everything else. */
function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  let calls = 0;
  const world = scripted((sent) => (sent.path === "/oauth/token" ? token : answer(sent, calls++)));
  const stuart = stuartConnector({
    ...world.parts,
    credentials,
    baseUrl: "https://stuart.test",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  const asked = () => world.sent.filter(({ path }) => path !== "/oauth/token");
  return { ...world, stuart, asked };
}

const verbs = (sent: readonly Sent[]): readonly string[] =>
  sent.map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`);

const hooked = (body: unknown) => hook(body, { authorization: "hook-secret" });

test("S1 every status of job and delivery becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "deliveries.txt")) {
    const job = readJob(JSON.parse(given), "leg_1-0");
    assert.equal(job && inWords(toReport(job, nine, settings)), expected, given);
  }
});

test("S2 every event of both webhook families becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "webhooks.txt")) {
    const told = linked(() => lost).stuart.receive(hooked(JSON.parse(given)));
    assert.ok(told.ok && told.value.length === 1, given);
    assert.equal(inWords(told.value[0]!), expected, given);
    assert.deepEqual([told.value[0]!.reference, told.value[0]!.key], ["1", "leg_1-0"]);
  }
});

test("S3 every error becomes what its golden line says, through the whole connector", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const { stuart } = linked(() => json(Number(given.slice(0, 3)), given.slice(4)));
    assert.equal(noInWords(await stuart.quote(errand())), expected, given);
    assert.equal(noInWords(await stuart.book(errand(), quote)), expected, given);
    const counted = Object.keys(stuart.health().unknown);
    // A status that is an outage for every platform is not asked for its code.
    assert.equal(counted.length > 0, given.includes("SOMETHING_NEW") && expected !== "outage", given);
  }
});

test("S4 a booking is sent as the page wants it, and a price is asked without our key", () => {
  assert.deepEqual(toJob(errand(), "leg_1-0", nine, settings), goldenBody(import.meta.dirname, "create.json"));
  const asked = toJob(errand(), null, nine, settings);
  assert.ok(!JSON.stringify(asked).includes("client_reference"));
  const later = toJob(errand({}, {}, { readyAt: instant(nine + 3_600_000) }), null, nine, {
    ...settings,
    coordinates: false,
  });
  assert.equal(later.job.pickup_at, "2026-11-21T10:00:00.000Z");
  assert.equal(later.job.pickups[0].latitude, undefined);
});

test("S5 the package type holds all parcels of the leg", () => {
  const sizes = ["small", "medium", "large", "xlarge"];
  const typeOf = (liters: number, grams: number): number => {
    const { parcels } = errand().order;
    const one = [{ ...parcels[0]!, volume: liters as never, weight: grams as never }];
    return sizes.indexOf(toJob(errand({}, { parcels: one }), null, nine, settings).job.dropoffs[0].package_type);
  };
  const size = fc.tuple(fc.nat(400), fc.nat(90_000));
  fc.assert(
    fc.property(size, size, ([liters, grams], [more, heavier]) => {
      const [one, other] = [typeOf(liters, grams), typeOf(liters + more, grams + heavier)];
      assert.ok(one >= 0 && one <= other);
    }),
  );
});

test("S6 a price is in major units, and the ETA seconds from now; without an ETA it is still a quote", async () => {
  const answer = (eta: WireAnswer | Outage) => (sent: Sent) =>
    sent.path === "/v2/jobs/eta" ? eta : json(200, { amount: 11.5, amount_with_tax: 13.8, currency: "EUR" });
  const told = await linked(answer(json(200, { eta: 672 }))).stuart.quote(errand());
  assert.deepEqual(told, {
    ok: true,
    value: { ...quote, pickupAt: nine + 672_000, dropoffAt: null, expiresAt: null },
  });
  const bare = await linked(answer(lost), { withTax: true }).stuart.quote(errand());
  assert.ok("ok" in bare && bare.ok && bare.value.pickupAt === null && bare.value.price.amount === 1380);
  const { stuart, asked } = linked(answer(lost), { askEta: false });
  await stuart.quote(errand());
  assert.deepEqual(verbs(asked()), ["POST /v2/jobs/pricing"]);
});

test("S7 one key makes one job, whichever answer is lost: who tried before looks first", async () => {
  const twice = linked((sent) => (sent.method === "GET" ? json(200, [jobOf()]) : lost));
  assert.equal(noInWords(await twice.stuart.book(errand(), quote)), "outage");
  const told = await twice.stuart.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "1" && told.value.key === "leg_1-0");
  assert.deepEqual(verbs(twice.asked()), ["POST /v2/jobs", "GET /v2/jobs"]);

  const unheard = linked((sent, nth) =>
    sent.method === "GET" ? json(200, []) : nth === 0 ? lost : json(201, jobOf()),
  );
  assert.equal(noInWords(await unheard.stuart.book(errand(), quote)), "outage");
  assert.equal(noInWords(await unheard.stuart.book(errand(), quote)), "ok");
  assert.deepEqual(verbs(unheard.asked()), ["POST /v2/jobs", "GET /v2/jobs", "POST /v2/jobs"]);
});

test("S8 a complaint about our reference is the answer to a second try", async () => {
  const refusal = { error: "RECORD_INVALID", message: "m", data: { "job.dropoffs.client_reference": ["taken"] } };
  const standing = linked((sent) => (sent.method === "GET" ? json(200, [jobOf()]) : json(422, refusal)));
  assert.equal(noInWords(await standing.stuart.book(errand(), quote)), "ok");
  const none = linked((sent) => (sent.method === "GET" ? json(200, []) : json(422, refusal)));
  assert.equal(noInWords(await none.stuart.book(errand(), quote)), "BAD_REQUEST");
});

test("S9 looking up reads page after page, and an end that was not reached is no no", async () => {
  const page = (key: string) => json(200, [jobOf({}, { client_reference: key }), jobOf({}, { client_reference: "x" })]);
  const few = { listPerPage: 2, listPages: 3 };
  const found = linked((_, nth) => (nth < 2 ? page("x") : json(200, [jobOf({ id: 7 })])), few);
  const told = await found.stuart.find("leg_1-0");
  assert.ok("ok" in told && told.ok && told.value?.reference === "7");
  assert.equal(found.asked().length, 3);
  assert.equal(noInWords(await linked(() => page("x"), few).stuart.find("leg_1-0")), "outage");
  assert.deepEqual(await linked(() => json(200, [])).stuart.find("leg_1-0"), { ok: true, value: null });
});

test("S10 the token is fetched once, renewed before its end and once after a 401, with the secret where it is wanted", async () => {
  const world = linked((_, nth) => (nth === 2 ? json(401, { error: "INVALID_GRANT" }) : json(200, jobOf())));
  const tokens = () => world.sent.filter(({ path }) => path === "/oauth/token");
  await Promise.all([world.stuart.get("1"), world.stuart.get("1")]);
  assert.equal(tokens().length, 1);
  assert.equal(noInWords(await world.stuart.get("1")), "ok");
  assert.equal(tokens().length, 2);
  world.pass(2_592_000_000 - 60_000);
  await world.stuart.get("1");
  assert.equal(tokens().length, 3);
  assert.equal(tokens()[0]!.headers["authorization"], `Basic ${Buffer.from("client:hush-secret").toString("base64")}`);
  const barred = linked(() => json(401, { error: "INVALID_GRANT" }));
  assert.equal(noInWords(await barred.stuart.get("1")), "NOT_ALLOWED");
  assert.equal(barred.asked().length, 2);
  const inForm = linked(() => json(200, jobOf()), { secretIn: "form" });
  await inForm.stuart.get("1");
  assert.match(inForm.sent[0]!.said, /client_secret=hush-secret/);
});

test("S11 what is no answer is an outage; a creation is sent once, a reading three times at most, a 429 says when", async () => {
  for (const answer of [lost, json(200, "<html>"), json(500, "oops"), json(200, { id: 1 }), json(204, "")]) {
    const { stuart, asked } = linked(() => answer);
    assert.equal(noInWords(await stuart.get("1")), "outage");
    assert.ok(asked().length <= 3);
    const booking = linked(() => answer);
    assert.equal(noInWords(await booking.stuart.book(errand(), quote)), "outage");
    assert.equal(booking.asked().length, 1);
  }
  const limited = linked(() => json(429, { error: "m" }, { "Retry-After": "30" }));
  const told = await limited.stuart.get("1");
  assert.ok("kind" in told && told.after_ms === 30_000 && limited.asked().length === 1);
});

test("S12 cancelling is what the job says afterwards, whatever the answer looked like", async () => {
  const says = (status: string, delivery: object, answer: WireAnswer) =>
    linked((sent) =>
      sent.method === "POST"
        ? answer
        : sent.path.includes("?")
          ? json(200, [jobOf({ status }, delivery)])
          : json(200, jobOf({ status }, delivery)),
    ).stuart.cancel("1");
  const cancelled = { status: "cancelled" };
  for (const answer of [json(204, ""), json(200, {}), json(422, { error: "RECORD_INVALID" })])
    assert.equal(noInWords(await says("canceled", cancelled, answer)), "ok");
  const under = { status: "delivering", picked_at: "2026-11-21T09:00:00Z" };
  assert.equal(noInWords(await says("in_progress", under, json(422, { error: "SOMETHING" }))), "NOT_CANCELLABLE");
  assert.equal(noInWords(await says("in_progress", under, json(404, { error: "NOT_FOUND" }))), "UNKNOWN_DELIVERY");
  assert.equal(noInWords(await says("in_progress", under, json(200, {}))), "outage");
});

test("S13 a job that was stacked into another lives on under its first number", async () => {
  const { stuart } = linked((sent) =>
    sent.path.includes("?")
      ? json(200, [
          jobOf({ status: "canceled" }, { status: "cancelled" }),
          {
            ...jobOf({ id: 2, status: "in_progress" }),
            deliveries: [
              { id: 21, status: "delivered", client_reference: "other" },
              { id: 22, status: "waiting_at_pickup", client_reference: "leg_1-0" },
            ],
          },
        ])
      : json(200, jobOf({ status: "canceled" }, { status: "cancelled" })),
  );
  const told = await stuart.get("1");
  assert.ok("ok" in told && told.ok);
  assert.deepEqual([told.value.reference, told.value.state], ["1", "at_pickup"]);
});

test("S14 what is cancelled after the pickup comes back by a job of its own", async () => {
  const failed = jobOf({ status: "canceled" }, { status: "cancelled", picked_at: "2026-11-21T08:00:00Z" });
  const asked = async (back: object[]) => {
    const told = await linked((sent) => json(200, sent.path.includes("?") ? [failed, ...back] : failed)).stuart.get(
      "1",
    );
    assert.ok("ok" in told && told.ok);
    return [told.value.reference, inWords(told.value)];
  };
  assert.deepEqual(await asked([]), ["1", "dropoff_failed other"]);
  const back = (status: string, of: string) => [
    jobOf({ id: 2, status }, { status: of, client_reference: "leg_1-0-return" }),
  ];
  assert.deepEqual(await asked(back("in_progress", "delivering")), ["1", "dropoff_failed other returning"]);
  assert.deepEqual(await asked(back("finished", "delivered")), ["1", "dropoff_failed other returned"]);
});

test("S14 the same is told by webhooks, where the goods were with a courier", async () => {
  const { stuart } = linked(() => json(201, jobOf()));
  await stuart.book(errand(), quote);
  const says = (status: string, clientReference: string, id: number) => {
    const told = stuart.receive(
      hooked({ event: "delivery", type: "update", data: { status, clientReference, job: { id } } }),
    );
    assert.ok(told.ok);
    return [told.value[0]!.reference, told.value[0]!.key, inWords(told.value[0]!)];
  };
  says("delivering", "leg_1-0", 1);
  assert.deepEqual(says("cancelled", "leg_1-0", 1), ["1", "leg_1-0", "dropoff_failed other"]);
  assert.deepEqual(says("picking", "leg_1-0-return", 2), ["1", "leg_1-0", "dropoff_failed other returning"]);
  assert.deepEqual(says("delivered", "leg_1-0-return", 2), ["1", "leg_1-0", "dropoff_failed other returned"]);
});

test("S15 a webhook is believed with its credential alone, and tells nothing it does not know", () => {
  const event = {
    event: "delivery",
    type: "update",
    data: { id: 11, status: "picking", clientReference: "leg_1-0", job: { id: 1 } },
  };
  const { stuart } = linked(() => lost);
  const refusal = (body: unknown, headers: Record<string, string>) => {
    const told = stuart.receive(hook(body, headers));
    return told.ok ? "ok" : told.refusal.code;
  };
  assert.equal(refusal(event, {}), "WEBHOOK_UNSIGNED");
  assert.equal(refusal(event, { authorization: "" }), "WEBHOOK_UNSIGNED");
  assert.equal(refusal(event, { authorization: "hush-secret" }), "WEBHOOK_FORGED");
  for (const garbage of ["noise", [], {}, { event: "job" }, { event: "job", data: 3 }])
    assert.equal(refusal(garbage, { authorization: "hook-secret" }), "WEBHOOK_GARBAGE");
  assert.deepEqual(stuart.receive(hooked({ event: "parade", data: {} })), { ok: true, value: [] });
  assert.deepEqual(stuart.receive(hooked({ event: "job", data: {} })), { ok: true, value: [] });
  assert.deepEqual(stuart.health().unknown, { "event=parade": 1, "event=job without a job": 1 });
  assert.deepEqual([stuart.health().webhooks, stuart.health().webhooksRefused], [10, 8]);
  const [one, again] = [stuart.receive(hooked(event)), stuart.receive(hooked(event))];
  assert.ok(one.ok && again.ok && one.value[0]!.message === again.value[0]!.message);
});

test("S16 a position tells where, not how far along, and news of a stacked job are news of the booking", async () => {
  const { stuart } = linked(() => json(201, jobOf()));
  await stuart.book(errand(), quote);
  const told = stuart.receive(
    hooked({
      event: "driver",
      type: "update",
      data: {
        name: "Eva",
        latitude: "41.2",
        longitude: "-8.5",
        job: { id: 2, currentDelivery: { status: "delivering", clientReference: "leg_1-0" } },
      },
    }),
  );
  assert.ok(told.ok);
  assert.deepEqual(
    told.value.map(({ reference, state, courier }) => [reference, state, courier]),
    [["1", null, { name: "Eva", phone: null, point: [-8.5, 41.2] }]],
  );
});

test("S17 a whole record is read: courier, proof, price and times", async () => {
  const { stuart } = linked(() =>
    json(
      200,
      jobOf(
        {
          status: "finished",
          driver: { display_name: "Eva", phone: "+351910000000", latitude: 41.2, longitude: -8.5 },
        },
        {
          status: "delivered",
          picked_at: "2026-11-21T10:10:00.000+01:00",
          delivered_at: "2026-11-21T10:30:00.000+01:00",
          tracking_url: "https://follow.test/1",
          proof: { signature_url: "https://proof.test/1" },
        },
      ),
    ),
  );
  const told = await stuart.get("1");
  assert.ok("ok" in told && told.ok);
  const { message: _, unknown: __, ...value } = told.value;
  assert.deepEqual(value, {
    reference: "1",
    key: "leg_1-0",
    at: nine + 1_800_000,
    state: "handed_over",
    returning: false,
    returned: false,
    leftSafe: false,
    reason: null,
    price: { amount: 1150, currency: "EUR" },
    pickupAt: nine + 600_000,
    dropoffAt: nine + 1_800_000,
    courier: { name: "Eva", phone: "+351910000000", point: [-8.5, 41.2] },
    proof: "https://proof.test/1",
    tracking: "https://follow.test/1",
  });
});

test("S18 no secret and no address is in an error or in the health", async () => {
  const { stuart } = linked(() =>
    json(422, {
      error: "RECORD_INVALID",
      message: "Rua B 2",
      data: { "job.dropoffs.address": ["Rua B 2 is unknown"] },
    }),
  );
  const told = JSON.stringify([await stuart.quote(errand()), stuart.health()]);
  assert.ok(told.includes("RECORD_INVALID (job.dropoffs.address)"));
  for (const secret of ["hush-secret", "hook-secret", "t1", "Rua B"]) assert.ok(!told.includes(secret), secret);
});

test("S19 notes and contact change by the number of the delivery, and a job that is over takes no change", async () => {
  for (const [status, expected] of [
    ["picking", "ok"],
    ["delivered", "NOT_ALLOWED"],
  ] as const) {
    const job = { id: 1, status: "in_progress", deliveries: [{ id: 7, status, client_reference: "leg_1-0" }] };
    const { stuart, asked } = linked(() => json(200, job));
    assert.equal(noInWords(await stuart.update!("1", errand(), ["dropoffNotes"])), expected);
    assert.deepEqual(verbs(asked()), ["GET /v2/jobs/1", "PATCH /v2/jobs/1", "GET /v2/jobs/1"]);
    const [change] = JSON.parse(asked()[1]!.said).job.deliveries;
    assert.deepEqual([change.id, Object.keys(change.dropoff)], [7, ["comment", "contact"]]);
  }
});
