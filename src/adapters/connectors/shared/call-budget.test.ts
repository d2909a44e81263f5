import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instant } from "../../../kernel/quantity.ts";
import { CallBudget, callOf } from "./call-budget.ts";
import type { CallLimit } from "./platform-kind.ts";

const quotes: CallLimit = {
  name: "quotes",
  calls: 5,
  per_s: 10,
  quotes: "alone",
  covers: ({ method, path }) => method === "POST" && path === "/quotes",
};
const others: CallLimit = { name: "others", calls: 10, per_s: 60, quotes: "none", covers: () => true };
const quote = { method: "POST", path: "/quotes" } as const;
const look = { method: "GET", path: "/deliveries/1" } as const;

function budget(limits: readonly CallLimit[]) {
  let now = 1_000_000;
  const clock = { now: () => instant(now) };
  return { one: new CallBudget(clock, limits), pass: (ms: number) => void (now += ms), now: () => now };
}

test("R3 however calls come, no span of a limit's length holds more of them than the limit, and none waits without need", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4000), fc.boolean()), { maxLength: 120 }), (story) => {
      const { one, pass, now } = budget([quotes, others]);
      const out: Record<string, number[]> = { quotes: [], others: [] };
      for (const [wait, isQuote] of story) {
        pass(wait);
        const limit = isQuote ? quotes : others;
        const inSpan = out[limit.name]!.filter((at) => at > now() - limit.per_s * 1000);
        const told = one.take(isQuote ? quote : look);
        assert.equal(told === null, inSpan.length < limit.calls);
        if (told === null) out[limit.name]!.push(now());
        else assert.equal(told, inSpan.at(-limit.calls)! + limit.per_s * 1000 - now(), "told when it is free again");
      }
    }),
  );
});

test("R3 a 429 is kept to by every call, and the later of two counts", () => {
  const { one, pass } = budget([quotes]);
  one.pause(3000);
  one.pause(1000);
  assert.deepEqual([one.take(look), one.take(quote), one.forQuotes().left], [3000, 3000, 0]);
  assert.deepEqual([one.view().pausedUntil, one.view().turnedAway], [1_003_000, 2]);
  pass(3000);
  assert.deepEqual([one.take(look), one.take(quote), one.view().pausedUntil], [null, null, null]);
});

test("R3 where quotes share a limit, a fifth of it is kept for what is promised; without a limit there is no end", () => {
  const shared: CallLimit = { ...others, quotes: "among others" };
  const { one } = budget([shared]);
  assert.deepEqual(one.forQuotes(), { left: 8, isShort: false });
  for (let nth = 0; nth < 6; nth++) one.take(look);
  assert.deepEqual(one.forQuotes(), { left: 2, isShort: true });
  for (let nth = 0; nth < 2; nth++) assert.equal(one.take(look), null);
  assert.deepEqual([one.forQuotes().left, one.take(look), one.view().quotas[0]!.left], [0, null, 1]);
  assert.equal(budget([quotes]).one.forQuotes().left, 5, "a limit of their own is all theirs");
  assert.equal(budget([]).one.forQuotes().left, null);
});

test("R3 a call's path is what follows the base URL; another host's is its own", () => {
  const base = "https://rest.example/v3";
  assert.deepEqual(callOf({ method: "GET", url: `${base}/orders/1?a=b` }, base), {
    method: "GET",
    path: "/orders/1?a=b",
  });
  assert.equal(callOf({ method: "POST", url: "https://auth.example/token" }, base).path, "/token");
});
