import { expect, test } from "vitest";
import { instantAt, wallClock } from "./local-time.ts";

const lisbon = "Europe/Lisbon";

test("there and back, in winter and in summer", () => {
  for (const iso of ["2026-11-21T14:30:00.000Z", "2026-07-01T23:05:00.000Z", "2026-01-01T00:00:00.000Z"])
    for (const zone of [lisbon, "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])
      expect(instantAt(wallClock(iso, zone), zone)).toBe(iso);
});

test("the hour that comes twice is the first one, the hour that never comes is the one after", () => {
  expect(instantAt("2026-10-25T01:30", lisbon)).toBe("2026-10-25T00:30:00.000Z");
  expect(instantAt("2026-03-29T01:30", lisbon)).toBe("2026-03-29T01:30:00.000Z");
  expect(wallClock("2026-03-29T01:30:00Z", lisbon)).toBe("2026-03-29T02:30");
});

test("what is no time is null", () => {
  expect(instantAt("", lisbon)).toBeNull();
  expect(instantAt("2026-13-01T00:00", lisbon)).toBeNull();
});
