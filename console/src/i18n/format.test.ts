import { expect, test } from "vitest";
import { formatFor } from "./format.ts";

const porto = formatFor("en", "Europe/Lisbon");
const plain = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, " ");

test("times are read in the city's zone, also across a clock change", () => {
  expect(porto.time("2026-10-25T00:30:00Z")).toBe("01:30");
  expect(porto.time("2026-10-25T01:30:00Z")).toBe("01:30");
  expect(porto.clock("2026-07-01T23:59:59Z")).toBe("00:59:59");
});

test("another day says its date", () => {
  expect(porto.when("2026-11-21T09:00:00Z", "2026-11-21T20:00:00Z")).toBe("09:00");
  expect(porto.when("2026-11-22T09:00:00Z", "2026-11-21T20:00:00Z")).toContain("22");
});

test("a window shows its open ends", () => {
  const now = "2026-11-21T08:00:00Z";
  expect(porto.span({ earliest: "2026-11-21T09:00:00Z", latest: null }, now)).toBe("09:00–…");
  expect(porto.span({ earliest: null, latest: null }, now)).toBeNull();
});

test("money follows its currency's decimals", () => {
  expect(plain(porto.money({ amount: 1234, currency: "EUR" }))).toBe("€12.34");
  expect(plain(porto.money({ amount: 1234, currency: "JPY" }))).toBe("¥1,234");
  expect(plain(formatFor("de", "UTC").money({ amount: 1234, currency: "EUR" }))).toBe("12,34 €");
});

test("ages pick their unit", () => {
  expect([12, 180, 7200, 200_000].map((s) => porto.age(s))).toEqual(["12 sec", "3 min", "2 hr", "2 days"]);
  expect(porto.age(-3)).toBe("0 sec");
});
