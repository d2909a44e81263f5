import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import type { OsmData, OsmWay } from "../../../src/kernel/osm.ts";
import { greatCircle, type Point } from "../../../src/kernel/point.ts";
import { makeMillport, millportCentre, writeOsmPbf, type City } from "./index.ts";

/** One full-size town for all tests that only look. */
const town = makeMillport({ seed: 1 });
const highway = (way: OsmWay): string => way.tags?.highway ?? "";
const carKinds = new Set([
  "motorway",
  "trunk",
  "motorway_link",
  "trunk_link",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "living_street",
  "service",
]);
const streets = (data: OsmData): OsmWay[] => data.ways.filter((way) => carKinds.has(highway(way)));

test("M1 the same seed and size give the same bytes, another seed another town", () => {
  const hash = (seed: number): string =>
    createHash("sha256")
      .update(writeOsmPbf(makeMillport({ seed, population: 3000 }).data))
      .digest("hex");
  assert.equal(hash(8), hash(8));
  assert.notEqual(hash(8), hash(9));
});

test("M2 objects are ordered by id, each id once, and every way and relation is complete", () => {
  for (const list of [town.data.nodes, town.data.ways, town.data.relations])
    assert.ok(list.every((item, i) => i === 0 || list[i - 1]!.id < item.id));
  const [nodes, ways] = [new Set(town.data.nodes.map((n) => n.id)), new Set(town.data.ways.map((w) => w.id))];
  assert.ok(town.data.ways.every((way) => way.refs.length >= 2 && way.refs.every((ref) => nodes.has(ref))));
  for (const { members } of town.data.relations)
    assert.ok(members.every(({ type, ref }) => (type === "node" ? nodes : ways).has(ref)));
});

test("M3 whatever the seed and size, a car gets from every crossing to every other", () => {
  const order = fc.record({ seed: fc.nat(1_000_000), population: fc.integer({ min: 1000, max: 9000 }) });
  fc.assert(
    fc.property(order, (wanted) => oneNetwork(makeMillport(wanted).data)),
    { numRuns: 12 },
  );
});

test("M3 so it is in towns with motorways around them", () => {
  for (const seed of [2, 3]) assert.ok(oneNetwork(makeMillport({ seed, population: 24_000 }).data), `seed ${seed}`);
});

test("M3 the full-size town is one network", () => assert.ok(oneNetwork(town.data)));

test("M12 every home is reached without motorways, trunk roads and their ramps", () => {
  const arcs = new Map<number, number[]>();
  const ways = town.data.ways.filter(
    (way) => way.tags?.highway !== undefined && !/^(motorway|trunk)/.test(highway(way)),
  );
  for (const way of ways)
    for (let i = 1; i < way.refs.length; i++)
      for (const [a, b] of [way.refs.slice(i - 1, i + 1), way.refs.slice(i - 1, i + 1).toReversed()] as [
        number,
        number,
      ][])
        arcs.set(a, [...(arcs.get(a) ?? []), b]);
  const seen = new Set([ways.find((way) => way.tags?.name === "High Street")!.refs[0]!]);
  for (const node of seen) for (const next of arcs.get(node) ?? []) seen.add(next);
  const reached = new Set(ways.filter((way) => way.refs.every((ref) => seen.has(ref))).map((way) => way.tags!.name));
  const lived = new Set(town.places.homes.map((home) => home.street));
  assert.deepEqual(
    [...lived].filter((street) => !reached.has(street)),
    [],
  );
});

test("M4 the usual town has the size of a real one", (t) => {
  const nodes = new Set(streets(town.data).flatMap((way) => way.refs)).size;
  const people = town.places.homes.reduce((sum, home) => sum + home.weight, 0) * 2.3;
  t.diagnostic(`${nodes} road nodes, ${town.places.homes.length} addresses, ${Math.round(people)} people`);
  assert.ok(nodes >= 9000 && nodes <= 16_000, `${nodes} road nodes`);
  assert.ok(
    town.places.homes.length >= 10_000 && town.places.homes.length <= 20_000,
    `${town.places.homes.length} homes`,
  );
  assert.ok(people > 60_000 && people < 80_000, `${people} people`);
});

test("M4 about as many people live in a town as were asked for", () => {
  for (const population of [4000, 24_000]) {
    const homes = makeMillport({ seed: 2, population }).places.homes;
    const people = homes.reduce((sum, home) => sum + home.weight, 0) * 2.3;
    assert.ok(Math.abs(people / population - 1) < 0.15, `${people} instead of ${population}`);
  }
});

test("M5 three to five bridges join the banks, and nothing else crosses the river", () => {
  const bridges = new Set(town.data.ways.map((way) => way.tags?.["bridge:name"]).filter((name) => name !== undefined));
  assert.ok(bridges.size >= 3 && bridges.size <= 5, [...bridges].join(", "));
  const without = { ...town.data, ways: town.data.ways.filter((way) => way.tags?.["bridge:name"] === undefined) };
  assert.ok(!oneNetwork(without), "without its bridges the town falls apart");
});

test("M6 house numbers are odd on one side, even on the other, and no address is there twice", () => {
  const seen = new Set<string>();
  for (const home of town.places.homes) {
    const key = `${home.street} ${home.houseNumber}`;
    assert.ok(!seen.has(key), key);
    seen.add(key);
  }
  assert.ok(shareOnTheirSide(town) > 0.99);
});

test("M7 depots, hubs, pick-up points, shops, homes and districts are found", () => {
  const { depots, hubs, pickupPoints, shops, districts } = town.places;
  assert.deepEqual(depots.map((depot) => depot.name).sort(), ["Dockside Depot", "Motorway Depot", "Saltings Depot"]);
  assert.equal(hubs.length, 2);
  assert.ok(pickupPoints.length >= 10 && shops.length >= 250 && districts.length >= 8);
  assert.ok(Math.abs(districts.reduce((sum, district) => sum + district.homes, 0) - 1) < 1e-9);
});

test("M8 the town lies in the open sea around its declared centre", () => {
  const sea = new Set(town.data.ways.filter((way) => way.tags?.water === "sea").flatMap((way) => way.refs));
  for (const { id, lon, lat } of town.data.nodes)
    assert.ok(greatCircle(millportCentre, [lon, lat]) < (sea.has(id) ? 100_000 : 9500));
  assert.equal(town.zone, "Atlantic/Azores");
});

test("M11 the town's streets are like a real town's", () => {
  const arms = new Map<number, Set<number>>();
  const pattern = streets(town.data).filter((way) => highway(way) !== "service");
  for (const { refs } of pattern)
    for (let i = 1; i < refs.length; i++)
      for (const [a, b] of [
        [refs[i - 1]!, refs[i]!],
        [refs[i]!, refs[i - 1]!],
      ] as const)
        void (arms.get(a)?.add(b) ?? arms.set(a, new Set([b])));
  const degrees = [...arms.values()].map((next) => next.size).filter((degree) => degree !== 2);
  const share = (wanted: number): number => degrees.filter((degree) => degree === wanted).length / degrees.length;
  assert.ok(share(1) > 0.1 && share(1) < 0.3, `${share(1)} dead ends`);
  assert.ok(share(3) > 0.5 && share(3) < 0.8, `${share(3)} three-armed`);
  assert.ok(share(4) > 0.04 && share(4) < 0.3, `${share(4)} four-armed`);
});

test("M14 the town holds what rules are made of", () => {
  const tags = [...town.data.nodes, ...town.data.ways, ...town.data.relations].map((item) => item.tags ?? {});
  const values = (key: string): Set<string> => new Set(tags.flatMap((its) => its[key] ?? []));
  const has = (key: string, ...wanted: string[]): void =>
    assert.deepEqual(
      wanted.filter((value) => !values(key).has(value)),
      [],
      key,
    );
  has("highway", "traffic_signals", "crossing", "pedestrian", "motorway", "trunk_link", "living_street", "cycleway");
  has("restriction", "no_left_turn", "no_u_turn", "only_straight_on");
  has("maxspeed", "100", "80", "50", "30", "20", "10");
  has("barrier", "bollard", "cycle_barrier", "gate");
  has("access", "private", "customers");
  has("sidewalk", "both", "left", "right", "no");
  has("kerb", "lowered", "raised");
  has("boundary", "low_emission_zone");
  has("landuse", "cemetery", "industrial", "retail", "residential");
  has("amenity", "school", "hospital", "parking", "parcel_locker");
  has("railway", "rail", "station");
  for (const key of ["maxspeed:conditional", "motor_vehicle:conditional", "oneway:bicycle", "maxweight"])
    assert.ok(values(key).size > 0, key);
});

/** Whether all street nodes reach each other, one-way streets obeyed: once forwards, once backwards from the first. */
function oneNetwork(data: OsmData): boolean {
  const [out, back] = [new Map<number, number[]>(), new Map<number, number[]>()];
  const arc = (list: Map<number, number[]>, a: number, b: number): void =>
    void (list.get(a)?.push(b) ?? list.set(a, [b]));
  for (const way of streets(data))
    for (let i = 1; i < way.refs.length; i++) {
      const [a, b] = [way.refs[i - 1]!, way.refs[i]!];
      arc(out, a, b);
      arc(back, b, a);
      if (way.tags?.oneway === "yes") continue;
      arc(out, b, a);
      arc(back, a, b);
    }
  const all = new Set([...out.keys(), ...back.keys()]);
  const reached = (list: Map<number, number[]>): number => {
    const [first] = all;
    const seen = new Set([first!]);
    const open = [first!];
    for (let node = open.pop(); node !== undefined; node = open.pop())
      for (const next of list.get(node) ?? []) {
        if (!seen.has(next)) open.push(next);
        seen.add(next);
      }
    return seen.size;
  };
  return all.size > 50 && reached(out) === all.size && reached(back) === all.size;
}

/** The share of addresses that stand on the side of their street which their number says, whichever way it is numbered. */
function shareOnTheirSide(city: City): number {
  const at = new Map(city.data.nodes.map((node) => [node.id, [node.lon, node.lat] as const]));
  const doors = Map.groupBy(city.places.homes, (home) => home.street);
  let [right, all] = [0, 0];
  for (const way of streets(city.data)) {
    const line = way.refs.map((ref) => at.get(ref)!);
    if (greatCircle(line[0]!, line[line.length - 1]!) < 60) continue;
    const along = (doors.get(way.tags?.name ?? "") ?? []).map((home) => ({
      odd: Number(home.houseNumber) % 2,
      side: sideOf(line, home.point),
    }));
    const beside = along.filter(({ side }) => side !== 0);
    const agree = beside.filter(({ odd, side }) => (odd === 1) === side > 0).length;
    right += Math.max(agree, beside.length - agree);
    all += beside.length;
  }
  return right / all;
}

/** 1 left, -1 right of the line; 0 when the point is not beside any of its stretches within 25 metres. */
function sideOf(line: readonly Point[], [x, y]: Point): number {
  const k = Math.cos((y * Math.PI) / 180);
  let [far, side] = [25 / 111_195, 0];
  for (let i = 1; i < line.length; i++) {
    const [[ax, ay], [bx, by]] = [line[i - 1]!, line[i]!];
    const [dx, dy, px, py] = [(bx - ax) * k, by - ay, (x - ax) * k, y - ay];
    const share = (px * dx + py * dy) / (dx * dx + dy * dy);
    const off = (dx * py - dy * px) / Math.hypot(dx, dy);
    if (share >= 0 && share <= 1 && Math.abs(off) < far) [far, side] = [Math.abs(off), Math.sign(off)];
  }
  return side;
}
