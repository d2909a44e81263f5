import { expect, test } from "vitest";
import { remainingWay } from "./remaining-way.ts";

const street: [number, number][] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [2, 1],
];

test("what is behind is left out, the place itself comes first", () => {
  expect(remainingWay(street, [1.02, 0.5])).toEqual([
    [1.02, 0.5],
    [1, 1],
    [2, 1],
  ]);
});

test("before the start everything is ahead, past the end only the end", () => {
  expect(remainingWay(street, [-1, 0])).toEqual([
    [-1, 0],
    [1, 0],
    [1, 1],
    [2, 1],
  ]);
  expect(remainingWay(street, [3, 1])).toEqual([
    [3, 1],
    [2, 1],
  ]);
});

test("nobody knows where: the whole way", () => {
  expect(remainingWay(street, null)).toBe(street);
  expect(remainingWay([[0, 0]], [1, 1])).toEqual([[0, 0]]);
});
