import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../kernel/quantity.ts";
import { holding } from "./scheduler.ts";
import { DemoTime, VirtualTime } from "./virtual-time.ts";

const zero = instant(1_000_000);
const at = (ms: number) => instant(zero + ms);

test("C3 virtual time rings every alarm up to and including the end, in order, each at its own instant", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 40 }), fc.nat(50), async (waits, end) => {
      const time = new VirtualTime(zero);
      const rung: { readonly id: number; readonly now: number }[] = [];
      waits.forEach((wait, id) => time.at(at(wait), () => void rung.push({ id, now: time.now() - zero })));
      await time.run(at(end));
      const due = waits.map((wait, id) => ({ id, now: wait })).filter(({ now }) => now <= end);
      assert.deepEqual(
        rung,
        due.toSorted((a, b) => a.now - b.now || a.id - b.id),
      );
      assert.equal(time.now(), at(end));
    }),
    { numRuns: 30 },
  );
});

test("C3 what is set for the past rings now, and what is called off never", async () => {
  const time = new VirtualTime(zero);
  const rung: string[] = [];
  const cancel = time.at(at(10), () => rung.push("called off"));
  time.at(at(5), () => {
    cancel();
    time.at(at(-100), () => rung.push(`late, at ${time.now() - zero}`));
  });
  await time.run(at(20));
  assert.deepEqual(rung, ["late, at 5"]);
});

test("C3 virtual time never goes backwards, wherever it is told to run", async () => {
  const time = new VirtualTime(zero);
  await time.run(at(50));
  await time.run(at(20));
  assert.equal(time.now(), at(50));
});

test("C4 virtual time stands still while work is held, whatever that work waits for, and goes on when all have let go", async () => {
  const time = new VirtualTime(zero);
  const told: string[] = [];
  const tell = (what: string): number => told.push(`${time.now() - zero} ${what}`);
  time.at(at(10), () => {
    const [one, two] = [time.hold(), time.hold()];
    setTimeout(() => {
      tell("the first has let go");
      one();
      one();
      setTimeout(() => {
        tell("the second has let go");
        two();
      }, 5);
    }, 5);
  });
  time.at(at(11), () => tell("rang"));
  await time.run(at(20));
  assert.deepEqual(told, ["10 the first has let go", "10 the second has let go", "11 rang"]);
});

test("C4 what a thread computes takes no time, whether it comes to something or fails", async () => {
  const time = new VirtualTime(zero);
  const told: string[] = [];
  const later = (fails: boolean) =>
    new Promise<void>((resolve, reject) => setTimeout(() => (fails ? reject(new Error("no")) : resolve()), 5));
  for (const [when, fails] of [
    [1, false],
    [3, true],
  ] as const)
    time.at(at(when), () => {
      const tell = (): number => told.push(`${time.now() - zero}`);
      void holding(time, later(fails)).then(tell, tell);
    });
  time.at(at(2), () => told.push("two"));
  time.at(at(4), () => told.push("four"));
  await time.run(at(5));
  assert.deepEqual(told, ["1", "two", "3", "four"]);
});

test("C4 promises that follow from an alarm are kept before the next one rings", async () => {
  const time = new VirtualTime(zero);
  const told: string[] = [];
  time.at(at(1), async () => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    told.push(`first at ${time.now() - zero}`);
  });
  time.at(at(2), () => told.push("second"));
  await time.run(at(2));
  assert.deepEqual(told, ["first at 1", "second"]);
});

/** So much of the wall's time. */
const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("C5 the demo's clock follows the wall at its speed, stands still when paused, and goes on from where it stood", async () => {
  const time = new DemoTime(zero, 60);
  const begun = performance.now();
  await pass(20);
  time.pause();
  const [stood, most] = [time.now(), at(Math.ceil((performance.now() - begun) * 60) + 60)];
  assert.ok(stood >= at(15 * 60) && stood <= most, `${stood - zero} ms`);
  await pass(10);
  assert.deepEqual(time.state(), { now: stood, speed: 60, paused: true });
  time.pause();
  time.play(1);
  assert.ok(time.now() - stood < 500, "a slower clock goes on from where it stood");
  assert.deepEqual([time.state().speed, time.state().paused], [1, false]);
  time.stop();
});

test("C5 its alarms ring at their time, none while it stands still", async () => {
  const time = new DemoTime(zero, 60);
  const rung: string[] = [];
  time.pause();
  time.at(at(-50), () => rung.push("past"));
  time.at(at(600), () => rung.push("second"));
  time.at(at(300), () => rung.push("first"));
  time.at(at(400), () => rung.push("called off"))();
  await pass(20);
  assert.deepEqual(rung, []);
  time.play(60);
  await new Promise<void>((resolve) => time.at(at(900), resolve));
  assert.deepEqual(rung, ["past", "first", "second"]);
  assert.ok(time.now() >= at(900));
  time.hold()();
  time.stop();
});

test("C5 a step lets so much time pass and then stands still, at the speed that was chosen before", async () => {
  const time = new DemoTime(zero, 2);
  time.pause();
  const rung: string[] = [];
  time.at(at(500), () => rung.push("within"));
  time.at(at(60_000_000), () => rung.push("beyond"));
  await time.step(1000);
  const stood = time.now();
  assert.ok(stood >= at(1000), `${stood - zero} ms`);
  assert.deepEqual(rung, ["within"]);
  assert.deepEqual(time.state(), { now: stood, speed: 2, paused: true });
});

test("C5 the demo's clock never goes backwards, whatever is done to it", async () => {
  const acts = fc.array(fc.constantFrom("pause", "play 1", "play 60", "turn"), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const time = new DemoTime(zero, 10);
      let last = time.now();
      for (const act of list) {
        if (act === "pause") time.pause();
        else if (act === "turn") await pass(0);
        else time.play(Number(act.split(" ")[1]));
        const now = time.now();
        assert.ok(now >= last, `${act}: ${now} after ${last}`);
        last = now;
      }
      time.stop();
    }),
    { numRuns: 30 },
  );
});

test("C5 whoever pauses, plays or steps meanwhile ends the step under way, and nobody waits for ever", async () => {
  const time = new DemoTime(zero, 5);
  time.pause();
  const first = time.step(600_000);
  const second = time.step(600_000);
  await first;
  time.pause();
  await second;
  assert.deepEqual({ paused: time.state().paused, speed: time.state().speed }, { paused: true, speed: 5 });
  const third = time.step(600_000);
  time.play(2);
  await third;
  assert.deepEqual({ paused: time.state().paused, speed: time.state().speed }, { paused: false, speed: 2 });
  time.stop();
});
