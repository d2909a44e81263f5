import assert from "node:assert/strict";
import { test } from "node:test";
import { journeyScope } from "../domain/index.ts";
import { seeded } from "../kernel/rng.ts";
import { outage } from "../kernel/result.ts";
import { Links } from "./platform-links.ts";
import { gig, LittleWorld, wild } from "./testing/little-world.ts";
import { underway } from "./underway.ts";

/** Both platforms linked, as `start` links them: what is under way is asked of the running network. */
async function linked(world: LittleWorld): Promise<Links> {
  for (const { id: participant } of [gig, wild])
    await world.store.registry.saveLink(journeyScope, {
      participant,
      platform: "gig",
      sealedCredentials: new Uint8Array(),
      baseUrl: null,
      fallbackPhone: "+12025550100",
      linkedAt: world.time.now(),
      changedAt: world.time.now(),
      changedBy: "test",
    });
  return Links.open({
    reads: world.store.reads,
    registry: world.store.registry,
    secrets: { seal: () => new Uint8Array(), open: () => "{}" },
    kinds: [],
    connector: { transport: { send: async () => outage("nobody", false) }, clock: world.time, rng: seeded("links") },
    connectors: new Map(),
    underway: (carrier) => underway(world.network, carrier),
  });
}

test("W12 a link is needed from the booking that nobody has answered to the delivery, and no longer", async () => {
  const world = await LittleWorld.open({ carriers: [gig, wild] });
  const links = await linked(world);
  const unlink = async (who: typeof gig) => {
    const answer = await links.unlink(journeyScope, who.id);
    return answer.ok ? "gone" : answer.refusal;
  };
  // The platform has booked, but its answer is lost: nobody knows, and it is looked up.
  world.gig.next.book.push("lost");
  world.gig.next.find.push("outage");
  await world.order();
  await world.until(0.05);
  assert.deepEqual(await unlink(gig), { code: "LINK_IN_USE", deliveries: 1 });
  await world.until(5);
  assert.deepEqual(await unlink(gig), { code: "LINK_IN_USE", deliveries: 1 }, "it carries");
  assert.equal(await unlink(wild), "gone", "who carries nothing may go");

  world.wild.otherwise.quote = "refuse";
  const second = await world.order();
  await world.until(6);
  assert.deepEqual(await unlink(gig), { code: "LINK_IN_USE", deliveries: 2 });
  world.gig.next.cancel.push("outage");
  await world.network.orders.cancel(journeyScope, second, "not wanted");
  await world.until(6.1);
  assert.deepEqual(await unlink(gig), { code: "LINK_IN_USE", deliveries: 2 }, "the cancellation has no answer yet");
  await world.until(10);
  assert.deepEqual(await unlink(gig), { code: "LINK_IN_USE", deliveries: 1 });

  for (const { reference, state } of [...world.gig.standing.values()])
    if (state === "assigned") await world.hear(world.gig, world.gig.say(reference, { state: "handed_over" }));
  assert.equal(await unlink(gig), "gone");
  assert.deepEqual(world.faults, []);
});
