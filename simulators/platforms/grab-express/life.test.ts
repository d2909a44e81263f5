import assert from "node:assert/strict";
import { test } from "node:test";
import { grabRig, hook } from "../testing/grab-rig.ts";
import { bodyOf, calm, type Loose } from "../testing/millbrook.ts";

type Rig = Awaited<ReturnType<typeof grabRig>>;

const events = (rig: Rig): Loose[] => rig.world.posted.map(({ request }) => bodyOf(request));
const story = (rig: Rig): string =>
  events(rig)
    .map(({ status }) => status)
    .join(" ");
const there = "ALLOCATING PENDING_PICKUP PICKING_UP PENDING_DROP_OFF IN_DELIVERY";

test("G9 a delivery runs from ALLOCATING to COMPLETED and is charged once", async () => {
  const rig = await grabRig();
  const { deliveryID, quote } = (await rig.create()).body;
  await rig.world.pass(3600);
  assert.equal(story(rig), `${there} COMPLETED`);
  const { courier, timeline, trackingURL } = (await rig.get(deliveryID)).body;
  assert.ok(timeline.allocate < timeline.pickup && timeline.pickup < timeline.completed && trackingURL !== "");
  assert.equal(typeof courier.coordinates.latitude, "number");
  const [truth] = rig.simulator.truth();
  assert.deepEqual(
    [truth?.ended, truth?.charges.map(({ what, amount }) => [what, amount])],
    ["delivered", [["fee", Math.round(quote.amount * 100)]]],
  );
});

test("G10 a webhook replays what was agreed on, carries the position, and is repeated until 200 or 204", async () => {
  const rig = await grabRig({ webhook: { ...hook, authorizationId: "shop" }, retryWaits_ms: [10_000] });
  await rig.create();
  await rig.world.pass(3600);
  for (const { url, request } of rig.world.posted) {
    const { authorization, "authorization-id": id } = request.headers;
    assert.deepEqual([url, authorization, id], [hook.url, hook.authorization, "shop"]);
  }
  const { driver, timestamp, dropoffProofURL, recipient } = events(rig).at(-1);
  assert.deepEqual([typeof driver.currentLat, recipient.name], ["number", "Ada Byron"]);
  assert.ok(timestamp < 2e9 && dropoffProofURL !== "");
  const deaf = await grabRig({ retryWaits_ms: [10_000] });
  deaf.world.answers = () => 202;
  await deaf.cancel((await deaf.create()).body.deliveryID);
  await deaf.world.pass(60);
  assert.equal(deaf.world.posted.length, 4);
});

test("G11 a cancellation has one L in answers and two in webhooks", async () => {
  const rig = await grabRig();
  const { deliveryID } = (await rig.create()).body;
  await rig.cancel(deliveryID);
  await rig.world.pass(1);
  assert.deepEqual([(await rig.get(deliveryID)).body.status, events(rig).at(-1).status], ["CANCELED", "CANCELLED"]);
});

test("G12 nobody at the door: the goods go back", async () => {
  const rig = await grabRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  await rig.create();
  await rig.world.pass(7200);
  assert.equal(story(rig), `${there} IN_RETURN RETURNED`);
  assert.equal(rig.simulator.truth()[0]?.ended, "returned");
});

test("G13 a failure names its reason and costs nothing; an instant delivery is given up after ten minutes", async () => {
  const nobody = { market: { ...calm, supply: { ...calm.supply, nobodyShare: 1 } } };
  for (const [options, fault, reason] of [
    [nobody, null, "6|Could not find driver"],
    [{}, "cancels-before-pickup", "2|Driver canceled : fake sender/order"],
    [{}, "cancels-after-pickup", "5|Canceled by Grab Operator"],
  ] as const) {
    const rig = await grabRig(options, 1, fault === null ? {} : { couriers: [{ next: 1, fault }] });
    const { deliveryID } = (await rig.create()).body;
    await rig.world.pass(fault === null ? 601 : 3600);
    const { status, advanceInfo } = (await rig.get(deliveryID)).body;
    assert.deepEqual([status, advanceInfo.failedReason, events(rig).at(-1).failedReason], ["FAILED", reason, reason]);
    assert.deepEqual([rig.simulator.truth()[0]?.ended, rig.simulator.truth()[0]?.charges], ["failed", []]);
  }
});

test("G14 a driver may be swapped: the ids stay, and the status goes back or not, as is set", async () => {
  for (const swapShows of [true, false]) {
    const rig = await grabRig({ swapShows }, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
    await rig.create();
    await rig.world.pass(3600);
    const before = swapShows ? "PICKING_UP ALLOCATING PENDING_PICKUP PICKING_UP" : "PICKING_UP PICKING_UP";
    assert.match(story(rig), new RegExp(`^ALLOCATING PENDING_PICKUP ${before} PENDING_DROP_OFF`));
    assert.equal(rig.simulator.truth()[0]?.ended, "delivered");
  }
});

test("G15 IN_DELIVERY is told at the recipient's, or on setting out, as is set", async () => {
  const timeIn = async (inDelivery: "arrival" | "departure") => {
    const rig = await grabRig({ inDelivery });
    await rig.create();
    await rig.world.pass(3600);
    const history = rig.simulator.truth()[0]?.history ?? [];
    const at = (state: string): number => history.find((entry) => entry.state === state)?.at ?? 0;
    return (at("COMPLETED") - at("IN_DELIVERY")) / 1000;
  };
  assert.ok((await timeIn("arrival")) < 100);
  assert.ok((await timeIn("departure")) > 400);
});

test("G16 in the sandbox a hand moves each delivery, and what is scheduled never runs", async () => {
  const rig = await grabRig({ environment: "sandbox" });
  const { deliveryID } = (await rig.create()).body;
  await rig.world.pass(3600);
  const steps = [];
  do {
    steps.push((await rig.get(deliveryID)).body.status);
    await rig.world.pass(1);
  } while (rig.simulator.advance(deliveryID));
  assert.equal(steps.join(" "), `${there} COMPLETED`);
  const schedule = { pickupTimeFrom: "2026-11-21T11:00:00Z", pickupTimeTo: "2026-11-21T13:00:00Z" };
  const queued = (await rig.create({ schedule })).body.deliveryID;
  await rig.world.pass(7200);
  assert.deepEqual([rig.simulator.advance(queued), rig.simulator.advance("none")], [false, false]);
});
