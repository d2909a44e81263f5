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
import { toEstimateNo, toReport } from "./from-wire.ts";
import { yangoDeliveryConnector } from "./index.ts";
import { yangoDefaults } from "./settings.ts";
import { toClaim, toPrice } from "./to-wire.ts";
import { readClaim } from "./wire.ts";

const settings = { ...yangoDefaults, fallbackPhone: "+351200000000" };
const quote = { reference: "leg_1-0", price: { amount: 1250 as never, currency: "ILS" } };
const claimOf = (status: string, change: object = {}) => ({
  id: "c1",
  status,
  version: 3,
  pricing: { offer: { price: "12.5" }, currency: "ILS" },
  route_points: [{ type: "source" }, { type: "destination", external_order_id: "leg_1-0" }],
  ...change,
});

function linked(answer: (sent: Sent, nth: number) => WireAnswer | Outage, more: object = {}) {
  const world = scripted(answer);
  const yango = yangoDeliveryConnector({
    ...world.parts,
    credentials: { token: "hush-token" },
    baseUrl: "https://yango.test",
    settings: { fallbackPhone: "+351200000000", ...more },
  });
  const asked = () => world.sent.map(({ path }) => path.replace("/b2b/cargo/integration/v2/", ""));
  return { ...world, yango, asked };
}

/** Answers by the call's name; a list is given line by line, and its last line repeats. */
function calls(table: Record<string, WireAnswer | Outage | readonly (WireAnswer | Outage)[]>) {
  const counts = new Map<string, number>();
  return ({ path }: Sent): WireAnswer | Outage => {
    const name = path.replace("/b2b/cargo/integration/v2/", "").replace(/\?.*/, "");
    const nth = counts.get(name) ?? 0;
    counts.set(name, nth + 1);
    const answer = table[name] ?? json(404, { code: "not_found", message: "m" });
    return Array.isArray(answer) ? (answer[nth] ?? answer.at(-1)!) : (answer as WireAnswer | Outage);
  };
}

test("Y1 every status becomes what its golden line says", () => {
  for (const { given, expected } of golden(import.meta.dirname, "claims.txt")) {
    const claim = readClaim(JSON.parse(given));
    assert.equal(claim && inWords(toReport(claim, nine)), expected, given);
  }
});

test("Y2 every error becomes what its golden line says, and so do the reasons of a price that could not be made", async () => {
  for (const { given, expected } of golden(import.meta.dirname, "errors.txt")) {
    const body = given.slice(4);
    const { yango } = linked(() => json(Number(given.slice(0, 3)), body));
    assert.equal(noInWords(await yango.quote(errand())), expected, given);
    assert.equal(noInWords(await yango.get("c1")), expected, given);
  }
  const failed = (...codes: string[]) => {
    const claim = readClaim(claimOf("estimating_failed", { error_messages: codes.map((code) => ({ code })) }));
    return noInWords(toEstimateNo(claim!).answer);
  };
  assert.equal(failed("estimating.cant_construct_route"), "OUT_OF_COVERAGE");
  assert.equal(failed("something_new", "estimating.requirement_unavailable"), "NO_COURIERS");
  assert.equal(failed("something_new"), "BAD_REQUEST");
  assert.equal(failed(), "BAD_REQUEST");
});

test("Y3 a claim is sent as the page wants it: kilograms, metres, longitude first", () => {
  assert.deepEqual(toClaim(errand(), nine, settings), goldenBody(import.meta.dirname, "create.json"));
  const later = errand({}, {}, { readyAt: instant(nine + 3_600_000) });
  assert.equal(toClaim(later, nine, settings).due, "2026-11-21T10:00:00.000Z");
  const price = toPrice(errand(), settings);
  assert.deepEqual(price.route_points[0]!.coordinates, [-8.6, 41.1]);
  assert.equal(price.requirements.taxi_class, "courier");
});

test("Y4 a price is a decimal text, its ETA minutes to the pickup", async () => {
  const { yango, sent } = linked(() => json(200, { price: "12.5", currency_rules: { code: "ILS" }, eta: 7 }));
  assert.deepEqual(await yango.quote(errand()), {
    ok: true,
    value: { ...quote, pickupAt: nine + 420_000, dropoffAt: null, expiresAt: null },
  });
  const { authorization, "accept-language": language } = sent[0]!.headers;
  assert.deepEqual([authorization, language], ["Bearer hush-token", "en"]);
});

test("Y5 a booking is made, priced, and accepted in the version that was read", async () => {
  const { yango, asked, sent } = linked(
    calls({
      "claims/create": json(200, claimOf("new", { version: 1 })),
      "claims/info": [
        json(200, claimOf("estimating")),
        json(200, claimOf("ready_for_approval")),
        json(200, claimOf("accepted")),
      ],
      "claims/accept": json(200, { id: "c1", status: "accepted", version: 4 }),
    }),
  );
  const told = await yango.book(errand(), quote);
  assert.ok("ok" in told && told.ok);
  assert.deepEqual([told.value.reference, told.value.key, told.value.state], ["c1", "leg_1-0", "assigned"]);
  assert.deepEqual(asked(), [
    "claims/create?request_id=leg_1-0",
    "claims/info?claim_id=c1",
    "claims/info?claim_id=c1",
    "claims/accept?claim_id=c1",
    "claims/info?claim_id=c1",
  ]);
  assert.deepEqual(JSON.parse(sent[3]!.said), { version: 3 });
});

test("Y6 one key makes one claim, whichever answer is lost", async () => {
  const ready = json(200, claimOf("ready_for_approval"));
  const accepted = json(200, claimOf("accepted"));
  const lostCreate = linked(
    calls({ "claims/create": [lost, ready], "claims/accept": json(200, {}), "claims/info": accepted }),
  );
  assert.equal(noInWords(await lostCreate.yango.book(errand(), quote)), "ok");
  const again = linked(calls({ "claims/create": json(200, claimOf("performer_lookup")) }));
  const told = await again.yango.book(errand(), quote);
  assert.ok("ok" in told && told.ok && told.value.state === "assigned");
  assert.equal(again.sent.length, 1, "what is accepted is not accepted again");
  const wrongStatus = json(409, { code: "inappropriate_status", message: "m" });
  const lostAccept = linked(
    calls({ "claims/create": ready, "claims/accept": [lost, wrongStatus], "claims/info": accepted }),
  );
  assert.equal(noInWords(await lostAccept.yango.book(errand(), quote)), "ok");
});

test("Y7 a price that rose, or that never comes, is not accepted", async () => {
  const book = (claim: object) =>
    linked(calls({ "claims/create": json(200, claim), "claims/info": json(200, claim) })).yango.book(errand(), quote);
  const dearer = { pricing: { offer: { price: "12.51" }, currency: "ILS" } };
  assert.equal(noInWords(await book(claimOf("ready_for_approval", dearer))), "QUOTE_STALE");
  assert.equal(noInWords(await book(claimOf("ready_for_approval", { pricing: {} }))), "QUOTE_STALE");
  assert.equal(noInWords(await book(claimOf("estimating"))), "outage");
  const no = claimOf("estimating_failed", { error_messages: [{ code: "estimating.cant_construct_route" }] });
  assert.equal(noInWords(await book(no)), "OUT_OF_COVERAGE");
  const late = linked(
    calls({
      "claims/create": json(200, claimOf("ready_for_approval")),
      "claims/accept": json(409, { code: "offer_expired", message: "m" }),
      "claims/info": json(200, claimOf("ready_for_approval")),
    }),
  );
  assert.equal(noInWords(await late.yango.book(errand(), quote)), "QUOTE_STALE");
});

test("Y8 looking up finds what binds somebody, page after page; a mere price is nothing", async () => {
  const page = (...claims: object[]) => json(200, { claims });
  const few = { searchLimit: 1, searchPages: 3 };
  const other = claimOf("accepted", { route_points: [{ type: "destination", external_order_id: "x" }] });
  const found = linked((_, nth) => (nth < 2 ? page(other) : page(claimOf("accepted"))), few);
  const told = await found.yango.find("leg_1-0");
  assert.ok("ok" in told && told.ok && told.value?.reference === "c1");
  assert.equal(noInWords(await linked(() => page(other), few).yango.find("leg_1-0")), "outage");
  const price = linked(() => page(claimOf("ready_for_approval")));
  assert.deepEqual(await price.yango.find("leg_1-0"), { ok: true, value: null });
});

test("Y9 the courier's place is asked beside a claim that is under way, and missing it costs only that", async () => {
  const position = json(200, { position: { lat: 32.08, lon: 34.78, timestamp: 1 } });
  const moving = json(200, claimOf("pickuped", { performer_info: { courier_name: "Eva" } }));
  const told = async (place: WireAnswer | Outage) => {
    const { yango } = linked(calls({ "claims/info": moving, "claims/performer-position": place }));
    const report = await yango.get("c1");
    assert.ok("ok" in report && report.ok);
    return report.value.courier;
  };
  assert.deepEqual(await told(position), { name: "Eva", phone: null, point: [34.78, 32.08] });
  assert.deepEqual(await told(lost), { name: "Eva", phone: null, point: null });
});

test("Y10 cancelling says again what it was told to cost, and what is over stays over", async () => {
  const cancel = (state: string, answer: WireAnswer, after: string, more = {}) => {
    const world = linked(
      calls({
        "claims/info": [json(200, claimOf("accepted")), json(200, claimOf(after))],
        "claims/cancel-info": json(200, { cancel_state: state }),
        "claims/cancel": answer,
      }),
      more,
    );
    return { ...world, told: world.yango.cancel("c1") };
  };
  const done = json(200, { id: "c1", status: "cancelled", version: 4 });
  const free = cancel("free", done, "cancelled");
  assert.equal(noInWords(await free.told), "ok");
  assert.deepEqual(JSON.parse(free.sent[2]!.said), { version: 3, cancel_state: "free" });
  assert.equal(noInWords(await cancel("paid", done, "cancelled_with_payment").told), "ok");
  assert.equal(noInWords(await cancel("paid", done, "accepted", { payToCancel: false }).told), "NOT_CANCELLABLE");
  assert.equal(noInWords(await cancel("unavailable", done, "accepted").told), "NOT_CANCELLABLE");
  const late = json(409, { code: "inappropriate_status", message: "m" });
  assert.equal(noInWords(await cancel("free", late, "cancelled").told), "ok");
  assert.equal(noInWords(await cancel("free", late, "pickuped").told), "NOT_CANCELLABLE");
  const over = linked(calls({ "claims/info": json(200, claimOf("cancelled")) }));
  assert.equal(noInWords(await over.yango.cancel("c1")), "ok");
  assert.equal(over.sent.length, 1);
});

test("Y11 what is no answer is an outage, tried three times at most; a 429 says when, and is not", async () => {
  for (const answer of [lost, json(200, "<html>"), json(500, "oops"), json(200, {})]) {
    const { yango, sent } = linked(() => answer);
    assert.equal(noInWords(await yango.get("c1")), "outage");
    assert.ok(sent.length <= 3);
  }
  const limited = linked(() => json(429, {}, { "Retry-After": "30" }));
  const told = await limited.yango.quote(errand());
  assert.ok("kind" in told && told.after_ms === 30_000 && limited.sent.length === 1);
});

test("Y12 no callback is believed: none bears a signature", () => {
  const { yango } = linked(() => lost);
  const told = yango.receive(hook({ claim_id: "c1", status: "delivered" }, {}));
  assert.deepEqual(told, { ok: false, refusal: { code: "WEBHOOK_UNSIGNED" } });
  assert.deepEqual([yango.health().webhooks, yango.health().webhooksRefused], [1, 1]);
});

test("Y13 no secret and no address is in an error or in the health", async () => {
  const { yango } = linked(() => json(400, { code: "address_not_found", message: "Rua B 2 is unknown" }));
  const told = JSON.stringify([await yango.quote(errand()), yango.health()]);
  for (const secret of ["hush-token", "Rua B"]) assert.ok(!told.includes(secret), secret);
});
