import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { backoff, mostFailures } from "./backoff.ts";

const day_s = 86_400;

test("F3 the wait after a failure never shrinks, heeds a longer wish, and has an end", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: mostFailures + 5 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.option(fc.integer({ min: 0, max: 10 * day_s }), { nil: null }),
      (failures, chance, wish) => {
        const wait = backoff(failures, () => chance, wish);
        assert.ok(wait <= backoff(failures + 1, () => chance, wish));
        assert.ok(wait >= Math.min(wish ?? 0, day_s) && wait <= Math.ceil(day_s * 1.2));
      },
    ),
  );
  assert.equal(
    backoff(1, () => 0, null),
    5,
  );
});
