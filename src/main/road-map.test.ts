import assert from "node:assert/strict";
import { test } from "node:test";
import { bandOfYear, openTravel } from "../adapters/roads/index.ts";
import type { OsmData } from "../kernel/osm.ts";
import { instant } from "../kernel/quantity.ts";
import type { LoadedCity } from "./city.ts";
import { openRoadMap } from "./road-map.ts";

/** A main road from west to east, a lane north of it one way up, a yard that is private, and a sign at their corner. */
const data: OsmData = {
  nodes: [
    [1, 0, 0],
    [2, 0.01, 0],
    [3, 0.02, 0],
    [4, 0.01, 0.005],
    [5, 0.02, 0.005],
    [6, 0.005, 0.005],
  ].map(([id, lon, lat]) => ({ id: id!, lon: lon!, lat: lat! })),
  ways: [
    { id: 1, refs: [1, 2, 3], tags: { highway: "primary", name: "Main Road", maxspeed: "50" } },
    { id: 2, refs: [2, 4], tags: { highway: "residential", name: "Up Lane", oneway: "yes" } },
    { id: 3, refs: [4, 5, 3], tags: { highway: "residential", name: "Round Lane" } },
    { id: 4, refs: [4, 6], tags: { highway: "residential", name: "Yard", access: "no" } },
  ],
  relations: [
    {
      id: 1,
      members: [
        { type: "way", ref: 1, role: "from" },
        { type: "node", ref: 2, role: "via" },
        { type: "way", ref: 2, role: "to" },
      ],
      tags: { type: "restriction", "restriction:conditional": "no_left_turn @ (Mo-Fr 07:00-19:00)" },
    },
  ],
};
const saturday = instant(Date.UTC(2026, 10, 21, 9));

async function open(): Promise<NonNullable<ReturnType<typeof openRoadMap>>> {
  const roads = await openTravel(data, { cacheFolder: null, contentHash: "road map", profiles: ["car"] });
  const loaded = { city: { zone: "UTC" }, data, roads } as unknown as LoadedCity;
  return openRoadMap(loaded, { now: () => saturday })!;
}

test("a view holds the streets within it, their speeds each way, and what is forbidden", async () => {
  const map = await open();
  const whole = [-0.01, -0.01, 0.03, 0.01] as const;
  const night = await map.view(whole, "car", "night");
  const named = (name: string) => night.streets.find((street) => street.name === name)!;
  assert.deepEqual([named("Up Lane").backward, night.left], [null, 0]);
  assert.ok(named("Main Road").forward! > 40 && named("Main Road").share === 1);
  assert.deepEqual(
    night.closed.map(({ name, because }) => [name, because]),
    [["Yard", "access"]],
  );
  assert.deepEqual(night.turns, [
    { at: [0.01, 0], kind: "no_left_turn", when: "(Mo-Fr 07:00-19:00)", from: "Main Road", to: "Up Lane" },
  ]);

  const peak = await map.view(whole, "car", "evening_peak");
  const slow = peak.streets.find(({ name }) => name === "Main Road")!;
  assert.ok(slow.share! < 0.7 && slow.forward! < named("Main Road").forward!, JSON.stringify(slow));
  const corner = await map.view([-0.001, -0.001, 0.004, 0.001], "car", "night");
  assert.deepEqual([corner.streets.map(({ name }) => name), corner.turns], [["Main Road"], []]);
});

test("hours are departures that lie in their band", async () => {
  const map = await open();
  assert.equal(map.departure("now"), saturday);
  for (const band of ["night", "morning_peak", "day", "evening_peak", "weekend"] as const)
    assert.equal(bandOfYear(map.departure(band), "UTC").band, band);
});
