import assert from "node:assert/strict";
import { test } from "node:test";
import { calm, call, type Loose } from "../testing/millbrook.ts";
import { woltRig } from "../testing/wolt-rig.ts";

/** "400 DUPLICATE_ORDER", "422 body.price.amount", "201". */
const brief = ({ status, body }: { status: number; body: Loose }): string =>
  [status, body?.error_code, body?.detail?.map(({ loc }: Loose) => loc.join(".")).join()].filter(Boolean).join(" ");

test("W1 the key stands in every call, and must match merchant and venue", async () => {
  const rig = await woltRig();
  const bare = await call(rig.simulator, "POST", `${rig.venue}/shipment-promises`, {}, {});
  assert.equal(brief(bare), "401 UNAUTHORIZED");
  assert.equal(brief(await rig.ask("POST", "/v1/venues/other/shipment-promises", {})), "404 VENUE_NOT_FOUND");
  assert.equal(brief(await rig.ask("POST", "/merchants/other/delivery-fee", {})), "404 VENUE_NOT_FOUND");
  assert.equal(brief(await rig.ask("GET", "/elsewhere")), "404 NOT_FOUND");
});

test("W2 a promise is 201 with minutes, minor units, an end, and the coordinates to order with", async () => {
  const rig = await woltRig();
  const { status, body } = await rig.promise();
  assert.deepEqual([status, body.is_binding, body.price.currency], [201, true, "USD"]);
  assert.ok(Number.isInteger(body.price.amount) && body.price.amount > 500);
  assert.ok(Number.isInteger(body.pickup.eta_minutes) && body.dropoff.eta_minutes > body.pickup.eta_minutes);
  assert.equal(body.valid_until, "2026-11-21T09:10:00.000Z");
  assert.deepEqual(body.dropoff.location.coordinates, { lat: 42.02, lon: -30 });
});

test("W3 what is too vague is not binding, and cannot be ordered", async () => {
  const rig = await woltRig();
  const vague = { street: undefined, city: undefined, post_code: undefined };
  assert.equal((await rig.promise(vague)).body.is_binding, false);
  assert.equal(brief(await rig.create({}, vague)), "400 INVALID_DROPOFF_ADDRESS");
});

test("W4 what cannot be promised has its code", async () => {
  const rig = await woltRig();
  const refused = async (body: object) => brief(await rig.promise(body));
  assert.equal(await refused({ lat: 43 }), "400 DROPOFF_OUTSIDE_OF_DELIVERY_AREA");
  assert.equal(await refused({ lat: undefined, lon: undefined, street: "9 Nowhere" }), "400 INVALID_DROPOFF_ADDRESS");
  assert.equal(await refused({ lat: "42" }), "422 body.lat");
  const soon = { scheduled_dropoff_time: "2026-11-21T10:00:00Z" };
  assert.equal(await refused(soon), "400 INVALID_SCHEDULED_DROPOFF_TIME");
  assert.equal(await refused({ scheduled_dropoff_time: "2026-11-21T10:00:01Z" }), "201");
  const busy = await woltRig({ market: { ...calm, supply: { ...calm.supply, busyShare: 1 } } });
  assert.equal(brief(await busy.promise()), "400 DELIVERY_AREA_CLOSED_TEMPORARILY");
});

test("W5 a delivery echoes the promise's price and coordinates, and is answered with three ids and times", async () => {
  const rig = await woltRig();
  const { status, body } = await rig.create();
  assert.deepEqual([status, body.status, body.merchant_order_reference_id], [201, "INFO_RECEIVED", "A-1"]);
  assert.equal(new Set([body.id, body.wolt_order_reference_id, body.tracking.id]).size, 3);
  assert.ok(Date.parse(body.pickup.eta) < Date.parse(body.dropoff.eta));
  const other = { merchant_order_reference_id: "A-2" };
  const price = { amount: body.price.amount - 1, currency: "USD" };
  assert.equal(brief(await rig.create({ ...other, price })), "400 INVALID_PAYLOAD");
  const elsewhere = { location: { coordinates: { lat: 42.01, lon: -30 } } };
  assert.equal(brief(await rig.create({ ...other, dropoff: elsewhere })), "400 INVALID_DROPOFF_ADDRESS");
  assert.equal(brief(await rig.create({ ...other, cash: {} })), "400 CASH_ON_DELIVERY_DISABLED");
  assert.equal(
    brief(await rig.create({ ...other, recipient: { name: "Ada", phone_number: "555" }, parcels: [] })),
    "422 body.recipient.phone_number,body.parcels",
  );
});

test("W6 a promise ends after ten minutes and is used once, unless it is set otherwise", async () => {
  for (const [promiseUse, answer] of [
    ["once", "404 SHIPMENT_PROMISE_NOT_FOUND"],
    ["many", "201"],
  ] as const) {
    const rig = await woltRig({ promiseUse });
    const promised = (await rig.promise()).body;
    const again = { shipment_promise_id: promised.id };
    assert.equal(brief(await rig.create(again)), "201");
    assert.equal(brief(await rig.create({ ...again, merchant_order_reference_id: "A-2" })), answer);
    await rig.world.pass(601);
    assert.equal(
      brief(await rig.create({ ...again, merchant_order_reference_id: "A-3" })),
      "404 SHIPMENT_PROMISE_NOT_FOUND",
    );
  }
});

test("W7 a reference is used once, by either way of ordering and by two at the same moment", async () => {
  const rig = await woltRig();
  await rig.create();
  assert.equal(brief(await rig.create()), "400 DUPLICATE_ORDER");
  assert.equal(brief(await rig.createFree({ merchant_order_reference_id: "A-1" })), "400 DUPLICATE_ORDER");
  const both = await Promise.all([rig.createFree(), rig.createFree()]);
  assert.deepEqual(both.map(brief).toSorted(), ["201", "400 DUPLICATE_ORDER"]);
});

test("W8 without a venue the fee is asked for by address and holds nothing", async () => {
  const rig = await woltRig();
  const { status, body } = await rig.fee();
  assert.deepEqual([status, Object.keys(body)], [200, ["fee", "time_estimate_minutes"]]);
  assert.equal((await rig.createFree()).body.price.amount, body.fee.amount);
  const nowhere = { location: { formatted_address: "9 Nowhere" } };
  assert.equal(brief(await rig.fee({ pickup: nowhere })), "400 INVALID_PICKUP_ADDRESS");
  assert.equal(brief(await rig.createFree({ dropoff: nowhere })), "422 body.dropoff.contact_details");
  assert.equal(brief(await rig.createFree({ contents: undefined })), "422 body.contents");
});

test("W9 cancelling goes by Wolt's reference with a reason, until the courier sets out", async () => {
  const rig = await woltRig();
  const { id, wolt_order_reference_id } = (await rig.create()).body;
  assert.equal(brief(await rig.cancel(id)), "404 ORDER_NOT_FOUND");
  assert.equal(brief(await rig.cancel(wolt_order_reference_id, {})), "422 body.reason");
  assert.deepEqual((await rig.cancel(wolt_order_reference_id)).body, { status: "CANCELLED" });
  const second = (await rig.create({ merchant_order_reference_id: "A-2" })).body.wolt_order_reference_id;
  while (rig.simulator.truth()[1]?.state === "received") await rig.world.pass(2);
  assert.equal(brief(await rig.cancel(second)), "400 INVALID_ORDER_STATE_TRANSITION");
  assert.equal(rig.simulator.truth()[0]?.ended, "cancelled");
});

test("W10 nothing can be read back, unless it is set so", async () => {
  for (const readable of [false, true]) {
    const rig = await woltRig({ readable });
    const { id } = (await rig.create()).body;
    assert.equal((await rig.ask("GET", `${rig.venue}/deliveries/${id}`)).status, readable ? 200 : 404);
  }
});

test("W11 webhooks are registered, shown without their secret, changed and removed", async () => {
  const rig = await woltRig({ webhook: null });
  const hooks = `/v1${rig.merchant}/webhooks`;
  const wanted = {
    callback_url: "https://shop.test/wolt",
    client_secret: "s",
    disabled: false,
    callback_config: { exponential_retry_backoff: { exponent_base: 2, max_retry_count: 10 } },
  };
  assert.equal(
    brief(await rig.ask("POST", hooks, { callback_url: "here" })),
    "422 body.client_secret,body.callback_url",
  );
  const { status, body } = await rig.ask("POST", hooks, wanted);
  assert.deepEqual([status, body.client_secret, body.callback_config], [201, undefined, wanted.callback_config]);
  assert.equal((await rig.ask("GET", hooks)).body.length, 1);
  assert.equal((await rig.ask("PATCH", `${hooks}/${body.id}`, { disabled: true })).body.disabled, true);
  assert.equal((await rig.ask("GET", `${hooks}/${body.id}`)).body.disabled, true);
  await rig.create();
  await rig.world.pass(60);
  assert.deepEqual(rig.world.posted, []);
  assert.equal((await rig.ask("DELETE", `${hooks}/${body.id}`)).status, 204);
  assert.equal(brief(await rig.ask("DELETE", `${hooks}/${body.id}`)), "404 WEBHOOK_NOT_FOUND");
  assert.equal(brief(await rig.ask("GET", `${hooks}/${body.id}`)), "404 WEBHOOK_NOT_FOUND");
  assert.equal(brief(await rig.ask("PATCH", `${hooks}/${body.id}`, {})), "404 WEBHOOK_NOT_FOUND");
});

test("W12 an account that is not active cannot order; a rate limit answers 429 where one is set", async () => {
  const rig = await woltRig({ rateLimit: { requests: 1, per_s: 60 } });
  await rig.fee();
  const limited = await rig.fee();
  assert.deepEqual([brief(limited), limited.headers["retry-after"]], ["429 TOO_MANY_REQUESTS", "5"]);
  rig.simulator.setFaults({ account: "suspended" });
  assert.equal(brief(await rig.fee()), "400 CORPORATE_PAYMENT_METHOD_NOT_FOUND");
});
