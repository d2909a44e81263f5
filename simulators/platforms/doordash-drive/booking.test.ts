import assert from "node:assert/strict";
import { test } from "node:test";
import { calm, millbrook } from "../testing/millbrook.ts";
import { doordashRig } from "../testing/doordash-rig.ts";

type Rig = Awaited<ReturnType<typeof doordashRig>>;
type Reply = Awaited<ReturnType<Rig["ask"]>>;

/** "409 cancel_not_allowed delivery_completed", "400 validation_error tip", "200". */
const brief = ({ status, body }: Reply): string => {
  const fields = body.field_errors?.map(({ field }: { field: string }) => field).join();
  return [status, body.code, fields ?? body.reason].filter(Boolean).join(" ");
};

const until = async (rig: Rig, status: string): Promise<void> => {
  while ((await rig.get()).body.delivery_status !== status) await rig.world.pass(2);
};

test("D2 a quote is 200 under the caller's own id, without an expiry, with a fee that its components add up to", async () => {
  const { status, body } = await (await doordashRig()).quote();
  assert.equal(status, 200);
  assert.deepEqual([body.external_delivery_id, body.delivery_status, body.currency], ["D-1", "quote", "USD"]);
  const components: { amount: number }[] = body.fee_components;
  assert.equal(
    components.reduce((sum, { amount }) => sum + amount, 0),
    body.fee,
  );
  assert.deepEqual([body.order_value, body.dropoff_address], [1999, millbrook.dropoff.address]);
  assert.deepEqual([body.pickup_time_actual, "dasher_id" in body, "expires" in body], [null, false, false]);
});

test("D3 the fields are held to their rules, and each wrong one is named", async () => {
  const rig = await doordashRig();
  const quote = async (body: object) => brief(await rig.quote(body));
  const bad = (field: string) => `400 validation_error ${field}`;
  assert.equal(await quote({ external_delivery_id: "a b" }), bad("external_delivery_id"));
  assert.equal(await quote({ external_delivery_id: undefined }), bad("external_delivery_id"));
  assert.equal(await quote({ dropoff_address: undefined }), bad("dropoff_address"));
  assert.equal(await quote({ pickup_address: undefined }), bad("pickup_address"));
  assert.equal(await quote({ dropoff_phone_number: "555-0101" }), bad("dropoff_phone_number"));
  assert.equal(await quote({ dropoff_contact_given_name: "Ada @ home" }), bad("dropoff_contact_given_name"));
  assert.equal(await quote({ order_value: -1, tip: 1.5 }), bad("order_value,tip"));
  assert.equal(
    await quote({ items: [{ name: "x".repeat(101), quantity: 101 }] }),
    bad("items[0].name,items[0].quantity"),
  );
  assert.equal(await quote({ items: [{ name: "Bread", quantity: 1, weight: 1000 }] }), bad("items[0].weight"));
  assert.equal(await quote({ dropoff_options: { signature: "maybe" } }), bad("dropoff_options.signature"));
  assert.equal(await quote({ order_contains: { alcohol: true } }), bad("dropoff_options"));
  assert.equal(await quote({ action_if_undeliverable: "burn" }), bad("action_if_undeliverable"));
  assert.equal(await quote({ dasher_allowed_vehicles: ["rocket"] }), bad("dasher_allowed_vehicles"));
  const pin = { pin_code_type: "merchant_provided_number", pin_code_value: "12" };
  assert.equal(
    await quote({ dropoff_pin_code_verification_metadata: pin }),
    bad("dropoff_pin_code_verification_metadata.pin_code_value"),
  );
  assert.equal(
    await quote({ pickup_time: "2026-11-21T10:00:00Z", dropoff_time: "2026-11-21T11:00:00Z" }),
    bad("pickup_time"),
  );
  assert.equal(await quote({ pickup_time: "2026-11-21T08:00:00Z" }), bad("pickup_time"));
  assert.equal(await quote({ pickup_time: "soon" }), bad("pickup_time"));
  assert.equal(brief(await rig.ask("POST", "/drive/v2/quotes", "[]")), bad("body"));
  assert.equal(brief(await rig.create({ dropoff_phone_number: undefined })), bad("dropoff_phone_number"));
  assert.equal(await quote({ unheard_of: 1, currency: "USD" }), "200");
});

test("D4 what cannot be served is 422 with its reason; an address nobody knows is 400", async () => {
  const rig = await doordashRig();
  rig.world.places.set("Far", [-30, 43]).set("Edge", [-30, 41.95]).set("Other edge", [-30, 42.07]);
  const refused = async (body: object) => brief(await rig.quote(body));
  assert.equal(
    await refused({ dropoff_address: "Far" }),
    "422 invalid_delivery_parameters delivery_address_not_in_coverage",
  );
  assert.equal(
    await refused({ pickup_address: "Far" }),
    "422 invalid_delivery_parameters pickup_address_not_in_coverage",
  );
  assert.equal(
    await refused({ pickup_address: "Edge", dropoff_address: "Other edge" }),
    "422 invalid_delivery_parameters distance_too_long",
  );
  assert.equal(await refused({ dropoff_address: "Nowhere" }), "400 validation_error dropoff_address");
  const early = await doordashRig({ openHours: { from: 10, to: 22 } });
  assert.equal(brief(await early.quote()), "422 invalid_delivery_parameters outside_of_delivery_time");
  assert.equal(brief(await early.quote({ pickup_time: "2026-11-21T10:00:00Z" })), "200");
});

test("D4 serviceability says the same as a value", async () => {
  const rig = await doordashRig();
  rig.world.places.set("Far", [-30, 43]);
  const ask = async (dropoff_address: string) =>
    (await rig.ask("POST", "/drive/v2/serviceability", { pickup_address: millbrook.pickup.address, dropoff_address }))
      .body;
  assert.deepEqual(await ask(millbrook.dropoff.address), { is_serviceable: true, reasons_not_serviceable: [] });
  assert.deepEqual(await ask("Far"), {
    is_serviceable: false,
    reasons_not_serviceable: ["delivery_address_not_in_coverage"],
  });
});

test("D5 a quote is accepted within five minutes, with or without a body, and once", async () => {
  const rig = await doordashRig();
  await rig.quote();
  await rig.world.pass(300);
  const accepted = await rig.accept("D-1", { tip: 250, dropoff_instructions: "ring twice" });
  assert.deepEqual([accepted.status, accepted.body.delivery_status, accepted.body.tip], [200, "created", 250]);
  assert.equal(brief(await rig.accept()), "409 duplicate_delivery_id");
  await rig.quote({ external_delivery_id: "D-2" });
  await rig.world.pass(301);
  assert.equal(brief(await rig.accept("D-2")), "400 validation_error external_delivery_id");
  assert.equal(brief(await rig.accept("D-3")), "404 unknown_delivery_id");
  await rig.quote({ external_delivery_id: "D-4", dropoff_phone_number: undefined });
  assert.equal(brief(await rig.accept("D-4")), "400 validation_error dropoff_phone_number");
  assert.equal(brief(await rig.accept("D-4", { dropoff_phone_number: "+12025550102" })), "200");
});

test("D6 an id is used once: quote, create, and both together; two at the same moment make one", async () => {
  const rig = await doordashRig();
  await rig.quote();
  const again = await rig.quote();
  assert.deepEqual([brief(again), again.body.external_delivery_id], ["409 duplicate_delivery_id", "D-1"]);
  assert.equal(brief(await rig.create()), "409 duplicate_delivery_id");
  const both = await Promise.all([
    rig.create({ external_delivery_id: "D-2" }),
    rig.create({ external_delivery_id: "D-2" }),
  ]);
  assert.deepEqual(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
});

test("D6 switched to `same-data`, a repeat answers what exists, and other data are still 409", async () => {
  const rig = await doordashRig({ replay: "same-data" });
  const first = await rig.create();
  const again = await rig.create();
  assert.deepEqual([again.status, again.body.support_reference], [200, first.body.support_reference]);
  assert.equal(brief(await rig.create({ tip: 1 })), "409 duplicate_delivery_id");
  assert.equal(brief(await rig.quote()), "409 duplicate_delivery_id");
  assert.equal(rig.doordash.truth().length, 1);
});

test("D7 a 404 names the id; a path that is not there is 404 as well", async () => {
  const rig = await doordashRig();
  for (const answer of [await rig.get("D-9"), await rig.update({}, "D-9"), await rig.cancel("D-9")])
    assert.deepEqual([brief(answer), answer.body.external_delivery_id], ["404 unknown_delivery_id", "D-9"]);
  assert.equal((await rig.ask("GET", "/drive/v2/deliveries")).status, 404);
});

test("D8 an update takes the known fields until the pickup, and a new address until somebody accepted", async () => {
  const rig = await doordashRig();
  await rig.quote();
  assert.equal(brief(await rig.update({ tip: 1 })), "409 update_not_allowed delivery_creation_in_progress");
  await rig.accept();
  rig.world.places.set("5 Elm Street", [-30, 42.04]);
  const before = (await rig.get()).body.fee;
  const moved = await rig.update({ dropoff_address: "5 Elm Street", dropoff_instructions: "ring twice" });
  assert.ok(moved.body.fee > before);
  assert.equal(moved.body.dropoff_instructions, "ring twice");
  assert.equal(
    brief(await rig.update({ dropoff_options: { signature: "required" } })),
    "400 validation_error dropoff_options",
  );
  rig.world.places.set("Far", [-30, 43]);
  assert.equal(
    brief(await rig.update({ dropoff_address: "Far" })),
    "422 invalid_delivery_parameters delivery_address_not_in_coverage",
  );
  await until(rig, "enroute_to_pickup");
  assert.equal(
    brief(await rig.update({ dropoff_address: "5 Elm Street" })),
    "409 update_not_allowed update_window_closed",
  );
  assert.equal(brief(await rig.update({ tip: 500 })), "200");
  await until(rig, "enroute_to_dropoff");
  assert.equal(brief(await rig.update({ tip: 600 })), "409 update_not_allowed delivery_picked_up");
  await until(rig, "delivered");
  assert.equal(brief(await rig.update({ tip: 600 })), "409 update_not_allowed delivery_completed");
  const [truth] = rig.doordash.truth();
  assert.deepEqual(
    truth?.charges.map(({ what, amount }) => [what, amount]),
    [
      ["fee", moved.body.fee],
      ["tip", 500],
    ],
  );
  assert.ok((truth?.endedAt ?? 0) - (truth?.pickedUpAt ?? 0) > 4448 * 200, "it went to the new address");
});

test("D9 cancel takes an empty body, once, until the pickup; each refusal has its reason", async () => {
  const rig = await doordashRig();
  await rig.quote();
  assert.equal(brief(await rig.cancel()), "409 cancel_not_allowed delivery_creation_in_progress");
  await rig.accept();
  const cancelled = await rig.cancel();
  assert.deepEqual(
    [cancelled.status, cancelled.body.delivery_status, cancelled.body.cancellation_reason],
    [200, "cancelled", "cancelled_by_creator"],
  );
  assert.equal(brief(await rig.cancel()), "409 cancel_not_allowed delivery_cancelled");
  assert.equal(brief(await rig.update({ tip: 1 })), "409 update_not_allowed delivery_cancelled");
  await rig.world.pass(3600);
  assert.deepEqual(
    rig.doordash.truth().map(({ ended, charges }) => [ended, charges]),
    [["cancelled", []]],
  );
  const late = await doordashRig();
  await late.create();
  await until(late, "arrived_at_pickup");
  await until(late, "picked_up");
  assert.equal(brief(await late.cancel()), "409 cancel_not_allowed delivery_picked_up");
  await until(late, "delivered");
  assert.equal(brief(await late.cancel()), "409 cancel_not_allowed delivery_completed");
});

test("D9 the cut-off can be earlier: at the assignment, or at the arrival", async () => {
  for (const [cancelUntil, status] of [
    ["assignment", "enroute_to_pickup"],
    ["arrival", "arrived_at_pickup"],
  ] as const) {
    const rig = await doordashRig({ cancelUntil });
    await rig.create();
    await until(rig, status);
    assert.equal(brief(await rig.cancel()), "409 cancel_not_allowed cancellation_window_closed");
  }
});

test("D10 an account that is not active is 403; more than 300 requests in a minute are 429", async () => {
  const rig = await doordashRig();
  rig.doordash.setFaults({ account: "blocked" });
  assert.equal(brief(await rig.get()), "403 authorization_error");
  rig.doordash.setFaults({});
  for (let i = 0; i < 300; i++) assert.equal((await rig.get()).status, 404);
  assert.equal((await rig.get()).status, 429);
  await rig.world.pass(60);
  assert.equal((await rig.get()).status, 404);
});

test("D11 a pickup may be named by business and store, both or neither", async () => {
  const rig = await doordashRig();
  const business = "/developer/v1/businesses";
  assert.equal(
    brief(await rig.ask("POST", business, { external_business_id: "default", name: "Mill" })),
    "400 validation_error external_business_id",
  );
  const made = await rig.ask("POST", business, { external_business_id: "mill", name: "Mill" });
  assert.deepEqual([made.status, made.body.activation_status], [200, "active"]);
  assert.equal((await rig.ask("POST", business, { external_business_id: "mill", name: "Mill" })).status, 409);
  const store = {
    external_store_id: "one-1",
    name: "Bakery",
    address: millbrook.pickup.address,
    phone_number: "+12025550109",
  };
  assert.equal((await rig.ask("POST", `${business}/mill/stores`, store)).status, 200);
  assert.equal(brief(await rig.ask("POST", `${business}/none/stores`, store)), "404 unknown_business_id");
  assert.equal(
    (await rig.ask("PATCH", `${business}/mill/stores/one-1`, { status: "inactive" })).body.status,
    "inactive",
  );
  assert.equal((await rig.ask("GET", `${business}/mill/stores`)).body.result_count, 1);
  assert.equal((await rig.ask("GET", `${business}?activationStatus=active`)).body.result[0].name, "Mill");
  assert.equal((await rig.ask("PATCH", `${business}/mill`, { description: "x".repeat(101) })).status, 400);
  const named = { pickup_address: undefined, pickup_external_business_id: "mill" };
  assert.equal(brief(await rig.quote(named)), "400 validation_error pickup_external_store_id");
  assert.equal(
    brief(await rig.quote({ ...named, pickup_external_store_id: "two-2" })),
    "404 unknown_store_id_under_business_id",
  );
  assert.equal(
    brief(await rig.quote({ ...named, pickup_external_business_id: "none", pickup_external_store_id: "one-1" })),
    "404 unknown_business_id",
  );
  const { body } = await rig.quote({ ...named, pickup_external_store_id: "one-1" });
  assert.deepEqual(
    [body.pickup_address, body.pickup_business_name, body.pickup_phone_number],
    [millbrook.pickup.address, "Bakery", "+12025550109"],
  );
});

test("D12 when too few Dashers are about, the dropoff is out of reach", async () => {
  const rig = await doordashRig({ market: { ...calm, supply: { ...calm.supply, busyShare: 1 } } });
  assert.equal(brief(await rig.quote()), "422 invalid_delivery_parameters delivery_address_not_in_coverage");
  assert.equal(rig.doordash.truth().length, 0);
});
