import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromLocal, isZone, localDate, toLocal, type LocalTime } from "./local-time.ts";
import { after, hours, instant, toIso, type Instant } from "./quantity.ts";

const zones = [
  "Europe/Berlin",
  "America/New_York",
  "Atlantic/Azores",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "UTC",
] as const;
const zone = fc.constantFrom(...zones);
/** Whole seconds of 2020 to 2035. */
const moment = fc
  .integer({ min: Date.UTC(2020, 0) / 1000, max: Date.UTC(2035, 0) / 1000 })
  .map((second) => instant(second * 1000));
const local = (text: string): LocalTime => {
  const [year, month, day, hour, minute] = text.split(/\D/).map(Number) as [number, number, number, number, number];
  return { year, month, day, hour, minute, second: 0 };
};
const shown = ({ year, month, day, hour, minute }: LocalTime): string => {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
};

test("K8 what the wall shows leads back to the same instant, or to the first of the two that show it", () => {
  fc.assert(
    fc.property(moment, zone, (at, where) => {
      const back = fromLocal(toLocal(at, where), where);
      assert.deepEqual(toLocal(back, where), toLocal(at, where));
      assert.ok(back <= at && at - back <= 3_600_000);
    }),
    { numRuns: 500 },
  );
});

test("K8 later on the wall of one day is never earlier in time", () => {
  const minute = fc.nat(24 * 60 - 1);
  const on = (day: Instant, minutes: number, where: string): Instant =>
    fromLocal({ ...toLocal(day, where), hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0 }, where);
  fc.assert(
    fc.property(moment, zone, minute, minute, (day, where, a, b) => {
      // A skipped hour moves on by the gap, so that only a time inside it may come after one behind it.
      const [first, second] = [on(day, Math.min(a, b), where), on(day, Math.max(a, b), where)];
      assert.ok(second - first >= -3_600_000);
      if (toLocal(first, where).hour * 60 + toLocal(first, where).minute === Math.min(a, b)) assert.ok(first <= second);
    }),
    { numRuns: 300 },
  );
});

/** Each zone's change forward and back: a skipped time with what it becomes, and a time that comes twice with its first instant. */
const changes: readonly (readonly [zone: string, skipped: string, becomes: string, twice: string, first: string])[] = [
  ["Europe/Berlin", "2027-03-28 02:30", "2027-03-28 03:30", "2027-10-31 02:30", "2027-10-31T00:30:00.000Z"],
  ["America/New_York", "2027-03-14 02:30", "2027-03-14 03:30", "2027-11-07 01:30", "2027-11-07T05:30:00.000Z"],
  ["Atlantic/Azores", "2027-03-28 00:30", "2027-03-28 01:30", "2027-10-31 00:30", "2027-10-31T00:30:00.000Z"],
  // Half an hour only.
  ["Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-03 02:45", "2027-04-04 01:45", "2027-04-03T14:45:00.000Z"],
];

for (const [where, skipped, becomes, twice, first] of changes) {
  test(`K8 ${where}: a skipped time moves on by the gap, a time that comes twice is the first`, () => {
    assert.equal(shown(toLocal(fromLocal(local(skipped), where), where)), becomes);
    assert.equal(toIso(fromLocal(local(twice), where)), first);
    const second = after(fromLocal(local(twice), where), hours(where === "Australia/Lord_Howe" ? 0.5 : 1));
    assert.equal(shown(toLocal(second, where)), twice);
  });
}

test("K9 a test day across the clock change has 23 or 25 hours, and shows each whole hour that there is", () => {
  const day = (date: string): string => {
    const [start, end] = [
      fromLocal(local(`${date} 00:00`), "Europe/Berlin"),
      fromLocal({ ...local(`${date} 23:59`), second: 59 }, "Europe/Berlin"),
    ];
    const shows: string[] = [];
    for (let at = start; at <= end; at = after(at, hours(1))) shows.push(String(toLocal(at, "Europe/Berlin").hour));
    return `${date}: ${shows.slice(0, 5).join(" ")} … ${shows.length} hours`;
  };
  assert.equal(
    ["2027-03-28", "2027-03-29", "2027-10-31"].map(day).join("\n"),
    `2027-03-28: 0 1 3 4 5 … 23 hours
2027-03-29: 0 1 2 3 4 … 24 hours
2027-10-31: 0 1 2 2 3 … 25 hours`,
  );
});

test("K8 a date is the place's own", () => {
  const midnight = instant(Date.UTC(2027, 0, 1));
  assert.deepEqual(
    ["UTC", "America/New_York", "Australia/Lord_Howe"].map((where) => localDate(midnight, where)),
    ["2027-01-01", "2026-12-31", "2027-01-01"],
  );
});

test("K8 only what the runtime knows is a zone", () => {
  assert.ok(zones.every(isZone));
  for (const wrong of ["Europe/Millport", "CEST?", ""]) assert.ok(!isZone(wrong), wrong);
});
