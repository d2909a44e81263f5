import { expect, test } from "vitest";
import { de } from "./de.ts";
import { en } from "./en.ts";

/** Names of the slots of a message, plural forms looked into. */
const slots = (message: string): string[] =>
  [...new Set(Array.from(message.matchAll(/\{(\w+)(?=[,}])/g), ([, name]) => name!))].sort();

test("a translation fills the same slots", () => {
  for (const [key, message] of Object.entries(en))
    expect([key, slots(de[key as keyof typeof en])]).toEqual([key, slots(message)]);
});

test("nothing is left in English by accident", () => {
  const same = Object.entries(en).filter(
    ([key, message]) => de[key as keyof typeof en] === message && /[a-z]{5,} [a-z]{3,}/.test(message),
  );
  expect(same).toEqual([]);
});
