import assert from "node:assert/strict";
import { test } from "node:test";
import { openBench, order, type Answer, type Bench } from "./harness.ts";
import { until } from "./until.ts";

const place = (bench: Bench, key: string): Promise<Answer> => bench.call(key, "POST", "/v1/orders", order());
const refusal = ({ status, body, headers }: Answer) => [status, body.code, headers["retry-after"]];
const count = async (bench: Bench, key: string): Promise<number> =>
  (await bench.call(key, "GET", "/v1/orders")).body.orders.length;

test("H18 while nothing can be stored no order is promised, and the one that waits is kept when it can", async () => {
  let full = false;
  const bench = await openBench({
    commit: (write) => (batch) => (full ? Promise.reject(new Error("No space left on device")) : write(batch)),
  });
  const key = await bench.key(bench.bakery);
  assert.equal((await place(bench, key)).status, 201);
  full = true;
  const waiting = place(bench, key);
  const ready = () => bench.call(null, "GET", "/readyz");
  await until(async () => ((await ready()).status === 503 ? true : null));
  assert.match((await ready()).body.why, /No space left on device/);
  assert.deepEqual(refusal(await place(bench, key)), [503, "NOTHING_STORED", "5"]);
  assert.deepEqual(refusal(await bench.call(null, "POST", "/hooks/uber-direct", {})), [503, "NOTHING_STORED", "5"]);
  assert.equal(await count(bench, key), 1, "reading goes on, and shows nothing that is not stored");

  full = false;
  assert.equal((await waiting).status, 201);
  assert.equal((await ready()).status, 200);
  assert.equal((await place(bench, key)).status, 201);
  assert.equal(await count(bench, key), 3);
});

test("H18 when as much waits as may, whoever comes is told when to come again, and whoever waits is served", async () => {
  const [underWay, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let shut = false;
  const bench = await openBench({
    mostWaiting: { commands: 3, inbox: 1000 },
    commit: (write) => async (batch) => {
      if (shut) underWay.resolve();
      if (shut) await gate.promise;
      await write(batch);
    },
  });
  const key = await bench.key(bench.bakery);
  shut = true;
  // The first is under way, and three wait behind it.
  const taken = [place(bench, key)];
  await underWay.promise;
  for (let waiting = 0; waiting < 3;) {
    taken.push(place(bench, key));
    waiting = await until(async () => (bench.network.backlog().commands > waiting ? waiting + 1 : null));
  }
  assert.deepEqual(refusal(await place(bench, key)), [503, "TOO_MUCH_WAITS", "5"]);
  assert.equal((await bench.call(null, "GET", "/readyz")).status, 200);
  gate.resolve();
  assert.deepEqual(
    (await Promise.all(taken)).map(({ status }) => status),
    taken.map(() => 201),
  );
  assert.equal(await count(bench, key), taken.length);
});
