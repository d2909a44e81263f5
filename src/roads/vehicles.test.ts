import assert from "node:assert/strict";
import { test } from "node:test";
import type { OsmData, OsmTags } from "../kernel/osm.ts";
import type { BuildOptions } from "./build-graph.ts";
import { sizeOf } from "./clearance.ts";
import { graphAt } from "./graph-at.ts";
import type { Moment } from "./hours.ts";
import { buildGraph, type ProfileName } from "./index.ts";
import { draw, lonLat, open, passed, type Place, type Town } from "./test-town.ts";

// Two ways from A to C: straight on over B, and longer over D and E; whoever may not use BC goes round. Dead ends at
// S and T, where people turn.
const places = { A: [0, 0], B: [2, 0], C: [4, 0], D: [0, 2], E: [4, 2], S: [-1, 0], T: [5, 0] } as const;
const town = (tags: OsmTags): Town => ({
  places,
  streets: [
    { nodes: "AB" },
    { nodes: "BC", tags },
    { nodes: "ADEC", tags: { sidewalk: "both" } },
    { nodes: "AS" },
    { nodes: "CT" },
  ],
});
const way = (tags: OsmTags, profile: ProfileName, options: BuildOptions = {}): string =>
  passed(town(tags), open(buildGraph(draw(town(tags)), profile, options)), [1, 0], [4, 1]);
const size = { height: 2.7, width: 2.1, length: 6, weight: 3.5, ratedWeight: 3.5, axleLoad: 2 };

test("R2 signs about size and load bind the vehicle that is named, not only the usual one", () => {
  const low = { vehicle: { size: { ...size, height: 1.9 } } };
  assert.deepEqual([way({ maxheight: "2.2" }, "van"), way({ maxheight: "2.2" }, "van", low)], ["ADE", "BC"]);
  const light = { vehicle: { size: { ...size, weight: 2.4, ratedWeight: 3.5 } } };
  assert.deepEqual([way({ maxweight: "3" }, "van"), way({ maxweight: "3" }, "van", light)], ["ADE", "BC"]);
  assert.equal(way({ maxweightrating: "3" }, "van", light), "ADE");
  assert.equal(way({ maxlength: "5.5 m" }, "van"), "ADE");
  const hazardous = { vehicle: { isHazardous: true } };
  assert.deepEqual([way({ hazmat: "no" }, "van"), way({ hazmat: "no" }, "van", hazardous)], ["BC", "ADE"]);
  const heavy = { vehicle: { size: { ...size, weight: 6, ratedWeight: 7.5 } } };
  assert.deepEqual([way({ hgv: "no" }, "van"), way({ hgv: "no" }, "van", heavy)], ["BC", "ADE"]);
  assert.equal(way({ "motor_vehicle:conditional": "no @ (weight>5)" }, "van", heavy), "ADE");
  const read = ["3.5", "3,5 t", "2.2 m", "7'6\"", "7500 kg", "default", "low"].map(sizeOf);
  assert.deepEqual(read, [3.5, 3.5, 2.2, 2.286, 7.5, null, null]);
});

test("R2 a direction may have a tag of its own", () => {
  assert.equal(way({ "vehicle:forward": "no" }, "bicycle"), "ADE");
  assert.equal(way({ "vehicle:backward": "no" }, "bicycle"), "BC");
  assert.equal(way({ "motor_vehicle:forward": "destination" }, "car"), "ADE");
  assert.equal(way({ motor_vehicle: "agricultural;destination" }, "car"), "ADE");
});

test("R9 the law of the country sets what no sign does: motorways, kinds of place, the side of the road", () => {
  const timeOn = (tags: OsmTags, country: string | null, to: Place = [3, 0]): number => {
    const roads = open(
      buildGraph(draw({ places, streets: [{ nodes: "ABC", tags }, { nodes: "AD" }] }), "car", { country }),
    );
    return roads.route(roads.snap(...lonLat([1, 0]))!, roads.snap(...lonLat(to))!)!.milliseconds;
  };
  assert.ok(timeOn({ maxspeed: "RO:urban" }, null) === timeOn({ maxspeed: "50" }, null));
  assert.ok(timeOn({ "source:maxspeed": "GB:urban" }, null) === timeOn({ maxspeed: "30 mph" }, null));
  assert.ok(timeOn({ maxspeed: "walk" }, "DE") > timeOn({ maxspeed: "20" }, "DE"));
  const [germany, monaco] = [
    timeOn({ highway: "primary", maxspeed: "rural" }, "DE"),
    timeOn({ highway: "primary", maxspeed: "rural" }, "MC"),
  ];
  assert.ok(germany < monaco, "a rural road is faster where the law is");
  // From A's street northwards: a left turn from the east, across the oncoming traffic only where it keeps right.
  const turn: Town = {
    places: { A: [0, 0], B: [2, 0], C: [4, 0], D: [2, 2] },
    streets: [{ nodes: "AB" }, { nodes: "BC" }, { nodes: "BD" }],
  };
  const left = (country: string): number => {
    const roads = open(buildGraph(draw(turn), "car", { country }));
    return roads.route(roads.snap(...lonLat([1, 0]))!, roads.snap(...lonLat([2, 1]))!)!.milliseconds;
  };
  assert.equal(left("PT") - left("IE"), Math.round(8000 * 0.5 * 1.4) - 4000);
});

test("R17 a robot rolls on pavements: no steps, no kerbs, nothing narrow, steep or loose", () => {
  assert.equal(way({ highway: "footway" }, "robot"), "BC");
  for (const closed of [
    { highway: "steps" },
    { highway: "footway", wheelchair: "no" },
    { highway: "footway", width: "0.7" },
    { highway: "footway", incline: "15%" },
    { highway: "footway", surface: "gravel" },
    { highway: "residential", sidewalk: "no" },
    { highway: "tertiary" },
  ])
    assert.equal(way(closed, "robot"), "ADE", JSON.stringify(closed));
  const kerbed = (tags: OsmTags): string => {
    const drawn: Town = {
      places: { ...places, K: [3, 0] },
      streets: [{ nodes: "AB" }, { nodes: "BKC", tags: { highway: "footway" } }, { nodes: "ADEC" }],
      nodeTags: { K: tags },
    };
    return passed(drawn, open(buildGraph(draw(drawn), "robot")), [1, 0], [4, 1]);
  };
  assert.deepEqual(
    [kerbed({ kerb: "lowered" }), kerbed({ kerb: "raised" }), kerbed({ barrier: "kerb" })],
    ["BKC", "ADE", "ADE"],
  );
});

/** The same town with a zone around the middle of BC. */
function zoned(tags: OsmTags): OsmData {
  const data = draw(town({}));
  const corners = (
    [
      [2.2, -1],
      [3.8, -1],
      [3.8, 1],
      [2.2, 1],
    ] as const
  ).map((corner, i) => {
    const [lon, lat] = lonLat(corner);
    return { id: 900 + i, lon, lat };
  });
  const ring = { id: 90, refs: [900, 901, 902, 903, 900] };
  const zone = {
    id: 91,
    members: [{ type: "way", ref: 90, role: "outer" }] as const,
    tags: { boundary: "low_emission_zone", name: "Centre", ...tags },
  };
  return { nodes: [...data.nodes, ...corners], ways: [...data.ways, ring], relations: [zone] };
}

const moment = (minute: number): Moment => ({ weekday: 0, minute, month: 6, day: 15, isHoliday: false });
const [nine, noon] = [moment(9 * 60), moment(12 * 60)];

test("R18 a zone bans by hour and emission class, and whom it bans goes round", () => {
  const data = zoned({ "motor_vehicle:conditional": "no @ (emission<euro_4 AND 07:00-10:00)" });
  const there = (when: Moment, profile: ProfileName, emission: number | "electric" | null): string => {
    const graph = graphAt(buildGraph(data, profile, { vehicle: { emission } }), [when]);
    return passed(town({}), open(graph), [1, 0], [4, 1]);
  };
  assert.deepEqual([there(nine, "van", 3), there(noon, "van", 3)], ["ADE", "BC"]);
  assert.deepEqual(
    [there(nine, "van", 4), there(nine, "van", "electric"), there(nine, "bicycle", null)],
    ["BC", "BC", "BC"],
  );
  const unknown = buildGraph(data, "van");
  assert.deepEqual([unknown.report.conditionsUnknown, unknown.report.bannedStretches], [1, 0]);
  const banned = buildGraph(data, "van", { vehicle: { emission: 2 } });
  assert.deepEqual([banned.report.bannedStretches, banned.zones[0]?.name], [1, "Centre"]);
  assert.equal([...banned.stretchZone].filter((zone) => zone === 0).length, 1);
});

test("R18 a zone that charges is entered, or avoided by who wants to; rules may come from the settings", () => {
  const avoiding = { vehicle: { avoid: { tolls: false, ferries: false, charges: true } } };
  const there = (data: OsmData, options: BuildOptions): string =>
    passed(town({}), open(buildGraph(data, "van", options)), [1, 0], [4, 1]);
  const charging = zoned({ charge: "8 GBP" });
  assert.deepEqual([there(charging, {}), there(charging, avoiding)], ["BC", "ADE"]);
  assert.equal(buildGraph(charging, "van").report.chargedStretches, 1);
  const bare = zoned({});
  assert.equal(buildGraph(bare, "van").report.zonesWithoutRule, 1);
  assert.equal(there(bare, { zoneRules: { Centre: { motor_vehicle: "no" } } }), "ADE");
  const open2 = { ...charging, relations: charging.relations.map((zone) => ({ ...zone, members: [] })) };
  assert.deepEqual(buildGraph(open2, "van").report.examples.zonesBroken, ["relation/91"]);
});

test("R19 tolls and ferries are known for each stretch, and avoided by who wants to, unless there is no other way", () => {
  const avoiding = { vehicle: { avoid: { tolls: true, ferries: true, charges: false } } };
  assert.deepEqual([way({ toll: "yes" }, "car"), way({ toll: "yes" }, "car", avoiding)], ["BC", "ADE"]);
  const graph = buildGraph(draw(town({ toll: "yes" })), "car");
  assert.deepEqual([...graph.stretchToll], [0, 1, 0, 0, 0]);
  const only: Town = { places, streets: [{ nodes: "AB" }, { nodes: "BC", tags: { toll: "yes" } }] };
  const roads = open(buildGraph(draw(only), "car", avoiding));
  assert.equal(passed(only, roads, [1, 0], [3, 0]), "B");
});
