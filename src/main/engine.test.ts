import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { StoreConflict } from "../adapters/memory/index.ts";
import type { Batch, Journey, Step, Timer } from "../domain/index.ts";
import type { OrderId } from "../kernel/id.ts";
import { after, seconds } from "../kernel/quantity.ts";
import { ada, Ground, noon, noted, placedOrder, placing, requestOf } from "./testing/ground.ts";

const a: OrderId = "order_a";
const b: OrderId = "order_b";
const note =
  (order: OrderId, detail = "noted") =>
  (): { value: string; happened: readonly ReturnType<typeof noted>[] } => ({
    value: detail,
    happened: [noted(order, detail)],
  });
const outcomes = (answers: readonly PromiseSettledResult<unknown>[]): string =>
  answers.map(({ status }) => (status === "fulfilled" ? "yes" : "no")).join(" ");
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

test("E1 a command that throws leaves nothing, and the others of its batch are kept", async () => {
  const ground = await Ground.open();
  const { engine, hot } = ground;
  await engine.do(placing(placedOrder(a)));
  const throwing = ({ state }: Step) => {
    state.put("order", { ...state.must("order", a), version: 99 });
    state.put("order", placedOrder(b));
    throw new Error("changed its mind");
  };
  const handlersThrow = ({ state }: Step) => {
    state.put("order", placedOrder(b));
    return { value: 0, happened: [noted(a, "before"), noted("order_unknown")] };
  };
  const answers = await Promise.allSettled([
    engine.do(note(a, "one")),
    engine.do(throwing),
    engine.do(note(a, "two")),
    engine.do(handlersThrow),
    engine.do(note(a, "three")),
  ]);
  assert.equal(outcomes(answers), "yes no yes no yes");
  assert.deepEqual(await ground.story(a), ["OrderPlaced", "one", "two", "three"]);
  assert.deepEqual(await ground.sequences(a), [1, 2, 3, 4]);
  assert.deepEqual([hot.must("order", a).version, hot.get("order", b)], [1, undefined]);
  assert.equal(ground.taken.length, 2, "they shared one batch");
  assert.deepEqual(ground.faults.length, 2);
});

test("E2 a step that breaks an invariant on the way rolls back whole: what its handlers put and answered, too", async () => {
  const journey: Journey = {
    OrderPlaced: [
      ({ order }, { state }) => {
        state.put("order", { ...state.must("order", order), version: 7 });
        return [{ type: "OrderAccepted", order, price: placedOrder(a).price! }];
      },
    ],
    OrderAccepted: [(_event, { state }) => (state.must("leg", "leg_that_nobody_knows"), [])],
  };
  const ground = await Ground.open(journey);
  await assert.rejects(ground.engine.do(placing(placedOrder(a))));
  assert.deepEqual([ground.hot.get("order", a), await ground.story(a)], [undefined, []]);
  assert.equal((await ground.memory.load()).rows.filter(({ table }) => table === "order").length, 0);
});

test("E3 many commands share few transactions, and each answer comes after its batch is durable", async () => {
  const ground = await Ground.open();
  let durable = 0;
  ground.commit = async (batch) => {
    await turn();
    await ground.memory.commit(batch);
    durable += batch.recorded.length;
  };
  const orders = numbers(200).map((i): OrderId => `order_${i}`);
  const seen = await Promise.all(
    orders.map(async (id, i) => {
      await ground.engine.do(placing(placedOrder(id)));
      return durable > i;
    }),
  );
  assert.ok(seen.every(Boolean), "nobody heard of an order before it was stored");
  assert.ok(ground.taken.length <= 5, `${ground.taken.length} transactions for 200 orders`);
  assert.equal(ground.told.length, 200);
});

test("E4 what is to follow later waits in the inbox, is taken up after a crash, and follows once", async () => {
  const ground = await Ground.open({ OrderPlaced: [() => assert.fail("the crash comes first")] });
  ground.commit = async (batch) => {
    await ground.memory.commit(batch);
    // From here on the old process is never heard of again.
    ground.commit = () => new Promise(() => undefined);
  };
  void ground.engine.do(placing(placedOrder(a), true));
  while (ground.offered < 2) await turn();
  assert.deepEqual(await ground.story(a), ["OrderPlaced"]);

  ground.commit = (batch) => ground.memory.commit(batch);
  await ground.start({ OrderPlaced: [({ order }) => [noted(order, "followed")]] });
  await ground.rest();
  assert.deepEqual(await ground.story(a), ["OrderPlaced", "followed"]);
  assert.deepEqual(ground.engine.backlog(), { commands: 0, inbox: 0, requests: 0, stuck: 0 });

  await ground.start({ OrderPlaced: [() => assert.fail("it was handled")] });
  await ground.rest();
  assert.deepEqual(await ground.sequences(a), [1, 2]);
});

/** The store's pauses pass in no time. */
async function hurried<Value>(t: TestContext, work: Promise<Value>): Promise<Value> {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let done = false;
  void work.finally(() => (done = true)).catch(() => undefined);
  while (!done) {
    await turn();
    t.mock.timers.tick(1000);
  }
  t.mock.timers.reset();
  return work;
}

test("E5 a store that fails for a while, before or after writing, loses nothing and doubles nothing", async (t) => {
  const trouble = fc.array(fc.constantFrom("before", "after", "well"), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(trouble, async (plan) => {
      const ground = await Ground.open({ OrderPlaced: [({ order }) => [noted(order, "followed")]] });
      ground.commit = async (batch) => {
        const next = plan.shift();
        if (next === "before") throw new Error("no connection");
        await ground.memory.commit(batch);
        if (next === "after") throw new Error("the answer was lost");
      };
      const [one, two] = [placing(placedOrder(a)), placing(placedOrder(b), true)];
      const work = Promise.all([ground.engine.do(one), ground.engine.do(two)]).then(() =>
        ground.engine.do(note(a, "then")),
      );
      await hurried(t, work);
      await hurried(t, ground.rest());
      assert.deepEqual(await ground.story(a), ["OrderPlaced", "followed", "then"]);
      assert.deepEqual(await ground.story(b), ["OrderPlaced", "followed"]);
    }),
    { numRuns: 25 },
  );
});

/** The store will never take a batch with this order in it. */
const refusing = (ground: Ground, culprit: OrderId) => async (batch: Batch) => {
  if (batch.recorded.some(({ order }) => order === culprit)) throw new StoreConflict("REFERENCE_TAKEN", "somebody's");
  await ground.memory.commit(batch);
};

test("E6 a batch that the store refuses turns away only the one at fault", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.nat(), fc.boolean(), async (count, chosen, later) => {
      const ground = await Ground.open({ OrderPlaced: [({ order }) => [noted(order, "followed")]] });
      const orders = numbers(count).map((i): OrderId => `order_${i}`);
      const culprit = orders[chosen % count]!;
      ground.commit = refusing(ground, culprit);
      const answers = await Promise.allSettled(
        orders.map((id) => ground.engine.do(placing(placedOrder(id), later && id !== culprit))),
      );
      await ground.rest();
      assert.deepEqual(
        orders.filter((_, i) => answers[i]!.status === "rejected"),
        [culprit],
      );
      for (const id of orders)
        assert.deepEqual(await ground.story(id), id === culprit ? [] : ["OrderPlaced", "followed"]);
      assert.equal(ground.hot.get("order", culprit), undefined);
      // What comes afterwards shares its transactions again.
      const before = ground.taken.length;
      ground.commit = (batch) => ground.memory.commit(batch);
      await Promise.all(
        numbers(30).map(() => ground.engine.do(note(orders.find((id) => id !== culprit) ?? culprit)).catch(() => 0)),
      );
      assert.ok(ground.taken.length - before <= 3, `${ground.taken.length - before} batches`);
    }),
    { numRuns: 20 },
  );
});

test("E7 when another process has taken the store this one stops: nobody is told yes, and nothing more is taken", async () => {
  const ground = await Ground.open();
  ground.commit = () => Promise.reject(new StoreConflict("LEASE_LOST", "somebody else is here"));
  const answers = await Promise.allSettled([ground.engine.do(placing(placedOrder(a))), ground.engine.do(note(a))]);
  assert.equal(outcomes(answers), "no no");
  assert.deepEqual(
    ground.lost.map(({ message }) => message),
    ["somebody else is here"],
  );
  ground.commit = (batch) => ground.memory.commit(batch);
  await assert.rejects(ground.engine.do(placing(placedOrder(b))), /stopping/);
  assert.deepEqual([await ground.story(a), await ground.story(b)], [[], []]);
});

const timerAt = (id: string, wait: number, order: OrderId = a): Timer => ({
  id,
  owner: ada,
  dueAt: after(noon, seconds(wait)),
  event: noted(order, id),
});
const putting =
  (...timers: readonly Timer[]) =>
  ({ state }: Step) => {
    for (const timer of timers) state.put("timer", timer);
    return { value: undefined };
  };

test("E8 a timer rings once, at its time, the moved one at its new time and the dropped one never", async () => {
  const ground = await Ground.open();
  const { engine, time } = ground;
  await engine.do(placing(placedOrder(a)));
  await engine.do(putting(timerAt("first", 60), timerAt("moved", 90), timerAt("dropped", 120)));
  await engine.do(putting(timerAt("moved", 30)));
  await engine.do(({ state }) => (state.drop("timer", "dropped"), { value: undefined }));
  await time.run(after(noon, seconds(29)));
  assert.deepEqual(await ground.story(a), ["OrderPlaced"]);
  await time.run(after(noon, seconds(30)));
  assert.deepEqual(await ground.story(a), ["OrderPlaced", "moved"]);
  await time.run(after(noon, seconds(3600)));
  assert.deepEqual(await ground.story(a), ["OrderPlaced", "moved", "first"]);
});

test("E8 timers survive a restart: those that are due meanwhile ring after it, and none rings twice", async () => {
  const ground = await Ground.open();
  await ground.engine.do(placing(placedOrder(a)));
  await ground.engine.do(putting(timerAt("early", 10), timerAt("meanwhile", 60), timerAt("late", 120)));
  await ground.time.run(after(noon, seconds(20)));
  await ground.engine.stop();
  await ground.time.run(after(noon, seconds(90)));
  assert.deepEqual(await ground.story(a), ["OrderPlaced", "early"], "whoever has stopped rings no more");
  for (let life = 0; life < 2; life++) {
    await ground.start();
    await ground.time.run(after(noon, seconds(200 + life)));
  }
  assert.deepEqual(await ground.story(a), ["OrderPlaced", "early", "meanwhile", "late"]);
  assert.deepEqual(await ground.sequences(a), numbers(4));
});

const settling =
  (order: OrderId) =>
  ({ state }: Step) => {
    state.put("order", { ...state.must("order", order), acceptedAt: noon, closedAt: noon, state: "cancelled" });
    state.put("leg", { ...leg(order), state: "cancelled" });
    return { value: undefined, happened: [{ type: "JourneySettled" as const, order, entry: "e", postings: 0 }] };
  };
const leg = (order: OrderId) => ({
  ...placedOrder(order),
  id: `leg_${order}` as const,
  order,
  parcels: placedOrder(order).parcels.map(({ id }) => id),
  from: placedOrder(order).pickup,
  to: placedOrder(order).dropoff,
  kind: "delivery" as const,
  state: "open" as const,
  assignment: null,
  round: 1,
  excluded: [],
  offer: null,
  dueAt: noon,
  estimate: null,
  pickedUpAt: null,
  handedOverAt: null,
  driven_m: 0,
  drivenEstimated_m: 0,
  latency_ms: [],
  quoteWait_ms: [],
});
const answering =
  (order: OrderId) =>
  ({ state }: Step) => {
    state.put("request", { ...state.must("request", `request_${order}`), state: "answered" });
    return { value: undefined, happened: [noted(order, "answered")] };
  };

test("E9 a settled order leaves the living state, but not while the world owes it an answer, a restart between or not", async () => {
  for (const restarts of [false, true]) {
    const ground = await Ground.open();
    await ground.engine.do(placing(placedOrder(a)));
    await ground.engine.do(placing(placedOrder(b)));
    await ground.engine.do(({ state }) => (state.put("request", requestOf(b)), { value: undefined }));
    assert.deepEqual(
      ground.asked.map(({ id }) => id),
      ["request_order_b"],
    );
    await ground.engine.do(settling(a));
    await ground.engine.do(settling(b));
    assert.deepEqual([ground.hot.get("order", a), ground.hot.get("order", b)?.id], [undefined, b]);
    if (restarts)
      assert.deepEqual(
        (await ground.start()).map(({ id }) => id),
        ["request_order_b"],
      );
    assert.equal(ground.engine.backlog().requests, 1);
    await ground.engine.do(answering(b));
    assert.deepEqual(
      [ground.hot.get("order", b), ground.hot.count("leg"), ground.hot.count("request")],
      [undefined, 0, 0],
    );
    assert.deepEqual(await ground.story(b), ["OrderPlaced", "JourneySettled", "answered"]);
    assert.equal(ground.engine.backlog().requests, 0);
  }
});

test("E10 an order's events count 1, 2, 3 …, in whatever order steps come, fail, wait or crash", async () => {
  const orders: readonly OrderId[] = [a, b, "order_c"];
  const act = fc.record({ order: fc.nat(2), how: fc.constantFrom("note", "twice", "throw", "later", "turn", "crash") });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
      const journey: Journey = { OrderStarted: [({ order }) => [noted(order, "followed")]] };
      const ground = await Ground.open(journey);
      const expected = new Map(orders.map((id) => [id, 1]));
      await Promise.all(orders.map((id) => ground.engine.do(placing(placedOrder(id)))));
      const under: Promise<unknown>[] = [];
      for (const { order, how } of acts) {
        const id = orders[order]!;
        if (how === "turn") await turn();
        else if (how === "crash") {
          await Promise.all(under.splice(0));
          await ground.engine.stop();
          await ground.start(journey);
        } else {
          const happened = how === "twice" ? [noted(id), noted(id)] : how === "later" ? [started(id)] : [noted(id)];
          under.push(
            ground.engine
              .do(() => {
                if (how === "throw") throw new Error("no");
                return { value: 0, happened, later: how === "later" };
              })
              .catch(() => 0),
          );
          const count = how === "throw" ? 0 : how === "note" ? 1 : 2;
          expected.set(id, expected.get(id)! + count);
        }
      }
      await Promise.all(under);
      await ground.rest();
      for (const id of orders) assert.deepEqual(await ground.sequences(id), numbers(expected.get(id)!));
    }),
    { numRuns: 60 },
  );
});
const started = (order: OrderId) => ({ type: "OrderStarted" as const, order });

test("E11 an event whose handler throws is counted, keeps its place in the store, and is tried after the next start", async () => {
  const ground = await Ground.open({ OrderPlaced: [() => assert.fail("not yet")] });
  await ground.engine.do(placing(placedOrder(a), true));
  await ground.rest();
  assert.deepEqual(ground.engine.backlog(), { commands: 0, inbox: 0, requests: 0, stuck: 1 });
  await ground.engine.do(note(a, "life goes on"));
  await ground.start({ OrderPlaced: [({ order }) => [noted(order, "followed")]] });
  await ground.rest();
  assert.deepEqual(await ground.story(a), ["OrderPlaced", "life goes on", "followed"]);
  assert.deepEqual(ground.engine.backlog(), { commands: 0, inbox: 0, requests: 0, stuck: 0 });
});

test("E12 whoever stops takes nothing new, and has stored what it took", async () => {
  const ground = await Ground.open({ OrderPlaced: [({ order }) => [noted(order, "followed")]] });
  const taken = [a, b].map((id) => ground.engine.do(placing(placedOrder(id), true)));
  const stopped = ground.engine.stop();
  await assert.rejects(ground.engine.do(note(a)), /stopping/);
  await stopped;
  await Promise.all(taken);
  for (const id of [a, b]) assert.deepEqual(await ground.story(id), ["OrderPlaced", "followed"]);
});

test("E12 a store that is gone when the program stops keeps nobody waiting: they hear that it was not stored", async (t) => {
  const ground = await Ground.open();
  ground.commit = () => Promise.reject(new Error("no connection"));
  const waiting = ground.engine.do(placing(placedOrder(a)));
  void ground.engine.stop();
  await assert.rejects(hurried(t, waiting), /no connection/);
});

/** A ground where each event of the inbox takes so many milliseconds to decide and a batch may take 20. */
async function slowGround(event_ms: number): Promise<Ground> {
  let spent = 0;
  const ground = await Ground.open();
  ground.pace = { longestBatch_ms: 20, stopwatch: () => spent };
  await ground.start({
    OrderPlaced: [
      ({ order }) => {
        spent += event_ms;
        return [noted(order, "followed")];
      },
    ],
    OrderStarted: [() => ((spent += 5), [])],
  });
  return ground;
}

test("E13 a batch is stored once its time is up, so that whoever waits does not wait for others' plans", async () => {
  const ground = await slowGround(8);
  const orders = numbers(12).map((i): OrderId => `order_${i}`);
  await Promise.all(orders.map((id) => ground.engine.do(placing(placedOrder(id), true))));
  await ground.rest();
  // 0, 8 and 16 ms are not over: three events share a batch.
  const handled = ground.taken.map((batch) => batch.handled.length).filter((count) => count > 0);
  assert.ok(handled.length >= 4 && Math.max(...handled) === 3, handled.join(" "));
  for (const id of orders) assert.deepEqual(await ground.story(id), ["OrderPlaced", "followed"]);
});

test("E13 while somebody waits events get a quarter of the time", async () => {
  const ground = await slowGround(8);
  const orders = numbers(12).map((i): OrderId => `order_${i}`);
  await Promise.all(orders.map((id) => ground.engine.do(placing(placedOrder(id), true))));
  const before = ground.taken.length;
  await Promise.all(numbers(3).map(() => ground.engine.do(note("order_1", "urgent"))));
  await ground.rest();
  const urgent = ({ recorded }: Batch) =>
    recorded.some(({ event }) => event.type === "DisruptionRaised" && event.detail === "urgent");
  const handled = ground.taken.slice(before).map((batch) => `${urgent(batch) ? "urgent " : ""}${batch.handled.length}`);
  assert.deepEqual(
    handled.filter((one) => one.startsWith("urgent")),
    ["urgent 1"],
    handled.join(", "),
  );
  assert.ok(handled.includes("3"), handled.join(", "));
});

test("E14 whoever comes while much waits is answered at once, and what waits goes on with every batch however many come", async () => {
  const ground = await slowGround(30);
  const orders = numbers(40).map((i): OrderId => `order_${i}`);
  await Promise.all(orders.map((id) => ground.engine.do(placing(placedOrder(id), true))));
  for (let i = 0; ground.engine.backlog().inbox > 0; i++) {
    const [waiting, batches] = [ground.engine.backlog().inbox, ground.taken.length];
    // Each of these takes 5 ms of deciding: five fill a batch by themselves.
    await Promise.all(
      numbers(5).map(() =>
        ground.engine.do(() => ({ value: 0, happened: [{ type: "OrderStarted", order: orders[i % 40]! }] })),
      ),
    );
    const between = ground.taken.slice(batches);
    assert.ok(between.length <= 3, "answered within the batches that were begun");
    assert.ok(
      between.every(({ handled }) => handled.length === 1),
      "one event with each",
    );
    assert.ok(ground.engine.backlog().inbox < waiting);
  }
});

test("E15 a commit whose answer was lost is known when it comes again, also one in which events were only handled", async (t) => {
  const ground = await Ground.open({ OrderPlaced: [() => []] });
  let lost = 0;
  ground.commit = async (batch) => {
    await ground.memory.commit(batch);
    if (batch.handled.length === 0 || batch.recorded.length > 0 || lost++ > 0) return;
    throw new Error("the connection broke");
  };
  await ground.engine.do(placing(placedOrder(a), true));
  await hurried(t, ground.rest());
  assert.deepEqual(ground.faults, ["commit: the connection broke"]);
  assert.deepEqual([lost, ground.engine.backlog()], [2, { commands: 0, inbox: 0, requests: 0, stuck: 0 }]);
  assert.deepEqual((await ground.memory.load()).inbox, []);
});

test("E16 while nothing can be stored the engine says why, and no more once it can", async (t) => {
  const ground = await Ground.open();
  const said: (string | null)[] = [];
  ground.commit = async (batch) => {
    said.push(ground.engine.failing());
    if (said.length < 3) throw new Error("the disk is full");
    await ground.memory.commit(batch);
  };
  await hurried(t, ground.engine.do(placing(placedOrder(a))));
  said.push(ground.engine.failing());
  assert.deepEqual(said, [null, "the disk is full", "the disk is full", null]);
});
