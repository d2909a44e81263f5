import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Point } from "../../src/kernel/point.ts";
import { placeAt } from "./courier.ts";

const ways = fc
  .array(fc.record({ x: fc.integer({ min: -50, max: 50 }), y: fc.integer({ min: -50, max: 50 }), wait: fc.nat(90) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((list) => {
    let passed = 0;
    const elapsed = list.map(({ wait }, i) => (passed += i === 0 ? 0 : wait));
    return { shape: list.map(({ x, y }): Point => [-8.6 + x / 10_000, 41 + y / 10_000]), elapsed };
  });
const near = ([a, b]: Point, [c, d]: Point): boolean => Math.abs(a - c) < 1e-9 && Math.abs(b - d) < 1e-9;

test("P1 before the start one is at the start, beyond the end at the end", () => {
  fc.assert(
    fc.property(ways, fc.nat(100), (way, more) => {
      assert.deepEqual(placeAt(way, -more), way.shape[0]);
      assert.ok(near(placeAt(way, way.elapsed.at(-1)! + more + 1), way.shape.at(-1)!));
    }),
  );
});

test("P1 between two points of the way one is on the line between them, as far as the time says", () => {
  fc.assert(
    fc.property(ways, fc.double({ min: 0, max: 1, noNaN: true }), (way, share) => {
      const total = way.elapsed.at(-1)!;
      const passed = total * share;
      const next = way.elapsed.findIndex((at) => at >= passed);
      if (next <= 0) return;
      const [from, to] = [way.elapsed[next - 1]!, way.elapsed[next]!];
      const part = (passed - from) / (to - from);
      const [a, b] = [way.shape[next - 1]!, way.shape[next]!];
      const expected: Point = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
      assert.ok(near(placeAt(way, passed), expected), `${placeAt(way, passed).join()} is not ${expected.join()}`);
    }),
  );
});
