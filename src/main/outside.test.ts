import assert from "node:assert/strict";
import { test } from "node:test";
import { greatCircleTravel } from "../adapters/roads/index.ts";
import { after, instant, seconds, toIso } from "../kernel/quantity.ts";
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

test("what is reported reaches the roads, as long as it holds", async () => {
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
  const outside = openOutside(nobodyOutside, { travel }, scheduler, (what) => assert.fail(what));
  const report = {
    source: "s",
    observedAt: toIso(now),
    validUntil: toIso(after(now, seconds(60))),
    closures: [{ ways: [1] }],
  };
  assert.ok((await outside.roadReports.take(report)).ok);
  time = after(now, seconds(60));
  rings.at(-1)!();
  await done();
  assert.deepEqual(applied, [1, 0]);
  assert.equal(outside.roadReports.sources()[0]!.isStale, true);
  outside.close();
});
