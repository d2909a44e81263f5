import { expect, test } from "vitest";
import type { CandidateView, DecisionView } from "../../../src/doors/api/contract.ts";
import { en } from "../i18n/en.ts";
import { formatFor } from "../i18n/format.ts";
import { fill } from "../i18n/pattern.ts";
import { decisionSentence, lossWords, ranked } from "./decision-words.ts";

const words = {
  t: (key: keyof typeof en, values = {}) => fill(en[key], values, "en"),
  f: formatFor("en", "UTC"),
  word: (list: string, value: string) => (en as Record<string, string>)[`${list}.${value}`] ?? value,
};

const one = (name: string, cost: number | null, change: Partial<CandidateView> = {}): CandidateView => ({
  carrier: { id: `participant_${name}`, name },
  courier: null,
  courierName: null,
  price: cost === null ? null : { amount: cost, currency: "EUR" },
  pickupAt: null,
  dropoffAt: null,
  source: "platform",
  expectedCostMinor: cost,
  chosen: false,
  lost: null,
  ...change,
});

const decision = (...candidates: CandidateView[]): DecisionView => ({
  id: "decision_a",
  leg: "leg_a",
  order: "order_a",
  at: "2026-11-21T09:00:00Z",
  outcome: candidates.some(({ chosen }) => chosen) ? "chosen" : "none",
  candidates,
  inputs: [],
  policy: { name: "p", version: 1, latenessPerMinuteMinor: 50 },
  latencyMs: 1,
  quoteWaitMs: 1,
});

test("the sentence says who, for how much, and what the next one would have cost", () => {
  const mia = one("Riders", 412, { chosen: true, courierName: "Mia" });
  expect(decisionSentence(decision(one("Uber Direct", 799), mia, one("DoorDash", null)), words)).toBe(
    "Mia, Riders, for €4.12: €3.87 less than the next of 3 candidates.",
  );
  expect(decisionSentence(decision(mia), words)).toContain("only");
  const dearer = one("Uber Direct", null, { lost: { code: "DEARER", words: "dearer" } });
  expect(decisionSentence(decision(mia, dearer), words)).toBe("Mia, Riders, for €4.12, of 2 candidates.");
  expect(lossWords(dearer.lost!, "EUR", words)).toBe("dearer");
  expect(decisionSentence(decision(one("A", 5), one("B", null)), words)).toContain("Nobody");
});

test("reasons come in the reader's words, unknown ones in the server's", () => {
  expect(lossWords({ code: "LATE", words: "x", by: 480 } as never, "EUR", words)).toBe("would be 8 min late");
  expect(lossWords({ code: "DEARER", words: "x", by: 43 } as never, "EUR", words)).toBe("dearer by €0.43");
  expect(lossWords({ code: "MOON_TOO_FULL", words: "the moon is too full" }, "EUR", words)).toBe(
    "the moon is too full",
  );
});

test("the chosen one stands first, who named no price last", () => {
  const order = ranked([one("c", null), one("b", 9), one("a", 5), one("x", 20, { chosen: true })]);
  expect(order.map(({ carrier }) => carrier.name)).toEqual(["x", "a", "b", "c"]);
});
