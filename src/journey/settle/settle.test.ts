import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bakery, Bench, exchange, fleet, gig, nine, only } from "../../../test/stories/world/bench.ts";
import { balanced, orderIsClosed, orderStates, type Leg, type Order, type Posting } from "../../domain/index.ts";
import { money } from "../../kernel/money.ts";
import { book } from "./index.ts";

async function booked(order: Order, bench: Bench): Promise<{ postings: readonly Posting[]; said: number }> {
  const happened = await book(exchange.id)({ type: "OrderClosed", order: order.id, state: order.state }, bench.step());
  return { postings: bench.hot.written("posting"), said: only(happened, "JourneySettled").postings };
}

const sums = (postings: readonly Posting[]) =>
  Object.fromEntries(postings.map(({ account, amount }) => [account, amount.amount]));
const assignment = (carrier: Leg["shipper"], amount: number) => ({
  carrier,
  quote: "quote_1" as const,
  courier: null,
  shift: null,
  price: money(amount, "EUR"),
  reference: null,
  at: nine,
});

test("S1 whatever the order's end and whoever carried it: the lines sum to zero, and the event counts them", async () => {
  const leg = fc.record({
    picked: fc.boolean(),
    amount: fc.integer({ min: 0, max: 5000 }),
    carrier: fc.constantFrom(fleet.id, gig.id),
  });
  const state = fc.constantFrom(...orderStates.filter(orderIsClosed));
  await fc.assert(
    fc.asyncProperty(
      state,
      fc.option(fc.nat(5000), { nil: null }),
      fc.array(leg, { maxLength: 4 }),
      async (end, price, legs) => {
        const bench = new Bench();
        const order = bench.order({ state: end, price: price === null ? null : money(price, "EUR") });
        for (const { picked, amount, carrier } of legs)
          bench.leg(order, { assignment: assignment(carrier, amount), pickedUpAt: picked ? nine : null });
        const { postings, said } = await booked(order, bench);
        assert.ok(balanced(postings));
        assert.equal(said, postings.length);
        const paid = legs.filter(({ picked }) => picked).reduce((sum, { amount }) => sum + amount, 0);
        const received = postings
          .filter(({ account }) => account === "receivable")
          .reduce((sum, { amount }) => sum + amount.amount, 0);
        assert.equal(received, paid);
      },
    ),
  );
});

test("S1 delivered: the shipper owes the price, the carrier is owed its own, the exchange keeps the difference", async () => {
  const bench = new Bench();
  const order = bench.order({ state: "delivered", price: money(900, "EUR") });
  bench.leg(order, { assignment: assignment(gig.id, 650), pickedUpAt: nine });
  const { postings } = await booked(order, bench);
  assert.deepEqual(sums(postings), { payable: -900, receivable: 650, margin: 250 });
  assert.deepEqual(
    postings.map(({ participant }) => participant),
    [bakery.id, gig.id, exchange.id],
  );
});

test("S2 what was neither brought nor brought back costs the shipper nothing", async () => {
  for (const state of ["cancelled", "failed"] as const) {
    const bench = new Bench();
    const order = bench.order({ state, price: money(900, "EUR") });
    bench.leg(order, { assignment: assignment(gig.id, 650) });
    assert.deepEqual((await booked(order, bench)).postings, []);
  }
});

test("S3 a return is carried for its own price", async () => {
  const bench = new Bench();
  const order = bench.order({ state: "returned", price: money(900, "EUR") });
  for (const kind of ["delivery", "return"] as const)
    bench.leg(bench.hot.must("order", order.id), { kind, assignment: assignment(fleet.id, 500), pickedUpAt: nine });
  const { postings } = await booked(order, bench);
  assert.deepEqual(
    postings.map(({ account, amount }) => `${account} ${amount.amount}`),
    ["payable -900", "receivable 500", "receivable 500", "margin -100"],
  );
});
