import { expect, test } from "vitest";
import { isSort, isSortable, listed, pressed, wayOf, type Sort } from "./order-sort.ts";

const columns = ["placed", "promised", "expected"] as const;

test("the table is sorted by one column at a time, newest first to begin with", () => {
  expect(columns.map((column) => wayOf(column, listed))).toEqual(["descending", null, null]);
  expect(columns.map((column) => wayOf(column, "window"))).toEqual([null, "ascending", null]);
});

test("a heading sorts up, then down, then up again, wherever one comes from", () => {
  for (const column of columns) {
    let sort: Sort = column === "promised" ? listed : "window";
    const ways = [1, 2, 3].map(() => wayOf(column, (sort = pressed(column, sort))));
    expect(ways).toEqual(["ascending", "descending", "ascending"]);
  }
});

test("only what the server sorts by is a sort", () => {
  expect(["placed", "-estimate", "price", "--window", "", null].map(isSort)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(["expected", "price", "recipient"].map(isSortable)).toEqual([true, false, false]);
});
