import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { at, Bench, fleet, gig, nine } from "../../../test/stories/world/bench.ts";
import { orderStates, type Outcome } from "../../domain/index.ts";
import { money } from "../../kernel/money.ts";
import { observe, spread, summarize } from "./index.ts";

const outcome = (changes: Partial<Outcome> = {}): Outcome => ({
  id: "order_1",
  shipper: "participant_bakery",
  placedAt: nine,
  closedAt: at(30),
  state: "delivered",
  parcels: 1,
  delivered: 1,
  onTime: true,
  onTimeOriginal: true,
  carrier: fleet.id,
  carrierKind: "own",
  cost: money(500, "EUR"),
  driven_m: 2000,
  drivenEstimated_m: 0,
  latency_ms: [100],
  quoteWait_ms: [1000],
  ...changes,
});

async function observed(prepare: (bench: Bench) => `order_${string}`): Promise<Outcome> {
  const bench = new Bench();
  const order = prepare(bench);
  await observe({ type: "JourneySettled", order, entry: "settle", postings: 3 }, bench.step());
  const kept = bench.hot.written("outcome");
  assert.equal(kept.length, 1);
  return kept[0]!;
}

const delivered = (minutes: number) => (bench: Bench) => {
  const order = bench.order(
    {
      state: "delivered",
      closedAt: at(minutes),
      dropoffWindow: { earliest: at(30), latest: at(60) },
      originalDropoffWindow: { earliest: at(30), latest: at(45) },
    },
    2,
  );
  bench.hot.put("order", { ...order, parcels: order.parcels.map((parcel) => ({ ...parcel, state: "delivered" })) });
  bench.leg(bench.hot.must("order", order.id), {
    state: "handed_over",
    pickedUpAt: at(5),
    handedOverAt: at(minutes),
    driven_m: 700,
    drivenEstimated_m: 300,
    latency_ms: [5],
    quoteWait_ms: [900],
    assignment: {
      carrier: gig.id,
      quote: "quote_1",
      courier: null,
      shift: null,
      price: money(640, "EUR"),
      reference: "del_1",
      at: nine,
    },
  });
  return order.id;
};

test("L1 a settled order leaves one outcome: who brought it, when against both windows, for how much, over how far", async () => {
  const one = await observed(delivered(50));
  assert.deepEqual(
    [
      one.carrier,
      one.carrierKind,
      one.delivered,
      one.onTime,
      one.onTimeOriginal,
      one.cost,
      one.driven_m,
      one.drivenEstimated_m,
      one.latency_ms,
      one.quoteWait_ms,
    ],
    [gig.id, "platform", 2, true, false, money(640, "EUR"), 700, 300, [5], [900]],
  );
});

test("L1 both ends of the window are on time, and early is not", async () => {
  const onTime = async (minutes: number) => (await observed(delivered(minutes))).onTime;
  assert.deepEqual(
    [await onTime(29), await onTime(30), await onTime(60), await onTime(61)],
    [false, true, true, false],
  );
});

test("L1 what nobody brought has no carrier and was neither on time nor late", async () => {
  const one = await observed((bench) => {
    const order = bench.order({ state: "cancelled", closedAt: at(3) });
    bench.leg(order, { state: "cancelled" });
    return order.id;
  });
  assert.deepEqual(
    [one.carrier, one.carrierKind, one.onTime, one.delivered, one.cost.amount],
    [null, null, null, 0, 0],
  );
});

test("L2 measures by hand: shares are of delivered orders, costs and kilometres of all", () => {
  const day = [
    outcome(),
    outcome({ carrierKind: "platform", onTime: false, cost: money(700, "EUR"), driven_m: 0, drivenEstimated_m: 2000 }),
    outcome({ carrierKind: "partner", onTimeOriginal: false }),
    outcome({ state: "partly_delivered", parcels: 2 }),
    outcome({
      state: "returned",
      delivered: 0,
      onTime: null,
      onTimeOriginal: null,
      carrierKind: null,
      cost: money(800, "EUR"),
    }),
    outcome({
      state: "cancelled",
      delivered: 0,
      onTime: null,
      onTimeOriginal: null,
      carrierKind: null,
      cost: money(0, "EUR"),
      driven_m: 0,
    }),
  ];
  const { dispatchLatencyMs, quoteWaitMs, ...rest } = summarize(day, 3, "EUR");
  assert.deepEqual(rest, {
    orders: 9,
    delivered: 4,
    failed: 1,
    cancelled: 1,
    open: 3,
    onTimeShare: 0.75,
    onTimeOriginalShare: 0.75,
    platformShare: 0.25,
    partnerShare: 0.25,
    thirdPartyShare: 0.5,
    costPerOrderMinor: 750,
    currency: "EUR",
    kmPerParcel: 2.5,
    kmEstimatedShare: 0.2,
  });
  assert.deepEqual([dispatchLatencyMs.mean, quoteWaitMs.p99], [100, 1000]);
});

test("L2 on a day without orders there are counts, and no shares", () => {
  const { orders, onTimeShare, costPerOrderMinor, kmPerParcel, kmEstimatedShare } = summarize([], 0, "EUR");
  assert.deepEqual(
    [orders, onTimeShare, costPerOrderMinor, kmPerParcel, kmEstimatedShare],
    [0, null, null, null, null],
  );
});

test("L2 whatever the day: counts in equal counts out, and shares lie between none and all", () => {
  const kinds = fc.constantFrom("own", "partner", "platform", null);
  const any = fc
    .record({ state: fc.constantFrom(...orderStates.slice(3)), carrierKind: kinds, onTime: fc.boolean() })
    .map((changes) => outcome(changes));
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), fc.nat(5), (outcomes, open) => {
      const of = summarize(outcomes, open, "EUR");
      assert.equal(of.delivered + of.failed + of.cancelled + of.open, of.orders);
      for (const share of [of.onTimeShare, of.platformShare, of.partnerShare, of.thirdPartyShare])
        assert.ok(share === null || (share >= 0 && share <= 1));
      if (of.thirdPartyShare !== null)
        assert.ok(Math.abs(of.thirdPartyShare - of.platformShare! - of.partnerShare!) < 1e-9);
    }),
  );
});

test("L3 percentiles are values that occurred, by nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.deepEqual(spread(hundred), { mean: 50.5, p50: 50, p90: 90, p99: 99 });
  assert.deepEqual(spread([7]), { mean: 7, p50: 7, p90: 7, p99: 7 });
  assert.deepEqual(spread([]), { mean: 0, p50: 0, p90: 0, p99: 0 });
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (values) => {
      const { p50, p90, p99 } = spread(values);
      assert.ok(p50 <= p90 && p90 <= p99 && [p50, p90, p99].every((one) => values.includes(one)));
    }),
  );
});
