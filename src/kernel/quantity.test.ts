import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  after,
  before,
  between,
  earlier,
  fromIso,
  grams,
  hours,
  instant,
  later,
  liters,
  meters,
  minor,
  minutes,
  seconds,
  toIso,
} from "./quantity.ts";

const moment = fc.integer({ min: 0, max: 4_102_444_800_000 }).map(instant);
const wait = fc.nat(10_000_000).map(seconds);

test("K1 quantities are whole, and those of which there is no less than nothing are not negative", () => {
  for (const make of [meters, seconds, grams, liters]) {
    assert.equal(make(0), 0);
    for (const wrong of [-1, 0.5, Number.NaN, Infinity, 2 ** 53]) assert.throws(() => make(wrong), RangeError);
  }
  assert.equal(minor(-5), -5);
  assert.throws(() => minor(0.5), RangeError);
  assert.throws(() => instant(0.5), RangeError);
  assert.equal(minutes(1.5), 90);
  assert.equal(hours(0.5), 1800);
});

test("K1 after and before undo each other, and between counts what lies there", () => {
  fc.assert(
    fc.property(moment, wait, (at, span) => {
      assert.equal(before(after(at, span), span), at);
      assert.equal(between(at, after(at, span)), span);
      assert.equal(between(after(at, span), at), 0);
      assert.equal(later(at, after(at, span)), after(at, span));
      assert.equal(earlier(at, after(at, span)), at);
    }),
  );
});

test("K1 a started second counts as a whole one", () => {
  assert.equal(between(instant(0), instant(1)), 1);
  assert.equal(between(instant(0), instant(1000)), 1);
  assert.equal(between(instant(0), instant(1001)), 2);
});

test("K2 an instant is read back as it was written", () => {
  fc.assert(fc.property(moment, (at) => assert.equal(fromIso(toIso(at)), at)));
});

test("K2 every offset names the same instant", () => {
  const nine = Date.UTC(2026, 10, 21, 9);
  for (const text of [
    "2026-11-21T09:00:00Z",
    "2026-11-21T10:00+01:00",
    "2026-11-21t04:30:00.000-04:30",
    "2026-11-21 09:00:00.0000Z",
  ]) {
    assert.equal(fromIso(text), nine, text);
  }
});

test("K2 a local time without an offset is no instant, nor is anything else that is not one", () => {
  const wrong = [
    "2026-11-21T09:00:00",
    "2026-11-21T09:00",
    "2026-11-21",
    "09:00Z",
    "",
    "tomorrow",
    "2026-13-01T00:00:00Z",
    "2026-11-21T25:00:00Z",
    "1795251600000",
    " 2026-11-21T09:00:00Z",
  ];
  for (const text of wrong) assert.equal(fromIso(text), null, text);
});

test("K2 a day that its month does not have is no day", () => {
  for (const text of ["2026-02-30T00:00:00Z", "2027-02-29T00:00:00Z", "2026-04-31T10:00+01:00"])
    assert.equal(fromIso(text), null, text);
  assert.equal(fromIso("2028-02-29T00:00:00Z"), Date.UTC(2028, 1, 29));
});
