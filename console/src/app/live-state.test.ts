import { expect, test } from "vitest";
import { afterMessage, freshnessOf, nothingYet } from "./live-state.ts";

const message = (event: string, data: unknown) => ({ event, data: JSON.stringify(data), id: null });
const live = (...shifts: string[]) =>
  message("live", { now: "2026-11-21T09:00:00Z", couriers: shifts.map((shift) => ({ shift })), legs: [] });

test("ways merge by shift, and go with their shift", () => {
  let state = afterMessage(nothingYet, message("ways", { ways: [{ shift: "shift_a", version: 1, way: [] }] }), 1);
  state = afterMessage(state, message("ways", { ways: [{ shift: "shift_b", version: 3, way: [] }] }), 2);
  expect([...state.ways.keys()]).toEqual(["shift_a", "shift_b"]);
  state = afterMessage(state, live("shift_b"), 3);
  expect([...state.ways.keys()]).toEqual(["shift_b"]);
  expect(state.dataAt).toBe(3);
});

test("an entry that comes twice is kept once, newest first", () => {
  let state = nothingYet;
  for (const id of ["event_1", "event_2", "event_2"]) state = afterMessage(state, message("happened", { id }), 0);
  expect(state.happened.map(({ id }) => id)).toEqual(["event_2", "event_1"]);
});

test("the clock never goes back to what was told before", () => {
  const clock = (second: number, paused: boolean) => ({ now: `2026-11-21T09:00:0${second}.000Z`, speed: 30, paused });
  const told = { ...nothingYet, clock: clock(5, true) };
  expect(afterMessage(told, message("clock", clock(4, false)), 0)).toBe(told);
  expect(afterMessage(told, message("clock", clock(5, true)), 0)).toBe(told);
  expect(afterMessage(told, message("clock", clock(6, false)), 0).clock?.paused).toBe(false);
});

test("a word the console does not know changes nothing", () => {
  expect(afterMessage(nothingYet, message("weather", {}), 1)).toBe(nothingYet);
});

test("the screen says live only while it hears something", () => {
  expect(freshnessOf(false, null, null, 0)).toEqual({ kind: "connecting" });
  expect(freshnessOf(true, 1000, 1000, 5000)).toEqual({ kind: "live" });
  expect(freshnessOf(true, 1000, 1000, 40_000)).toEqual({ kind: "reconnecting", age_s: 39 });
  expect(freshnessOf(false, 9000, 1000, 10_000)).toEqual({ kind: "reconnecting", age_s: 9 });
});
