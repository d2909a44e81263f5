import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import test, { after } from "node:test";
import { Webhook } from "standardwebhooks";
import type { CloudEvent } from "../../src/doors/feeds/index.ts";
import { givenData } from "../given-data.ts";
import { openBench, order, pump, type Bench } from "./harness.ts";
import { until } from "./until.ts";

interface Got {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Somebody who takes webhooks; `answer` says with which status. */
async function receiver(
  answer: (got: readonly Got[]) => number,
): Promise<{ readonly url: string; readonly got: Got[] }> {
  const got: Got[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      got.push({ headers: request.headers as Record<string, string>, body });
      response.statusCode = answer(got);
      response.end();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  after(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got };
}

const place = async (bench: Bench, key: string): Promise<string> => {
  const { body } = await bench.call(key, "POST", "/v1/orders", order());
  await until(async () =>
    bench.network.backlog().unsealed === 0 && bench.network.backlog().inbox === 0 ? true : null,
  );
  return body.id as string;
};

const eventsOf = (got: readonly Got[]): CloudEvent[] => got.map(({ body }) => JSON.parse(body) as CloudEvent);

test("F4 events come signed, in order and of one's own orders alone; a second endpoint that is down delays nobody", async () => {
  const bench = await openBench();
  const [key, stranger] = await Promise.all([bench.key(bench.bakery), bench.key(bench.bookshop)]);
  const [up, down] = await Promise.all([receiver(() => 204), receiver(() => 500)]);
  const created = (await bench.call(key, "POST", "/v1/endpoints", { url: up.url })).body;
  assert.equal((await bench.call(key, "POST", "/v1/endpoints", { url: down.url })).status, 201);
  const { webhooks } = pump(bench);
  const id = await place(bench, key);
  await place(bench, stranger);
  await webhooks.settle();

  const events = eventsOf(up.got);
  assert.ok(events.length >= 2);
  assert.ok(events.every(({ subject }) => subject === id));
  assert.deepEqual(
    events.map(({ sequence }) => Number(sequence)),
    events.map((_, index) => index + 1),
  );
  const verifier = new Webhook(created.secret);
  for (const { headers, body } of up.got) {
    verifier.verify(body, headers);
    assert.throws(() => verifier.verify(`${body} `, headers));
  }
  assert.equal(down.got.length, 1);
  assert.ok(!up.got.some(({ body }) => body.includes("Ana Sousa")), "no personal data leaves by webhook");
});

test("F5 what failed comes again when its wait is over, and nothing is left out; the tries tell", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const flaky = await receiver((got) => (got.length <= 2 ? 503 : 200));
  const { endpoint } = (await bench.call(key, "POST", "/v1/endpoints", { url: flaky.url })).body;
  const { webhooks, clock } = pump(bench);
  await place(bench, key);
  await webhooks.settle();
  assert.equal(flaky.got.length, 1);
  await webhooks.settle();
  assert.equal(flaky.got.length, 1, "not before the wait is over");
  clock.now += 7000;
  await webhooks.settle();
  assert.equal(flaky.got.length, 2);
  clock.now += 400_000;
  await webhooks.settle();
  const events = eventsOf(flaky.got.slice(2));
  assert.deepEqual(
    events.map(({ sequence }) => Number(sequence)),
    events.map((_, index) => index + 1),
  );
  const { tries } = (await bench.call(key, "GET", `/v1/endpoints/${endpoint.id}/tries`)).body;
  assert.deepEqual(
    tries.slice(-2).map(({ status }: { status: number }) => status),
    [503, 503],
  );

  const before = flaky.got.length;
  assert.equal((await bench.call(key, "POST", `/v1/endpoints/${endpoint.id}/replay`, { position: 0 })).status, 200);
  await webhooks.settle();
  assert.deepEqual(eventsOf(flaky.got.slice(before)), events);
});

test("F4 F5 a receiver that is dead for six hours slows nobody and loses nothing: all comes in order, once it is back or replayed", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  let dead = true;
  const [up, back, replayed] = await Promise.all([
    receiver(() => 204),
    receiver(() => (dead ? 503 : 204)),
    receiver(() => (dead ? 503 : 204)),
  ]);
  const endpoints: string[] = [];
  for (const { url } of [up, back, replayed])
    endpoints.push((await bench.call(key, "POST", "/v1/endpoints", { url })).body.endpoint.id as string);
  const { webhooks, clock } = pump(bench);
  for (let minutes = 0; minutes < 360; minutes += 30) {
    const before = up.got.length;
    if (minutes % 120 === 0) await place(bench, key);
    await webhooks.settle();
    if (minutes % 120 === 0) assert.ok(up.got.length > before, "who is well hears at once");
    clock.now += 30 * 60_000;
  }
  const tried = back.got.length;
  assert.ok(tried > 2 && tried < 10, `asked now and then, not all the time: ${tried}`);

  dead = false;
  assert.equal((await bench.call(key, "POST", `/v1/endpoints/${endpoints[2]}/replay`, { position: 0 })).status, 200);
  await webhooks.settle();
  const [all, ids] = [eventsOf(up.got), eventsOf(up.got).map(({ id }) => id)];
  assert.deepEqual(eventsOf(replayed.got.slice(tried)), all);
  clock.now += 6 * 3_600_000;
  await webhooks.settle();
  assert.deepEqual(
    eventsOf(back.got.slice(tried)).map(({ id }) => id),
    ids,
  );

  const half = all[Math.floor(all.length / 2)]!;
  const had = up.got.length;
  await bench.call(key, "POST", `/v1/endpoints/${endpoints[0]}/replay`, { position: half.position });
  await webhooks.settle();
  assert.deepEqual(
    eventsOf(up.got.slice(had)),
    all.filter(({ position }) => position > half.position),
    "from any position on",
  );
});

test("F6 an endpoint that is gone gets nothing more, until it is replayed", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  const gone = await receiver((got) => (got.length === 1 ? 410 : 200));
  const { endpoint } = (await bench.call(key, "POST", "/v1/endpoints", { url: gone.url })).body;
  const { webhooks, clock } = pump(bench);
  await place(bench, key);
  await webhooks.settle();
  clock.now += 90_000_000;
  await webhooks.settle();
  assert.equal(gone.got.length, 1);
  assert.equal((await bench.call(key, "GET", "/v1/endpoints")).body.endpoints[0].active, false);
  await bench.call(key, "POST", `/v1/endpoints/${endpoint.id}/replay`, { position: 0 });
  await webhooks.settle();
  assert.ok(gone.got.length > 2);
});

const vectors = givenData("webhooks/standard-webhooks.json");
test("F4 the signature is the one that Standard Webhooks publishes", { skip: vectors.missing }, () => {
  const { vectors: known } = JSON.parse(readFileSync(vectors.path, "utf8")) as {
    vectors: readonly { secret: string; id: string; timestamp: number; payload: string; signature: string }[];
  };
  assert.ok(known.length > 0);
  for (const { secret, id, timestamp, payload, signature } of known)
    assert.equal(new Webhook(secret).sign(id, new Date(timestamp * 1000), payload), signature);
});

test("F4 a receiver that never answers does not keep the program from ending, and is not blamed for the try cut short", async () => {
  const bench = await openBench();
  const key = await bench.key(bench.bakery);
  let asked = 0;
  const server = createServer(() => void asked++);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  after(() => server.closeAllConnections());
  after(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const { endpoint } = (await bench.call(key, "POST", "/v1/endpoints", { url })).body;
  const { webhooks } = pump(bench);
  await place(bench, key);
  await until(async () => (asked > 0 ? true : null));
  await webhooks.stop();
  const [kept] = (await bench.call(key, "GET", "/v1/endpoints")).body.endpoints;
  assert.deepEqual([kept.id, kept.position, kept.failures], [endpoint.id, endpoint.position, 0]);
  assert.deepEqual((await bench.call(key, "GET", `/v1/endpoints/${endpoint.id}/tries`)).body.tries, []);
});
