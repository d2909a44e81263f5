import assert from "node:assert/strict";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import fc from "fast-check";
import type { WireAnswer } from "../../../journey/dispatch/ports.ts";
import { toIso } from "../../../kernel/quantity.ts";
import type { Outage } from "../../../kernel/result.ts";
import { errand, golden, hook, inWords, json, lost, nine, noInWords, scripted, type Sent } from "../shared/testing.ts";
import { toNo, toReport } from "./from-wire.ts";
import { carrierApiConnector } from "./index.ts";

const secret = `whsec_${Buffer.from("a secret of thirty-two bytes long").toString("base64")}`;
const standing = {
  id: "d-1",
  externalId: "leg_1-0",
  state: "assigned",
  price: { amount: 700, currency: "EUR" },
  changedAt: "2026-11-21T09:00:00Z",
  version: 3,
};
const quote = { reference: "q-1", price: { amount: 700 as never, currency: "EUR" } };

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage) {
  const world = scripted(answer);
  const carrier = carrierApiConnector({
    ...world.parts,
    baseUrl: "https://fleet.test/api",
    key: "k-1",
    webhookSecret: secret,
    fallbackPhone: "+351200000000",
  });
  return { ...world, carrier };
}

test("R1 every state, reason and refusal becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "deliveries.txt")) {
    const all = JSON.parse(given) as { readonly state: string };
    assert.equal(inWords(toReport({ id: "d-1", state: all.state, all }, nine)), expected, given);
  }
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const [status = "", body = ""] = given.split(/ (.*)/);
    const { answer, unknown } = toNo({ status: Number(status), json: JSON.parse(body) as Record<string, unknown> });
    assert.equal([noInWords(answer), ...unknown.map((word) => `?${word}`)].join(" "), expected, given);
  }
});

test("R2 a quote and a booking ask for the same stops and parcels, the quote without a person", async () => {
  const { carrier, sent } = linked(({ path }) =>
    path.endsWith("/quotes")
      ? json(200, {
          id: "q-1",
          price: { amount: 700, currency: "EUR" },
          pickupAt: null,
          dropoffAt: null,
          expiresAt: null,
        })
      : json(201, standing),
  );
  const told = await carrier.quote(errand());
  assert.ok("ok" in told && told.ok && told.value.reference === "q-1");
  await carrier.book(errand(), quote);
  const [asked, booked] = sent.map(({ said }) => JSON.parse(said) as Record<string, Record<string, unknown>>);
  assert.deepEqual(asked!["parcels"], booked!["parcels"]);
  assert.equal(booked!["externalId"], "leg_1-0");
  assert.equal(booked!["quote"], "q-1");
  assert.ok(!sent[0]!.said.includes("Ada") && sent[1]!.said.includes("Ada"));
  assert.equal(booked!["dropoff"]!["phone"], "+351200000000");
  assert.equal(sent[0]!.headers["authorization"], "Bearer k-1");
});

test("R3 a booking whose answer was lost is asked again under its key; another body's is taken over", async () => {
  const again = linked((_sent, nth) => (nth === 0 ? lost : json(200, standing)));
  const told = await again.carrier.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.reference === "d-1");
  const taken = linked(({ method }) =>
    method === "POST" ? json(409, { code: "ALREADY_BOOKED" }) : json(200, { deliveries: [standing] }),
  );
  const found = await taken.carrier.book(errand(), quote);
  assert.ok("ok" in found && found.ok && found.value.key === "leg_1-0");
  const none = await linked(() => json(200, { deliveries: [] })).carrier.find("leg_1-0");
  assert.ok("ok" in none && none.ok && none.value === null);
});

const message = (data: object, at = nine, id = "msg_1", key = secret) => {
  const body = JSON.stringify({ type: "delivery.changed", timestamp: "2026-11-21T09:00:00Z", data });
  return hook(body, {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": new Webhook(key).sign(id, new Date(Math.floor(at / 1000) * 1000), body),
  });
};

test("R4 a webhook is believed by its signature alone, while it is fresh", () => {
  const { carrier } = linked(() => lost);
  const good = carrier.receive(message({ ...standing, state: "picked_up" }));
  assert.ok(good.ok && good.value[0]!.state === "picked_up" && good.value[0]!.message === "msg_1");
  const code = (one: ReturnType<typeof carrier.receive>): string => (one.ok ? "ok" : one.refusal.code);
  const other = `whsec_${Buffer.from("another secret of thirty-two bytes").toString("base64")}`;
  assert.equal(code(carrier.receive(message(standing, nine, "msg_1", other))), "WEBHOOK_FORGED");
  assert.equal(code(carrier.receive(hook(standing, {}))), "WEBHOOK_UNSIGNED");
  assert.equal(code(carrier.receive(message(standing, (nine - 600_000) as typeof nine))), "WEBHOOK_STALE");
  assert.equal(code(carrier.receive(message({ state: 7 }))), "WEBHOOK_GARBAGE");
  assert.equal(carrier.health().webhooksRefused, 4);
});

test("R5 whatever JSON comes, it is a report, a refusal or an outage", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom(200, 201, 400, 404, 409, 422, 500), async (body, status) => {
      const { carrier } = linked(() => json(status, body));
      for (const told of [await carrier.quote(errand()), await carrier.book(errand(), quote), await carrier.get("d-1")])
        assert.ok("kind" in told || typeof told.ok === "boolean");
    }),
    { numRuns: 100 },
  );
});

test("R6 a change is told by its own fields alone", async () => {
  const { carrier, sent } = linked(() => lost);
  await carrier.update!("d-1", { ...errand(), dropoff: { ...errand().dropoff, notes: null } }, [
    "dropoffNotes",
    "readyAt",
  ]);
  const { method, path, said } = sent[0]!;
  assert.match(`${method} ${path}`, /^PATCH .*\/deliveries\/d-1$/);
  assert.deepEqual(JSON.parse(said), { dropoffNotes: null, readyAt: toIso(errand().leg.readyAt) });
});
