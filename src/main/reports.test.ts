import assert from "node:assert/strict";
import { test } from "node:test";
import { audit, type Line } from "../../test/auditor/audit.ts";
import { after, minutes, seconds } from "../kernel/quantity.ts";
import { journeyScope } from "../domain/index.ts";
import { at, LittleWorld } from "./testing/little-world.ts";

async function booked(): Promise<{ world: LittleWorld; order: `order_${string}` }> {
  const world = await LittleWorld.open();
  const order = await world.order();
  await world.until(1);
  return { world, order };
}

test("R1 a message is applied once, however often it comes", async () => {
  const { world, order } = await booked();
  const said = world.gig.say("gig_1", { state: "picked_up" });
  assert.deepEqual([await world.hear(world.gig, said), await world.hear(world.gig, said)], [1, 0]);
  assert.deepEqual(await Promise.all([said, said].map((one) => world.hear(world.gig, one))), [0, 0]);
  assert.equal(await world.story(order, "LegProgressed", "ParcelMoved"), "LegProgressed ParcelMoved");
});

test("R1 after a restart, when nobody remembers it, the same message changes nothing", async () => {
  const { world, order } = await booked();
  const said = world.gig.say("gig_1", { state: "picked_up" });
  await world.hear(world.gig, said);
  const before = await world.story(order);
  await world.crash();
  await world.hear(world.gig, said);
  assert.equal(await world.story(order), before);
});

test("R2 a delivery that nobody knows, a connector that nobody linked, and a forged webhook change nothing", async () => {
  const { world, order } = await booked();
  const before = await world.story(order);
  const strange = { ...world.gig.newest(), reference: "gig_strange", message: "m", state: "picked_up" as const };
  assert.deepEqual([await world.hear(world.gig, strange), await world.hear(world.wild, strange)], [0, "nobody"]);
  const forged = await world.network.receive("gig", {}, new TextEncoder().encode("forged"));
  assert.equal(forged?.ok, false);
  assert.equal(await world.story(order), before);
});

test("R3 what webhooks lost is found by asking, and what was told once is not told again", async () => {
  const { world, order } = await booked();
  world.gig.say("gig_1", { state: "picked_up" });
  await world.until(4);
  assert.equal(world.gig.count("get"), 0, "it was silent for too short a time");
  await world.until(10);
  assert.equal(await world.story(order, "LegProgressed"), "LegProgressed");
  world.gig.next.get.push("outage");
  world.gig.say("gig_1", { state: "handed_over" });
  await world.until(40);
  assert.equal(await world.state(order), "delivered");
  assert.deepEqual([world.faults, audit(await world.log<Line>())], [[], []]);
  const asked = world.gig.count("get");
  await world.until(120);
  assert.equal(world.gig.count("get"), asked, "nobody asks about what is over");
});

const latest = (minute: number) => ({ earliest: null, latest: at(minute) });

test("R4 a window moved later takes the due time of a planned order and the watch over an assigned one with it", async () => {
  const world = await LittleWorld.open();
  const order = await world.order({
    serviceLevel: "planned",
    dropoffWindow: { earliest: at(240), latest: at(300) },
    readyAt: at(260),
  });
  await world.until(1);
  const due = (await world.legs(order))[0]!.dueAt;
  const change = (minute: number) =>
    world.network.orders.change(journeyScope, order, null, { dropoffWindow: latest(minute), readyAt: at(minute - 40) });
  assert.ok((await change(480)).ok);
  const moved = (await world.legs(order))[0]!.dueAt;
  assert.equal(moved - due, 180 * 60_000);
  await world.until((due - at(0)) / 60_000 + 1);
  assert.equal(await world.story(order, "LegDue"), "", "the old time has passed unheard");
  await world.time.run(after(moved, minutes(1)));
  assert.equal(await world.story(order, "LegDue", "LegAssigned"), "LegDue LegAssigned");
  assert.ok((await change(540)).ok);
  await world.until(500);
  assert.equal(await world.story(order, "DisruptionRaised"), "", "the old promise holds no more");
  await world.until(541);
  assert.equal(await world.story(order, "DisruptionRaised"), "DisruptionRaised");
  assert.deepEqual(world.faults, []);
});

test("R5 a change that comes too late, reaches too far or cannot be met is refused, and changes nothing", async () => {
  const { world, order } = await booked();
  const change = async (minute: number) => {
    const answer = await world.network.orders.change(journeyScope, order, null, { dropoffWindow: latest(minute) });
    return answer.ok ? "taken" : answer.refusal.code;
  };
  await world.until(10);
  assert.deepEqual([await change(5), await change(61 * 24 * 60)], ["WINDOW_IS_PAST", "WINDOW_TOO_FAR_AHEAD"]);
  await world.hear(world.gig, world.gig.say("gig_1", { state: "picked_up" }));
  assert.equal(await change(90), "TOO_LATE_TO_CHANGE");
  await world.hear(world.gig, world.gig.say("gig_1", { state: "handed_over" }));
  assert.equal(await change(90), "ORDER_IS_CLOSED");
  assert.equal(await world.story(order, "OrderEdited"), "");
});

/** The answer to the booking is lost, the platform speaks by webhook before we look it up, and its look-up lags behind. */
async function spokeEarly(): Promise<{ world: LittleWorld; order: `order_${string}`; lag: () => void }> {
  const world = await LittleWorld.open();
  world.gig.next.book.push("lost");
  const order = await world.order();
  await world.time.run(after(at(0), seconds(2)));
  const before = world.gig.newest();
  assert.equal(await world.hear(world.gig, world.gig.say("gig_1", { state: "picked_up" })), 0, "nobody knows it yet");
  return { world, order, lag: () => void world.gig.say("gig_1", before) };
}

test("R6 what a platform says before its booking is known waits, and is applied once it is", async () => {
  const { world, order, lag } = await spokeEarly();
  lag();
  await world.until(2);
  assert.equal(
    await world.story(order, "BookingUnknown", "LegAssigned", "LegProgressed", "ParcelMoved"),
    "BookingUnknown LegAssigned LegProgressed ParcelMoved",
  );
  assert.deepEqual(world.faults, []);
});

test("R6 what a crash takes of the early words is found by asking", async () => {
  const { world, order, lag } = await spokeEarly();
  lag();
  await world.crash();
  await world.until(3);
  assert.equal(await world.story(order, "LegAssigned", "LegProgressed"), "LegAssigned", "the early word is gone");
  world.gig.say("gig_1", { state: "picked_up" });
  await world.until(12);
  assert.equal(
    await world.story(order, "LegAssigned", "LegProgressed", "ParcelMoved"),
    "LegAssigned LegProgressed ParcelMoved",
  );
  assert.deepEqual([world.faults, audit(await world.log<Line>(), { dayIsOver: false })], [[], []]);
});

test("R7 one delivery whose asking breaks keeps nobody from asking for the others, and is asked for again", async () => {
  const { world, order: first } = await booked();
  const second = await world.order();
  await world.until(2);
  for (const reference of ["gig_1", "gig_2"]) world.gig.say(reference, { state: "picked_up" });
  world.gig.next.get.push("throw");
  await world.until(9);
  const heard = await Promise.all([first, second].map((order) => world.story(order, "LegProgressed")));
  assert.deepEqual(heard.toSorted(), ["", "LegProgressed"]);
  assert.match(world.faults.join(), /^asking for gig_[12]: the connector is broken$/);
  await world.until(20);
  for (const order of [first, second]) assert.equal(await world.story(order, "LegProgressed"), "LegProgressed");
});
