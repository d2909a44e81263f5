import { expect, test } from "vitest";
import type { LiveCourier, LiveLeg } from "../../../../src/doors/api/contract.ts";
import { grown, merged } from "./trail.ts";

const at = (second: number) => `2026-11-21T09:00:${String(second).padStart(2, "0")}Z`;
const step = (second: number) => ({ point: [second, 0] as [number, number], at: at(second) });
const leg = (state: LiveLeg["state"]) => ({ state }) as LiveLeg;
const courier = (second: number) => ({ position: { ...step(second), ageSeconds: 0 } }) as LiveCourier;

test("a trail grows by what the live view knows, once, and only while the leg is under way", () => {
  const trail = [step(1), step(2)];
  expect(grown(trail, leg("picked_up"), courier(3))).toEqual([step(1), step(2), step(3)]);
  expect(grown(trail, leg("picked_up"), courier(2))).toBe(trail);
  expect(grown(trail, leg("assigned"), courier(3))).toBe(trail);
  expect(grown(trail, undefined, undefined)).toBe(trail);
});

test("the record read anew never shortens what was seen", () => {
  const seen = [step(1), step(3), step(4)];
  expect(merged([step(1), step(2)], seen)).toEqual([step(1), step(2), step(3), step(4)]);
  expect(merged([], seen)).toBe(seen);
  expect(merged([step(5)], seen)).toEqual([step(5)]);
});
