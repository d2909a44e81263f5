import { expect, test } from "vitest";
import { ar } from "./ar.ts";
import { de } from "./de.ts";
import { en, type MessageKey, type Messages } from "./en.ts";

const translations: readonly (readonly [name: string, messages: Messages])[] = [
  ["de", de],
  ["ar", ar],
];
const keys = Object.keys(en) as MessageKey[];

/** Names of the slots of a message, plural forms looked into. */
const slots = (message: string): string[] =>
  [...new Set(Array.from(message.matchAll(/\{(\w+)(?=[,}])/g), ([, name]) => name!))].sort();

for (const [name, messages] of translations) {
  test(`${name} has every message, and no other`, () => {
    expect(Object.keys(messages).toSorted()).toEqual(keys.toSorted());
  });

  test(`${name} fills the same slots`, () => {
    for (const key of keys) expect([key, slots(messages[key])]).toEqual([key, slots(en[key])]);
  });

  test(`nothing in ${name} is left in English by accident`, () => {
    expect(keys.filter((key) => messages[key] === en[key] && /[a-z]{5,} [a-z]{3,}/.test(en[key]))).toEqual([]);
  });
}
