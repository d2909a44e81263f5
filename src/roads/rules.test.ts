import assert from "node:assert/strict";
import { test } from "node:test";
import type { OsmTags } from "../kernel/osm.ts";
import { buildGraph, type ProfileName } from "./index.ts";
import { durationOf, judgeWay } from "./judge-way.ts";
import { profiles, vehicleOf } from "./profiles.ts";
import { limitOf } from "./speed-limits.ts";
import { draw, passed, type Place, roadsOf, routeBetween, type Rule, type Street, type Town } from "./test-town.ts";

// A ring of four blocks with two ways across it:
//
//   D---E---F        y = 2
//   |   |   |
//   A---B---C        y = 0      and  G north of B's street at E
const places: Readonly<Record<string, Place>> = { A: [0, 0], B: [2, 0], C: [4, 0], D: [0, 2], E: [2, 2], F: [4, 2] };
const ring: Street = { nodes: "ADEFC" };
const west: Street = { nodes: "AB" };
const east: Street = { nodes: "BC" };
const across: Street = { nodes: "BE" };
const town = (streets: readonly Street[], more: Partial<Town> = {}): Town => ({ places, streets, ...more });
/** West of B on the way to B, just beside C on the way from B. */
const nearA: Place = [1, 0];
const nearC: Place = [3.5, 0];
const ways = (drawn: Town, profile: ProfileName): readonly [there: string, back: string] => {
  const roads = roadsOf(drawn, profile);
  return [passed(drawn, roads, nearA, nearC), passed(drawn, roads, nearC, nearA)];
};
const tagged = (tags: OsmTags): Town => town([west, { ...east, tags }, ring, across]);

test("R1 a one-way is driven one way, by those it binds", () => {
  assert.deepEqual(ways(tagged({ oneway: "yes" }), "car"), ["B", "CFEB"]);
  assert.deepEqual(ways(tagged({ oneway: "-1" }), "van"), ["BEFC", "B"]);
  assert.deepEqual(ways(tagged({ oneway: "yes" }), "bicycle"), ["B", "CFEB"]);
  assert.deepEqual(ways(tagged({ oneway: "yes" }), "foot"), ["B", "B"]);
  assert.deepEqual(ways(tagged({ oneway: "yes", "oneway:bicycle": "no" }), "cargo_bike"), ["B", "B"]);
  assert.deepEqual(ways(tagged({ oneway: "yes", cycleway: "opposite_lane" }), "bicycle"), ["B", "B"]);
  assert.deepEqual(ways(tagged({ oneway: "yes", cycleway: "opposite_lane" }), "car"), ["B", "CFEB"]);
  assert.deepEqual(ways(tagged({ junction: "roundabout" }), "car"), ["B", "CFEB"]);
  assert.deepEqual(ways(tagged({ junction: "roundabout", oneway: "no" }), "car"), ["B", "B"]);
});

test("R2 the most specific access tag wins", () => {
  const open = (tags: OsmTags): string =>
    Object.values(profiles)
      .filter(
        (rules) => typeof (judgeWay(tags, { rules, vehicle: vehicleOf(rules.name), country: null }) ?? "") === "object",
      )
      .map(({ name }) => name)
      .join(" ");
  const all = "car van cargo_bike bicycle foot robot";
  assert.equal(open({ highway: "residential" }), all);
  assert.equal(open({ highway: "residential", access: "no" }), "");
  assert.equal(open({ highway: "residential", access: "no", foot: "yes" }), "foot robot");
  assert.equal(open({ highway: "residential", vehicle: "no" }), "foot robot");
  assert.equal(open({ highway: "residential", vehicle: "no", bicycle: "yes" }), "cargo_bike bicycle foot robot");
  assert.equal(open({ highway: "residential", vehicle: "no", motor_vehicle: "delivery" }), "car van foot robot");
  assert.equal(
    open({ highway: "residential", motor_vehicle: "no", goods: "yes" }),
    "van cargo_bike bicycle foot robot",
  );
  assert.equal(open({ highway: "motorway" }), "car van");
  assert.equal(open({ highway: "trunk", motorroad: "yes" }), "car van");
  assert.equal(open({ highway: "footway" }), "foot robot");
  assert.equal(open({ highway: "footway", access: "yes" }), "foot robot");
  assert.equal(open({ highway: "footway", bicycle: "yes" }), "cargo_bike bicycle foot robot");
  assert.equal(open({ highway: "pedestrian", motor_vehicle: "delivery" }), all);
  assert.equal(open({ highway: "steps", bicycle: "yes" }), "foot");
  assert.equal(open({ highway: "residential", maxheight: "2.2" }), "car cargo_bike bicycle foot robot");
  assert.equal(open({ highway: "residential", maxweight: "3" }), "car cargo_bike bicycle foot robot");
  assert.equal(open({ highway: "residential", access: "unheard of" }), all);
  for (const highway of ["construction", "proposed", "raceway", "bus_stop"])
    assert.equal(open({ highway, foot: "yes" }), "");
  assert.equal(open({ building: "yes" }), "");
});

test("R3 nobody passes through a street for residents, but journeys start, end and stay there", () => {
  for (const value of ["private", "destination", "delivery"]) {
    const closed = tagged({ access: value });
    const roads = roadsOf(closed, "car");
    assert.equal(passed(closed, roads, nearA, [4, 1]), "BEF");
    assert.equal(passed(closed, roads, nearA, nearC), "B");
    assert.equal(passed(closed, roads, nearC, nearA), "B");
    assert.equal(passed(closed, roads, [3, 0], nearC), "");
  }
  const pair = town([west, { ...east, tags: { access: "private" } }, ring, { ...across, tags: { access: "private" } }]);
  assert.equal(passed(pair, roadsOf(pair, "car"), [2, 1.5], nearC), "B");
  const open = tagged({});
  assert.equal(passed(open, roadsOf(open, "car"), nearA, [4, 1]), "BC");
});

test("R4 turn restrictions bind those they name: no, only, except, by vehicle, and turning round", () => {
  const ruled = (tags: OsmTags, rule: Partial<Rule> = {}): Town =>
    town([west, east, ring, across], { rules: [{ from: 0, via: "B", to: 1, tags, ...rule }] });
  const there = (drawn: Town, profile: ProfileName): string => ways(drawn, profile)[0];
  assert.equal(there(ruled({ restriction: "no_straight_on" }), "car"), "BEFC");
  assert.equal(there(ruled({ restriction: "no_straight_on" }), "bicycle"), "BEFC");
  assert.equal(there(ruled({ restriction: "no_straight_on" }), "foot"), "B");
  assert.equal(ways(ruled({ restriction: "no_straight_on" }), "car")[1], "B");
  assert.equal(there(ruled({ restriction: "no_straight_on", except: "bicycle;psv" }), "bicycle"), "B");
  assert.equal(there(ruled({ restriction: "no_straight_on", except: "bicycle;psv" }), "car"), "BEFC");
  assert.equal(there(ruled({ "restriction:goods": "no_straight_on" }), "van"), "BEFC");
  assert.equal(there(ruled({ "restriction:goods": "no_straight_on" }), "car"), "B");
  assert.equal(there(ruled({ restriction: "only_left_turn" }, { to: 3 }), "car"), "BEFC");
  assert.equal(there(ruled({ restriction: "only_straight_on" }), "car"), "B");
  assert.equal(there(ruled({ "restriction:conditional": "no_straight_on @ (07:00-09:00)" }), "car"), "B");

  const deadEnd = town([{ nodes: "AB" }, { nodes: "BC" }]);
  assert.equal(passed(deadEnd, roadsOf(deadEnd, "car"), [3, 0], [1, 0]), "B");
  const round = town([west, east, ring, across], {
    rules: [{ from: 1, via: "C", to: 1, tags: { restriction: "no_u_turn" } }],
  });
  assert.equal(buildGraph(draw(round), "car").report.restrictionsWithoutEffect, 0);
});

test("R5 what is broken is counted and left out", () => {
  const tags = { restriction: "no_straight_on" };
  const rules: Rule[] = [
    { from: 0, via: "B", to: 77, tags },
    { from: 0, via: "Z", to: 1, tags },
    { from: 0, via: "F", to: 1, tags },
    { from: 0, via: "B", to: 1, tags: { restriction: "perhaps" } },
    { from: 2, via: "E", to: 3, tags },
    { from: 0, via: "B", to: 1, tags: { restriction: "no_straight_on @ (Mo-Fr)" } },
    { from: 0, via: "B", to: 1, tags: { "restriction:hgv": "no_straight_on" } },
  ];
  const data = draw(town([west, east, ring, across, { nodes: "AZ" }, { nodes: "CYF" }], { rules }));
  const { report } = buildGraph(data, "car");
  assert.deepEqual(
    [report.restrictions, report.restrictionsBroken, report.restrictionsWithoutEffect, report.restrictionsByHour],
    [7, 3, 3, 1],
  );
  assert.deepEqual(report.examples.restrictionsBroken, ["relation/1", "relation/4", "relation/5"]);
  assert.deepEqual([report.waysOverMissingNodes, report.waysWithoutLength], [2, 2]);
});

test("R6 a barrier stops those who cannot pass it", () => {
  const barred = (tags: OsmTags): Town =>
    town([west, { nodes: "BXC" }, ring, across], { places: { ...places, X: [3, 0] }, nodeTags: { X: tags } });
  const there = (tags: OsmTags, profile: ProfileName): string => ways(barred(tags), profile)[0];
  assert.equal(there({ barrier: "bollard" }, "car"), "BEFC");
  assert.equal(there({ barrier: "bollard" }, "cargo_bike"), "BX");
  assert.equal(there({ barrier: "bollard", motor_vehicle: "yes" }, "car"), "BX");
  assert.equal(there({ barrier: "gate" }, "van"), "BX");
  assert.equal(there({ barrier: "gate", access: "private" }, "van"), "BEFC");
  assert.equal(there({ barrier: "cycle_barrier" }, "cargo_bike"), "BEFC");
  assert.equal(there({ barrier: "cycle_barrier" }, "bicycle"), "BX");
  assert.equal(there({ barrier: "wall" }, "foot"), "BEFC");
});

test("R7 points are never led to an island; the report counts what was left out", () => {
  const island = town([west, east, ring, { nodes: "PQ" }, { nodes: "CR", tags: { oneway: "yes" } }], {
    places: { ...places, P: [6, 2], Q: [6, 0], R: [5, 1] },
  });
  const roads = roadsOf(island, "car");
  assert.equal(roads.graph.report.islandStretches, 2);
  const snap = roads.snap(0.0055, 0.0009)!;
  assert.ok(snap.distance > 200 && snap.distance < 240);
  const walking = roadsOf(island, "foot");
  assert.equal(walking.graph.report.islandStretches, 1);
});

test("R8 a street that leads on only to an island is a dead end, and people turn round there", () => {
  const oneWayOut = town(
    [west, east, ring, across, { nodes: "CR", tags: {} }, { nodes: "RS", tags: { oneway: "yes" } }],
    {
      places: { ...places, R: [5, 0], S: [6, 0] },
    },
  );
  const roads = roadsOf(oneWayOut, "car");
  assert.equal(passed(oneWayOut, roads, nearA, [4.5, 0]), "BC");
  assert.equal(passed(oneWayOut, roads, [4.5, 0], nearA), "CB");
});

test("R9 limits are read as drivers do, and the faster way wins over the shorter", () => {
  const read = ["50", "50 km/h", "30 mph", "PT:urban", "FR:zone30", "walk", "none", "fast", "0", undefined].map(
    (value) => limitOf(value, null),
  );
  assert.deepEqual(read, [50, 50, 48.28032, 50, 30, 7, Infinity, null, null, null]);
  assert.deepEqual(["90", "1:30", "01:30:15", "soon", undefined].map(durationOf), [5400, 5400, 5415, null, null]);
  const slow = town([
    west,
    { ...east, tags: { maxspeed: "5" } },
    { ...ring, tags: { highway: "primary", maxspeed: "70" } },
    across,
  ]);
  assert.equal(ways(slow, "car")[0], "ADEFC");
  assert.equal(ways(slow, "foot")[0], "B");
});

test("R9 nobody drives faster than the law of the country allows anywhere, where no sign says so", () => {
  const speed = (highway: string, country: string | null): number => {
    const use = judgeWay({ highway }, { rules: profiles.car, vehicle: vehicleOf("car"), country });
    return typeof use === "object" && use !== null ? use.forward : 0;
  };
  assert.deepEqual([speed("primary", "MC"), speed("trunk", "MC"), speed("residential", "MC")], [50, 50, 33]);
  assert.deepEqual(
    ["primary", "trunk", "motorway"].map((kind) => speed(kind, "PT")),
    ["primary", "trunk", "motorway"].map((kind) => speed(kind, null)),
  );
});

test("R9 a roundabout is driven as fast as its bend allows, whatever is posted; cycles ride as ever", () => {
  const speed = (profile: ProfileName, tags: OsmTags): number => {
    const traveller = { rules: profiles[profile], vehicle: vehicleOf(profile), country: null };
    const use = judgeWay({ highway: "primary", ...tags }, traveller);
    return typeof use === "object" && use !== null ? use.forward : 0;
  };
  assert.equal(speed("car", { junction: "roundabout", maxspeed: "50" }), 35);
  assert.equal(speed("van", { junction: "roundabout", lanes: "2" }), 40);
  assert.equal(speed("car", { junction: "roundabout", maxspeed: "20" }), 20);
  assert.equal(speed("bicycle", { junction: "roundabout" }), speed("bicycle", {}));
  assert.equal(speed("car", { junction: "circular", maxspeed: "50" }), 50);
});

test("R10 bends, signals and turning round cost time, walking round a corner does not", () => {
  const time = (drawn: Town, profile: ProfileName, to: Place): number =>
    routeBetween(roadsOf(drawn, profile), nearA, to)!.milliseconds;
  const plain = town([west, east, ring, across]);
  const straight = time(plain, "car", [3, 0]);
  const left = time(plain, "car", [2, 1]);
  assert.ok(Math.abs(left - straight - 8000 * 0.5 * 1.4) < 3);
  assert.ok(Math.abs(time(plain, "foot", [3, 0]) - time(plain, "foot", [2, 1])) < 20);
  const signal = town([west, east, ring, across], { nodeTags: { B: { highway: "traffic_signals" } } });
  assert.equal(time(signal, "car", [3, 0]) - straight, 7000);
  const onTheWay = town([{ nodes: "AXB" }, east, ring, across], {
    places: { ...places, X: [1, 0] },
    nodeTags: { X: { highway: "traffic_signals", "traffic_signals:direction": "backward" } },
  });
  const whole = (drawn: Town, from: Place, to: Place): number =>
    routeBetween(roadsOf(drawn, "car"), from, to)!.milliseconds;
  assert.equal(whole(onTheWay, [0, 1], [3, 0]), whole(plain, [0, 1], [3, 0]));
  assert.equal(whole(onTheWay, [3, 0], [0, 1]), whole(plain, [3, 0], [0, 1]) + 7000);
});

test("R10 the signals of one junction are waited at once, those of the next again", () => {
  const signals = { highway: "traffic_signals" };
  // Before the junction B and behind it a signal each, 20 m apart; the next is at Z, 80 m on.
  const near = { ...places, X: [1.9, 0], Y: [2.1, 0], Z: [2.9, 0] } as const;
  const drawn = (nodeTags: Town["nodeTags"] = {}): Town =>
    town([{ nodes: "AXB" }, { nodes: "BYZC" }, ring, across], { places: near, nodeTags });
  const wait = (nodeTags: Town["nodeTags"], from: Place, to: Place): number => {
    const time = (of: Town): number => routeBetween(roadsOf(of, "car"), from, to)!.milliseconds;
    return time(drawn(nodeTags)) - time(drawn());
  };
  const inWest: Place = [0, 0.5];
  const inEast: Place = [4, 0.5];
  assert.equal(wait({ X: signals, Y: signals }, inWest, inEast), 7000);
  assert.equal(wait({ X: signals, Y: signals }, inEast, inWest), 7000);
  assert.equal(wait({ X: signals, B: signals }, inWest, inEast), 7000);
  assert.equal(wait({ B: signals, Y: signals }, inEast, inWest), 7000);
  assert.equal(wait({ X: signals, Y: signals, Z: signals }, inWest, inEast), 14_000);
  assert.equal(wait({ Y: signals }, inWest, inEast), 7000);
  const bound = { X: { ...signals, "traffic_signals:direction": "backward" }, Y: signals };
  assert.equal(wait(bound, inWest, inEast), 7000);
});

test("R11 a ferry takes those it takes, after waiting for it, as long as its timetable says", () => {
  const ferried = (tags: OsmTags): Town =>
    town([west, { nodes: "CF" }, { nodes: "BC", tags: { route: "ferry", duration: "00:10", ...tags } }]);
  const walk = routeBetween(roadsOf(ferried({}), "foot"), nearA, [4, 1])!;
  const walking = (100 + 100) / (5 / 3.6);
  assert.ok(Math.abs(walk.milliseconds / 1000 - (180 + 600 + walking)) < 1);
  assert.equal(routeBetween(roadsOf(ferried({}), "car"), nearA, [4, 1]), null);
  assert.notEqual(routeBetween(roadsOf(ferried({ motor_vehicle: "yes" }), "car"), nearA, [4, 1]), null);
});

test("R12 a city without roads for a profile has nothing to snap to", () => {
  const motorwayOnly = town([{ nodes: "ADEFCBA", tags: { highway: "motorway" } }]);
  assert.equal(roadsOf(motorwayOnly, "foot").snap(0, 0), null);
  assert.equal(roadsOf(motorwayOnly, "car").graph.report.stretches > 0, true);
  const empty = buildGraph({ nodes: [], ways: [], relations: [] }, "car");
  assert.deepEqual([empty.arcKey.length, empty.turnStart.length], [0, 1]);
});
