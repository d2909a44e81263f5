import assert from "node:assert/strict";
import { test } from "node:test";
import { conform, type Carrier, type Verdict } from "../../../src/doors/conform/index.ts";
import { bytes, readObject } from "../shared/json.ts";
import { calm, millbrook } from "../testing/millbrook.ts";
import { virtualWorld } from "../testing/virtual-world.ts";
import { carrierApi } from "./index.ts";

test("W1 the partner's fleet conforms to the carrier API, a whole delivery included", async () => {
  const world = virtualWorld(1);
  const fleet = carrierApi(world, { market: calm, examples: millbrook });
  const carrier: Carrier = {
    async ask({ method, path, body, headers = {} }) {
      const sent = { authorization: `Bearer ${fleet.credentials["key"]}`, ...headers };
      const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
      const shown = Object.entries(sent).filter((one): one is [string, string] => one[1] !== null);
      const request = { method, path, headers: Object.fromEntries(shown), body: bytes(text) };
      const answer = await world.until(fleet.handle(request));
      return { ...answer, json: readObject(answer.body) ?? undefined };
    },
  };
  let ids = 0;
  const visit = {
    carrier,
    newId: () => `check-${ids++}`,
    wait: (ms: number) => world.pass(ms / 1000),
    now: () => world.clock.now(),
    inbox: null,
    watch_s: 7200,
  };
  const verdicts: Verdict[] = [];
  for await (const verdict of conform(visit)) verdicts.push(verdict);
  assert.deepEqual(
    verdicts.filter(({ outcome }) => outcome !== "passed").map(({ id }) => id),
    ["K13"],
    JSON.stringify(verdicts.filter(({ outcome }) => outcome === "failed")),
  );
});
