import { expect, test } from "vitest";
import type { RoadsAnswer, StreetView } from "../../../../../src/doors/api/contract.ts";
import { boxAround, hoursIn, paceOf, reachFeatures, roadFeatures, streetRows } from "./road-model.ts";

const street = (change: Partial<StreetView>): StreetView => ({
  line: [
    [0, 0],
    [0.01, 0],
  ],
  name: "Main Road",
  kind: "primary",
  way: 1,
  forward: 40,
  backward: 40,
  share: 0.8,
  zone: null,
  isTimed: false,
  because: null,
  ...change,
});

test("a street's colour is that of its slower direction, by the profile's own scale", () => {
  expect(paceOf({ forward: 50, backward: 22 }, "car")).toBe(1);
  expect(paceOf({ forward: 12, backward: null }, "bicycle")).toBe(3);
  expect(paceOf({ forward: 120, backward: 120 }, "car")).toBe(5);
  expect(paceOf({ forward: null, backward: null }, "car")).toBe(null);
});

test("the table has a line for each street, the most held up first, and closed ones before all", () => {
  const rows = streetRows([
    street({ forward: 40, backward: 20, share: 0.9 }),
    street({ share: 0.7 }),
    street({ name: "Shut", forward: null, backward: null, share: null }),
    street({ name: null, kind: "residential", forward: null, share: 0.5, zone: "Centre", isTimed: true }),
  ]);
  expect(rows.map(({ name }) => name)).toEqual(["Shut", null, "Main Road"]);
  expect(rows[1]).toMatchObject({ isOneWay: true, zone: "Centre", isTimed: true, speed: 40 });
  expect(rows[2]!.speed).toBeCloseTo(80 / 3, 5);
  expect(rows[2]!.share).toBeCloseTo(0.8, 5);
  expect(rows[0]!.speed).toBe(null);
});

test("one-way lines run as they are driven, and shut streets lie with the closed ones", () => {
  const roads: RoadsAnswer = {
    streets: [street({ forward: null }), street({ forward: null, backward: null, share: null })],
    closed: [{ line: [[0, 0]], name: null, way: 2, because: "access" }],
    left: 0,
    turns: [{ at: [0, 0], kind: "no_left_turn", when: null, from: null, to: null }],
    zones: [],
  };
  const features = roadFeatures(roads, "car");
  expect(features.streets.map(({ geometry }) => geometry)).toEqual([
    {
      type: "LineString",
      coordinates: [
        [0.01, 0],
        [0, 0],
      ],
    },
  ]);
  expect(features.closed).toHaveLength(2);
  expect(features.turns[0]!.properties).toEqual({ sign: "←", only: false, timed: false });
});

test("a small move of the map asks for the same box, and the largest reach lies below", () => {
  expect(boxAround([-31.52, 40.99, -31.48, 41.02], 13)).toEqual(boxAround([-31.5199, 40.9901, -31.4801, 41.0199], 13));
  const areas = [5, 10].map((minutes) => ({ minutes, polygons: [] }));
  expect(reachFeatures({ areas, source: "roads" }).map(({ properties }) => properties!["minutes"])).toEqual([10, 5]);
});

test("a zone whose border closes is an area, and says when its rule holds", () => {
  const ring: [number, number][] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ];
  const zone = { name: "Centre", kind: "low_emission_zone", rule: null };
  const zones = [
    { ...zone, rule: "motor_vehicle:conditional=no @ (emission<euro_4 AND Mo-Fr 07:00-19:00)", lines: [ring] },
    { ...zone, lines: [ring.slice(0, 3)] },
  ];
  const features = roadFeatures({ streets: [], closed: [], left: 0, turns: [], zones }, "car").zones;
  expect(features.map(({ geometry, properties }) => [geometry.type, properties!["words"]])).toEqual([
    ["Polygon", "Centre · Mo-Fr 07:00-19:00"],
    ["LineString", "Centre"],
  ]);
  expect(hoursIn("access:conditional=no @ 22:00-06:00")).toBe("22:00-06:00");
  expect(hoursIn("access=destination")).toBe(null);
});
