import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, calm, type Loose } from "../testing/millbrook.ts";
import { doordashRig, hook } from "../testing/doordash-rig.ts";
import { retryWaits_ms } from "./events.ts";

type Rig = Awaited<ReturnType<typeof doordashRig>>;

const events = (rig: Rig): Loose[] => rig.world.posted.map(({ request }) => bodyOf(request));
/** The names of the events; a repeated tracking event once. */
const story = (rig: Rig): string => {
  const names: string[] = events(rig).map(({ event_name }) => event_name);
  return names.filter((name, i) => name !== names[i - 1]).join(" ");
};

const there =
  "DASHER_CONFIRMED DASHER_ENROUTE_TO_PICKUP DASHER_CONFIRMED_PICKUP_ARRIVAL DASHER_PICKED_UP DASHER_ENROUTE_TO_DROPOFF DASHER_CONFIRMED_DROPOFF_ARRIVAL";

test("D13 a delivery runs from created to delivered, and each step has its event", async () => {
  const rig = await doordashRig();
  await rig.create({ tip: 100 });
  await rig.world.pass(3600);
  assert.equal(story(rig), `${there} DASHER_DROPPED_OFF`);
  const { body } = await rig.get();
  assert.equal(body.delivery_status, "delivered");
  assert.ok(body.pickup_time_actual < body.dropoff_time_actual);
  assert.match(body.dropoff_verification_image_url, /[.]png$/);
  const [truth] = rig.doordash.truth();
  assert.deepEqual(
    [truth?.ended, truth?.charges.map(({ what, amount }) => [what, amount])],
    [
      "delivered",
      [
        ["fee", body.fee],
        ["tip", 100],
      ],
    ],
  );
});

test("D14 events are flat, carry no status and nothing empty, and replay the credential as it was given", async () => {
  const rig = await doordashRig();
  await rig.create();
  await rig.world.pass(3600);
  for (const { request, url } of rig.world.posted) {
    const body = bodyOf(request);
    assert.deepEqual([url, request.headers["authorization"]], [hook.url, hook.authorization]);
    assert.deepEqual(Object.keys(body).slice(0, 2), ["created_at", "event_name"]);
    assert.equal(body.external_delivery_id, "D-1");
    assert.equal("delivery_status" in body, false);
    assert.equal(
      Object.values(body).some((value) => value === null || value === ""),
      false,
    );
    assert.equal(typeof body.dasher_id, "number");
  }
});

test("D14 the tracking events carry the position, at most every half minute, and only where they are enabled", async () => {
  const rig = await doordashRig();
  await rig.create();
  await rig.world.pass(3600);
  const onTheWay = events(rig).filter(({ event_name }) => event_name === "DASHER_ENROUTE_TO_DROPOFF");
  assert.ok(onTheWay.length > 10);
  assert.ok(new Set(onTheWay.map(({ dasher_location }) => dasher_location.lat)).size > 10);
  const plain = await doordashRig({ trackingEvents: false });
  await plain.create();
  await plain.world.pass(3600);
  assert.equal(plain.world.posted.length, 5);
});

test("D14 between the events the position is there for whoever asks", async () => {
  const rig = await doordashRig({ trackingEvents: false });
  await rig.create();
  const seen = new Set<number>();
  for (let i = 0; i < 20; i++) {
    await rig.world.pass(30);
    seen.add((await rig.get()).body.dasher_location?.lat);
  }
  assert.ok(seen.size > 10);
});

test("D15 nobody at the door: with `return_to_pickup` the parcels come back, for 60 % of the fee more", async () => {
  const rig = await doordashRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  await rig.create({ action_if_undeliverable: "return_to_pickup" });
  await rig.world.pass(7200);
  assert.equal(
    story(rig),
    `${there} DELIVERY_RETURN_INITIALIZED DASHER_ENROUTE_TO_RETURN DASHER_CONFIRMED_RETURN_ARRIVAL DELIVERY_RETURNED`,
  );
  const { body } = await rig.get();
  assert.deepEqual([body.delivery_status, body.return_address], ["returned", body.pickup_address]);
  const [truth] = rig.doordash.truth();
  assert.equal(truth?.ended, "returned");
  assert.deepEqual(
    truth?.charges.map(({ what, amount }) => [what, amount]),
    [
      ["fee", body.fee],
      ["return", Math.round(body.fee * 0.6)],
    ],
  );
});

test("D15 nobody at the door: disposed of otherwise, which is a failed delivery", async () => {
  const rig = await doordashRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  await rig.create();
  await rig.world.pass(7200);
  assert.deepEqual(
    [(await rig.get()).body.cancellation_reason, rig.doordash.truth()[0]?.ended],
    ["failed_to_deliver", "failed"],
  );
});

test("D16 a Dasher who drops out leaves the delivery created, and another carries it", async () => {
  const rig = await doordashRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.create();
  await rig.world.pass(3600);
  const states = rig.doordash
    .truth()[0]
    ?.history.map(({ state }) => state)
    .slice(0, 6);
  assert.deepEqual(states, ["created", "confirmed", "enroute_to_pickup", "created", "confirmed", "enroute_to_pickup"]);
  assert.equal(rig.doordash.truth()[0]?.ended, "delivered");
  assert.equal(new Set(events(rig).map(({ dasher_id }) => dasher_id)).size, 2);
});

test("D16 the platform's own cancellations carry their reason and cost nothing", async () => {
  const nobody = { ...calm, supply: { ...calm.supply, nobodyShare: 1 } };
  const cases = [
    [{ market: nobody }, {}, "failed_to_assign_and_refunded"],
    [{}, { couriers: [{ next: 1, fault: "cancels-before-pickup" }] }, "failed_to_pickup"],
    [{}, { couriers: [{ next: 1, fault: "cancels-after-pickup" }] }, "failed_to_deliver"],
  ] as const;
  for (const [options, faults, reason] of cases) {
    const rig = await doordashRig(options, 1, faults);
    await rig.create();
    await rig.world.pass(3600);
    const last = events(rig).at(-1);
    assert.deepEqual([last.event_name, last.cancellation_reason], ["DELIVERY_CANCELLED", reason]);
    assert.deepEqual([rig.doordash.truth()[0]?.ended, rig.doordash.truth()[0]?.charges], ["failed", []]);
  }
});

test("D17 an event is tried three times until exactly 200", async () => {
  const rig = await doordashRig({ environment: "sandbox" });
  rig.world.answers = () => 204;
  await rig.create();
  await rig.cancel();
  await rig.world.pass(600);
  const waits = rig.world.posted.slice(1).map(({ at }, i) => at - rig.world.posted[i]!.at);
  assert.deepEqual(waits, retryWaits_ms);
});

test("D18 in the sandbox nothing moves by itself: a hand advances it, and an hour cancels it", async () => {
  const rig = await doordashRig({ environment: "sandbox" });
  await rig.create();
  const steps = [];
  do steps.push((await rig.get()).body.delivery_status);
  while (rig.doordash.advance("D-1"));
  assert.deepEqual(steps, [
    "created",
    "confirmed",
    "arrived_at_pickup",
    "picked_up",
    "arrived_at_dropoff",
    "delivered",
  ]);
  assert.equal(rig.world.posted.length, 5);
  assert.equal(rig.doordash.advance("D-9"), false);
  await rig.create({ external_delivery_id: "D-2" });
  await rig.world.pass(3599);
  assert.equal((await rig.get("D-2")).body.delivery_status, "created");
  await rig.world.pass(1);
  assert.equal((await rig.get("D-2")).body.delivery_status, "cancelled");
  assert.equal((await rig.get()).body.delivery_status, "delivered");
});

test("D19 a PIN is made up, taken from the phone, or the merchant's", async () => {
  const rig = await doordashRig();
  const pin = async (id: string, metadata: object) =>
    (await rig.create({ external_delivery_id: id, dropoff_pin_code_verification_metadata: metadata })).body
      .dropoff_pin_code_verification_metadata.pin_code_value;
  assert.match(await pin("A", { pin_code_type: "random_number" }), /^\d{4}$/);
  assert.equal(await pin("B", { pin_code_type: "customer_phone_number" }), "0102");
  assert.equal(await pin("C", { pin_code_type: "merchant_provided_number", pin_code_value: "4711" }), "4711");
});
