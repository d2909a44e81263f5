import { setTimeout as wait } from "node:timers/promises";

const patience_s = 90;

/** Asks every `pause_ms` until there is an answer: what happens later is seen, not slept for. Fails after a minute and a half. */
export async function until<Value>(ask: () => Promise<Value | null>, pause_ms = 10): Promise<Value> {
  for (const end = Date.now() + patience_s * 1000; Date.now() < end; await wait(pause_ms)) {
    const found = await ask();
    if (found !== null) return found;
  }
  throw new Error(`it did not come to pass within ${patience_s} seconds`);
}
