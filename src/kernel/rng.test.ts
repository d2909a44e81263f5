import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seeded, type Rng } from "./rng.ts";

const draw = (rng: Rng, count = 50): number[] => Array.from({ length: count }, () => rng.next());

test("K4 the same seed gives the same numbers, another seed others", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      assert.deepEqual(draw(seeded(a)), draw(seeded(a)));
      if (a !== b) assert.notDeepEqual(draw(seeded(a)), draw(seeded(b)));
    }),
  );
  assert.deepEqual(draw(seeded(7)), draw(seeded("7")));
});

test("K4 the first numbers of a seed are the same on every machine, for ever", () => {
  const rng = seeded(7);
  assert.deepEqual([rng.below(1_000_000), rng.below(1_000_000), rng.below(1_000_000)], [391440, 148288, 435141]);
});

test("K5 what one part draws never shifts what another gets", () => {
  fc.assert(
    fc.property(fc.nat(100), fc.nat(100), (parent, sibling) => {
      const rng = seeded("day");
      const expected = draw(rng.fork("couriers"));
      draw(rng, parent);
      draw(rng.fork("orders"), sibling);
      assert.deepEqual(draw(rng.fork("couriers")), expected);
    }),
  );
});

test("K5 forks differ from each other, from their parent and from forks of forks", () => {
  const rng = seeded(1);
  const streams = [rng, rng.fork("a"), rng.fork("b"), rng.fork("a").fork("b"), rng.fork("b").fork("a")].map((one) =>
    draw(one).join(),
  );
  assert.equal(new Set(streams).size, streams.length);
});

test("K4 every draw stays in its bounds", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, bound) => {
      const rng = seeded(seed);
      for (let i = 0; i < 100; i++) {
        const [unit, whole, span] = [rng.next(), rng.below(bound), rng.between(-bound, bound)];
        assert.ok(unit >= 0 && unit < 1);
        assert.ok(Number.isInteger(whole) && whole >= 0 && whole < bound);
        assert.ok(span >= -bound && span < bound);
        assert.ok(rng.exponential(bound) >= 0);
        assert.ok(Number.isFinite(rng.normal(0, bound)));
      }
    }),
  );
});

test("K4 the distributions have the means they are asked for", () => {
  const rng = seeded("means");
  const mean = (of: () => number): number => Array.from({ length: 20_000 }, of).reduce((a, b) => a + b, 0) / 20_000;
  const near = (value: number, wanted: number): void => assert.ok(Math.abs(value - wanted) < wanted * 0.05, `${value}`);
  near(
    mean(() => rng.next()),
    0.5,
  );
  near(
    mean(() => rng.exponential(90)),
    90,
  );
  near(
    mean(() => rng.normal(300, 60)),
    300,
  );
  near(
    mean(() => rng.below(11)),
    5,
  );
});

test("K4 nothing is picked from nothing", () => {
  assert.throws(() => seeded(1).pick([]), RangeError);
  assert.equal(seeded(1).pick(["only"]), "only");
});
