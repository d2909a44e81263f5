import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, calm } from "../testing/millbrook.ts";
import { scenes } from "../testing/scenes.ts";
import { sign } from "../uber-direct/events.ts";
import { hook, uberRig } from "../testing/uber-rig.ts";
import { doordashRig, hook as doordashHook } from "../testing/doordash-rig.ts";
import { ConnectionDropped, type RequestFault, type WebhookFault } from "../wire.ts";

const striking = (fault: RequestFault) => ({ requests: [{ next: 1, operation: "create", fault }] });

test("F1 a fault strikes the next calls of its operation, and no other", async () => {
  const rig = await uberRig({}, 1, {
    requests: [{ next: 2, skip: 1, operation: "get", fault: { kind: "broken", status: 500 } }],
  });
  const { id } = (await rig.create()).body;
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await rig.ask("GET", `/deliveries/${id}`)).status);
  assert.deepEqual(statuses, [200, 500, 500, 200]);
});

test("F1 a share of 1 strikes always, of 0 never, and `*` means any operation", async () => {
  const rig = await uberRig({}, 1, {
    requests: [
      { share: 0, operation: "*", fault: { kind: "garbage" } },
      { share: 1, operation: "*", fault: { kind: "limited", retryAfter_s: 7 } },
    ],
  });
  const { status, headers, body } = await rig.quote();
  assert.deepEqual([status, headers["retry-after"], body.code], [429, "7", "customer_limited"]);
});

test("F2 a slow answer comes late, and is the true one", async () => {
  const rig = await uberRig({}, 1, striking({ kind: "slow", wait_ms: 8000 }));
  const start = rig.world.clock.now();
  assert.equal((await rig.create()).status, 200);
  assert.equal(rig.world.clock.now() - start, 8000);
});

test("F2 a lost answer leaves the delivery behind when the platform was done, and none when not", async () => {
  for (const done of [true, false]) {
    for (const kind of ["dropped", "hang"] as const) {
      const rig = await uberRig({}, 1, striking({ kind, done }));
      await assert.rejects(rig.create({ idempotency_key: "k" }), ConnectionDropped);
      assert.equal(rig.uber.truth().length, done ? 1 : 0);
      assert.equal((await rig.create({ idempotency_key: "k" })).status, done ? 409 : 200);
    }
  }
});

test("F2 garbage is no JSON, although it says so", async () => {
  const rig = await uberRig({}, 1, striking({ kind: "garbage" }));
  await assert.rejects(rig.create(), SyntaxError);
});

test("F2 a broken DoorDash answers service_fault, and a limited one says when to come back", async () => {
  const rig = await doordashRig({}, 1, striking({ kind: "broken", status: 500, done: true }));
  const broken = await rig.create();
  assert.deepEqual([broken.status, broken.body.code], [500, "service_fault"]);
  assert.equal((await rig.create()).status, 409);
  rig.doordash.setFaults(striking({ kind: "limited", retryAfter_s: 3 }));
  const limited = await rig.create({ external_delivery_id: "D-2" });
  assert.deepEqual([limited.status, limited.headers["retry-after"]], [429, "3"]);
});

const oneEvent = async (fault: WebhookFault) => {
  const rig = await uberRig({ environment: "sandbox" }, 1, { webhooks: [{ next: 1, fault }] });
  const start = rig.world.clock.now();
  const { id } = (await rig.create()).body;
  await rig.ask("POST", `/deliveries/${id}/cancel`);
  await rig.world.pass(600);
  return rig.world.posted.map(({ at, request }) => {
    const good = request.headers["x-uber-signature"] === sign(hook.signingKey, request.body);
    const mark = good ? "" : request.headers["x-uber-signature"] ? " forged" : " unsigned";
    return `${(at - start) / 1000} ${bodyOf(request).status}${mark}`;
  });
};

test("F3 webhooks come twice, late, in the wrong order, or never", async () => {
  assert.deepEqual(await oneEvent({ kind: "duplicate" }), ["0 pending", "0 pending", "0 canceled"]);
  assert.deepEqual(await oneEvent({ kind: "late", wait_ms: 90_000 }), ["0 canceled", "90 pending"]);
  assert.deepEqual(await oneEvent({ kind: "swapped" }), ["0 canceled", "0 pending"]);
  assert.deepEqual(await oneEvent({ kind: "lost" }), ["0 canceled"]);
});

test("F3 a forged and an unsigned webhook come beside the true one, and claim a delivery that is not", async () => {
  assert.deepEqual(await oneEvent({ kind: "forged" }), ["0 pending", "0 delivered forged", "0 canceled"]);
  assert.deepEqual(await oneEvent({ kind: "unsigned" }), ["0 pending", "0 delivered unsigned", "0 canceled"]);
  const rig = await doordashRig({}, 1, {
    webhooks: [
      { next: 1, fault: { kind: "forged" } },
      { next: 1, fault: { kind: "unsigned" } },
    ],
  });
  await rig.create();
  await rig.world.pass(30);
  const claims = rig.world.posted.map(({ request }) => [bodyOf(request).event_name, request.headers["authorization"]]);
  assert.deepEqual(claims.slice(0, 4), [
    ["DASHER_CONFIRMED", doordashHook.authorization],
    ["DASHER_DROPPED_OFF", `${doordashHook.authorization}x`],
    ["DASHER_ENROUTE_TO_PICKUP", doordashHook.authorization],
    ["DASHER_DROPPED_OFF", undefined],
  ]);
});

test("F4 a silent courier sends nothing and stands still, yet the delivery ends", async () => {
  const rig = await uberRig({}, 1, { couriers: [{ next: 1, fault: "silent" }] });
  const { id } = (await rig.create()).body;
  await rig.world.pass(3600);
  assert.deepEqual(
    rig.world.posted.map(({ request }) => bodyOf(request).status),
    ["pending"],
  );
  const { body } = await rig.ask("GET", `/deliveries/${id}`);
  assert.deepEqual([body.status, body.courier.location], ["delivered", undefined]);
});

for (const { name, open } of scenes) {
  test(`F2 ${name} limits, breaks, drops and garbles as it is told, and then answers as if nothing had been`, async () => {
    const first = (fault: RequestFault) => open(calm, 1, { requests: [{ next: 1, operation: "*", fault }] });
    const limited = await (await first({ kind: "limited", retryAfter_s: 7 })).book("A-1");
    assert.deepEqual([limited.status, limited.headers["retry-after"]], [429, "7"]);
    assert.equal((await (await first({ kind: "broken", status: 503 })).book("A-1")).status, 503);
    await assert.rejects((await first({ kind: "garbage" })).book("A-1"), SyntaxError);
    const stage = await first({ kind: "dropped" });
    await assert.rejects(stage.book("A-1"), ConnectionDropped);
    assert.ok([200, 201, 202].includes((await stage.book("A-1")).status));
  });

  test(`F3 ${name} posts a false message beside each true one when it is told to`, async () => {
    const posted = async (fault: WebhookFault | null) => {
      const { world, book } = await open(calm, 1, fault === null ? {} : { webhooks: [{ share: 1, fault }] });
      await book("A-1");
      await world.pass(3600);
      return world.posted.length;
    };
    const honest = await posted(null);
    assert.ok(honest > 2);
    assert.deepEqual([await posted({ kind: "forged" }), await posted({ kind: "lost" })], [2 * honest, 0]);
  });
}
