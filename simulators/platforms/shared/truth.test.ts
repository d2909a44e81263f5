import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { calm } from "../testing/millbrook.ts";
import type { Scene } from "../testing/scene.ts";
import { scenes } from "../testing/scenes.ts";
import type { CourierFault, DeliveryTruth, FaultPlan, RequestFault, WebhookFault } from "../wire.ts";

const strikes = fc.oneof(
  fc.record({ share: fc.double({ min: 0, max: 0.6, noNaN: true }) }),
  fc.record({ next: fc.integer({ min: 1, max: 3 }), skip: fc.nat(3) }),
);

const requestFault: fc.Arbitrary<RequestFault> = fc.oneof(
  fc.constant({ kind: "slow", wait_ms: 20_000 } as const),
  fc.constant({ kind: "limited", retryAfter_s: 5 } as const),
  fc.record({
    kind: fc.constant("broken" as const),
    status: fc.constantFrom(500 as const, 503 as const),
    done: fc.boolean(),
  }),
  fc.record({ kind: fc.constantFrom("dropped" as const, "hang" as const, "garbage" as const), done: fc.boolean() }),
);

const webhookFault: fc.Arbitrary<WebhookFault> = fc.oneof(
  fc.constantFrom(...(["duplicate", "swapped", "lost", "forged", "unsigned"] as const)).map((kind) => ({ kind })),
  fc.constant({ kind: "late", wait_ms: 300_000 } as const),
);

const courierFault: fc.Arbitrary<CourierFault> = fc.constantFrom(
  "drops-out",
  "cancels-before-pickup",
  "cancels-after-pickup",
  "undeliverable",
  "silent",
);

const plans: fc.Arbitrary<FaultPlan> = fc.record({
  requests: fc.array(
    fc
      .tuple(strikes, fc.constantFrom("*", "create", "cancel", "get"), requestFault)
      .map(([when, operation, fault]) => ({ ...when, operation, fault })),
    { maxLength: 2 },
  ),
  webhooks: fc.array(
    fc.tuple(strikes, webhookFault).map(([when, fault]) => ({ ...when, fault })),
    { maxLength: 2 },
  ),
  couriers: fc.array(
    fc.tuple(strikes, courierFault).map(([when, fault]) => ({ ...when, fault })),
    { maxLength: 2 },
  ),
});

const share = fc.double({ min: 0, max: 0.3, noNaN: true });
const days = fc.record({
  seed: fc.nat(),
  plan: plans,
  busyShare: share,
  nobodyShare: share,
  dropOutShare: share,
  cancelShare: share,
  undeliverableShare: share,
  /** After how many seconds the caller tries to cancel each of the deliveries; negative: never. */
  cancels: fc.array(fc.integer({ min: -600, max: 900 }), { minLength: 1, maxLength: 5 }),
  backHome: fc.boolean(),
});
type Day = typeof days extends fc.Arbitrary<infer Value> ? Value : never;

const marketOf = ({ busyShare, nobodyShare, dropOutShare, cancelShare, undeliverableShare }: Day) => ({
  ...calm,
  supply: { ...calm.supply, busyShare, nobodyShare, dropOutShare, cancelShare, undeliverableShare },
});

/** Faults may lose the answer; what counts is what the platform believes in the end. */
const quietly = (act: Promise<unknown>): Promise<unknown> => act.catch(() => null);

async function live(scene: Scene, day: Day) {
  const { world, simulator, book, cancelLast } = await scene.open(marketOf(day), day.seed, day.plan);
  for (const [i, wait_s] of day.cancels.entries()) {
    await quietly(book(`D-${i}`, day.backHome));
    if (scene.refusesRepeats) await quietly(book(`D-${i}`, day.backHome));
    await world.pass(Math.max(60, wait_s));
    if (wait_s >= 0) await quietly(cancelLast());
  }
  await world.pass(4 * 3600);
  return {
    truth: simulator.truth(),
    bytes: world.posted.map(({ at, request }) => `${at} ${Buffer.from(request.body).toString()}`),
  };
}

function isConsistent({ history, ended, state, charges, fee, pickedUpAt, endedAt, createdAt }: DeliveryTruth): void {
  const states = history.map((entry) => entry.state);
  assert.notEqual(ended, null);
  assert.equal(states.at(-1), state);
  assert.equal(states.filter((one) => one === state).length, 1, `ends once: ${states.join()}`);
  assert.ok(endedAt !== null && endedAt >= createdAt);
  for (const [i, entry] of history.entries()) assert.ok(i === 0 || entry.at >= history[i - 1]!.at);
  const whats = charges.map(({ what }) => what);
  assert.equal(new Set(whats).size, whats.length, "nothing is charged twice");
  for (const { what, amount, at } of charges) {
    assert.ok(amount > 0 && at <= endedAt);
    if (what === "fee") assert.ok(amount === fee && pickedUpAt !== null);
    if (what === "cancellation") assert.equal(ended, "cancelled");
  }
  if (ended === "delivered") assert.ok(whats.includes("fee"));
  if (ended === "returned") assert.ok(whats.includes("fee") || whats.includes("return"));
  if (ended === "delivered") assert.ok(pickedUpAt !== null && pickedUpAt < endedAt && createdAt <= pickedUpAt);
  if (ended === "cancelled") assert.ok(pickedUpAt === null && !whats.includes("fee"));
}

for (const scene of scenes) {
  test(`F5 whatever goes wrong, ${scene.name} ends each delivery once and charges it once`, async () => {
    await fc.assert(
      fc.asyncProperty(days, async (day) => {
        const { truth } = await live(scene, day);
        for (const delivery of truth) isConsistent(delivery);
        const forward = truth.filter(({ id, externalId }) => !scene.isReturn(id, externalId));
        assert.ok(forward.length <= day.cancels.length, "a repeated create makes no second delivery");
      }),
      { numRuns: 20 },
    );
  });

  test(`F6 the same seed gives the same day at ${scene.name}, byte by byte`, async () => {
    await fc.assert(
      fc.asyncProperty(days, async (day) => {
        assert.deepEqual(await live(scene, day), await live(scene, day));
      }),
      { numRuns: 4 },
    );
  });
}
