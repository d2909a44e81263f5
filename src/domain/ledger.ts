import type { Id, OrderId, ParticipantId } from "../kernel/id.ts";
import type { Money } from "../kernel/money.ts";
import type { Instant } from "../kernel/quantity.ts";

/**
 * The account of the exchange's clearing ledger that a posting lands on: what a shipper owes (`payable`, credit), what a carrier is owed
 * (`receivable`, debit), and what the operator keeps or bears of the difference (`margin`).
 */
export type Account = "payable" | "receivable" | "margin";

/** One line of the double-entry ledger. Debits are positive, credits negative; lines of one `entry` sum to zero. Never changed. */
export interface Posting {
  readonly id: Id<"posting">;
  /** Groups the lines that balance: one per settled journey. */
  readonly entry: string;
  readonly order: OrderId;
  readonly participant: ParticipantId;
  readonly account: Account;
  readonly amount: Money;
  readonly at: Instant;
  readonly text: string;
}

/** Whether the lines of every entry sum to zero in every currency. */
export function balanced(postings: readonly Posting[]): boolean {
  const sums = new Map<string, number>();
  for (const { entry, amount } of postings) {
    const key = `${entry} ${amount.currency}`;
    sums.set(key, (sums.get(key) ?? 0) + amount.amount);
  }
  return [...sums.values()].every((sum) => sum === 0);
}
