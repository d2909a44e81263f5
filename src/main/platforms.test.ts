import assert from "node:assert/strict";
import { test } from "node:test";
import { ConnectionDropped, type PlatformSimulator } from "../../simulators/platforms/index.ts";
import { instant } from "../kernel/quantity.ts";
import { seeded } from "../kernel/rng.ts";
import { hookUrl, inProcess } from "./platforms.ts";
import { VirtualTime } from "./virtual-time.ts";

const request = (url: string, timeout_ms = 10_000) => ({
  method: "GET" as const,
  url,
  headers: { "X-One": "1" },
  body: null,
  timeout_ms,
});
const answer = { status: 200, headers: {}, body: new Uint8Array() };

/** A platform that answers by its path. */
const platform = (seen: string[]): PlatformSimulator =>
  ({
    platform: "uber-direct",
    handle: async ({ path, headers }: { path: string; headers: Record<string, string> }) => {
      seen.push(`${path} ${Object.keys(headers).join()}`);
      if (path === "/dropped") throw new ConnectionDropped("reset");
      return path === "/never" ? new Promise(() => undefined) : answer;
    },
  }) as unknown as PlatformSimulator;

test("W13 a platform in this process is reached as over a wire: by its address, after a latency, and not when it hangs or drops", async () => {
  const time = new VirtualTime(instant(0));
  const seen: string[] = [];
  const reach = await inProcess(time, seeded("latency"))([platform(seen)]);
  const ask = async (path: string, timeout_ms?: number) => {
    const sent = time.now();
    let told: [unknown, number] | null = null;
    void reach.transport
      .send(request(path.startsWith("http") ? path : `${reach.baseUrl("uber-direct")}${path}`, timeout_ms))
      .then((value) => (told = [value, time.now() - sent]));
    await time.run(instant(time.now() + 60_000));
    return told as unknown as [{ status?: number; kind?: string; reason?: string }, number];
  };
  const [well, latency] = await ask("/well?a=1");
  assert.equal(well.status, 200);
  assert.ok(latency >= 40 && latency <= 400, `${latency} ms`);
  assert.deepEqual(seen, ["/well?a=1 x-one"], "headers arrive in lower case");
  const [hung, waited] = await ask("/never", 5000);
  assert.deepEqual([hung.kind, hung.reason, waited], ["outage", "no answer in time", 5000]);
  assert.deepEqual((await ask("/dropped"))[0].reason, "connection lost");
  assert.match((await ask("http://nobody.invalid/"))[0].reason!, /no platform at nobody/);
  assert.equal(hookUrl("https://x.example", "doordash-drive"), "https://x.example/hooks/doordash-drive");
});
