import assert from "node:assert/strict";
import { test } from "node:test";
import { hookUrl, lalamoveRig } from "../testing/lalamove-rig.ts";
import { bodyOf, calm, type Loose } from "../testing/millbrook.ts";
import { retryWaits_ms } from "./events.ts";
import { sign } from "./signature.ts";

type Rig = Awaited<ReturnType<typeof lalamoveRig>>;

const events = (rig: Rig): Loose[] => rig.world.posted.map(({ request }) => bodyOf(request));
/** "ORDER_CREATED DRIVER_ASSIGNED ON_GOING …": status changes by their status. */
const story = (rig: Rig): string =>
  events(rig)
    .map(({ eventType, data }) => (eventType === "ORDER_STATUS_CHANGED" ? data.order.status : eventType))
    .join(" ");

test("L15 an order runs to COMPLETED, the proof tells it was delivered, and fee and tip are charged once", async () => {
  const rig = await lalamoveRig();
  const { orderId, priceBreakdown } = (await rig.create()).body.data;
  await rig.world.pass(3600);
  assert.equal(
    story(rig),
    "ORDER_CREATED DRIVER_ASSIGNED ON_GOING PICKED_UP POD_STATUS_CHANGED POD_STATUS_CHANGED COMPLETED",
  );
  const { status, stops } = (await rig.get(orderId)).body.data;
  assert.deepEqual([status, stops.map(({ POD }: Loose) => POD.status)], ["COMPLETED", ["DELIVERED", "DELIVERED"]]);
  const [truth] = rig.simulator.truth();
  assert.deepEqual(
    [truth?.ended, truth?.externalId, truth?.charges.map(({ what, amount }) => [what, amount])],
    ["delivered", "A-1", [["fee", Math.round(Number(priceBreakdown.total) * 100)]]],
  );
});

test("L16 the signature of a webhook stands in its body, over `data` as it was sent", async () => {
  assert.equal(
    sign(
      "sk_test_example",
      "1795255200",
      "POST",
      "/hooks/lalamove",
      '{"order":{"orderId":"1900000000000000001","status":"PICKED_UP","previousStatus":"ON_GOING","market":"SG_SIN","driverId":"33522"},"updatedAt":"2026-11-21T10:00.00Z"}',
    ),
    "566c64ad4e5b24990ab4718c3b669502a919319e311b634e9c603f82c594a7b0",
  );
  const rig = await lalamoveRig();
  await rig.create();
  await rig.world.pass(3600);
  const ids = new Set<string>();
  for (const { url, request } of rig.world.posted) {
    const { apiKey, timestamp, signature, eventId, eventVersion } = bodyOf(request);
    const data = /"data":(.*)\}$/.exec(Buffer.from(request.body).toString())?.[1] ?? "";
    const { public_key, secret = "" } = rig.simulator.credentials;
    assert.equal(signature, sign(secret, String(timestamp), "POST", new URL(url).pathname, data));
    assert.deepEqual([apiKey, eventVersion], [public_key, "v3"]);
    assert.match(JSON.parse(data).updatedAt, /^2026-11-21T\d\d:\d\d[.]\d\dZ$/);
    ids.add(eventId);
  }
  assert.equal(ids.size, rig.world.posted.length);
});

test("L17 nobody at the door: the order is COMPLETED all the same, and the proof alone says FAILED", async () => {
  const rig = await lalamoveRig({}, 1, { couriers: [{ share: 1, fault: "undeliverable" }] });
  const { orderId } = (await rig.create()).body.data;
  await rig.world.pass(3600);
  const { status, stops } = (await rig.get(orderId)).body.data;
  assert.deepEqual([status, stops[1].POD.status, rig.simulator.truth()[0]?.ended], ["COMPLETED", "FAILED", "failed"]);
  await rig.create({ isPODEnabled: false });
  await rig.world.pass(3600);
  assert.equal(rig.simulator.truth()[1]?.ended, "delivered");
});

test("L18 a driver who drops out sends the order back to ASSIGNING_DRIVER; one who gives up ends it", async () => {
  const rig = await lalamoveRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.create();
  await rig.world.pass(3600);
  assert.match(
    story(rig),
    /^ORDER_CREATED DRIVER_ASSIGNED ON_GOING ASSIGNING_DRIVER DRIVER_ASSIGNED ON_GOING PICKED_UP/,
  );
  for (const [fault, state, party] of [
    ["cancels-before-pickup", "REJECTED", undefined],
    ["cancels-after-pickup", "CANCELED", "LALAMOVE_CUSTOMER_SUPPORT"],
  ] as const) {
    const left = await lalamoveRig({}, 1, { couriers: [{ next: 1, fault }] });
    await left.create();
    await left.world.pass(3600);
    const [truth] = left.simulator.truth();
    assert.deepEqual([truth?.state, truth?.ended, truth?.charges], [state, "failed", []]);
    assert.equal(events(left).at(-1).data.order.cancelParty, party);
  }
});

test("L19 an order that nobody takes expires after two hours, counted from its time", async () => {
  const { patience_s: _, ...supply } = { ...calm.supply, patience_s: 0, nobodyShare: 1 };
  const rig = await lalamoveRig({ market: { ...calm, supply } });
  await rig.create();
  await rig.world.pass(7199);
  assert.equal(rig.simulator.truth()[0]?.state, "ASSIGNING_DRIVER");
  await rig.world.pass(2);
  assert.deepEqual([rig.simulator.truth()[0]?.state, rig.simulator.truth()[0]?.ended], ["EXPIRED", "failed"]);
});

test("L20 a webhook is tried ten times within a day; after that the URL is switched off", async () => {
  const rig = await lalamoveRig({ environment: "sandbox" });
  rig.world.answers = () => 204;
  await rig.create();
  await rig.world.pass(25 * 3600);
  assert.equal(rig.world.posted.length, 10);
  assert.ok(retryWaits_ms.reduce((sum, wait) => sum + wait, 0) <= 24 * 3_600_000);
  await rig.create();
  await rig.world.pass(60);
  assert.equal(rig.world.posted.length, 10);
  rig.world.answers = () => 200;
  await rig.ask("PATCH", "/v3/webhook", { url: hookUrl });
  await rig.create();
  await rig.world.pass(60);
  assert.equal(rig.world.posted.length, 12);
});

test("L20 a forged webhook that is refused switches nothing off: it was not Lalamove's", async () => {
  const rig = await lalamoveRig({ environment: "sandbox" });
  let refused = 0;
  rig.simulator.setFaults({ webhooks: [{ share: 1, fault: { kind: "unsigned" } }] });
  rig.world.answers = ({ body }) => {
    const isTheirs = new TextDecoder().decode(body).includes('"signature"');
    if (!isTheirs) refused++;
    return isTheirs ? 200 : 401;
  };
  await rig.create();
  await rig.world.pass(60);
  const before = rig.world.posted.length;
  await rig.create();
  await rig.world.pass(60);
  assert.ok(refused > 0 && rig.world.posted.length > before);
});

test("L21 in the sandbox there are no drivers: a hand moves each order, and no proof is produced", async () => {
  const rig = await lalamoveRig({ environment: "sandbox" });
  const { orderId } = (await rig.create()).body.data;
  await rig.world.pass(3600);
  const steps = [];
  do steps.push((await rig.get(orderId)).body.data.status);
  while (rig.simulator.advance(orderId));
  assert.deepEqual(steps, ["ASSIGNING_DRIVER", "ON_GOING", "PICKED_UP", "COMPLETED"]);
  assert.equal((await rig.get(orderId)).body.data.stops[1].POD.status, "PENDING");
  assert.equal(rig.simulator.advance("1"), false);
});

test("L22 support may cancel an order and clone it under a new id", async () => {
  const rig = await lalamoveRig();
  const { orderId } = (await rig.create()).body.data;
  await rig.world.pass(1);
  const clone = rig.simulator.replace(orderId);
  await rig.world.pass(3600);
  assert.match(story(rig), /^ORDER_CREATED CANCELED ORDER_REPLACED DRIVER_ASSIGNED/);
  const { data } = events(rig).find(({ eventType }) => eventType === "ORDER_REPLACED");
  assert.deepEqual([data.prevOrderId, data.order.orderId], [orderId, clone]);
  assert.deepEqual(
    rig.simulator.truth().map(({ ended }) => ended),
    ["failed", "delivered"],
  );
  assert.equal(rig.simulator.replace(orderId), null);
});
