import { expect, test } from "vitest";
import { fill } from "./pattern.ts";

const orders = "{n, plural, one {# order of {who}} other {# orders of {who}}}";

test("a value takes its place, and a missing one stays visible", () => {
  expect(fill("{a} and {b}", { a: "x" }, "en")).toBe("x and {b}");
});

test("plurals follow the language and keep inner slots", () => {
  expect(fill(orders, { n: 1, who: "Mia" }, "en")).toBe("1 order of Mia");
  expect(fill(orders, { n: 1200, who: "Mia" }, "en")).toBe("1,200 orders of Mia");
  expect(fill(orders, { n: 1200, who: "Mia" }, "de")).toBe("1.200 orders of Mia");
});

test("an exact number wins over its plural form", () => {
  expect(fill("{n, plural, =0 {none} other {#}}", { n: 0 }, "en")).toBe("none");
  expect(fill("{n, plural, =0 {none} other {#}}", { n: 3 }, "en")).toBe("3");
});

test("text without slots is itself", () => {
  expect(fill("Nothing yet.", {}, "en")).toBe("Nothing yet.");
});
