import assert from "node:assert/strict";
import { test } from "node:test";
import { call, type Loose } from "../testing/millbrook.ts";
import { roadieRig } from "../testing/roadie-rig.ts";

/** "400 pickup_location", "200". */
const brief = ({ status, body }: { status: number; body: Loose }): string =>
  [status, (body?.errors ?? []).map(({ parameter }: Loose) => parameter).join()].filter(Boolean).join(" ");

const until = async (rig: Awaited<ReturnType<typeof roadieRig>>, event: string): Promise<void> => {
  while (rig.simulator.truth().at(-1)?.state !== event) await rig.world.pass(2);
};

test("R1 a static token stands in every call; errors are a list with codes", async () => {
  const rig = await roadieRig();
  const bare = await call(rig.simulator, "GET", "/v1/shipments/1", undefined, {});
  assert.deepEqual([bare.status, typeof bare.body.errors[0].code], [401, "number"]);
  assert.equal(brief(await rig.get(1)), "404");
  rig.simulator.setFaults({ account: "suspended" });
  assert.equal(brief(await rig.get(1)), "403");
});

test("R2 an estimate is a price in dollars, without an id and without an end", async () => {
  const { status, body } = await (await roadieRig()).quote();
  assert.deepEqual([status, Object.keys(body)], [200, ["price", "size", "estimated_distance"]]);
  assert.ok(body.price > 7 && body.price < 20 && body.estimated_distance > 1 && body.estimated_distance < 2);
});

test("R3 every wrong field has an error of its own; a shipment needs contacts and options", async () => {
  const rig = await roadieRig();
  const place = (address: object) => ({
    delivery_location: { address: { street1: "9 Elm", city: "X", state: "MB", zip: "1", ...address } },
  });
  assert.equal(brief(await rig.quote({ items: [], pickup_after: undefined })), "400 items,pickup_after");
  assert.equal(brief(await rig.quote(place({}))), "400 delivery_location");
  assert.equal(brief(await rig.quote(place({ latitude: 43, longitude: -30 }))), "400 delivery_location");
  assert.equal(brief(await rig.quote(place({ state: "Millbrook" }))), "400 delivery_location.address.state");
  assert.equal(
    brief(await rig.create({ ...place({ latitude: 42.02, longitude: -30 }), options: {}, reference_id: undefined })),
    "400 delivery_location.contact,reference_id,options.signature_required",
  );
  const past = { start: "2026-11-21T07:00:00Z", end: "2026-11-21T08:00:00Z" };
  assert.equal(brief(await rig.quote({ deliver_between: past })), "400 deliver_between.end");
});

test("R4 a repeated `idempotency_key` is 409; without one a repeat is a second shipment, found by its reference", async () => {
  const rig = await roadieRig();
  const both = await Promise.all([rig.create({ idempotency_key: "k" }), rig.create({ idempotency_key: "k" })]);
  assert.deepEqual(both.map(brief).toSorted(), ["200", "409 idempotency_key"]);
  await rig.create();
  const found = (await rig.ask("GET", "/shipments?reference_ids=A-1,B-1")).body;
  assert.deepEqual(
    found.map(({ state, reference_id }: Loose) => [state, reference_id]),
    [
      ["scheduled", "A-1"],
      ["scheduled", "A-1"],
    ],
  );
  assert.equal((await rig.ask("GET", `/shipments?ids=${found[0].id}`)).body.length, 1);
  assert.equal(brief(await rig.ask("GET", "/shipments")), "400 ids");
});

test("R5 an update is taken until a driver is assigned, or until the pickup, as is set", async () => {
  for (const [updatesUntil, answer] of [
    ["assignment", "409"],
    ["pickup", "200"],
  ] as const) {
    const rig = await roadieRig({ updatesUntil });
    const { id, price } = (await rig.create()).body;
    const update = (body: object) => rig.ask("PATCH", `/shipments/${id}`, body);
    const changed = await update({
      description: "Cake",
      options: { signature_required: true, extra_compensation: 2.5 },
    });
    assert.deepEqual([changed.body.description, Math.round((changed.body.price - price) * 100)], ["Cake", 250]);
    assert.equal(brief(await update({ items: [] })), "400 items");
    await until(rig, "en_route_to_pickup");
    assert.equal(brief(await update({ description: "Bread" })), answer);
  }
});

test("R6 cancelling needs a code and is taken until the pickup; what it costs late can be set", async () => {
  const rig = await roadieRig({ lateCancelShare: 0.5 });
  const first = (await rig.create()).body.id;
  assert.equal(brief(await rig.cancel(first, {})), "400 cancellation_code");
  assert.equal((await rig.cancel(first)).body.state, "canceled");
  const second = (await rig.create()).body;
  await until(rig, "at_pickup");
  assert.equal(brief(await rig.cancel(second.id)), "200");
  assert.deepEqual(
    rig.simulator.truth().map(({ charges }) => charges.map(({ amount }) => amount)),
    [[], [Math.round(second.price * 50)]],
  );
  const third = (await rig.create()).body.id;
  await until(rig, "pickup_confirmed");
  assert.equal(brief(await rig.cancel(third)), "409");
});

test("R7 a driver is tipped once and rated after the delivery", async () => {
  const rig = await roadieRig();
  const { id } = (await rig.create()).body;
  const post = async (path: string, body: object) => brief(await rig.ask("POST", `/shipments/${id}/${path}`, body));
  assert.equal(await post("ratings", { value: 5 }), "409");
  await until(rig, "delivery_confirmed");
  assert.equal(await post("tips", { amount: -1 }), "400 amount");
  assert.equal(await post("tips", { amount: 3 }), "200");
  assert.equal(await post("tips", { amount: 3 }), "409");
  assert.equal(await post("ratings", { value: 6 }), "400 value");
  assert.equal(await post("ratings", { value: 5 }), "200");
  assert.deepEqual(
    rig.simulator.truth()[0]?.charges.map(({ what }) => what),
    ["fee", "tip"],
  );
});

test("R8 ten requests a second are taken; then 429 with `Retry-After`", async () => {
  const rig = await roadieRig({ rateLimit: { requests: 10, per_s: 1 } });
  for (let i = 0; i < 10; i++) assert.equal((await rig.get(1)).status, 404);
  const { status, headers } = await rig.get(1);
  assert.deepEqual([status, headers["retry-after"]], [429, "1"]);
});
