import type { TestContext } from "node:test";
import { seeded } from "../../../src/kernel/rng.ts";
import type { PlatformMaker } from "../maker.ts";
import { paperTown } from "../paper-town.ts";
import { serve } from "../serve.ts";
import { wallWorld } from "../wall-world.ts";
import type { PlatformSimulator } from "../wire.ts";
import { calm } from "./millbrook.ts";

/** A simulator behind a real socket, under the wall clock, until the test ends: for clients that others wrote. */
export async function onLoopback(test: TestContext, { platform, make }: PlatformMaker) {
  const simulators: PlatformSimulator[] = [];
  const { port, close } = await serve(simulators, 0);
  test.after(close);
  const baseUrl = `http://127.0.0.1:${port}/${platform}`;
  const simulator = make(wallWorld(1, paperTown), {
    market: { coverage: paperTown.coverage, supply: { ...calm.supply, assign_s: 3600 } },
    examples: paperTown.examples,
    sandbox: false,
    webhookUrl: null,
    publicUrl: baseUrl,
    limited: true,
    secrets: seeded("clients"),
  });
  simulators.push(simulator);
  return { simulator, baseUrl, port, ...paperTown.examples };
}
