import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { audit, type Line } from "../../test/auditor/audit.ts";
import { journeyScope, type Happened, type HappenedType } from "../domain/index.ts";
import type { OrderChanges } from "../journey/intake/index.ts";
import type { OrderId } from "../kernel/id.ts";
import { gig, LittleWorld, vans, wild } from "./testing/little-world.ts";
import type { Turn } from "./testing/scripted-platform.ts";

const both = { carriers: [gig, wild] };

/** Nothing went wrong inside, and the log holds so far. */
async function sound(world: LittleWorld, dayIsOver = false): Promise<void> {
  assert.deepEqual(world.faults, []);
  assert.deepEqual(audit(await world.log<Line>(), { dayIsOver }), []);
}

const firstOf = async <T extends HappenedType>(world: LittleWorld, order: OrderId, type: T) =>
  (await world.events(order)).find((event): event is Extract<Happened, { type: T }> => event.type === type);

const bookings = ["BookingRequested", "BookingUnknown", "BookingConfirmed", "BookingRefused", "LegAssigned"] as const;

/** The platforms carry home what they have. */
async function carryHome(world: LittleWorld): Promise<void> {
  for (const platform of [world.gig, world.wild]) {
    for (const { reference, state } of platform.standing.values()) {
      if (state !== "assigned") continue;
      await world.hear(platform, platform.say(reference, { state: "handed_over" }));
    }
  }
}

test("W1 platforms are asked at once, and the round closes when the last has answered", async () => {
  const world = await LittleWorld.open(both);
  world.wild.next.quote.push("refuse");
  const order = await world.order();
  await world.until(0);
  const closed = await firstOf(world, order, "QuotesClosed");
  assert.deepEqual(
    closed?.answers.map((answer) =>
      answer.kind === "quote" ? answer.quote.price.amount : "why" in answer && answer.why,
    ),
    [300, "no couriers"],
  );
  assert.equal((await world.legs(order))[0]?.assignment?.carrier, gig.id);
  await sound(world);
});

test("W1 one that hangs costs nothing but its own quote: the round closes at its deadline with what the others said", async () => {
  const world = await LittleWorld.open(both);
  world.gig.next.quote.push("never");
  const order = await world.order();
  await world.time.run(world.time.now());
  assert.equal(await firstOf(world, order, "QuotesClosed"), undefined, "it is waited for");
  await world.until(1);
  const closed = await firstOf(world, order, "QuotesClosed");
  const words = closed?.answers.map((answer) =>
    answer.kind === "quote" ? answer.quote.carrier : "why" in answer && answer.why,
  );
  assert.deepEqual(words, ["no answer before the deadline", wild.id]);
  const { deadline } = (await firstOf(world, order, "QuotesRequested"))!;
  const [wait] = (await world.legs(order))[0]!.quoteWait_ms;
  assert.equal(wait, deadline - (await world.store.reads.order(journeyScope, order))!.placedAt);
  assert.equal((await world.legs(order))[0]?.assignment?.carrier, wild.id);
  await sound(world);
});

test("W2 a connector that breaks counts as a platform that did not answer, and is told of", async () => {
  const world = await LittleWorld.open(both);
  world.gig.next.quote.push("throw");
  world.wild.next.book.push("throw");
  world.wild.next.find.push("throw");
  const order = await world.order();
  await world.until(10);
  assert.equal(await world.story(order, ...bookings), "BookingRequested BookingUnknown BookingConfirmed LegAssigned");
  assert.equal(world.wild.count("book"), 1);
  assert.deepEqual(
    world.faults.splice(0).map((fault) => fault.split(":")[0]),
    ["quotes", "booking", "booking"],
  );
  await world.network.orders.cancel(journeyScope, order, "changed my mind");
  world.wild.next.cancel.push("throw");
  await world.until(20);
  assert.equal(await world.state(order), "cancelled");
  await sound(Object.assign(world, { faults: [] }), true);
});

test("W3 a booking that nobody answered is said to be unknown once and looked up until it is known, never booked again", async () => {
  const world = await LittleWorld.open();
  world.gig.next.book.push("lost");
  world.gig.next.find.push("outage", "outage", "outage");
  const order = await world.order();
  await world.until(30);
  assert.equal(await world.story(order, ...bookings), "BookingRequested BookingUnknown BookingConfirmed LegAssigned");
  assert.deepEqual([world.gig.count("book"), world.gig.count("find"), world.gig.standing.size], [1, 4, 1]);
  await carryHome(world);
  assert.equal(await world.state(order), "delivered");
  await sound(world, true);
});

test("W4 what the platform never heard of, asked twice, was not booked: somebody else is asked", async () => {
  const world = await LittleWorld.open(both);
  world.gig.next.book.push("outage");
  const order = await world.order();
  await world.until(5);
  assert.equal(
    await world.story(order, ...bookings),
    "BookingRequested BookingUnknown BookingRefused BookingRequested BookingConfirmed LegAssigned",
  );
  assert.deepEqual([world.gig.count("find"), world.gig.count("book"), world.wild.count("book")], [2, 1, 1]);
  await sound(world);
});

test("W4 a platform that will not say whether it knows a booking has not said no: nobody else is asked", async () => {
  const world = await LittleWorld.open(both);
  world.gig.next.book.push("lost");
  world.gig.next.find.push("refuse", "refuse", "refuse");
  const order = await world.order();
  await world.until(30);
  assert.equal(await world.story(order, ...bookings), "BookingRequested BookingUnknown BookingConfirmed LegAssigned");
  assert.equal(world.wild.count("book"), 0);
  await sound(world);
});

test("W5 what stands already under our key is looked up and taken", async () => {
  const world = await LittleWorld.open();
  world.gig.next.book.push("already");
  const order = await world.order();
  await world.until(1);
  assert.equal(await world.story(order, ...bookings), "BookingRequested BookingConfirmed LegAssigned");
  assert.equal((await world.legs(order))[0]?.assignment?.reference, "gig_1");
  await sound(world);
});

test("W6 after a restart an open booking is looked up first, an open round of quotes is asked again", async () => {
  const world = await LittleWorld.open();
  world.gig.next.quote.push("never");
  world.gig.next.book.push("never");
  const order = await world.order();
  await world.until(0);
  await world.crash();
  await world.until(0);
  assert.deepEqual([world.gig.count("quote"), world.gig.count("book"), world.gig.standing.size], [2, 1, 1]);
  await world.crash();
  await world.until(1);
  assert.equal(await world.story(order, ...bookings), "BookingRequested BookingConfirmed LegAssigned");
  assert.deepEqual([world.gig.count("book"), world.gig.count("find")], [1, 1]);
  assert.equal(world.network.backlog().requests, 0);
  await sound(world);
});

test("W6 a booking that the platform never got before the crash is given to somebody else", async () => {
  const world = await LittleWorld.open({
    ...both,
    commit: (write, life) => async (batch) => {
      await write(batch);
      if (batch.recorded.some(({ event }) => event.type === "BookingRequested") && world.gig.calls.length === 1)
        life.end();
    },
  });
  const order = await world.order();
  await world.until(0);
  assert.deepEqual([world.life.over, world.gig.count("book")], [true, 0]);
  await world.start();
  await world.until(5);
  assert.equal(
    await world.story(order, "BookingUnknown", "BookingRefused", "LegAssigned"),
    "BookingUnknown BookingRefused LegAssigned",
  );
  assert.deepEqual([world.gig.count("book"), world.wild.count("book")], [0, 1]);
  await sound(world);
});

test("W7 a cancellation is asked again until the platform answers, a restart between or not", async () => {
  const world = await LittleWorld.open();
  world.gig.next.cancel.push("outage", "lost", "outage");
  const order = await world.order();
  await world.until(1);
  await world.network.orders.cancel(journeyScope, order, "changed my mind");
  await world.time.run(world.time.now());
  assert.equal(await world.state(order), "accepted", "the platform has not said yes");
  await world.crash();
  await world.until(10);
  assert.equal(world.gig.count("cancel"), 4);
  assert.equal(
    await world.story(order, "CancelRequested", "CancelAnswered", "LegCancelled", "OrderClosed"),
    "CancelRequested CancelAnswered LegCancelled OrderClosed",
  );
  assert.deepEqual([await world.state(order), world.network.backlog().requests], ["cancelled", 0]);
  await sound(world, true);
});

test("W20 a platform is told what was changed of what it has booked, until it answers, a restart between or not", async () => {
  const world = await LittleWorld.open();
  world.gig.next.update.push("outage", "lost", "outage");
  const order = await world.order();
  await world.until(1);
  const change = (changes: OrderChanges) => world.network.orders.change(journeyScope, order, null, changes);
  assert.ok((await change({ dropoffNotes: "Ring twice" })).ok);
  await world.time.run(world.time.now());
  await world.crash();
  await world.until(5);
  assert.deepEqual([world.gig.count("update"), [...world.gig.notes.values()]], [4, ["Ring twice"]]);
  const answered = await firstOf(world, order, "UpdateAnswered");
  assert.deepEqual([answered?.told, answered?.untold, answered?.reason], [["dropoffNotes"], [], null]);
  assert.equal(await world.story(order, "DisruptionRaised"), "");
  await sound(world);
});

test("W20 what a platform does not take of a change, refuses, or learns too late is said to a person", async () => {
  const cases = [
    [{ takes: [] }, "the platform takes no such change"],
    [{ turn: "refuse" }, "not allowed"],
    [{ turn: "outage", pickedUp: true }, "it was picked up before the platform could be told"],
  ] as const;
  for (const [{ takes, turn, pickedUp }, reason] of cases as readonly (readonly [
    { takes?: []; turn?: Turn; pickedUp?: true },
    string,
  ])[]) {
    const world = await LittleWorld.open();
    if (takes) world.gig.takes = takes;
    if (turn) world.gig.next.update.push(turn);
    const order = await world.order();
    await world.until(1);
    await world.network.orders.change(journeyScope, order, null, { dropoffNotes: "Ring twice" });
    await world.time.run(world.time.now());
    const { reference } = world.gig.newest();
    if (pickedUp) await world.hear(world.gig, world.gig.say(reference, { state: "picked_up" }));
    await world.until(3);
    const answered = await firstOf(world, order, "UpdateAnswered");
    assert.deepEqual([answered?.told, answered?.untold, answered?.reason], [[], ["dropoffNotes"], reason]);
    const raised = await firstOf(world, order, "DisruptionRaised");
    assert.deepEqual([raised?.kind, raised?.detail], ["update_refused", `dropoffNotes: ${reason}`]);
    await sound(world);
  }
});

test("W20 what is changed while a platform is asked to book is told once it has booked", async () => {
  const world = await LittleWorld.open();
  world.gig.next.book.push("lost");
  const order = await world.order();
  await world.until(0);
  await world.network.orders.change(journeyScope, order, null, { dropoffNotes: "Ring twice" });
  await world.until(5);
  assert.equal(
    await world.story(order, "OrderEdited", "BookingConfirmed", "UpdateRequested", "UpdateAnswered"),
    "OrderEdited BookingConfirmed UpdateRequested UpdateAnswered",
  );
  assert.deepEqual([...world.gig.notes.values()], ["Ring twice"]);
  assert.equal((await world.legs(order))[0]?.untold, undefined);
  await sound(world);
});

test("W8 a second answer to the same request is dropped", async () => {
  const world = await LittleWorld.open();
  world.gig.next.book.push("lost");
  const order = await world.order();
  await world.until(0);
  // Two lives look the same booking up.
  world.gig.next.find.push("outage");
  await world.crash();
  await world.until(10);
  assert.equal(await world.story(order, ...bookings), "BookingRequested BookingUnknown BookingConfirmed LegAssigned");
  const request = (await firstOf(world, order, "BookingRequested"))!;
  await world.network.engine.do(({ state }) => {
    assert.equal(state.must("request", request.request).state, "answered");
    return { value: undefined };
  });
  await sound(world);
});

test("W9 a booking that is confirmed after the shipper wants no more is cancelled at the platform, and nobody carries it", async () => {
  const world = await LittleWorld.open(both);
  world.gig.next.book.push("lost");
  world.gig.next.find.push("outage");
  const order = await world.order();
  await world.until(0);
  assert.equal((await world.network.orders.cancel(journeyScope, order, "changed my mind")).ok, true);
  assert.equal(await world.state(order), "cancelled");
  await world.until(30);
  assert.equal(
    await world.story(
      order,
      "BookingUnknown",
      "OrderClosed",
      "BookingConfirmed",
      "CancelRequested",
      "CancelAnswered",
      "LegAssigned",
    ),
    "BookingUnknown OrderClosed BookingConfirmed CancelRequested CancelAnswered",
  );
  assert.equal(world.gig.newest().state, "cancelled");
  assert.deepEqual(
    (await world.legs(order)).map(({ state }) => state),
    ["cancelled"],
  );
  assert.deepEqual([world.wild.count("book"), world.network.hot.get("order", order)], [0, undefined]);
  await sound(world, true);
});

test("W10 the platform's own word of a cancellation that we asked for may come before its answer: it ends there all the same", async () => {
  for (const turn of ["lost", "never"] as const) {
    const world = await LittleWorld.open({ carriers: [gig, wild, vans] });
    world.gig.next.cancel.push(turn);
    const order = await world.order();
    await world.until(1);
    await world.network.orders.cancel(journeyScope, order, "changed my mind");
    await world.time.run(world.time.now());
    assert.equal(await world.hear(world.gig, world.gig.newest()), 1);
    assert.equal(await world.state(order), "cancelled");
    if (turn === "never") await world.crash();
    await world.until(200);
    assert.equal(
      await world.story(
        order,
        "LegAssigned",
        "OrderCancelRequested",
        "CarrierCancelled",
        "LegOpened",
        "LegCancelled",
        "OrderClosed",
        "DisruptionRaised",
      ),
      "LegOpened LegAssigned OrderCancelRequested CarrierCancelled LegCancelled OrderClosed",
    );
    assert.equal(world.gig.count("book") + world.wild.count("book"), 1);
    await sound(world, true);
  }
});

test("W10 an order that is cancelled before anybody has looked at it is never dispatched", async () => {
  const world = await LittleWorld.open();
  // Both are commands of one batch: the cancellation comes before what follows from the placing.
  const placed = world.order({ reference: "A" });
  const cancelled: Promise<unknown>[] = [];
  world.network.onCommitted((recorded) => {
    for (const { event } of recorded)
      if (event.type === "OrderPlaced")
        cancelled.push(world.network.orders.cancel(journeyScope, event.order, "a slip"));
  });
  const order = await placed;
  await Promise.all(cancelled);
  await world.until(60);
  assert.equal(await world.state(order), "cancelled");
  assert.equal(world.gig.count("book"), 0);
  await sound(world, true);
});

test("W11 whatever platforms do and whenever the process dies, nothing is booked twice, in two hands, or lost", async () => {
  const turns = (...among: Turn[]): fc.Arbitrary<Turn[]> => fc.array(fc.constantFrom(...among), { maxLength: 4 });
  const script = fc.record({
    quote: turns("well", "refuse", "outage", "never", "well"),
    book: turns("well", "refuse", "outage", "lost", "never", "already"),
    find: turns("well", "outage", "refuse", "never"),
    cancel: turns("well", "refuse", "outage", "lost", "never"),
  });
  const acts = fc.array(fc.constantFrom("pass", "crash", "gig gives up", "cancel", "pass"), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(script, script, acts, async (one, two, list) => {
      const world = await LittleWorld.open({ carriers: [gig, wild, vans] });
      Object.assign(world.gig.next, structuredClone(one), { get: [] });
      Object.assign(world.wild.next, structuredClone(two), { get: [] });
      const order = await world.order();
      let minute = 0;
      for (const act of list) {
        if (act === "crash") await world.crash();
        if (act === "cancel") await world.network.orders.cancel(journeyScope, order, "changed my mind");
        if (act === "gig gives up" && world.gig.newest()?.state === "assigned")
          await world.hear(world.gig, world.gig.say(world.gig.newest().reference, { state: "cancelled" }));
        await world.until((minute += 1));
      }
      // Whoever still waits for an answer that never comes is dead by now; from here on the world answers.
      for (const { next } of [world.gig, world.wild])
        for (const list of Object.values(next)) list.splice(0, list.length, ...list.filter((turn) => turn !== "never"));
      await world.crash();
      for (; minute < 300; minute += 30) {
        await world.until(minute);
        await carryHome(world);
      }
      await world.until(minute);
      assert.ok(["delivered", "cancelled"].includes(await world.state(order)), await world.story(order));
      for (const platform of [world.gig, world.wild]) {
        const booked = platform.calls.filter((call) => call.startsWith("book "));
        assert.equal(new Set(booked).size, booked.length, "no key is booked twice");
      }
      await sound(world, true);
    }),
    { numRuns: 60 },
  );
});
