import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes } from "../shared/json.ts";
import { bodyOf, calm, type Loose } from "../testing/millbrook.ts";
import { hook, uberRig } from "../testing/uber-rig.ts";
import { retryWaits_ms, sign } from "./events.ts";

type Rig = Awaited<ReturnType<typeof uberRig>>;

const events = (rig: Rig): Loose[] => rig.world.posted.map(({ request }) => bodyOf(request));
/** The story that the status events tell: "pickup", "pickup*" when imminent; those of a return leg begin with "<". */
const story = (rig: Rig): string =>
  events(rig)
    .filter(({ kind }) => kind === "event.delivery_status")
    .map(
      ({ status, data, delivery_id }) =>
        `${delivery_id.startsWith("ret_") ? "<" : ""}${status}${data.courier_imminent ? "*" : ""}`,
    )
    .join(" ");
const last = (rig: Rig): Loose => events(rig).findLast(({ kind }) => kind === "event.delivery_status");

test("U14 the signature is the lower-case hex HMAC-SHA256 of the raw body under the hook's own key", () => {
  // RFC 4231, test case 2.
  const digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
  assert.equal(sign("Jefe", bytes("what do ya want for nothing?")), digest);
  const body = bytes('{"kind":"event.delivery_status","status":"delivered","note":"café"}');
  assert.equal(sign("whsec-of-the-test", body), "c4851b85a2863adaf0a649c5443cb74929b17c6b9dd8325442e987b5994c2789");
});

test("U14 every event carries a signature that fits the bytes sent, under either header name", async () => {
  for (const signatureHeader of ["x-uber-signature", "x-postmates-signature"] as const) {
    const rig = await uberRig({ signatureHeader });
    await rig.create();
    await rig.world.pass(3600);
    assert.ok(rig.world.posted.length > 10);
    for (const { request, url } of rig.world.posted) {
      assert.equal(url, hook.url);
      assert.equal(request.headers[signatureHeader], sign(hook.signingKey, request.body));
    }
  }
});

test("U15 a delivery runs from pending to delivered, the courier approaches twice, and the fee is charged once", async () => {
  const rig = await uberRig();
  const { id, fee } = (await rig.create({ tip: 100 })).body;
  await rig.world.pass(3600);
  assert.equal(story(rig), "pending pickup pickup* pickup_complete dropoff dropoff* delivered");
  const { body } = await rig.ask("GET", `/deliveries/${id}`);
  assert.deepEqual([body.status, body.complete, body.courier_imminent], ["delivered", true, false]);
  assert.deepEqual([body.pickup.status, body.dropoff.status], ["completed", "completed"]);
  assert.match(body.dropoff.verification.picture.image_url, /^https:.*[.]png$/);
  assert.match(body.courier.name, /^[A-Z]\w+ [A-Z][.]$/);
  const [truth] = rig.uber.truth();
  assert.equal(truth?.ended, "delivered");
  assert.deepEqual(
    truth?.charges.map(({ what, amount }) => [what, amount]),
    [
      ["fee", fee - 100],
      ["tip", 100],
    ],
  );
});

test("U16 while a courier is on it, a position comes every 20 seconds, at top level and in the courier", async () => {
  const rig = await uberRig();
  await rig.create();
  await rig.world.pass(3600);
  const updates = rig.world.posted.filter(({ request }) => bodyOf(request).kind === "event.courier_update");
  const gaps = updates.slice(1).map(({ at }, i) => (at - updates[i]!.at) / 1000);
  assert.ok(updates.length > 20 && Math.max(...gaps) <= 60, `${updates.length} updates, ${Math.max(...gaps)} s apart`);
  for (const { request } of updates) {
    const body = bodyOf(request);
    assert.deepEqual(body.location, body.data.courier.location);
    assert.deepEqual(Object.keys(body), ["kind", "location", "delivery_id", "job_id", "live_mode", "created", "data"]);
  }
});

test("U17 nobody at the door: `return` opens a delivery of its own, and the parcels are back when that is delivered", async () => {
  const rig = await uberRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
  const { id } = (await rig.create({ external_id: "O-1" })).body;
  while ((await rig.ask("GET", `/deliveries/${id}`)).body.status !== "returned") await rig.world.pass(10);
  const forward = (await rig.ask("GET", `/deliveries/${id}`)).body;
  assert.equal(rig.uber.truth()[0]?.ended, null);
  assert.deepEqual(
    [forward.complete, forward.dropoff.status, forward.undeliverable_action],
    [true, "failed", "returned"],
  );
  const [link] = forward.related_deliveries;
  assert.match(link.id, /^ret_/);
  assert.equal(link.relationship, "return");
  await rig.world.pass(3600);
  const back = (await rig.ask("GET", `/deliveries/${link.id}`)).body;
  assert.deepEqual([back.status, back.related_deliveries], ["delivered", [{ id, relationship: "original" }]]);
  assert.deepEqual(back.dropoff.location, forward.pickup.location);
  assert.match(story(rig), /returned <pickup_complete <dropoff <dropoff[*] <delivered$/);
  assert.deepEqual(
    rig.uber.truth().map(({ ended, charges }) => [ended, charges.map(({ what }) => what).join()]),
    [
      ["returned", "fee"],
      ["returned", "return"],
    ],
  );
});

test("U17 nobody at the door: `leave_at_door` delivers, `discard` cancels with the reason", async () => {
  for (const [undeliverable_action, status, ended] of [
    ["leave_at_door", "delivered", "delivered"],
    ["discard", "canceled", "failed"],
  ] as const) {
    const rig = await uberRig({}, 1, { couriers: [{ next: 1, fault: "undeliverable" }] });
    await rig.create({ undeliverable_action });
    await rig.world.pass(3600);
    assert.deepEqual(
      [last(rig).status, last(rig).data.undeliverable_reason, rig.uber.truth()[0]?.ended],
      [status, "customer_unavailable", ended],
    );
  }
});

test("U18 a courier who drops out puts the delivery back to pending, and another carries it", async () => {
  const rig = await uberRig({}, 1, { couriers: [{ next: 1, fault: "drops-out" }] });
  await rig.create();
  await rig.world.pass(3600);
  assert.match(
    story(rig),
    /^pending pickup( pickup[*])? pending pickup pickup[*] pickup_complete dropoff dropoff[*] delivered$/,
  );
});

test("U18 the platform's own cancellations name their reasons and cost nothing", async () => {
  const nobody = { ...calm, supply: { ...calm.supply, nobodyShare: 1 } };
  const cases = [
    [{ market: nobody }, {}, "UNFULFILLED", "cannot_dispatch_courier"],
    [{}, { couriers: [{ next: 1, fault: "cancels-before-pickup" }] }, "UBER_CANCEL", "unable_to_find_pickup"],
    [{}, { couriers: [{ next: 1, fault: "cancels-after-pickup" }] }, "UBER_CANCEL", "courier_report_crash"],
  ] as const;
  for (const [options, faults, primary_reason, secondary_reason] of cases) {
    const rig = await uberRig(options, 1, faults);
    await rig.create();
    await rig.world.pass(3600);
    assert.deepEqual(
      [last(rig).status, last(rig).data.cancelation_reason],
      ["canceled", { primary_reason, secondary_reason }],
    );
    assert.deepEqual([rig.uber.truth()[0]?.ended, rig.uber.truth()[0]?.charges], ["failed", []]);
  }
});

test("U19 proof of delivery answers a PNG for what was taken, and refuses the rest", async () => {
  const rig = await uberRig();
  const dropoff_verification = {
    signature_requirement: { enabled: true },
    pincode: { enabled: true },
    barcodes: [{ value: "42", type: "QR" }],
  };
  const created = (await rig.create({ dropoff_verification })).body;
  const proof = async (body: object) =>
    (await rig.ask("POST", `/deliveries/${created.id}/proof-of-delivery`, body)).body;
  assert.equal((await proof({ waypoint: "dropoff", type: "signature" })).code, "invalid_params");
  await rig.world.pass(3600);
  const { document } = await proof({ waypoint: "dropoff", type: "signature" });
  assert.deepEqual([...Buffer.from(document, "base64").subarray(1, 4)], [...Buffer.from("PNG")]);
  assert.ok((await proof({ waypoint: "dropoff", type: "pincode" })).document);
  assert.deepEqual(Object.keys((await proof({})).metadata), ["waypoint", "type"]);
  assert.equal((await proof({ waypoint: "return", type: "picture" })).code, "invalid_params");
  const { verification, verification_requirements } = (await rig.ask("GET", `/deliveries/${created.id}`)).body.dropoff;
  assert.match(verification_requirements.pincode.value, /^\d{4}$/);
  assert.equal(verification.pin_code.entered, verification_requirements.pincode.value);
  assert.equal(verification.barcodes[0].scan_result.outcome, "SUCCESS");
});

const robo = (specification: object) => ({ test_specifications: { robo_courier_specification: specification } });
const timeline = (rig: Rig): string =>
  rig.world.posted
    .filter(({ request }) => bodyOf(request).kind === "event.delivery_status")
    .map(
      ({ at, request }) =>
        `${(at - Date.parse("2026-11-21T09:00:00Z")) / 1000} ${bodyOf(request).status}${bodyOf(request).data.courier_imminent ? "*" : ""}`,
    )
    .join(", ");

test("U20 Robo Courier on auto takes a step every 30 seconds and is there after two and a half minutes", async () => {
  const rig = await uberRig({ environment: "sandbox" });
  const { body } = await rig.create(robo({ mode: "auto" }));
  assert.equal(body.live_mode, false);
  await rig.world.pass(600);
  assert.equal(
    timeline(rig),
    "0 pending, 30 pickup, 60 pickup*, 90 pickup_complete, 90 dropoff, 120 dropoff*, 150 delivered",
  );
  assert.equal((await rig.ask("GET", `/deliveries/${body.id}`)).body.courier.name, "Robo C.");
});

test("U20 Robo Courier waits for `pickup_ready_dt`, or until ten minutes before the dropoff window", async () => {
  const ready = await uberRig({ environment: "sandbox" });
  await ready.create({ ...robo({ mode: "auto" }), pickup_ready_dt: "2026-11-21T09:05:00Z" });
  await ready.world.pass(900);
  assert.match(timeline(ready), /^0 pending, 330 pickup,.*450 delivered$/);
  const window = await uberRig({ environment: "sandbox" });
  await window.create({ ...robo({ mode: "auto" }), dropoff_ready_dt: "2026-11-21T09:20:00Z" });
  await window.world.pass(1200);
  assert.match(timeline(window), /^0 pending, 630 pickup,.*750 delivered$/);
});

const at = (time: string): string => `2026-11-21T${time}Z`;
const plan = {
  mode: "custom",
  enroute_for_pickup_at: at("09:02:00"),
  pickup_imminent_at: at("09:03:00"),
  pickup_at: at("09:04:00"),
  dropoff_imminent_at: at("09:10:00"),
  dropoff_at: at("09:12:00"),
};

test("U20 Robo Courier on custom keeps its five times, and refuses those that make no sense", async () => {
  const rig = await uberRig({ environment: "sandbox" });
  await rig.create(robo(plan));
  await rig.world.pass(900);
  assert.equal(
    timeline(rig),
    "0 pending, 120 pickup, 180 pickup*, 240 pickup_complete, 240 dropoff, 600 dropoff*, 720 delivered",
  );
  const refused = async (change: object) => {
    const { metadata } = (await (await uberRig({ environment: "sandbox" })).create(robo({ ...plan, ...change }))).body;
    return Object.keys(metadata ?? {})
      .map((name) => name.split(".").at(-1))
      .join();
  };
  assert.equal(
    await refused({ enroute_for_pickup_at: at("09:31:00"), pickup_at: at("09:40:00"), dropoff_at: at("09:50:00") }),
    "enroute_for_pickup_at",
  );
  assert.equal(await refused({ pickup_imminent_at: at("09:05:00") }), "pickup_imminent_at");
  assert.equal(await refused({ dropoff_imminent_at: at("09:13:00") }), "dropoff_imminent_at");
  assert.equal(await refused({ dropoff_at: at("17:04:01") }), "dropoff_at");
  assert.equal(await refused({ mode: "sometimes" }), "mode");
  assert.equal(await refused({ pickup_at: undefined }), "pickup_at");
});

test("U20 Robo Courier fails for the reason it was given, and brings the parcels back", async () => {
  const rig = await uberRig({ environment: "sandbox" });
  await rig.create(robo({ mode: "auto", cancel_reason: "customer_rejected_order" }));
  await rig.world.pass(900);
  assert.match(story(rig), /dropoff[*] returned <pickup_complete <dropoff <delivered$/);
  assert.equal(rig.uber.truth()[0]?.ended, "returned");
});

test("U20 in the sandbox nothing moves without Robo Courier", async () => {
  const rig = await uberRig({ environment: "sandbox" });
  const { id } = (await rig.create()).body;
  await rig.world.pass(7200);
  assert.equal((await rig.ask("GET", `/deliveries/${id}`)).body.status, "pending");
});

test("U21 an event is tried seven times over half an hour, waiting twice as long each time, until a 2xx", async () => {
  const rig = await uberRig({ environment: "sandbox" });
  rig.world.answers = () => null;
  await rig.create();
  await rig.world.pass(7200);
  const waits = rig.world.posted.slice(1).map(({ at: when }, i) => when - rig.world.posted[i]!.at);
  assert.deepEqual(waits, retryWaits_ms);
  const flaky = await uberRig({ environment: "sandbox" });
  let answers = 0;
  flaky.world.answers = () => (++answers < 3 ? 500 : 204);
  await flaky.create();
  await flaky.world.pass(7200);
  assert.equal(flaky.world.posted.length, 3);
});
