import assert from "node:assert/strict";
import { test } from "node:test";
import type { OsmData, OsmTags } from "../../kernel/osm.ts";
import { fromIso } from "../../kernel/quantity.ts";
import { openTravel, readRoadSettings, RoadSettingsWrong } from "./index.ts";

/** A street of two kilometres with a dead end on either side. */
const street = (tags: OsmTags): OsmData => ({
  nodes: [0, 1, 2, 3].map((id) => ({ id: id + 1, lon: id / 100, lat: [0.001, 0, 0, -0.001][id]! })),
  ways: [
    { id: 1, refs: [1, 2], tags: { highway: "residential" } },
    { id: 2, refs: [2, 3], tags: { highway: "primary", name: "Long Road", ...tags } },
    { id: 3, refs: [3, 4], tags: { highway: "residential" } },
  ],
  relations: [],
});
const unkept = { cacheFolder: null, contentHash: "settings", country: "PT" };

test("T20 vehicles, zones, holidays and the side to arrive at are read from settings, and what is wrong is named", async () => {
  const settings = readRoadSettings({
    zones: { Centre: { motor_vehicle: "no" } },
    vehicles: { van: { height: 3.4, emission: 5, avoid: ["tolls"] } },
    nearSide: ["van"],
    holidays: ["12-25"],
  });
  const { van } = settings.vehicles!;
  assert.deepEqual([van?.size?.height, van?.size?.width, van?.emission, van?.avoid?.tolls], [3.4, 2.1, 5, true]);
  const wrong: readonly (readonly [unknown, string])[] = [
    [[], "the settings must be an object"],
    [{ zone: {} }, 'the settings knows no "zone", only zones, vehicles, nearSide, holidays'],
    [{ vehicles: { lorry: {} } }, 'vehicles knows no "lorry", only car, van, cargo_bike, bicycle, foot, robot'],
    [{ vehicles: { van: { height: "3 m" } } }, "vehicles.van.height must be a number above 0, in metres or tonnes"],
    [{ vehicles: { foot: { height: 2 } } }, "vehicles.foot.width must be a number above 0, in metres or tonnes"],
    [
      { vehicles: { van: { emission: "clean" } } },
      'vehicles.van.emission must be the number of a Euro class, or "electric"',
    ],
    [{ vehicles: { van: { avoid: ["hills"] } } }, 'vehicles.van.avoid knows no "hills", only tolls, ferries, charges'],
    [{ zones: { Centre: { toll: true } } }, "zones.Centre.toll must be the text of a tag"],
    [{ holidays: ["Christmas"] }, 'holidays[0] must be a date like "2026-12-25", or "12-25" for every year'],
  ];
  for (const [json, message] of wrong)
    assert.throws(() => readRoadSettings(json), { name: RoadSettingsWrong.name, message });
});

test("T20 a tall van is kept from a low bridge, a holiday flows as a weekend, and a door is reached at its own kerb", async () => {
  const low = await openTravel(street({ maxheight: "3" }), {
    ...unkept,
    ...readRoadSettings({ vehicles: { van: { height: 3.4 } } }),
  });
  const answer = low.snap([0.015, 0], "van");
  assert.ok(!answer.ok && answer.refusal.code === "POINT_ROADS_CLOSED" && answer.refusal.because === "size");
  assert.ok(low.snap([0.015, 0], "car").ok);

  const city = await openTravel(street({}), {
    ...unkept,
    ...readRoadSettings({ nearSide: ["van"], holidays: ["12-25"] }),
  });
  const [christmas, boxing] = ["2026-12-25T17:00:00Z", "2026-12-28T17:00:00Z"].map((at) => fromIso(at)!);
  const [from, south, north] = [
    [0.011, 0],
    [0.015, -0.0001],
    [0.015, 0.0001],
  ] as const;
  const lengthTo = async (to: typeof south | typeof north, profile: "van" | "car"): Promise<number> => {
    const route = await city.route(from, to, profile);
    return route.ok ? route.value.distance : assert.fail(route.refusal.code);
  };
  assert.deepEqual([await lengthTo(south, "van"), await lengthTo(north, "car")], [445, 445]);
  assert.ok((await lengthTo(north, "van")) > 2000, "one turns round at the end and comes back");
  assert.match(city.stateAt("car", christmas), /weekend/);
  assert.match(city.stateAt("car", boxing), /evening_peak/);
  await Promise.all([low.close(), city.close()]);
});
