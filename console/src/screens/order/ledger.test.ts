import { expect, test } from "vitest";
import { balances, entriesOf } from "./ledger.ts";

const line = (entry: string, amount: number, currency = "EUR") => ({
  id: "posting_a" as const,
  entry,
  participant: { id: "participant_a" as const, name: "A" },
  account: "margin" as const,
  amount: { amount, currency },
  at: "2026-11-21T09:00:00Z",
  text: "",
});

test("an entry balances when each currency sums to zero", () => {
  const [one, two] = entriesOf([line("one", 5), line("two", 5), line("one", -5), line("two", -5, "USD")]);
  expect(balances(one!)).toBe(true);
  expect(balances(two!)).toBe(false);
});
