import assert from "node:assert/strict";
import { test } from "node:test";
import type { Happened, HappenedType } from "../domain/index.ts";
import type { ConnectionGuard } from "../journey/dispatch/ports.ts";
import type { OrderId } from "../kernel/id.ts";
import { after, seconds } from "../kernel/quantity.ts";
import { at, gig, LittleWorld, wild } from "./testing/little-world.ts";

const both = { carriers: [gig, wild] };
const eventOf = async <T extends HappenedType>(world: LittleWorld, order: OrderId, type: T) =>
  (await world.events(order)).findLast((event): event is Extract<Happened, { type: T }> => event.type === type);
const carrierOf = async (world: LittleWorld, order: OrderId) => (await world.legs(order))[0]?.assignment?.carrier;

test("W15 a quote that is over when it is to be booked is asked for anew, and booked unless it is dearer now", async () => {
  for (const [asksThen, carrier, quotes] of [
    [290, gig.id, 2],
    [310, wild.id, 2],
  ] as const) {
    const world = await LittleWorld.open(both);
    // The other thinks for longer than the first one's quote holds.
    world.gig.serviceLevel = { status: seconds(360), position: null, quote: seconds(2) };
    world.wild.next.quote.push("never");
    const order = await world.order();
    await world.time.run(after(at(0), seconds(1)));
    world.gig.asks = asksThen;
    await world.until(1);
    assert.equal(await carrierOf(world, order), carrier);
    assert.equal(world.gig.count("quote"), quotes);
    if (carrier === wild.id) {
      const refused = await eventOf(world, order, "BookingRefused");
      assert.equal(refused?.reason, "its quote had expired, and it is dearer now");
    }
    assert.deepEqual(world.faults, []);
  }
});

test("W19 a quote in another currency than the order's is a refusal: nobody compares or settles the two", async () => {
  const world = await LittleWorld.open(both);
  world.gig.currency = "USD";
  const order = await world.order();
  await world.until(1);
  assert.equal(await carrierOf(world, order), wild.id);
  const closed = await eventOf(world, order, "QuotesClosed");
  const why = "asks in USD, and the order is paid in EUR";
  assert.deepEqual(closed?.answers[0], { kind: "refusal", carrier: gig.id, why });
});

test("W16 a platform of which nothing fresh is known is left out of a round, and the Decision says why", async () => {
  const world = await LittleWorld.open(both);
  for (let nth = 0; nth < 3; nth++) await world.order();
  await world.until(1);
  assert.equal(world.gig.standing.size, 3, "it is the cheaper one");
  world.gig.otherwise.get = "outage";
  await world.until(12);
  const asked = world.gig.count("quote");
  const order = await world.order();
  await world.until(13);
  assert.deepEqual([world.gig.count("quote"), await carrierOf(world, order)], [asked, wild.id]);
  const closed = await eventOf(world, order, "QuotesClosed");
  assert.deepEqual(closed?.answers[0], {
    kind: "outage",
    carrier: gig.id,
    why: "left out: nothing fresh is known of 3 of its 3 deliveries",
  });
});

test("W17 while a platform's quotes run short it is asked only where it could win; else its price is predicted, from how many quotes", async () => {
  const world = await LittleWorld.open(both);
  let quotesLeft = 100;
  world.wild.guard = (): ConnectionGuard => ({
    circuit: { state: "closed", until: null, inARow: 0, trips: 0 },
    load: { running: 0, waiting: 0, most: 8, mostWaiting: 64, turnedAway: 0 },
    quotas: [],
    pausedUntil: null,
    turnedAway: 0,
    quotesLeft,
    quotesShort: quotesLeft < 10,
  });
  for (let nth = 0; nth < 6; nth++) await world.order();
  await world.until(1);
  quotesLeft = 5;
  const asked = world.wild.count("quote");
  const order = await world.order();
  await world.until(2);
  assert.equal(world.wild.count("quote"), asked, "the other has always been cheaper");
  const closed = await eventOf(world, order, "QuotesClosed");
  const [predicted] = closed!.answers.filter(({ kind }) => kind === "predicted");
  assert.ok(predicted?.kind === "predicted" && predicted.price.amount === 400 && predicted.sample === 6);
  world.gig.otherwise.quote = "outage";
  const other = await world.order();
  await world.until(3);
  assert.equal(await carrierOf(world, other), undefined, "it was predicted before the other failed");
  await world.until(5);
  assert.equal(await carrierOf(world, other), wild.id, "in the second round everybody is asked");
  quotesLeft = 0;
  world.gig.otherwise.quote = "well";
  const last = await world.order();
  await world.until(6);
  assert.equal(await carrierOf(world, last), gig.id);
});
