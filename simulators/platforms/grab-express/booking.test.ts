import assert from "node:assert/strict";
import { test } from "node:test";
import { grabRig, parcel } from "../testing/grab-rig.ts";
import { call, type Loose } from "../testing/millbrook.ts";

/** "400 Invalid ServiceType", "200". */
const brief = ({ status, body }: { status: number; body: Loose }): string =>
  [status, body?.message?.split(":")[0]].filter(Boolean).join(" ");

const until = async (rig: Awaited<ReturnType<typeof grabRig>>, id: string, status: string): Promise<void> => {
  while ((await rig.get(id)).body.status !== status) await rig.world.pass(2);
};

test("G1 a token is asked for in JSON with its scope, lives a week, and stands in every call", async () => {
  const rig = await grabRig({ tokenLife_s: 60 });
  const { status, body } = await rig.token();
  assert.deepEqual([status, body.token_type, body.expires_in], [200, "Bearer", 60]);
  assert.equal((await rig.token({ scope: "other" })).body.error, "invalid_scope");
  assert.equal((await rig.token({ client_secret: "x" })).status, 401);
  assert.equal((await rig.token({ grant_type: "password" })).status, 400);
  const bare = await call(rig.simulator, "GET", "/grab-express/v1/deliveries/1", undefined, {});
  assert.equal(brief(bare), "401 Unauthorized");
  assert.equal(brief(await rig.get("1")), "404 Not found");
  await rig.world.pass(60);
  assert.equal(brief(await rig.get("1")), "401 Unauthorized");
});

test("G2 a quote has no id and no end; its amount is in major units, one for each service unless one is named", async () => {
  const rig = await grabRig();
  const { status, body } = await rig.quote();
  assert.deepEqual([status, body.quotes.map(({ service }: Loose) => service.type)], [200, ["INSTANT", "SAME_DAY"]]);
  const [instant, sameDay] = body.quotes;
  assert.ok(instant.amount > 4 && instant.amount < 20 && sameDay.amount < instant.amount);
  assert.deepEqual([instant.currency.code, instant.currency.exponent, body.packages.length], ["USD", 2, 1]);
  assert.equal((await rig.quote({ serviceType: "SAME_DAY" })).body.quotes.length, 1);
});

test("G3 what cannot be quoted has its message, and wrong fields stand together in one", async () => {
  const rig = await grabRig();
  const quote = async (body: object) => brief(await rig.quote(body));
  const size = (dimensions: object) => ({
    packages: [{ ...parcel, dimensions: { ...parcel.dimensions, ...dimensions } }],
  });
  assert.equal(await quote({ serviceType: "LATER" }), "400 Invalid ServiceType");
  assert.equal(await quote({ vehicleType: "ROCKET" }), "400 Invalid vehicleType");
  assert.equal(await quote(size({ weight: 20_001 })), "400 Package over weight limit");
  assert.equal(await quote(size({ depth: 51 })), "400 Package over size limit");
  const far = { address: "Far", coordinates: { latitude: 43, longitude: -30 } };
  assert.equal(await quote({ destination: far }), "400 City not supported");
  assert.equal(await quote({ destination: { address: "Nowhere" } }), "400 Invalid parameters");
  const { message } = (await rig.quote({ origin: undefined, packages: [{ name: "Bread" }] })).body;
  for (const field of ["origin", "packages[0].description", "packages[0].dimensions"])
    assert.ok(message.includes(field), message);
  const short = await grabRig({ market: { coverage: { centre: [-30, 42], radius_m: 9000 }, longest_m: 500 } });
  assert.equal(brief(await short.quote()), "400 Distance SLA Exceeded");
});

test("G4 a delivery is 200, ALLOCATING, with a PIN and without a courier; numbers have no plus", async () => {
  const rig = await grabRig();
  const { status, body } = await rig.create();
  assert.deepEqual([status, body.status, body.courier, body.trackingURL], [200, "ALLOCATING", null, ""]);
  assert.match(body.deliveryID, /^IN-2-[0-9A-Z]{20}$/);
  assert.match(body.pickupPin, /^\d{4}$/);
  const plus = { firstName: "Ada", phone: "+12025550102", smsEnabled: false };
  assert.equal(brief(await rig.create({ recipient: plus })), "400 Invalid parameters");
  assert.equal(brief(await rig.create({ serviceType: undefined })), "400 Invalid parameters");
  assert.equal(brief(await rig.create({ payer: "RECIPIENT" })), "400 Invalid parameters");
  assert.equal(brief(await rig.create({ payer: "RECIPIENT", paymentMethod: "CASH" })), "200");
});

test("G5 there is no idempotency: a repeated order is a second delivery", async () => {
  const rig = await grabRig();
  await rig.create();
  await rig.create();
  assert.equal(rig.simulator.truth().length, 2);
});

test("G6 a scheduled delivery waits in QUEUEING; its window is one to three hours, within two days", async () => {
  const rig = await grabRig();
  const at = (from: string, to: string) => ({ schedule: { pickupTimeFrom: from, pickupTimeTo: to } });
  const { deliveryID, status } = (await rig.create(at("2026-11-21T11:00:00Z", "2026-11-21T13:00:00Z"))).body;
  assert.equal(status, "QUEUEING");
  await rig.world.pass(6299);
  assert.equal((await rig.get(deliveryID)).body.status, "QUEUEING");
  await rig.world.pass(2);
  assert.notEqual((await rig.get(deliveryID)).body.status, "QUEUEING");
  for (const [from, to] of [
    ["2026-11-21T16:00:00Z", "2026-11-21T16:30:00Z"],
    ["2026-11-21T16:00:00Z", "2026-11-21T20:00:00Z"],
    ["2026-11-21T08:00:00Z", "2026-11-21T10:00:00Z"],
    ["2026-11-23T14:00:00Z", "2026-11-23T16:00:00Z"],
  ] as const)
    assert.equal(brief(await rig.create(at(from, to))), "400 Invalid parameters");
});

test("G7 cancelling is 204 and free until the goods are collected, then 409; by order it is all or nothing", async () => {
  const rig = await grabRig();
  const { deliveryID } = (await rig.create()).body;
  assert.equal(brief(await rig.cancel(deliveryID)), "204");
  assert.equal((await rig.get(deliveryID)).body.status, "CANCELED");
  assert.deepEqual([rig.simulator.truth()[0]?.ended, rig.simulator.truth()[0]?.charges], ["cancelled", []]);
  const second = (await rig.create({ merchantOrderID: "B" })).body.deliveryID;
  await until(rig, second, "PICKING_UP");
  assert.equal(brief(await rig.ask("DELETE", "/merchant/deliveries/B")), "204");
  const third = (await rig.create({ merchantOrderID: "C" })).body.deliveryID;
  await until(rig, third, "PENDING_DROP_OFF");
  await rig.create({ merchantOrderID: "C" });
  assert.equal(brief(await rig.cancel(third)), "409 Delivery cannot be cancelled");
  assert.equal(brief(await rig.ask("DELETE", "/merchant/deliveries/C")), "409 Delivery cannot be cancelled");
  assert.equal(rig.simulator.truth().at(-1)?.state, "ALLOCATING");
  assert.equal(brief(await rig.ask("DELETE", "/merchant/deliveries/D")), "404 Not found");
});

test("G8 the sandbox takes five requests a second, and has paths of its own", async () => {
  const rig = await grabRig({ environment: "sandbox" });
  const statuses = [];
  for (let i = 0; i < 6; i++) statuses.push((await rig.quote()).status);
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
  await rig.world.pass(1);
  assert.equal((await rig.quote()).status, 200);
  assert.equal((await call(rig.simulator, "GET", "/grab-express/v1/deliveries/1", undefined, {})).status, 404);
  rig.simulator.setFaults({ account: "blocked" });
  assert.equal(brief(await rig.quote()), "403 Forbidden");
});
