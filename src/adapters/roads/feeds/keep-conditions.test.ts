import assert from "node:assert/strict";
import { test } from "node:test";
import { after, instant, type Instant, seconds, toIso } from "../../../kernel/quantity.ts";
import type { RoadConditions } from "../../../roads/index.ts";
import { loopback, type Scripted } from "../../outside/testing.ts";
import { keepConditions, pollFeed } from "./index.ts";
import type { ConditionsReport, Span } from "./report.ts";
import type { Timer } from "./timer.ts";

const start = instant(Date.parse("2026-11-21T08:00:00Z"));
const minutes = (count: number): Instant => after(start, seconds(count * 60));

/** A clock that is set by hand, and rings on its way. */
class TestTime implements Timer {
  #now = start;
  readonly #rings = new Map<number, { readonly at: number; readonly ring: () => void }>();
  #count = 0;

  now(): Instant {
    return this.#now;
  }

  at(when: Instant, act: () => void): () => void {
    const number = this.#count++;
    this.#rings.set(number, { at: when, ring: act });
    return () => void this.#rings.delete(number);
  }

  async passTo(then: Instant): Promise<void> {
    for (;;) {
      const due = [...this.#rings].filter(([, { at }]) => at <= then).sort(([, a], [, b]) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#rings.delete(due[0]);
      this.#now = instant(Math.max(this.#now, due[1].at));
      due[1].ring();
      await Promise.resolve();
    }
    this.#now = then;
  }
}

function kept() {
  const time = new TestTime();
  const applied: RoadConditions[] = [];
  const apply = async (conditions: RoadConditions): Promise<void> => void applied.push(conditions);
  const keeper = keepConditions({ timer: time, apply });
  const shown = (): string =>
    applied.map(({ closures, slowdowns }) => `${closures.length}/${slowdowns.length}`).join(" ");
  return { time, applied, keeper, shown };
}

const always: Span = { from: null, until: null };
const closed = (way: number, span: Partial<Span> = {}): ConditionsReport["closures"][number] => ({
  where: { kind: "ways", ways: [way] },
  profiles: null,
  ...always,
  ...span,
});
const slow = (share: number, span: Partial<Span> = {}): ConditionsReport["slowdowns"][number] => ({
  where: null,
  classes: null,
  profiles: null,
  share,
  ...always,
  ...span,
});
const said = (source: string, more: Partial<ConditionsReport>): ConditionsReport => ({
  source,
  observedAt: start,
  validUntil: minutes(30),
  closures: [],
  slowdowns: [],
  ...more,
});

test("F8 reports hold until their time is over, each item within its own, and then the roads are as usual", async () => {
  const { time, applied, keeper, shown } = kept();
  await keeper.take(said("city", { closures: [closed(1, { from: minutes(10), until: minutes(20) })] }));
  assert.equal(shown(), "", "nothing holds yet");
  await keeper.take(said("jams", { slowdowns: [slow(0.5)], validUntil: minutes(15) }));
  assert.deepEqual(applied.at(-1)!.slowdowns[0]!.until, minutes(15), "no longer than its report");
  await time.passTo(minutes(60));
  assert.equal(shown(), "0/1 1/1 1/0 0/0");
  assert.deepEqual(applied[1]!.closures[0]!.until, minutes(20));
  assert.deepEqual(
    keeper.sources().map(({ isStale }) => isStale),
    [true, true],
  );
});

test("F9 a newer report takes the place of its source's, an older one is left, the same again changes nothing", async () => {
  const { keeper, shown, applied } = kept();
  const first = said("city", { closures: [closed(1), closed(2)] });
  assert.equal(await keeper.take(first), true);
  assert.equal(await keeper.take({ ...first, closures: [closed(1), closed(2)], validUntil: minutes(40) }), true);
  assert.equal(await keeper.take(said("city", { observedAt: instant(start - 300_000) })), false);
  assert.equal(shown(), "2/0");
  assert.equal(applied[0]!.closures[0]!.until, null, "nobody says when they open");
  await keeper.take(said("city", { closures: [closed(2)] }));
  assert.equal(shown(), "2/0 1/0");
});

test("F10 a feed that falls silent is shown with its age and why, and what it said expires", async (t) => {
  const report = (): string =>
    JSON.stringify({
      source: "another-name",
      observedAt: toIso(start),
      validUntil: toIso(minutes(5)),
      closures: [{ ways: [7] }],
    });
  const answers: Scripted[] = [
    { body: report() },
    { status: 503, body: "" },
    { body: "{}" },
    { status: 404, body: "" },
  ];
  let next = 0;
  const server = await loopback(() => answers[next++]!);
  t.after(() => server.close());
  const { time, keeper, shown } = kept();
  const settings = {
    url: server.url,
    format: "conditions",
    source: "city",
    every: seconds(60),
    holds: seconds(0),
  } as const;
  const feed = pollFeed(settings, { keeper, timer: time });
  t.after(() => feed.close());
  await feed.ask();
  assert.deepEqual([feed.state().heardAt, feed.state().failure, shown()], [start, null, "1/0"]);
  assert.equal(keeper.sources()[0]!.source, "city");
  const failures: (string | null)[] = [];
  for (let i = 0; i < 3; i++) {
    await feed.ask();
    failures.push(feed.state().failure);
  }
  assert.deepEqual(failures, ["503", "observedAt must be a time", "answered 404"]);
  assert.deepEqual([feed.state().heardAt, shown()], [start, "1/0"], "what was said still holds");
  feed.close();
  await time.passTo(minutes(6));
  assert.equal(shown(), "1/0 0/0");
});
