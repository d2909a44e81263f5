import { expect, test } from "vitest";
import type { LabourAnswer } from "../../../../src/doors/api/contract.ts";
import { answersOf, hoursBetween, hoursKnown, roundTop, seriesOf } from "./labour-model.ts";

type Hour = LabourAnswer["hours"][number];
const hour = (nth: number, share: number | null, id: "participant_a" | "participant_b" = "participant_a"): Hour => ({
  participant: { id, name: id },
  hour: `2026-11-21T${String(nth).padStart(2, "0")}:00:00.000Z`,
  quoted: 3,
  noCouriers: 2,
  notServed: 1,
  refused: 0,
  unanswered: 4,
  availableShare: share,
  price: null,
  waitSeconds: null,
  lastAt: "2026-11-21T09:00:00Z",
});
const shareOf = ({ availableShare }: Hour) => availableShare;

test("hours of which nothing is known part the line", () => {
  const series = seriesOf(
    [hour(12, 0.5), hour(9, 0), hour(10, 1), hour(11, null), hour(9, 1, "participant_b")],
    shareOf,
  );
  expect(series.map(({ runs }) => runs.map((run) => run.map(({ value }) => value)))).toEqual([[[0, 1], [0.5]], [[1]]]);
});
test("a chart is at least an hour wide, and there is none of nothing", () => {
  expect(hoursBetween(seriesOf([hour(9, null)], shareOf))).toBe(null);
  const span = hoursBetween(seriesOf([hour(9, 1)], shareOf))!;
  expect(span.last - span.first).toBe(3_600_000);
});
test("the scale ends at a round number", () => {
  expect([0, 1, 3, 501, 1000, 0.07].map(roundTop)).toEqual([1, 1, 5, 1000, 1000, 0.1]);
});
test("hours to choose from, the newest first; answers are all that were asked", () => {
  const answer = { hours: [hour(9, 1), hour(11, 1), hour(9, 1, "participant_b")] } as unknown as LabourAnswer;
  expect(hoursKnown(answer)).toEqual([hour(11, 1).hour, hour(9, 1).hour]);
  expect(answersOf(hour(9, 1))).toBe(10);
});
