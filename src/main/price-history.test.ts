import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { money } from "../kernel/money.ts";
import { PriceHistory, type ErrandKind } from "./price-history.ts";

const kind: ErrandKind = { zone: "a", band: 2, hour: 12 };
const gig = "participant_gig";

test("P1 what a platform would ask is the median of what it asked for such errands: nearest kind first, never from fewer than five", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 100, max: 3000 }), { maxLength: 60 }), (amounts) => {
      const history = new PriceHistory();
      for (const amount of amounts) history.add(gig, kind, money(amount, "EUR"));
      const told = history.predict(gig, kind);
      if (amounts.length < 5) return assert.equal(told, null);
      const sorted = amounts.toSorted((a, b) => a - b);
      assert.equal(told?.median.amount, sorted[Math.floor((sorted.length - 1) / 2)]);
      assert.ok(told!.low <= told!.median.amount && told!.low >= sorted[0]!);
      assert.deepEqual([told?.sample, told?.over], [amounts.length, "this zone, distance and hour"]);
    }),
  );
});

test("P2 where too little is known of the zone or the hour, others of the same distance speak; another platform's never do", () => {
  const history = new PriceHistory();
  const add = (of: Partial<ErrandKind>, amount: number) => history.add(gig, { ...kind, ...of }, money(amount, "EUR"));
  for (let nth = 0; nth < 5; nth++) add({ zone: `z${nth}` }, 500);
  assert.equal(history.predict(gig, kind)?.over, "this distance and hour");
  assert.equal(history.predict(gig, { ...kind, hour: 3 })?.over, "this distance");
  assert.equal(history.predict(gig, { ...kind, band: 5 }), null);
  assert.equal(history.predict("participant_wild", kind), null);
  for (let nth = 0; nth < 60; nth++) add({}, 900);
  assert.deepEqual(
    [history.predict(gig, kind)?.median.amount, history.predict(gig, kind)?.sample],
    [900, 60],
    "the newest",
  );
  history.add(gig, kind, money(9, "USD"));
  assert.equal(history.predict(gig, kind), null, "no median over two currencies");
});
