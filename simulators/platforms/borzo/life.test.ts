import assert from "node:assert/strict";
import { test } from "node:test";
import { borzoRig, hook } from "../testing/borzo-rig.ts";
import { bodyOf, calm, type Loose } from "../testing/millbrook.ts";
import { sign } from "./events.ts";

type Rig = Awaited<ReturnType<typeof borzoRig>>;

const events = (rig: Rig): Loose[] => rig.world.posted.map(({ request }) => bodyOf(request));
const story = (rig: Rig, of: "order" | "delivery"): string =>
  events(rig)
    .filter((event) => event[of])
    .map((event) => event[of].status)
    .join(" ");
const there = "planned active courier_assigned courier_departed courier_at_pickup parcel_picked_up courier_arrived";

test("B8 an order runs from new to completed, its delivery from planned to finished, and is charged once", async () => {
  const rig = await borzoRig();
  const { order_id, payment_amount } = (await rig.create()).body.order;
  await rig.world.pass(3600);
  assert.equal(story(rig, "delivery"), `${there} finished`);
  assert.equal(story(rig, "order"), "new available active completed");
  const { points } = await rig.get(order_id);
  assert.ok(points[0].courier_visit_datetime < points[1].courier_visit_datetime && points[1].place_photo_url);
  const [truth] = rig.simulator.truth();
  assert.deepEqual(
    [truth?.ended, truth?.externalId, truth?.charges.map(({ what, amount }) => [what, amount])],
    ["delivered", "A-1", [["fee", Math.round(Number(payment_amount) * 100)]]],
  );
});

test("B9 a callback carries the lower-case hex HMAC-SHA256 of its raw body", async () => {
  assert.equal(
    sign(
      "callback-secret",
      '{"event_datetime":"2026-11-21T15:30:00+05:30","event_type":"order_changed","order":{"order_id":123,"status":"active"}}',
    ),
    "7bbb53ad22cdfd12f56073d63c31ea6c08291341fdc5ab5a933f5d04cc4030cf",
  );
  const rig = await borzoRig();
  await rig.create();
  await rig.world.pass(3600);
  for (const { url, request } of rig.world.posted)
    assert.deepEqual([url, request.headers["x-dv-signature"]], [hook.url, sign(hook.secret, request.body)]);
  assert.match(events(rig)[0].event_datetime, /^2026-11-21T09:00:00[+]00:00$/);
});

test("B10 nobody at the door: the delivery failed, and a third point of the order is the way back, or nothing", async () => {
  const rig = await borzoRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  const { order_id } = (await rig.create()).body.order;
  await rig.world.pass(7200);
  assert.equal(story(rig, "delivery"), `${there} failed returned`);
  const { points, is_return_required, return_fee_amount, status } = await rig.get(order_id);
  assert.deepEqual(
    [points.length, points[2].is_return_point, is_return_required, status],
    [3, true, true, "completed"],
  );
  assert.ok(Number(return_fee_amount) > 0);
  assert.deepEqual(
    [rig.simulator.truth()[0]?.ended, rig.simulator.truth()[0]?.charges.map(({ what }) => what)],
    ["returned", ["fee", "return"]],
  );
  const plain = await borzoRig({ returns: false }, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  await plain.create();
  await plain.world.pass(7200);
  assert.deepEqual([story(plain, "delivery"), plain.simulator.truth()[0]?.ended], [`${there} failed`, "failed"]);
});

test("B11 a courier may drop out, which puts the order back to available; giving up cancels it for nothing", async () => {
  const rig = await borzoRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.create();
  await rig.world.pass(3600);
  assert.equal(story(rig, "order"), "new available active available active completed");
  const nobody = { market: { ...calm, supply: { ...calm.supply, nobodyShare: 1 } } };
  for (const [options, fault] of [
    [nobody, null],
    [{}, "cancels-before-pickup"],
    [{}, "cancels-after-pickup"],
  ] as const) {
    const left = await borzoRig(options, 1, fault === null ? {} : { couriers: [{ next: 1, fault }] });
    await left.create();
    await left.world.pass(3600);
    const [truth] = left.simulator.truth();
    assert.deepEqual([truth?.state, truth?.ended, truth?.charges], ["canceled", "failed", []]);
  }
});

test("B12 callbacks are tried again until any 2xx", async () => {
  const rig = await borzoRig({ retryWaits_ms: [10_000, 60_000] });
  rig.world.answers = () => 300;
  await rig.cancel((await rig.create()).body.order.order_id);
  await rig.world.pass(600);
  assert.equal(rig.world.posted.length, 4 * 3);
});

test("B13 in the test environment no courier takes an order", async () => {
  const rig = await borzoRig({ environment: "test" });
  await rig.create();
  await rig.world.pass(7200);
  assert.equal(story(rig, "order"), "new available");
});
