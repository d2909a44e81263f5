import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, calm, type Loose } from "../testing/millbrook.ts";
import { hook, stuartRig } from "../testing/stuart-rig.ts";

type Rig = Awaited<ReturnType<typeof stuartRig>>;

const events = (rig: Rig): Loose[] => rig.world.posted.map(({ request }) => bodyOf(request));
/** The statuses that delivery events told, each change once. */
const story = (rig: Rig): string => {
  const told: string[] = events(rig)
    .filter(({ event }) => event === "delivery")
    .map(({ data }) => data.status);
  return told.filter((status, i) => status !== told[i - 1]).join(" ");
};
const there = "pending picking almost_picking waiting_at_pickup delivering almost_delivering waiting_at_dropoff";

test("T14 a delivery runs from pending to delivered, its job from new to finished, and the price is charged once", async () => {
  const rig = await stuartRig();
  const { id, pricing } = (await rig.create()).body;
  await rig.world.pass(3600);
  assert.equal(story(rig), `${there} delivered`);
  const jobs: string[] = events(rig)
    .filter(({ event }) => event === "job")
    .map(({ data }) => data.status);
  assert.equal([...new Set(jobs)].join(" "), "new searching in_progress finished");
  const { body } = await rig.get(id);
  assert.match(body.deliveries[0].proof_of_delivery_url, /[.]png$/);
  assert.ok(body.deliveries[0].picked_at < body.deliveries[0].delivered_at);
  const [truth] = rig.simulator.truth();
  assert.deepEqual(
    [truth?.ended, truth?.charges.map(({ what, amount }) => [what, amount])],
    ["delivered", [["fee", Math.round(pricing.price_tax_excluded * 100)]]],
  );
});

test("T15 events are camel case, name the reference as asked, and replay the credential", async () => {
  for (const webhookReference of ["clientReference", "client_reference"] as const) {
    const rig = await stuartRig({ webhookReference });
    await rig.create();
    await rig.world.pass(3600);
    const [first, second] = events(rig);
    assert.deepEqual([first.event, first.type, second.event, second.type], ["job", "create", "delivery", "create"]);
    assert.equal(second.data[webhookReference], "A-1");
    assert.equal(first.data.currentDelivery[webhookReference], "A-1");
    for (const { request, url } of rig.world.posted)
      assert.deepEqual([url, request.headers["authorization"]], [hook.url, hook.authorization]);
  }
  const open = await stuartRig({ webhook: { url: hook.url, authorization: null } });
  await open.create();
  await open.world.pass(1);
  assert.equal("authorization" in open.world.posted[0]!.request.headers, false);
});

test("T16 positions come in driver events, as text, and stand in the job for whoever asks", async () => {
  const rig = await stuartRig();
  const { id } = (await rig.create()).body;
  await rig.world.pass(3600);
  const seen = events(rig).filter(({ event }) => event === "driver");
  assert.ok(seen.length > 20);
  for (const { data } of seen) assert.equal(typeof data.latitude, "string");
  const { driver } = (await rig.get(id)).body;
  assert.equal(String(driver.latitude), seen.at(-1).data.latitude);
});

test("T17 a scheduled job waits for its time before anybody is looked for", async () => {
  const rig = await stuartRig();
  const { id, status } = (await rig.create({}, { pickup_at: "2026-11-21T10:00:00Z" })).body;
  assert.equal(status, "scheduled");
  await rig.world.pass(2699);
  assert.equal((await rig.get(id)).body.status, "scheduled");
  await rig.world.pass(2);
  assert.equal((await rig.get(id)).body.status, "searching");
  await rig.world.pass(7200);
  const { picked_at } = (await rig.get(id)).body.deliveries[0];
  assert.ok(Date.parse(picked_at) >= Date.parse("2026-11-21T10:00:00Z"));
});

test("T18 when nobody is found the job expires and its delivery is cancelled as job_expired", async () => {
  const rig = await stuartRig({ market: { ...calm, supply: { ...calm.supply, nobodyShare: 1, patience_s: 600 } } });
  const { id } = (await rig.create()).body;
  await rig.world.pass(602);
  const { status, deliveries } = (await rig.get(id)).body;
  assert.deepEqual(
    [status, deliveries[0].status, deliveries[0].cancellation.reason_key],
    ["expired", "cancelled", "job_expired"],
  );
  assert.deepEqual([rig.simulator.truth()[0]?.ended, rig.simulator.truth()[0]?.charges], ["failed", []]);
});

test("T19 nobody at the door: the job ends at full price, and a job of its own brings the parcels back", async () => {
  const rig = await stuartRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  const { id } = (await rig.create()).body;
  while ((await rig.get(id)).body.status !== "canceled") await rig.world.pass(10);
  assert.equal(rig.simulator.truth()[0]?.ended, null);
  await rig.world.pass(3600);
  assert.deepEqual(
    rig.simulator
      .truth()
      .map(({ externalId, state, ended, charges }) => [
        externalId,
        state,
        ended,
        charges.map(({ what }) => what).join(),
      ]),
    [
      ["A-1", "cancelled", "returned", "fee"],
      ["A-1-return", "delivered", "returned", "return"],
    ],
  );
  assert.equal(story(rig), `${there} cancelled delivering almost_delivering waiting_at_dropoff delivered`);
  const plain = await stuartRig({ returns: "none" }, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  await plain.create();
  await plain.world.pass(3600);
  assert.deepEqual(
    plain.simulator.truth().map(({ ended }) => ended),
    ["failed"],
  );
});

test("T20 a courier who drops out puts the job back to searching; one who gives up ends it", async () => {
  const rig = await stuartRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.create();
  await rig.world.pass(3600);
  assert.match(story(rig), /^pending picking (almost_picking )?pending picking/);
  assert.equal(rig.simulator.truth()[0]?.ended, "delivered");
  for (const fault of ["cancels-before-pickup", "cancels-after-pickup"] as const) {
    const left = await stuartRig({}, 1, { couriers: [{ next: 1, fault }] });
    const { id } = (await left.create()).body;
    await left.world.pass(3600);
    const { cancellation } = (await left.get(id)).body.deliveries[0];
    assert.deepEqual([cancellation.canceled_by, left.simulator.truth()[0]?.ended], ["courier", "failed"]);
    assert.deepEqual(left.simulator.truth()[0]?.charges, []);
  }
});

test("T21 webhooks are tried again as often as was set, and once when it was not", async () => {
  for (const retryWaits_ms of [[], [30_000, 120_000]]) {
    const rig = await stuartRig({ retryWaits_ms });
    rig.world.answers = () => null;
    await rig.cancel((await rig.create()).body.id);
    await rig.world.pass(600);
    assert.equal(rig.world.posted.length, 4 * (retryWaits_ms.length + 1));
  }
});

test("T22 in the sandbox bots drive by themselves, and nothing happens to them by chance", async () => {
  const rough = { ...calm, supply: { ...calm.supply, nobodyShare: 1, cancelShare: 1, undeliverableShare: 1 } };
  const rig = await stuartRig({ environment: "sandbox", market: rough });
  await rig.create();
  await rig.world.pass(3600);
  assert.equal(rig.simulator.truth()[0]?.ended, "delivered");
});
