import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { money } from "../../kernel/money.ts";
import { whomToAsk, type Askable } from "./rationing.ts";

const prediction = fc.option(
  fc.tuple(fc.integer({ min: 1, max: 2000 }), fc.nat(500)).map(([low, more]) => ({
    median: money(low + more, "EUR"),
    low,
    sample: 9,
    over: "this distance",
  })),
);
const askable = fc.record({ left: fc.option(fc.nat(3)), isShort: fc.boolean(), predicted: prediction });
const carriers = fc
  .array(askable, { maxLength: 8 })
  .map((all) => all.map((one, nth): Askable => ({ ...one, carrier: `participant_${nth}` })));

test("D16 while quotes are plenty everybody is asked; while they run short, who could win or is unknown, and nobody beyond what is left", () => {
  fc.assert(
    fc.property(carriers, fc.option(fc.nat(2500)), (all, ours) => {
      const asked = whomToAsk(all, ours);
      const sure = all.flatMap(({ isShort, predicted }) => (isShort || !predicted ? [] : [predicted.median.amount]));
      const best = Math.min(ours ?? Infinity, ...sure);
      for (const { carrier, left, isShort, predicted } of all) {
        const expected = !isShort || (left !== 0 && (predicted === null || predicted.low < best));
        assert.equal(asked.has(carrier), expected);
      }
      // Rationing never leaves a round without the one that is predicted to be cheapest of all.
      const cheapest = all
        .filter(({ left, predicted }) => left !== 0 && predicted !== null)
        .toSorted((a, b) => a.predicted!.low - b.predicted!.low)[0];
      if (cheapest && cheapest.predicted!.low < best) assert.ok(asked.has(cheapest.carrier));
    }),
  );
});
