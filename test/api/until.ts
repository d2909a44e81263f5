import { setTimeout as wait } from "node:timers/promises";

/** Asks until there is an answer: what the network does after it has answered is seen, not slept for. Fails after ten seconds. */
export async function until<Value>(ask: () => Promise<Value | null>): Promise<Value> {
  for (const end = Date.now() + 10_000; Date.now() < end; await wait(10)) {
    const found = await ask();
    if (found !== null) return found;
  }
  throw new Error("it did not come to pass within ten seconds");
}
