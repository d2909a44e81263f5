import assert from "node:assert/strict";
import { test } from "node:test";
import { audit, type Line } from "../../test/auditor/audit.ts";
import { journeyScope } from "../domain/index.ts";
import { money } from "../kernel/money.ts";
import { seconds } from "../kernel/quantity.ts";
import { gig, LittleWorld } from "./testing/little-world.ts";

const faithful = async (world: LittleWorld): Promise<void> =>
  assert.deepEqual([world.faults, audit(await world.log<Line>(), { dayIsOver: false })], [[], []]);
const connection = ({ network }: LittleWorld) =>
  network.connections(journeyScope).find(({ participant }) => participant.id === gig.id)!;

async function booked(): Promise<{ world: LittleWorld; order: `order_${string}` }> {
  const world = await LittleWorld.open();
  const order = await world.order();
  await world.until(1);
  return { world, order };
}

test("Q1 what a lost webhook would have told is found by asking, put right, and written down with how late it came", async () => {
  const { world, order } = await booked();
  await world.until(3);
  world.gig.say("gig_1", { state: "picked_up" });
  await world.until(12);
  assert.equal(await world.story(order, "SyncRepaired", "LegProgressed"), "SyncRepaired LegProgressed");
  const repair = (await world.events(order)).find(({ type }) => type === "SyncRepaired");
  assert.ok(repair?.type === "SyncRepaired");
  assert.deepEqual(repair.differences, [{ field: "state", ours: "assigned", theirs: "picked_up" }]);
  assert.ok(repair.late >= 180 && repair.late <= 540, String(repair.late));
  const { accuracy, freshness } = connection(world);
  assert.deepEqual([accuracy.asked, accuracy.compared, accuracy.equal, accuracy.repairs], [1, 2, 1, 1]);
  assert.deepEqual(accuracy.toRepair, { p50: repair.late, p90: repair.late });
  assert.equal(freshness.facts[0]!.breaches, 1, "it was silent for longer than its service level");
  await faithful(world);
});

test("Q6 whoever has a platform asked for all that is under way sees how that goes, and it is not asked twice at once", async () => {
  const { world, order } = await booked();
  world.gig.say("gig_1", { state: "picked_up" });
  assert.equal(connection(world).asking, null);
  const begun = world.network.reconcile(journeyScope, gig.id);
  assert.deepEqual([begun?.deliveries, begun?.answered, begun?.endedAt], [1, 0, null]);
  assert.equal(world.network.reconcile(journeyScope, gig.id)?.startedAt, begun?.startedAt);
  await world.until(2);
  const { answered, unanswered, repaired, unrepaired, endedAt } = connection(world).asking!;
  assert.deepEqual([answered, unanswered, repaired, unrepaired, endedAt !== null], [1, 0, 1, 0, true]);
  assert.equal(world.gig.count("get"), 1);
  assert.equal(await world.story(order, "SyncRepaired", "LegProgressed"), "SyncRepaired LegProgressed");
  world.gig.otherwise.get = "throw";
  world.network.reconcile(journeyScope, gig.id);
  await world.until(3);
  assert.equal(connection(world).asking?.unanswered, 1);
  assert.equal(world.network.reconcile({ ...journeyScope, viewer: "participant_stranger" }, gig.id), null);
});

test("Q2 what differs and cannot be put right is counted, and changes nothing", async () => {
  const { world, order } = await booked();
  world.gig.say("gig_1", { price: money(999, "EUR") });
  await world.until(12);
  const { accuracy } = connection(world);
  assert.deepEqual([accuracy.repairs, accuracy.unrepaired], [0, accuracy.asked]);
  assert.ok(accuracy.asked > 0 && accuracy.equal === accuracy.asked * 2);
  assert.equal(await world.story(order, "SyncRepaired", "LegProgressed"), "");
});

test("Q3 a platform that answers nothing on a delivery: said once on the order, and again only after it was heard of", async () => {
  const { world, order } = await booked();
  world.gig.otherwise.get = "outage";
  await world.until(20);
  assert.equal(await world.story(order, "FreshnessBreached"), "FreshnessBreached");
  const breach = (await world.events(order)).find(({ type }) => type === "FreshnessBreached");
  assert.ok(breach?.type === "FreshnessBreached");
  assert.deepEqual([breach.fact, breach.consequence, breach.age > 360], ["status", "polled", true]);
  assert.equal(connection(world).accuracy.unanswered, connection(world).accuracy.asked);
  await world.hear(world.gig, world.gig.say("gig_1", { state: "picked_up" }));
  await world.until(40);
  assert.equal(await world.story(order, "FreshnessBreached"), "FreshnessBreached FreshnessBreached");
  await faithful(world);
});

test("Q4 a courier whose position stands still is asked for, and said to be out of sight when that does not help", async () => {
  const world = await LittleWorld.open();
  world.gig.serviceLevel = { status: seconds(3600), position: seconds(120), quote: seconds(600) };
  const order = await world.order();
  await world.until(1);
  const courier = { name: null, phone: null, point: [-8.6, 41.15] as const };
  await world.hear(world.gig, world.gig.say("gig_1", { state: "en_route_to_pickup", courier }));
  await world.until(2);
  assert.equal(world.gig.count("get"), 0);
  await world.until(8);
  assert.ok(world.gig.count("get") > 0);
  const breach = (await world.events(order)).find(({ type }) => type === "FreshnessBreached");
  assert.ok(breach?.type === "FreshnessBreached" && breach.fact === "position");
  const seen = connection(world).freshness.facts[1]!;
  assert.deepEqual([seen.fact, seen.watched, seen.stale, seen.breaches], ["position", 1, 1, 1]);
  world.gig.say("gig_1", { courier: { ...courier, point: [-8.61, 41.15] } });
  await world.until(10);
  assert.equal(connection(world).freshness.facts[1]!.stale, 0, "asking has freshened it");
  await faithful(world);
});

test("Q5 of what is fresh a sample is asked for, and agrees", async () => {
  const { world } = await booked();
  for (let minute = 2; minute <= 240; minute += 2) {
    await world.hear(world.gig, world.gig.say("gig_1", { state: "assigned" }));
    await world.until(minute);
  }
  const { accuracy, freshness } = connection(world);
  assert.ok(accuracy.asked >= 1 && accuracy.asked <= 24, `${accuracy.asked} in 120 rounds`);
  assert.deepEqual([accuracy.equal, accuracy.repairs, freshness.facts[0]!.breaches], [accuracy.compared, 0, 0]);
});
