import assert from "node:assert/strict";
import { test } from "node:test";
import { glovoRig, webhookUrl } from "../testing/glovo-rig.ts";
import { bodyOf, calm } from "../testing/millbrook.ts";

type Rig = Awaited<ReturnType<typeof glovoRig>>;

const story = (rig: Rig): string =>
  rig.simulator
    .truth()[0]
    ?.history.map(({ state }) => state)
    .join(" ") ?? "";
const there = "CREATED ACTIVATED ACCEPTED WAITING_FOR_PICKUP PICKED WAITING_FOR_DELIVERY";

test("V8 a parcel runs from CREATED to DELIVERED and is charged once", async () => {
  const rig = await glovoRig();
  const { quotePrice } = (await rig.create()).body;
  await rig.world.pass(3600);
  assert.equal(story(rig), `${there} DELIVERED`);
  const [truth] = rig.simulator.truth();
  assert.deepEqual(
    [truth?.ended, truth?.externalId, truth?.charges.map(({ what, amount }) => [what, amount])],
    ["delivered", "A-1", [["fee", Math.round(quotePrice * 100)]]],
  );
});

test("V9 a hint names the parcel and nothing else, and is tried again until any 2xx", async () => {
  const rig = await glovoRig();
  const { trackingNumber } = (await rig.create()).body;
  await rig.world.pass(3600);
  assert.equal(rig.world.posted.length, story(rig).split(" ").length);
  for (const { url, request } of rig.world.posted)
    assert.deepEqual([url, bodyOf(request)], [webhookUrl, { trackingNumber }]);
  const deaf = await glovoRig({ retryWaits_ms: [10_000] });
  deaf.world.answers = () => 400;
  await deaf.cancel((await deaf.create()).body.trackingNumber);
  await deaf.world.pass(60);
  assert.equal(deaf.world.posted.length, 4);
});

test("V10 nobody at the door: RETURNED in the end, without a word for the way", async () => {
  const rig = await glovoRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  await rig.create();
  await rig.world.pass(7200);
  assert.deepEqual([story(rig), rig.simulator.truth()[0]?.ended], [`${there} RETURNED`, "returned"]);
});

test("V11 a courier may drop out, back to ACTIVATED; giving up is REJECTED and costs nothing", async () => {
  const rig = await glovoRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.create();
  await rig.world.pass(3600);
  assert.match(story(rig), /^CREATED ACTIVATED ACCEPTED ACTIVATED ACCEPTED WAITING_FOR_PICKUP/);
  const nobody = { market: { ...calm, supply: { ...calm.supply, nobodyShare: 1 } } };
  for (const [options, fault] of [
    [nobody, null],
    [{}, "cancels-before-pickup"],
    [{}, "cancels-after-pickup"],
  ] as const) {
    const left = await glovoRig(options, 1, fault === null ? {} : { couriers: [{ next: 1, fault }] });
    await left.create();
    await left.world.pass(3600);
    const [truth] = left.simulator.truth();
    assert.deepEqual([truth?.state, truth?.ended, truth?.charges], ["REJECTED", "failed", []]);
  }
});

test("V12 on stage a parcel carries no price and moves by the simulation call alone", async () => {
  const rig = await glovoRig({ environment: "stage" });
  assert.equal((await rig.create({ price: { paymentType: "PAID" } })).body.message, "price: must be left out here");
  const { trackingNumber } = (await rig.create()).body;
  const simulate = async () => (await rig.ask("POST", `/parcels/${trackingNumber}/simulate/successful-attempt`)).status;
  assert.equal(await simulate(), 409);
  await rig.world.pass(3600);
  assert.equal(story(rig), "CREATED ACTIVATED");
  assert.equal(await simulate(), 200);
  assert.equal(story(rig), `${there} DELIVERED`);
  const live = await glovoRig();
  const { trackingNumber: id } = (await live.create()).body;
  assert.equal((await live.ask("POST", `/parcels/${id}/simulate/successful-attempt`)).status, 404);
});
