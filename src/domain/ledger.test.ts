import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { money } from "../kernel/money.ts";
import { instant } from "../kernel/quantity.ts";
import { balanced, type Posting } from "./ledger.ts";

const posting = (entry: string, amount: number, currency = "EUR"): Posting => ({
  id: "posting_1",
  entry,
  order: "order_1",
  participant: "participant_1",
  account: "margin",
  amount: money(amount, currency),
  at: instant(0),
  text: "",
});
const amounts = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 8 });

test("M9 an entry balances exactly when its lines sum to zero", () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: -5, max: 5 }), (lines, off) => {
      const rest = -lines.reduce((sum, line) => sum + line, 0);
      assert.equal(balanced([...lines, rest + off].map((line) => posting("one", line))), off === 0);
    }),
  );
});

test("M9 one entry's surplus never pays for another's, nor one currency for another", () => {
  assert.ok(!balanced([posting("one", 5), posting("two", -5)]));
  assert.ok(!balanced([posting("one", 5, "EUR"), posting("one", -5, "USD")]));
  assert.ok(balanced([posting("one", 5), posting("one", -5), posting("two", 7, "USD"), posting("two", -7, "USD")]));
  assert.ok(balanced([]));
});
