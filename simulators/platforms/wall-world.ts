import { instant } from "../../src/kernel/quantity.ts";
import { seeded } from "../../src/kernel/rng.ts";
import type { WireRequest, WireResponse } from "./wire.ts";
import type { World } from "./world.ts";

/** How long a receiver of webhooks may take. */
const patience_ms = 10_000;

/** The world of the wall clock: real timers, webhooks over HTTP, chance from `seed`, roads and addresses as given. */
export const wallWorld = (seed: number | string, town: Pick<World, "drive" | "locate">): World => ({
  clock: { now: () => instant(Date.now()) },
  rng: seeded(seed),
  after,
  drive: town.drive,
  locate: town.locate,
  post,
});

/** Node's timers end at 2^31 ms, some 24 days; a longer wait is taken in parts. None of them keeps the process alive. */
const longestTimer_ms = 2_000_000_000;

function after(wait_ms: number, act: () => void): void {
  const part_ms = Math.min(wait_ms, longestTimer_ms);
  const next = part_ms < wait_ms ? () => after(wait_ms - part_ms, act) : act;
  setTimeout(next, part_ms).unref();
}

async function post(url: string, { method, headers, body }: WireRequest): Promise<WireResponse | null> {
  try {
    const signal = AbortSignal.timeout(patience_ms);
    const response = await fetch(url, { method, headers, body: new Uint8Array(body), signal, redirect: "manual" });
    const answer = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body: answer };
  } catch {
    return null;
  }
}
