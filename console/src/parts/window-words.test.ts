import { expect, test } from "vitest";
import { en, type MessageKey } from "../i18n/en.ts";
import { formatFor } from "../i18n/format.ts";
import { fill } from "../i18n/pattern.ts";
import { windowWords } from "./window-words.ts";

const locale = { t: (key: MessageKey, values = {}) => fill(en[key], values, "en"), f: formatFor("en", "UTC") };
const [nine, ten] = ["2026-11-21T09:00:00Z", "2026-11-21T10:00:00Z"];
const words = (earliest: string | null, latest: string | null) => windowWords({ earliest, latest }, nine, locale);

test("an open end is said, not drawn", () => {
  expect(words(nine, ten)).toBe("09:00–10:00");
  expect(words(null, ten)).toBe("by 10:00");
  expect(words(nine, null)).toBe("from 09:00");
  expect(words(null, null)).toBeNull();
});
