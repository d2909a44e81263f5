import assert from "node:assert/strict";
import { test } from "node:test";
import { latLngToCell } from "h3-js";
import type { OsmData } from "../../../kernel/osm.ts";
import type { Point } from "../../../kernel/point.ts";
import { after, instant, type Instant, seconds, toIso } from "../../../kernel/quantity.ts";
import { openTravel } from "../index.ts";
import { keepConditions } from "./keep-conditions.ts";
import { readConditions } from "./read-conditions.ts";

/** A straight street of 900 m and a way round it of some 1,800 m, with dead ends at both sides. */
const places: readonly Point[] = [
  [-31.512, 41],
  [-31.511, 41],
  [-31.5, 41],
  [-31.499, 41],
  [-31.511, 41.004],
  [-31.5, 41.004],
];
const way = (id: number, refs: readonly number[]) => ({
  id,
  refs,
  tags: { highway: "residential", name: `Way ${id}` },
});
const data: OsmData = {
  nodes: places.map(([lon, lat], i) => ({ id: i + 1, lon, lat })),
  ways: [way(1, [1, 2]), way(2, [2, 3]), way(3, [3, 4]), way(4, [2, 5, 6, 3])],
  relations: [],
};

test("F11 a closed street is driven round and a slow one takes longer, until the report's time is over", async (t) => {
  const travel = await openTravel(data, { cacheFolder: null, contentHash: "feeds" });
  t.after(() => travel.close());
  let now = instant(Date.parse("2026-11-21T08:00:00Z"));
  const rings: { readonly when: Instant; readonly act: () => void }[] = [];
  const timer = {
    now: () => now,
    at: (when: Instant, act: () => void) => {
      rings.push({ when, act });
      return () => undefined;
    },
  };
  let applied = Promise.resolve();
  const keeper = keepConditions({ timer, apply: (conditions) => (applied = travel.apply(conditions)) });
  const tell = async (more: object): Promise<void> => {
    const [observedAt, validUntil] = [toIso(now), toIso(after(now, seconds(600)))];
    const read = readConditions({ source: "city", observedAt, validUntil, ...more }, now);
    assert.ok(read.ok && (await keeper.take(read.value)));
  };
  const drive = async () => {
    const route = await travel.route(places[0]!, places[3]!, "car");
    return route.ok ? route.value : assert.fail(route.refusal.code);
  };

  const usual = await drive();
  await tell({ closures: [{ ways: [2] }] });
  const round = await drive();
  assert.ok(round.distance > usual.distance + 700, `${round.distance} m, usually ${usual.distance} m`);
  await tell({ slowdowns: [{ cells: [latLngToCell(41, -31.505, 8)], share: 0.8 }] });
  const slow = await drive();
  assert.ok(slow.distance === usual.distance && slow.duration > usual.duration * 1.1);
  now = after(now, seconds(600));
  rings.at(-1)!.act();
  await applied;
  assert.deepEqual(await drive(), usual);
});
