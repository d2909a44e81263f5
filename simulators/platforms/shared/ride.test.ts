import assert from "node:assert/strict";
import { test } from "node:test";
import { uberRig } from "../testing/uber-rig.ts";

type Drive = Awaited<ReturnType<typeof uberRig>>["world"]["drive"];

/** A day on which `world.drive` is watched, and refuses what `refuses` says, counted from 0. */
async function day(refuses: (turn: number) => boolean) {
  const rig = await uberRig();
  const roads = rig.world.drive;
  let turn = 0;
  const drive: Drive = (from, to) => (refuses(turn++) ? Promise.reject(new Error("no road")) : roads(from, to));
  Object.assign(rig.world, { drive });
  await rig.create();
  await rig.world.pass(3600);
  return rig.uber.truth()[0];
}

test("F4 a courier never starts where no road is: another start is taken, at last the door itself", async () => {
  assert.equal((await day(() => false))?.ended, "delivered");
  assert.equal((await day((turn) => turn === 1))?.ended, "delivered");
  assert.equal((await day((turn) => turn >= 1 && turn <= 4))?.ended, "delivered");
});

test("F4 where no road leads to the pickup or on to the dropoff, the platform gives the delivery up", async () => {
  const before = await day((turn) => turn >= 1);
  assert.deepEqual([before?.ended, before?.pickedUpAt], ["failed", null]);
  const after = await day((turn) => turn === 2);
  assert.deepEqual([after?.ended, after?.state], ["failed", "canceled"]);
  assert.notEqual(after?.pickedUpAt, null);
});
