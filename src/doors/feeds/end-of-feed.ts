import type { Reads, Scope } from "../../domain/index.ts";

/** The position of the newest event in a scope's feed; 0 where there is none. Found by halving: positions of other scopes leave gaps. */
export async function endOfFeed(reads: Pick<Reads, "feed">, scope: Scope): Promise<number> {
  let [low, high] = [0, 1];
  const after = async (position: number): Promise<boolean> => (await reads.feed(scope, position, 1)).length > 0;
  while (await after(high)) [low, high] = [high, high * 2];
  if (!(await after(low))) return low;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await after(middle)) low = middle;
    else high = middle;
  }
  return high;
}
