import assert from "node:assert/strict";
import { test } from "node:test";
import { isOutage, jsonIn, openService } from "./index.ts";
import { loopback, type Scripted } from "./testing.ts";

const settings = { timeout_ms: 10_000, most_bytes: 1000, pace_ms: 0, userAgent: "Milepool test" };

test("O1 timeouts, too much, redirects, 408, 429 and 5xx are outages, told apart by what asking again can do", async (t) => {
  const answers: Record<string, Scripted> = {
    "/good": { body: '{"a":1}' },
    "/no": { status: 404, body: "{}" },
    "/busy": { status: 429, body: "", headers: { "retry-after": "7" } },
    "/broken": { status: 503, body: "" },
    "/moved": { status: 302, body: "", headers: { location: "/good" } },
    "/long": { body: "x".repeat(1001) },
    "/silent": { body: null },
  };
  const server = await loopback(({ url }) => answers[url]!);
  t.after(() => server.close());
  const ask = (path: string, timeout_ms = 10_000) =>
    openService({ ...settings, timeout_ms, url: server.url }).ask({ path });
  const good = await ask("/good");
  assert.ok(!isOutage(good) && good.status === 200);
  assert.deepEqual(jsonIn(good), { json: { a: 1 } });
  const no = await ask("/no");
  assert.ok(!isOutage(no) && no.status === 404);
  const outages = await Promise.all(["/busy", "/broken", "/moved", "/long"].map((path) => ask(path)));
  assert.deepEqual(
    outages.map((one) => (isOutage(one) ? [one.retryable, one.after_ms] : one.status)),
    [
      [true, 7000],
      [true, null],
      [false, null],
      [false, null],
    ],
  );
  const silent = await ask("/silent", 50);
  assert.ok(isOutage(silent) && silent.reason === "no answer within 50 ms");
  assert.deepEqual(server.heard.filter(({ url }) => url === "/busy").length, 1, "nothing is asked twice");
  assert.equal(server.heard[0]!.headers["user-agent"], "Milepool test");
  await server.close();
  const gone = await ask("/good");
  assert.ok(isOutage(gone) && gone.retryable && !gone.reason.includes(server.url));
});

test("O2 a paced service is asked one after the other, and when too many wait the next hears so at once", async (t) => {
  const server = await loopback(() => ({ body: "{}" }));
  t.after(() => server.close());
  const service = openService({ ...settings, pace_ms: 60, url: server.url });
  const answers = await Promise.all(Array.from({ length: 8 }, () => service.ask({ path: "/" })));
  assert.deepEqual(answers.map(isOutage), [false, false, false, false, false, false, true, true]);
  const [refused] = answers.filter(isOutage);
  assert.ok(refused!.retryable && refused!.after_ms! > 0);
  assert.equal(server.heard.length, 6);
});
