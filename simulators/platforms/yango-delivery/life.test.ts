import assert from "node:assert/strict";
import { test } from "node:test";
import { calm, type Loose } from "../testing/millbrook.ts";
import { callbackUrl, yangoRig } from "../testing/yango-rig.ts";

type Rig = Awaited<ReturnType<typeof yangoRig>>;

/** The statuses of all claims in turn, from the journal. */
async function story(rig: Rig): Promise<string> {
  const told: string[] = [];
  for (let cursor: string | undefined; ;) {
    const { body } = await rig.ask("POST", "claims/journal", { cursor });
    if (body.events.length === 0) return told.join(" ");
    told.push(...body.events.map(({ new_status }: Loose) => new_status));
    cursor = body.cursor;
  }
}
const there =
  "new estimating ready_for_approval accepted performer_lookup performer_found pickup_arrived pickuped delivery_arrived";

test("Y10 a claim runs from new to delivered_finish; the price is charged once; points are visited", async () => {
  const rig = await yangoRig();
  const id = await rig.book("r-1");
  await rig.world.pass(3600);
  assert.equal(await story(rig), `${there} delivered delivered_finish`);
  const { pricing, route_points, performer_info } = (await rig.info(id)).body;
  assert.deepEqual(
    route_points.map(({ visit_status }: Loose) => visit_status),
    ["visited", "visited"],
  );
  assert.deepEqual([pricing.final_price, typeof performer_info.courier_name], [pricing.offer.price, "string"]);
  const [truth] = rig.simulator.truth();
  assert.deepEqual(
    [truth?.ended, truth?.externalId, truth?.charges.map(({ what, amount }) => [what, amount])],
    ["delivered", "A-1", [["fee", Math.round(Number(pricing.final_price) * 100)]]],
  );
});

test("Y11 hints are unsigned and empty: they name the claim in the query, at its own URL or the account's", async () => {
  const rig = await yangoRig();
  const id = await rig.book("r-1");
  await rig.world.pass(3600);
  for (const { url, request } of rig.world.posted) {
    const { searchParams, href } = new URL(url);
    assert.ok(href.startsWith(`${callbackUrl}&`));
    assert.deepEqual(
      [searchParams.get("claim_id"), request.body.length, request.path.includes("updated_ts=")],
      [id, 0, true],
    );
  }
  assert.equal(rig.world.posted.length, (await story(rig)).split(" ").length);
  const own = await yangoRig({ callbackUrl: null });
  await own.book("r-1", { callback_properties: { callback_url: "http://own.test/" } });
  assert.ok(own.world.posted.every(({ url }) => url.startsWith("http://own.test/?claim_id=")));
});

test("Y12 the journal is read by cursor, page by page, and an unknown cursor is refused", async () => {
  const rig = await yangoRig();
  for (let i = 0; i < 30; i++) await rig.book(`r-${i}`);
  const { body } = await rig.ask("POST", "claims/journal", {});
  assert.equal(body.events.length, 100);
  const second = (await rig.ask("POST", "claims/journal", { cursor: body.cursor })).body;
  assert.equal(second.events[0].operation_id, 101);
  assert.equal((await rig.ask("POST", "claims/journal", { cursor: "x" })).status, 400);
});

test("Y13 nobody at the door: back to the source for half the price more, or kept, as the claim asked", async () => {
  const rig = await yangoRig({}, 1, { couriers: [{ next: 2, fault: "undeliverable" }] });
  const id = await rig.book("r-1");
  await rig.world.pass(7200);
  assert.equal(await story(rig), `${there} returning return_arrived returned returned_finish`);
  const [truth] = rig.simulator.truth();
  assert.deepEqual([truth?.ended, truth?.charges.map(({ what }) => what)], ["returned", ["fee", "return"]]);
  assert.equal((await rig.info(id)).body.route_points[1].visit_status, "skipped");
  await rig.book("r-2", { optional_return: true });
  await rig.world.pass(7200);
  const kept = rig.simulator.truth()[1];
  assert.deepEqual([kept?.state, kept?.ended, kept?.charges], ["cancelled_with_items_on_hands", "failed", []]);
});

test("Y14 a performer may drop out; giving up has a status for each case and costs nothing", async () => {
  const rig = await yangoRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.book("r-1");
  await rig.world.pass(3600);
  assert.match(await story(rig), /performer_lookup performer_found performer_lookup performer_found pickup_arrived/);
  const nobody = { market: { ...calm, supply: { ...calm.supply, nobodyShare: 1 } } };
  for (const [options, fault, state] of [
    [nobody, null, "performer_not_found"],
    [{}, "cancels-before-pickup", "cancelled_by_taxi"],
    [{}, "cancels-after-pickup", "failed"],
  ] as const) {
    const left = await yangoRig(options, 1, fault === null ? {} : { couriers: [{ next: 1, fault }] });
    await left.book("r-1");
    await left.world.pass(3600);
    const [truth] = left.simulator.truth();
    assert.deepEqual([truth?.state, truth?.ended, truth?.charges], [state, "failed", []]);
  }
});
