import assert from "node:assert/strict";
import { test } from "node:test";
import { openMemoryStore } from "../adapters/memory/index.ts";
import { greatCircleTravel } from "../adapters/roads/index.ts";
import { after, before, instant, seconds, toIso } from "../kernel/quantity.ts";
import { nobodyOutside, openOutside, outsideChoice } from "./outside.ts";
import { StartRefused } from "./settings.ts";

test("servers outside are named by the environment, and a wrong name is one sentence", () => {
  assert.deepEqual(outsideChoice({}), nobodyOutside);
  const chosen = outsideChoice({
    MILEPOOL_GEOCODER: "nominatim=http://127.0.0.1:7070/",
    MILEPOOL_CONTACT: "ops@example.org",
    MILEPOOL_ROUTER: "valhalla=http://127.0.0.1:8002",
    MILEPOOL_ROAD_FEEDS: "conditions=http://127.0.0.1:1/a?key=b, datex2=https://feeds.example.org/d.xml",
  });
  assert.deepEqual(chosen.geocoder, { kind: "nominatim", url: "http://127.0.0.1:7070/", contact: "ops@example.org" });
  assert.deepEqual(chosen.router, { kind: "valhalla", url: "http://127.0.0.1:8002" });
  assert.deepEqual(
    chosen.feeds.map(({ source, url }) => [source, url]),
    [
      ["conditions-1", "http://127.0.0.1:1/a?key=b"],
      ["datex2-2", "https://feeds.example.org/d.xml"],
    ],
  );
  for (const wrong of [
    { MILEPOOL_GEOCODER: "pelias=http://a" },
    { MILEPOOL_ROUTER: "http://127.0.0.1:8002" },
    { MILEPOOL_ROAD_FEEDS: "datex2=file:///etc/passwd" },
  ])
    assert.throws(() => outsideChoice(wrong), StartRefused);
});

test("what is reported reaches the roads, as long as it holds, also over a restart", async () => {
  const now = instant(1_795_248_000_000);
  const rings: (() => void)[] = [];
  let time = now;
  const scheduler = {
    now: () => time,
    at: (_: unknown, act: () => void) => {
      rings.push(act);
      return () => undefined;
    },
    hold: () => () => undefined,
  };
  const applied: number[] = [];
  const done = (): Promise<void> => Promise.resolve();
  const travel = {
    ...greatCircleTravel(),
    ready: done,
    close: done,
    apply: async ({ closures }: { readonly closures: readonly unknown[] }) => void applied.push(closures.length),
  };
  const book = openMemoryStore().registry;
  const fail = (what: string): void => assert.fail(what);
  const outside = await openOutside(nobodyOutside, { travel }, scheduler, fail, book);
  const report = {
    source: "s",
    observedAt: toIso(now),
    validUntil: toIso(after(now, seconds(60))),
    closures: [{ ways: [1] }],
  };
  assert.ok((await outside.roadReports.take(report)).ok);
  const older = await outside.roadReports.take({ ...report, observedAt: toIso(before(now, seconds(9))), closures: [] });
  assert.equal(older.ok && older.value.closures, 1, "what is older than what is known is not taken, nor kept");

  const sinceRestart: number[] = [];
  const apply: typeof travel.apply = async ({ closures }) => void sinceRestart.push(closures.length);
  const restarted = await openOutside(nobodyOutside, { travel: { ...travel, apply } }, scheduler, fail, book);
  assert.deepEqual([sinceRestart, restarted.roadReports.sources()], [[1], outside.roadReports.sources()]);
  restarted.close();

  time = after(now, seconds(60));
  const late = await openOutside(nobodyOutside, { travel: { ...travel, apply } }, scheduler, fail, book);
  assert.deepEqual(sinceRestart, [1], "what has ended meanwhile holds no more");
  late.close();
  rings[0]!();
  await done();
  assert.deepEqual(applied, [1, 0]);
  assert.equal(outside.roadReports.sources()[0]!.isStale, true);
  outside.close();
});
