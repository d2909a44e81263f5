import type { OrderDetail } from "../../../../src/doors/api/contract.ts";

type Posting = OrderDetail["money"][number];

/** The lines of one entry with their sum by currency: zero when the books are right. */
export interface Entry {
  readonly entry: string;
  readonly postings: readonly Posting[];
  readonly sums: ReadonlyMap<string, number>;
}

export function entriesOf(postings: readonly Posting[]): Entry[] {
  const entries = Map.groupBy(postings, ({ entry }) => entry);
  return [...entries].map(([entry, lines]) => {
    const sums = new Map<string, number>();
    for (const { amount } of lines) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amount);
    return { entry, postings: lines, sums };
  });
}

/** The viewer may see one side of an entry only: then it cannot balance here, and that is no fault. */
export const balances = (entry: Entry): boolean => [...entry.sums.values()].every((sum) => sum === 0);
