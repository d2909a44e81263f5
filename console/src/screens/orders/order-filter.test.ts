import { expect, test } from "vitest";
import { filterFrom, sameFilter, toggled, withSaved } from "./order-filter.ts";

test("only what is a filter comes through", () => {
  expect(filterFrom({ text: "  A-1 ", state: ["placed", "placed", "flying"], more: 1 })).toEqual({
    text: "A-1",
    state: ["placed"],
  });
  expect(filterFrom({ text: 17, state: "failed" })).toEqual({ text: "17", state: ["failed"] });
  expect(filterFrom({ shipper: "courier_1", importedBy: "import_7", sort: "-window" })).toEqual({
    importedBy: "import_7",
    sort: "-window",
  });
  expect(filterFrom({ carrier: "participant_2", sort: "-price" })).toEqual({ carrier: "participant_2" });
  expect(filterFrom({ sort: "-placed", shipper: "participant_1" })).toEqual({ shipper: "participant_1" });
  expect(filterFrom({ sort: "--window" })).toEqual({});
  expect(filterFrom(null)).toEqual({});
});

test("toggling twice gives the filter back", () => {
  const filter = { text: "A", state: ["failed"] as const };
  expect(toggled(toggled(filter, "placed"), "placed")).toEqual(filter);
  expect(toggled(filter, "failed")).toEqual({ text: "A" });
});

test("filters are the same when they show the same, in whatever order the states were chosen", () => {
  expect(sameFilter({ state: ["placed", "failed"] }, { state: ["failed", "placed"] })).toBe(true);
  expect(sameFilter({ state: ["placed"] }, {})).toBe(false);
  expect(sameFilter({ sort: "window" }, {})).toBe(false);
});

test("a saved filter replaces its namesake", () => {
  const once = withSaved([], "Mine", { text: "a" });
  expect(withSaved(withSaved(once, "Also", {}), "Mine", { text: "b" })).toEqual([
    { name: "Also" },
    { name: "Mine", text: "b" },
  ]);
});
