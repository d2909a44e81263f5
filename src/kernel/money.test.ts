import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { BrokenInvariant } from "./invariant.ts";
import { add, decimals, money, negate } from "./money.ts";

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

test("K6 amounts of one currency add up in any order, and what is negated cancels", () => {
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      assert.deepEqual(add(money(a, "EUR"), money(b, "EUR")), add(money(b, "EUR"), money(a, "EUR")));
      assert.equal(add(money(a, "EUR"), negate(money(a, "EUR"))).amount, 0);
    }),
  );
});

test("K6 amounts of two currencies never meet", () => {
  assert.throws(() => add(money(1, "EUR"), money(1, "USD")), BrokenInvariant);
});

test("K6 a part of a minor unit is no amount", () => {
  assert.throws(() => money(1.5, "EUR"), RangeError);
});

test("K6 the minor unit is the currency's own: ISO 4217", () => {
  assert.deepEqual(["EUR", "USD", "JPY", "KWD"].map(decimals), [2, 2, 0, 3]);
});
