import assert from "node:assert/strict";
import { test } from "node:test";
import { glovoRig } from "../testing/glovo-rig.ts";
import { call, millbrook } from "../testing/millbrook.ts";

const until = async (rig: Awaited<ReturnType<typeof glovoRig>>, state: string): Promise<void> => {
  while (rig.simulator.truth().at(-1)?.state !== state) await rig.world.pass(2);
};

test("V1 a token is asked for in camel case, lives ten minutes, and stands in every call", async () => {
  const rig = await glovoRig({ tokenLife_s: 600 });
  const { status, body } = await rig.token();
  assert.deepEqual([status, body.expiresIn, typeof body.accessToken], [200, 600, "string"]);
  assert.equal((await rig.token({ clientSecret: "x" })).status, 401);
  assert.equal((await rig.token({ grantType: "password" })).status, 400);
  assert.equal((await call(rig.simulator, "GET", "/v2/laas/parcels/1", undefined, {})).status, 401);
  assert.equal((await rig.parcel(1)).status, 404);
  await rig.world.pass(600);
  assert.equal((await rig.parcel(1)).status, 401);
});

test("V2 a quote goes out from the address book, has a price in major units and a time as a range", async () => {
  const rig = await glovoRig();
  const { status, body } = await rig.quote();
  assert.equal(status, 200);
  assert.ok(body.quotePrice > 4 && body.quotePrice < 20);
  assert.match(body.estimatedTimeOfDelivery.lowerBound, /^PT\d+M$/);
  const unknown = await rig.quote({ pickupDetails: { addressBook: { id: "x" } } });
  assert.deepEqual([unknown.status, unknown.body.message], [400, "pickupDetails.addressBook.id: is unknown"]);
  const nowhere = await rig.quote({ deliveryAddress: { rawAddress: "Nowhere" } });
  assert.deepEqual([nowhere.status, nowhere.body.message], [400, "address: could not be found"]);
  const far = { rawAddress: "Far", coordinates: { latitude: 43, longitude: -30 } };
  assert.equal((await rig.quote({ deliveryAddress: far })).body.message, "address: is not served");
});

test("V3 a quote becomes one parcel, within its life", async () => {
  const rig = await glovoRig();
  const { quoteId, quotePrice } = (await rig.quote()).body;
  const confirmed = await rig.confirm(quoteId);
  assert.deepEqual(
    [confirmed.status, confirmed.body.status.state, confirmed.body.quotePrice],
    [201, "CREATED", quotePrice],
  );
  assert.equal((await rig.confirm(quoteId)).status, 409);
  assert.equal((await rig.confirm("none")).status, 404);
  const late = (await rig.quote()).body.quoteId;
  await rig.world.pass(601);
  assert.equal((await rig.confirm(late)).status, 400);
  assert.equal(
    (await rig.confirm(late, { contact: { name: "Ada", phone: "1" } })).body.message,
    "contact.phone: is not E.164",
  );
});

test("V4 a parcel may be created without a quote, twice if it is asked for twice, and checked before", async () => {
  const rig = await glovoRig();
  assert.deepEqual((await rig.ask("POST", "/parcels/validation", {})).status, 400);
  const { body } = await rig.create();
  assert.deepEqual([typeof body.trackingNumber, body.cancellable], ["number", true]);
  await rig.create();
  assert.equal(rig.simulator.truth().length, 2);
  const { pickup, dropoff } = millbrook;
  const valid = {
    contact: { name: "Ada", phone: dropoff.phone },
    packageDetails: { contentType: "FOOD" },
    address: { rawAddress: dropoff.address },
    pickupDetails: { address: pickup.address, pickupTime: "2026-11-21T10:00:00Z" },
  };
  assert.deepEqual((await rig.ask("POST", "/parcels/validation", valid)).body, { valid: true });
  const scheduled = (await rig.create(valid)).body;
  assert.equal(scheduled.status.state, "SCHEDULED");
  await rig.world.pass(2702);
  assert.notEqual((await rig.parcel(scheduled.trackingNumber, "/status")).body.state, "SCHEDULED");
  const lost = { ...valid, pickupDetails: { address: "Nowhere" } };
  assert.equal((await rig.create(lost)).body.message, "pickupDetails.address: could not be found");
  const past = { ...valid, pickupDetails: { pickupTime: "2026-11-21T08:00:00Z" } };
  assert.equal((await rig.create(past)).body.message, "pickupTime: is in the past");
});

test("V5 position and contact of the courier are asked for, while there is one", async () => {
  const rig = await glovoRig();
  const { trackingNumber } = (await rig.create()).body;
  const status = async (rest: string) => (await rig.parcel(trackingNumber, rest)).status;
  assert.deepEqual([await status("/courier-position"), await status("/courier-contact")], [404, 404]);
  await until(rig, "PICKED");
  assert.equal(typeof (await rig.parcel(trackingNumber, "/courier-position")).body.latitude, "number");
  assert.deepEqual(Object.keys((await rig.parcel(trackingNumber, "/courier-contact")).body), ["name", "phone"]);
  await until(rig, "DELIVERED");
  assert.deepEqual([await status("/courier-position"), await status("/courier-contact")], [404, 404]);
});

test("V6 cancelling is free until a courier has accepted, costs the base price until the goods are picked, then 409", async () => {
  const rig = await glovoRig();
  const charges: unknown[] = [];
  for (const state of ["CREATED", "WAITING_FOR_PICKUP"]) {
    const { trackingNumber } = (await rig.create()).body;
    await until(rig, state);
    assert.equal((await rig.cancel(trackingNumber)).body.status.state, "CANCELLED");
    charges.push(
      rig.simulator
        .truth()
        .at(-1)
        ?.charges.map(({ what, amount }) => [what, amount]),
    );
  }
  assert.deepEqual(charges, [[], [["cancellation", 520]]]);
  const { trackingNumber } = (await rig.create()).body;
  await until(rig, "PICKED");
  assert.equal((await rig.cancel(trackingNumber)).status, 409);
});

test("V7 an account that is not active is 403; a rate limit answers 429 where one is set", async () => {
  const rig = await glovoRig({ rateLimit: { requests: 1, per_s: 60 } });
  await rig.parcel(1);
  assert.equal((await rig.parcel(1)).status, 429);
  rig.simulator.setFaults({ account: "blocked" });
  assert.deepEqual([(await rig.parcel(1)).status, (await rig.token()).status], [403, 200]);
});
