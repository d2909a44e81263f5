import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../kernel/quantity.ts";
import { contains } from "./place.ts";

const end = fc.option(fc.nat(1000).map(instant), { nil: null });

test("M10 both ends of a window are inside, and an open end is open", () => {
  fc.assert(
    fc.property(end, end, (earliest, latest) => {
      const window = { earliest, latest };
      if (earliest !== null && (latest === null || earliest <= latest)) assert.ok(contains(window, earliest));
      if (latest !== null && (earliest === null || earliest <= latest)) assert.ok(contains(window, latest));
      if (earliest !== null) assert.ok(!contains(window, instant(earliest - 1)));
      if (latest !== null) assert.ok(!contains(window, instant(latest + 1)));
    }),
  );
  assert.ok(contains({ earliest: null, latest: null }, instant(0)));
});
