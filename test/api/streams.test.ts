import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { frame, resumeAfter } from "../../src/doors/api/sse.ts";
import { openBench, order, type Bench } from "./harness.ts";
import { until } from "./until.ts";

interface Told {
  readonly id: number | null;
  readonly name: string;
  readonly data: string;
}

/** Reads a stream as a browser does, until `enough`. */
async function listen(
  url: string,
  key: string,
  enough: (told: readonly Told[]) => boolean,
  headers: Record<string, string> = {},
): Promise<readonly Told[]> {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(new Error("the stream did not tell enough within a minute")), 60_000);
  const answer = await fetch(url, { headers: { authorization: `Bearer ${key}`, ...headers }, signal: stop.signal });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("content-type") ?? "", /^text\/event-stream/);
  const told: Told[] = [];
  let text = "";
  for await (const bytes of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += bytes;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const found = parse(text.slice(0, end));
      text = text.slice(end + 2);
      if (found) told.push(found);
    }
    if (enough(told)) break;
  }
  clearTimeout(limit);
  stop.abort();
  return told;
}

function parse(block: string): Told | null {
  const all = (field: string): string[] =>
    block.split("\n").flatMap((line) => (line.startsWith(`${field}: `) ? [line.slice(field.length + 2)] : []));
  const data = all("data");
  return data.length === 0
    ? null
    : {
        id: all("id")[0] === undefined ? null : Number(all("id")[0]),
        name: all("event")[0] ?? "message",
        data: data.join("\n"),
      };
}

const listening = async (bench: Bench): Promise<string> => bench.app.listen({ host: "127.0.0.1", port: 0 });

test("H11 whatever the data, a frame is read back as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(), (data, id) => {
      const blocks = frame({ name: "x", id, data })
        .split("\n\n")
        .filter((block) => block !== "");
      assert.equal(blocks.length, 1);
      assert.deepEqual(parse(blocks[0]!), { id, name: "x", data: data.replaceAll(/\r\n|\r/g, "\n") });
    }),
  );
});

test("H11 Last-Event-ID counts before the address, and nonsense does not count", () => {
  assert.deepEqual(
    [resumeAfter("7", 3), resumeAfter(undefined, 3), resumeAfter("x", 3), resumeAfter("1e9", undefined)],
    [7, 3, 3, null],
  );
});

test("H11 a stream that broke goes on after its last event: none twice, none left out", async () => {
  const bench = await openBench();
  const base = await listening(bench);
  const key = await bench.key(bench.bakery);
  for (let count = 0; count < 3; count++)
    assert.equal((await bench.call(key, "POST", "/v1/orders", order())).status, 201);
  await until(async () =>
    bench.network.backlog().unsealed === 0 && bench.network.backlog().inbox === 0 ? true : null,
  );

  const whole = await listen(`${base}/v1/events/stream`, key, (told) => told.length >= 9);
  const cut = whole[3]!;
  const rest = await listen(`${base}/v1/events/stream`, key, (told) => told.length >= whole.length - 4, {
    "last-event-id": String(cut.id),
  });
  assert.deepEqual(rest.slice(0, whole.length - 4), whole.slice(4));
  const events = whole.map(
    ({ data }) => JSON.parse(data) as { specversion: string; type: string; id: string; prevhash: string; hash: string },
  );
  assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
  assert.ok(
    events.every(({ specversion, type }) => specversion === "1.0" && /^io\.milepool\.[a-z]+\.[a-z_]+\.v1$/.test(type)),
  );
  for (const [index, event] of events.entries()) if (index > 0) assert.equal(event.prevhash, events[index - 1]!.hash);
});

test("H11 a stream tells an event soon after it happened, and only one's own", async () => {
  const bench = await openBench();
  const base = await listening(bench);
  const [own, stranger] = await Promise.all([bench.key(bench.bakery), bench.key(bench.bookshop)]);
  const mine = listen(`${base}/v1/live/stream`, stranger, (told) => told.some(({ name }) => name === "happened"));
  const first = (await bench.call(own, "POST", "/v1/orders", order({ reference: "BAKERY-SECRET" }))).body;
  await until(async () => (bench.network.backlog().unsealed === 0 ? true : null));
  const second = (await bench.call(stranger, "POST", "/v1/orders", order({ reference: "BOOKSHOP-OWN" }))).body;
  const text = JSON.stringify(await mine);
  assert.ok(text.includes(second.id) && text.includes("BOOKSHOP-OWN"));
  assert.ok(!text.includes(first.id) && !text.includes("BAKERY-SECRET"));

  const events = await listen(`${base}/v1/events/stream`, stranger, (told) => told.length >= 2);
  assert.ok(events.every(({ data }) => data.includes(second.id) && !data.includes(first.id)));
});

test("H11 live ticks come at most once a second", async () => {
  const bench = await openBench();
  const base = await listening(bench);
  const key = await bench.key("network");
  const started = Date.now();
  const told = await listen(
    `${base}/v1/live/stream`,
    key,
    (all) => all.filter(({ name }) => name === "live").length >= 3,
  );
  assert.ok(Date.now() - started >= 1900, `three ticks within ${Date.now() - started} ms`);
  assert.ok(told.some(({ name }) => name === "clock"));
});
