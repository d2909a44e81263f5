import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../kernel/quantity.ts";
import { Sealing } from "./sealing.ts";
import { VirtualTime } from "./virtual-time.ts";

/** A store whose events are numbers of milliseconds: when they were stored. */
function bench() {
  const time = new VirtualTime(instant(0));
  const faults: string[] = [];
  const unsealed: number[] = [];
  const world = { time, faults, unsealed, calls: 0, slowest_ms: 0, broken: false };
  const seal = async (limit: number): Promise<number> => {
    world.calls++;
    if (world.broken) throw new Error("No space left on device");
    const sealed = unsealed.splice(0, limit);
    for (const at of sealed) world.slowest_ms = Math.max(world.slowest_ms, time.now() - at);
    return sealed.length;
  };
  const sealing = new Sealing({ seal }, time, (what) => void faults.push(what));
  const store = (at: number) =>
    time.at(instant(at), () => {
      unsealed.push(time.now());
      sealing.soon(1);
    });
  return { ...world, world, sealing, store };
}

test("S1 an event is sealed within half a second, whenever it comes, and under load not each by itself", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5000), { minLength: 1, maxLength: 200 }), async (moments) => {
      const { time, world, sealing, store, unsealed } = bench();
      for (const at of moments) store(at);
      await time.run(instant(10_000));
      assert.deepEqual([unsealed.length, sealing.waiting], [0, 0]);
      assert.ok(world.slowest_ms <= 500, `${world.slowest_ms} ms behind`);
      assert.ok(world.calls <= 11, `sealed ${world.calls} times in five seconds`);
    }),
    { numRuns: 50 },
  );
});

test("S1 whoever stores after a rest waits for nobody", async () => {
  const { time, world, store } = bench();
  for (const at of [1000, 4000, 9000]) store(at);
  await time.run(instant(10_000));
  assert.deepEqual([world.slowest_ms, world.calls], [0, 3]);
});

test("S1 a store that cannot seal for a while is asked again, without another event", async () => {
  const { time, world, sealing, store, unsealed, faults } = bench();
  world.broken = true;
  store(1000);
  await time.run(instant(3000));
  assert.ok(world.calls > 1 && world.calls < 6, `tried ${world.calls} times in two seconds`);
  assert.deepEqual([sealing.waiting, faults], [1, ["sealing"]], "what stands in the way is told once");
  world.broken = false;
  await time.run(instant(4000));
  assert.deepEqual([unsealed.length, sealing.waiting], [0, 0]);
});
