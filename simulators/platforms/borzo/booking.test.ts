import assert from "node:assert/strict";
import { test } from "node:test";
import { borzoRig, point } from "../testing/borzo-rig.ts";
import { call, millbrook, type Loose } from "../testing/millbrook.ts";

const { pickup, dropoff } = millbrook;

/** "400 invalid_parameters", "200". */
const brief = ({ status, body }: { status: number; body: Loose }): string => [status, ...(body.errors ?? [])].join(" ");

const until = async (rig: Awaited<ReturnType<typeof borzoRig>>, id: number, status: string): Promise<void> => {
  while ((await rig.get(id)).points[1].delivery.status !== status) await rig.world.pass(2);
};

test("B1 a static token stands in every call, and the path names a version", async () => {
  const rig = await borzoRig();
  const bare = async (headers: Record<string, string>) =>
    brief(await call(rig.simulator, "GET", "/api/business/1.6", undefined, headers));
  assert.equal(await bare({}), "401 required_auth_token");
  assert.equal(await bare({ "x-dv-auth-token": "x" }), "401 invalid_auth_token");
  assert.deepEqual((await rig.ask("GET", "")).body, { is_successful: true });
  assert.equal(brief(await rig.ask("GET", "/orders", undefined, "1.0")), "404 invalid_api_version");
  assert.equal(brief(await rig.ask("GET", "/nothing")), "404 unknown_method");
});

test("B2 a calculated order is a price without an id; amounts are text that adds up", async () => {
  const rig = await borzoRig();
  const { status, body } = await rig.quote();
  assert.deepEqual([status, body.is_successful, body.order.order_id, body.order.status], [200, true, null, null]);
  const { payment_amount, delivery_fee_amount, weight_fee_amount } = body.order;
  assert.match(payment_amount, /^\d+[.]\d\d$/);
  assert.equal(
    Math.round((Number(delivery_fee_amount) + Number(weight_fee_amount)) * 100),
    Math.round(Number(payment_amount) * 100),
  );
  assert.deepEqual(rig.simulator.truth(), []);
});

test("B3 wrong fields are told in the shape of what was sent, with null for what is right", async () => {
  const rig = await borzoRig();
  const wrong = async (body: object) => (await rig.quote(body)).body.parameter_errors;
  assert.deepEqual(
    await wrong({ matter: undefined, points: [point(pickup), { ...point(dropoff), address: undefined }] }),
    {
      points: [null, { address: ["required"] }],
      matter: ["required"],
    },
  );
  assert.deepEqual(await wrong({ points: [point(pickup)] }), { points: ["min_length"] });
  const badPhone = { ...point(dropoff), contact_person: { phone: "12" }, client_order_id: "x".repeat(33) };
  assert.deepEqual(await wrong({ points: [point(pickup), badPhone] }), {
    points: [null, { contact_person: { phone: ["invalid_phone"] }, client_order_id: ["max_length"] }],
  });
  const nowhere = { ...point(dropoff), latitude: undefined };
  assert.deepEqual(await wrong({ points: [point(pickup), nowhere] }), {
    points: [null, { address: ["address_not_found"] }],
  });
  const far = { ...point(dropoff), latitude: "43" };
  assert.deepEqual(await wrong({ points: [point(pickup), far] }), {
    points: [null, { address: ["address_out_of_range"] }],
  });
  const late = { ...point(pickup), required_start_datetime: "2026-11-21T08:00:00Z" };
  assert.deepEqual(await wrong({ points: [late, point(dropoff)] }), {
    points: [{ required_start_datetime: ["earlier_than_now"] }],
  });
  assert.equal(brief(await rig.quote({ points: [] })), "400 invalid_parameters");
  const lenient = await borzoRig({ refusalStatus: 200 });
  assert.deepEqual(brief(await lenient.quote({ points: [] })), "200 invalid_parameters");
});

test("B4 an order is `new`, then `available`; there is no idempotency, and orders are found again", async () => {
  const rig = await borzoRig({ moderation_s: 60 });
  const { order } = (await rig.create()).body;
  assert.deepEqual([order.status, order.points[1].delivery.status, order.courier], ["new", "planned", null]);
  await rig.world.pass(60);
  assert.equal((await rig.get(order.order_id)).status, "available");
  await rig.create({ points: [point(pickup), point(dropoff, "A-2")] });
  await rig.create();
  assert.equal(rig.simulator.truth().length, 3);
  const list = async (query: string): Promise<string> =>
    (await rig.ask("GET", `/orders?${query}`)).body.orders.map(({ points }: Loose) => points[1].client_order_id).join();
  assert.equal(await list(""), "A-1,A-2,A-1");
  assert.equal(await list("offset=1&count=1"), "A-2");
  assert.equal(await list("status=available"), "A-1");
  assert.equal(await list("client_order_id=A-2"), "A-2");
  const { deliveries } = (await rig.ask("GET", `/deliveries?order_id=${order.order_id}`)).body;
  assert.deepEqual([deliveries.length, deliveries[0].status], [1, "active"]);
});

test("B5 cancelling is free until a courier is committed; later it is refused or charged, as is set", async () => {
  const rig = await borzoRig();
  const first = (await rig.create()).body.order.order_id;
  assert.equal((await rig.cancel(first)).body.order.status, "canceled");
  const second = (await rig.create()).body.order.order_id;
  await until(rig, second, "courier_departed");
  assert.equal(brief(await rig.cancel(second)), "400 order_cannot_be_canceled");
  assert.equal(brief(await rig.cancel(1)), "400 invalid_parameters");
  const charged = await borzoRig({ lateCancel: "charged" });
  const { order_id } = (await charged.create()).body.order;
  await until(charged, order_id, "courier_departed");
  assert.equal(brief(await charged.cancel(order_id)), "200");
  assert.deepEqual(
    charged.simulator.truth()[0]?.charges.map(({ what }) => what),
    ["cancellation"],
  );
  const late = (await charged.create()).body.order.order_id;
  await until(charged, late, "parcel_picked_up");
  assert.equal(brief(await charged.cancel(late)), "400 order_cannot_be_canceled");
});

test("B6 the courier is asked for, and is null until there is one", async () => {
  for (const [coordinates, type] of [
    ["text", "string"],
    ["numbers", "number"],
  ] as const) {
    const rig = await borzoRig({ coordinates });
    const { order_id } = (await rig.create()).body.order;
    const courier = async () => (await rig.ask("GET", `/courier?order_id=${order_id}`)).body.courier;
    assert.equal(await courier(), null);
    await until(rig, order_id, "parcel_picked_up");
    await rig.world.pass(60);
    assert.equal(typeof (await courier()).latitude, type);
    await until(rig, order_id, "finished");
    assert.equal(await courier(), null);
  }
});

test("B7 an account that is not active is 403; a rate limit answers 429 where one is set", async () => {
  const rig = await borzoRig({ rateLimit: { requests: 1, per_s: 60 } });
  await rig.quote();
  assert.equal(brief(await rig.quote()), "429 requests_limit_exceeded");
  rig.simulator.setFaults({ account: "suspended" });
  assert.equal(brief(await rig.quote()), "403 unapproved_contract");
});
