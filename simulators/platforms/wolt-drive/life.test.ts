import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, calm, type Loose } from "../testing/millbrook.ts";
import { claimsOf, hook, woltRig } from "../testing/wolt-rig.ts";

type Rig = Awaited<ReturnType<typeof woltRig>>;

const events = (rig: Rig): Loose[] => rig.world.posted.map(({ request }) => claimsOf(request.body));
/** The types of the events in turn, without positions. */
const story = (rig: Rig): string =>
  events(rig)
    .map(({ type }) => type.replace("order.", ""))
    .filter((type) => type !== "location_updated")
    .join(" ");
const there =
  "received pickup_eta_updated pickup_started pickup_arrival picked_up dropoff_started dropoff_eta_updated dropoff_arrival";

test("W13 an order runs from received to delivered, and is charged once, with its tip", async () => {
  const rig = await woltRig();
  const tips = [{ type: "pre_delivery_courier_tip", price: { amount: 150, currency: "USD" } }];
  const { price } = (await rig.create({ tips })).body;
  await rig.world.pass(3600);
  assert.equal(story(rig), `${there} dropoff_completed delivered`);
  const [truth] = rig.simulator.truth();
  assert.deepEqual(
    [truth?.ended, truth?.externalId, truth?.charges.map(({ what, amount }) => [what, amount])],
    [
      "delivered",
      "A-1",
      [
        ["fee", price.amount],
        ["tip", 150],
      ],
    ],
  );
});

test("W14 an event is a JWT in `token`, signed with the secret as plain bytes, without an end", async () => {
  const rig = await woltRig();
  await rig.create();
  await rig.world.pass(3600);
  for (const { url, request } of rig.world.posted) {
    assert.deepEqual([url, Object.keys(bodyOf(request))], [hook.url, ["token"]]);
    const { exp, iat, dispatched_at, details } = claimsOf(request.body);
    assert.deepEqual(
      [exp, iat, typeof dispatched_at, typeof details.wolt_order_reference_id],
      [undefined, undefined, "string", "string"],
    );
    assert.equal(claimsOf(request.body, Buffer.from(hook.clientSecret, "base64").toString("latin1")), null);
  }
  const { courier, dropoff } = events(rig).at(-1).details;
  assert.deepEqual(Object.keys(courier), ["id", "vehicle_type"]);
  assert.ok(dropoff.eta.min < dropoff.eta.max && dropoff.completed_at !== null);
});

test("W15 positions come by opt-in events, and by nothing else", async () => {
  const rig = await woltRig();
  await rig.create();
  await rig.world.pass(3600);
  const seen = events(rig).filter(({ type }) => type === "order.location_updated");
  assert.ok(seen.length > 20);
  assert.deepEqual(Object.keys(seen[0].details.courier_location), ["lat", "lon"]);
  const plain = await woltRig({ optionalEvents: false });
  await plain.create();
  await plain.world.pass(3600);
  assert.equal(events(plain).length, there.split(" ").length + 2);
});

test("W16 nobody at the door is a no-show where that event is taken, else a rejection", async () => {
  for (const [optionalEvents, last] of [
    [true, "order.customer_no_show"],
    [false, "order.rejected"],
  ] as const) {
    const rig = await woltRig({ optionalEvents }, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
    await rig.create();
    await rig.world.pass(3600);
    assert.deepEqual([events(rig).at(-1).type, rig.simulator.truth()[0]?.ended], [last, "failed"]);
  }
});

test("W17 a courier may drop out, without an event; giving up is a rejection that costs nothing", async () => {
  const rig = await woltRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.create();
  await rig.world.pass(3600);
  assert.match(
    story(rig),
    /^received pickup_eta_updated pickup_started pickup_eta_updated pickup_started pickup_arrival/,
  );
  const nobody = { market: { ...calm, supply: { ...calm.supply, nobodyShare: 1 } } };
  for (const [options, fault] of [
    [nobody, null],
    [{}, "cancels-before-pickup"],
    [{}, "cancels-after-pickup"],
  ] as const) {
    const left = await woltRig(options, 1, fault === null ? {} : { couriers: [{ next: 1, fault }] });
    await left.create();
    await left.world.pass(3600);
    assert.deepEqual([events(left).at(-1).type, left.simulator.truth()[0]?.ended], ["order.rejected", "failed"]);
    assert.deepEqual(left.simulator.truth()[0]?.charges, []);
  }
});

test("W18 the caller's own cancellation is told as a rejection, unless it is set not to", async () => {
  for (const tellsOwnCancel of [true, false]) {
    const rig = await woltRig({ tellsOwnCancel });
    await rig.cancel((await rig.create()).body.wolt_order_reference_id);
    await rig.world.pass(600);
    assert.equal(story(rig), tellsOwnCancel ? "received rejected" : "received");
  }
});

test("W19 the delay before attempt n is the base to the power of n seconds", async () => {
  const rig = await woltRig({ webhook: null });
  const backoff = { exponential_retry_backoff: { exponent_base: 5, max_retry_count: 3 } };
  const hooked = { callback_url: hook.url, client_secret: hook.clientSecret, callback_config: backoff };
  await rig.ask("POST", `/v1${rig.merchant}/webhooks`, hooked);
  rig.world.answers = () => 500;
  await rig.cancel((await rig.create()).body.wolt_order_reference_id);
  await rig.world.pass(600);
  const received = rig.world.posted.filter(({ request }) => claimsOf(request.body).type === "order.received");
  assert.deepEqual(
    received.slice(1).map(({ at }, i) => (at - received[i]!.at) / 1000),
    [5, 25, 125],
  );
});

test("W20 a handshake has a PIN, by an event of its own and for whoever asks", async () => {
  const rig = await woltRig();
  const { wolt_order_reference_id } = (await rig.create({ handshake_delivery: { is_required: true } })).body;
  await rig.world.pass(1);
  const { pin_code } = (await rig.ask("GET", `/order/${wolt_order_reference_id}/handshake-delivery`)).body;
  assert.match(pin_code, /^\d{4}$/);
  assert.equal(events(rig)[1].details.handshake_delivery.pin_code, pin_code);
  const plain = (await rig.create({ merchant_order_reference_id: "A-2" })).body.wolt_order_reference_id;
  assert.equal((await rig.ask("GET", `/order/${plain}/handshake-delivery`)).status, 404);
});

test("W21 on staging nobody moves", async () => {
  const rig = await woltRig({ environment: "staging" });
  await rig.create();
  await rig.world.pass(7200);
  assert.deepEqual([story(rig), rig.simulator.truth()[0]?.state], ["received", "received"]);
});
