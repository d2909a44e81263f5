import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, calm, type Loose } from "../testing/millbrook.ts";
import { hook, roadieRig } from "../testing/roadie-rig.ts";

type Rig = Awaited<ReturnType<typeof roadieRig>>;

const events = (rig: Rig): Loose[] => rig.world.posted.map(({ request }) => bodyOf(request));
const story = (rig: Rig): string =>
  events(rig)
    .map(({ event }) => event.replace("shipment.", ""))
    .filter((name) => name !== "driver_location")
    .join(" ");
const there =
  "driver_assigned en_route_to_pickup at_pickup pickup_confirmed en_route_to_delivery driver_approaching_delivery at_delivery";

test("R9 a shipment runs from scheduled to delivered, with its events, and is charged once", async () => {
  const rig = await roadieRig();
  const { id, price } = (await rig.create()).body;
  await rig.world.pass(3600);
  assert.equal(story(rig), `${there} delivery_confirmed`);
  const { body } = await rig.get(id);
  assert.deepEqual([body.state, body.signatory_name, body.driver.phone.length], ["delivered", "Ada Byron", 10]);
  assert.equal(body.events.map(({ name }: Loose) => name).join(" "), story(rig));
  assert.equal(typeof body.events.at(-1).location.latitude, "number");
  const [truth] = rig.simulator.truth();
  assert.deepEqual(
    [truth?.ended, truth?.externalId, truth?.charges.map(({ what, amount }) => [what, amount])],
    ["delivered", "A-1", [["fee", Math.round(price * 100)]]],
  );
});

test("R10 a webhook is `{event, data}` with the agreed key, tried until 200; pings can be left out", async () => {
  const rig = await roadieRig();
  await rig.create();
  await rig.world.pass(3600);
  for (const { url, request } of rig.world.posted) {
    assert.deepEqual(
      [url, request.headers["x-api-key"], bodyOf(request).data.reference_id],
      [hook.url, hook.apiKey, "A-1"],
    );
  }
  assert.ok(events(rig).filter(({ event }) => event === "shipment.driver_location").length > 10);
  const plain = await roadieRig({ pings: false, retryWaits_ms: [10_000] });
  plain.world.answers = () => 201;
  await plain.create();
  await plain.world.pass(3600);
  assert.equal(plain.world.posted.length, 2 * (there.split(" ").length + 1));
});

test("R11 nobody at the door: attempted, and then returned", async () => {
  const rig = await roadieRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  const { id } = (await rig.create()).body;
  await rig.world.pass(7200);
  assert.equal(story(rig), `${there} delivery_attempted returned`);
  assert.deepEqual([(await rig.get(id)).body.state, rig.simulator.truth()[0]?.ended], ["returned", "returned"]);
});

test("R12 a driver may drop out, without an event; giving up cancels and costs nothing", async () => {
  const rig = await roadieRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.create();
  await rig.world.pass(3600);
  assert.match(story(rig), /^driver_assigned en_route_to_pickup driver_assigned en_route_to_pickup at_pickup/);
  const nobody = { market: { ...calm, supply: { ...calm.supply, nobodyShare: 1 } } };
  for (const [options, fault] of [
    [nobody, null],
    [{}, "cancels-before-pickup"],
    [{}, "cancels-after-pickup"],
  ] as const) {
    const left = await roadieRig(options, 1, fault === null ? {} : { couriers: [{ next: 1, fault }] });
    await left.create();
    await left.world.pass(3600);
    const [truth] = left.simulator.truth();
    assert.deepEqual([truth?.state, truth?.ended, truth?.charges], ["canceled", "failed", []]);
  }
});

test("R13 in the sandbox nobody takes a shipment", async () => {
  const rig = await roadieRig({ environment: "sandbox" });
  await rig.create();
  await rig.world.pass(7200);
  assert.deepEqual([rig.world.posted, rig.simulator.truth()[0]?.state], [[], "scheduled"]);
});
