import assert from "node:assert/strict";
import { test } from "node:test";
import type { OsmData, OsmTags } from "../../kernel/osm.ts";
import { greatCircleTravel, openTravel } from "./index.ts";

/** Streets as rows of points, in hundredths of a degree (about a kilometre). */
function city(
  streets: readonly { readonly at: readonly (readonly [number, number])[]; readonly tags: OsmTags }[],
): OsmData {
  const nodes = streets.flatMap(({ at }, street) =>
    at.map(([east, north], i) => ({ id: street * 10 + i + 1, lon: east / 100, lat: north / 100 })),
  );
  const ways = streets.map(({ at, tags }, street) => ({
    id: street + 1,
    refs: at.map((_, i) => street * 10 + i + 1),
    tags,
  }));
  return { nodes, ways, relations: [] };
}

const mainland = {
  at: [
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
  ],
  tags: { highway: "residential", name: "Long Road" },
} as const;
const island = {
  at: [
    [0, 2],
    [1, 2],
  ],
  tags: { highway: "residential", name: "Isle Lane" },
} as const;
const path = {
  at: [
    [0, 4],
    [1, 4],
  ],
  tags: { highway: "footway", name: "Dune Path" },
} as const;
const options = { cacheFolder: null, contentHash: "snap-refusals" };

test("T16 a point on an island is refused with the island's street", async () => {
  const travel = await openTravel(city([mainland, island, path]), options);
  const answer = travel.snap([0.005, 0.0201], "car");
  assert.deepEqual(answer, { ok: false, refusal: { code: "POINT_ON_ISLAND", road: "Isle Lane", nearest: 12 } });
  assert.ok(travel.snap([0.005, 0.0001], "car").ok);
  await travel.close();
});

test("T16 a point with closed roads alone is refused with the nearest of them and why it is closed", async () => {
  const travel = await openTravel(city([mainland, island, path]), options);
  const answer = travel.snap([0.005, 0.0395], "car");
  assert.ok(!answer.ok && answer.refusal.code === "POINT_ROADS_CLOSED");
  const { road, because, limit, nearest } = answer.refusal;
  assert.deepEqual([road, because, limit, nearest], ["Dune Path", "kind", 400, 56]);
  const far = travel.snap([0.005, 0.03], "car");
  assert.ok(!far.ok && far.refusal.code === "POINT_FAR_FROM_ROAD");
  await travel.close();
});

test("T17 roads are built by the law of the city's country and by its zones' rules from the settings", async () => {
  const [west, east, north] = [-0.01, 0.01, 0.01];
  const nodes = [
    { id: 1, lon: 0, lat: 0 },
    { id: 2, lon: west, lat: 0 },
    { id: 3, lon: east, lat: 0 },
    { id: 4, lon: 0, lat: north },
    { id: 5, lon: 0.003, lat: -0.001 },
    { id: 6, lon: 0.02, lat: -0.001 },
    { id: 7, lon: 0.02, lat: 0.001 },
    { id: 8, lon: 0.003, lat: 0.001 },
  ];
  const roads = [2, 3, 4].map((end) => ({ id: end, refs: [1, end], tags: { highway: "residential" } }));
  const zone = { id: 9, refs: [5, 6, 7, 8, 5], tags: { boundary: "low_emission_zone", name: "Centre" } };
  const data: OsmData = { nodes, ways: [...roads, zone], relations: [] };
  const leftTurn = async (country: string): Promise<number> => {
    const travel = await openTravel(data, { ...options, country });
    const route = await travel.route([west / 2, 0], [0, north / 2], "car");
    await travel.close();
    return route.ok ? route.value.duration : assert.fail("refused");
  };
  assert.ok((await leftTurn("PT")) > (await leftTurn("IE")), "a left turn crosses the traffic where it keeps right");
  const banned = await openTravel(data, { ...options, zoneRules: { Centre: { motor_vehicle: "no" } } });
  const answer = banned.snap([0.009, 0], "car");
  assert.ok(!answer.ok && answer.refusal.code === "POINT_ROADS_CLOSED" && answer.refusal.because === "zone");
  assert.ok(banned.snap([0.009, 0], "bicycle").ok);
  await banned.close();
});

test("T18 a snap explains itself: the road, its side, and what lies nearer", async () => {
  const alley = {
    at: [
      [0, 0.01],
      [1, 0.01],
    ],
    tags: { highway: "footway", name: "Alley" },
  } as const;
  const travel = await openTravel(city([mainland, alley, path]), options);
  const story = travel.explainSnap([0.005, 0.0002], "car");
  assert.ok(story.ok);
  const { snap, way, side, isTwoWay, passedOver } = story.value;
  assert.deepEqual([snap.road, Number(snap.distance), way, side, isTwoWay], ["Long Road", 22, 1, "left", true]);
  assert.deepEqual(
    passedOver.map(({ road, distance, because }) => [road, Number(distance), because]),
    [["Alley", 11, "kind"]],
  );
  assert.deepEqual(travel.explainSnap([0.005, 0.03], "car"), travel.snap([0.005, 0.03], "car"));
  await travel.close();
});

test("T19 several doors are served from one place to stop, each with its walk", async () => {
  const travel = await openTravel(city([mainland, path]), { ...options, country: "PT" });
  const doors = [
    [0.005, 0.0001],
    [0.0052, 0.0001],
    [0.025, 0.0001],
    [0.5, 0.5],
  ] as const;
  const { places, unserved } = travel.parkingPlaces(doors, "van");
  assert.deepEqual(
    places.map(({ snap, kerb, doors: served }) => [snap.road, kerb, served.map(({ door }) => door)]),
    [
      ["Long Road", "left", [0, 1]],
      ["Long Road", "left", [2]],
    ],
  );
  assert.ok(places.every(({ doors: served }) => served.every(({ walk }) => walk > 5 && walk < 90)));
  assert.deepEqual(unserved, [3]);
  await travel.close();
  const bare = greatCircleTravel().parkingPlaces(doors, "van");
  assert.deepEqual([bare.places.length, bare.unserved], [4, []]);
});
