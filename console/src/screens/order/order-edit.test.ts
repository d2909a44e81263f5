import { expect, test } from "vitest";
import { editOf } from "./order-edit.ts";

const before = { readyAt: "2026-11-21T09:00", earliest: "", latest: "2026-11-21T10:00", phone: "1", notes: "" };
const instant = (wall: string) => (wall === "" ? null : `${wall}:00Z`);

test("what was not touched is not sent", () => {
  expect(editOf(before, before, instant)).toEqual({});
  expect(editOf(before, { ...before, notes: " Ring twice " }, instant)).toEqual({ dropoffNotes: "Ring twice" });
});

test("a window goes as a whole, an emptied field is null", () => {
  expect(editOf(before, { ...before, earliest: "2026-11-21T09:30", phone: "" }, instant)).toEqual({
    dropoffWindow: { earliest: "2026-11-21T09:30:00Z", latest: "2026-11-21T10:00:00Z" },
    dropoffPhone: null,
  });
});
