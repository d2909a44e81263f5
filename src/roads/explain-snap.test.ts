import assert from "node:assert/strict";
import { test } from "node:test";
import { explainSnap, troubleAt } from "./explain-snap.ts";
import { graphAt } from "./graph-at.ts";
import { graphUnder } from "./graph-under.ts";
import { buildGraph, type ProfileName, type RoadGraph } from "./index.ts";
import { draw, lonLat, type Place, type Town } from "./test-town.ts";

// A street along y = 0; beside it, to the north, what cars may not use; far in the east an island.
const places = {
  A: [0, 0],
  B: [4, 0],
  C: [0, 0.2],
  D: [4, 0.2],
  E: [0, 0.3],
  F: [4, 0.3],
  G: [0, 0.5],
  H: [4, 0.5],
  I: [10, 0],
  J: [10, 4],
  K: [-1, 0],
} as const;
const town: Town = {
  places,
  streets: [
    { nodes: "AB" },
    { nodes: "CD", tags: { highway: "footway" } },
    { nodes: "EF", tags: { access: "no" } },
    { nodes: "AGHB", tags: { highway: "motorway", oneway: "no" } },
    { nodes: "IJ" },
    { nodes: "AK" },
  ],
};
const storyOf = (graph: RoadGraph, place: Place) => explainSnap(graph, ...lonLat(place))!;
const troubleOf = (graph: RoadGraph, place: Place, limit = 400) => {
  const [lon, lat] = lonLat(place);
  return troubleAt(graph, { lon, lat, nearest: explainSnap(graph, lon, lat)?.snap.distance ?? null, limit });
};

test("R16 a snap says which road, how far, on which side, and why none that is nearer", () => {
  const graph = buildGraph(draw(town), "car");
  const { name, way, side, snap, passedOver, isTwoWay } = storyOf(graph, [2, 0.28]);
  assert.deepEqual([name, way, side, isTwoWay, Math.round(snap.distance)], ["Street 0", 1, "left", true, 28]);
  assert.deepEqual(
    passedOver.map((one) => [one.reason, one.name, Math.round(one.distance)]),
    [
      ["access", "Street 2", 2],
      ["kind", "Street 1", 8],
      ["passing", "Street 3", 22],
    ],
  );
  assert.deepEqual(
    storyOf(graph, [2, 0.22]).passedOver.map(({ reason }) => reason),
    ["kind", "access"],
  );
  assert.equal(storyOf(graph, [2, -0.2]).side, "right");
  assert.deepEqual(storyOf(graph, [2, -0.2]).passedOver, []);
});

test("R16 a street that is closed at this hour is passed over for that", () => {
  const timed: Town = {
    places: { A: [0, 0], B: [4, 0], C: [0, 1], D: [4, 1] },
    streets: [{ nodes: "ACDB" }, { nodes: "AB", tags: { "motor_vehicle:conditional": "no @ (07:00-11:00)" } }],
  };
  const graph = buildGraph(draw(timed), "van");
  const at = (minute: number) => graphAt(graph, [{ weekday: 0, minute, month: 6, day: 15, isHoliday: false }]);
  assert.equal(storyOf(at(720), [2, 0.1]).name, "Street 1");
  const { name, passedOver } = storyOf(at(540), [2, 0.1]);
  assert.deepEqual([name, passedOver.map(({ reason }) => reason)], ["Street 0", ["hour"]]);
});

test("R16 a street that a closure shuts or cuts off is passed over for that, and one closed by the hour still for the hour", () => {
  const block: Town = {
    places: { A: [0, 0], B: [2, 0], C: [4, 0], D: [0, 1], E: [4, 1], F: [0, 2], G: [4, 2] },
    streets: [
      { nodes: "ADECGFA" },
      { nodes: "AB" },
      { nodes: "BC", tags: { "motor_vehicle:conditional": "no @ (Mo-Fr 09:30-16:30)" } },
    ],
  };
  const graph = buildGraph(draw(block), "van");
  const first = { where: { kind: "ways", ways: [2] }, profiles: null, until: null } as const;
  const under = (band: "day" | null) =>
    graphUnder(graph, band && { band, month: 6 }, { closures: [first], slowdowns: [] });
  const reasons = (of: RoadGraph, place: Place) =>
    storyOf(of, place).passedOver.map(({ name, reason }) => [name, reason]);
  assert.deepEqual(reasons(under(null), [1, 0.1]), [["Street 1", "closure"]]);
  assert.deepEqual(reasons(under("day"), [1, 0.1]), [["Street 1", "closure"]]);
  assert.deepEqual(reasons(under("day"), [3, 0.1]), [["Street 2", "hour"]]);
});

test("R7 a point on an island, or among closed streets only, is told so", () => {
  const car = buildGraph(draw(town), "car");
  assert.equal(troubleOf(car, [2, 0.1]), null);
  assert.deepEqual(troubleOf(car, [10.1, 2])?.kind, "island");
  assert.equal(troubleOf(car, [10.1, 2])?.name, "Street 4");
  assert.equal(troubleOf(car, [30, 30]), null);
  const onlyFoot: Town = { places, streets: [{ nodes: "AB" }, { nodes: "IJ", tags: { highway: "footway" } }] };
  const closed = troubleOf(buildGraph(draw(onlyFoot), "van"), [10.1, 2]);
  assert.ok(closed?.kind === "closed" && closed.reason === "kind" && Math.round(closed.distance) === 10);
  const byFoot = (profile: ProfileName) => troubleOf(buildGraph(draw(onlyFoot), profile), [10.1, 4]);
  assert.equal(byFoot("foot")?.kind, "island");
});
