import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundPlace, Geocoder } from "../../src/domain/index.ts";
import type { RoadMap } from "../../src/doors/network.ts";
import { outage } from "../../src/kernel/result.ts";
import { iso, nine, openBench, order } from "./harness.ts";

const at = "/v1/roads/conditions";

test("the operator reports what is not as usual on the roads, and everybody sees who reported what", async () => {
  const bench = await openBench();
  const operator = await bench.key("network");
  const report = {
    source: "traffic-centre",
    observedAt: iso(0),
    validUntil: iso(15),
    slowdowns: [{ cells: ["8834e05a4dfffff"], share: 0.6 }],
    closures: [
      {
        line: [
          [-8.61, 41.15],
          [-8.6, 41.15],
        ],
      },
    ],
  };
  const taken = await bench.call(operator, "POST", at, report);
  assert.deepEqual([taken.status, taken.body.closures, taken.body.slowdowns], [200, 1, 1], taken.text);
  const seen = await bench.call(await bench.key(bench.bakery), "GET", at);
  assert.deepEqual(seen.body.sources, [{ ...taken.body, isStale: false }]);

  const wrong = await bench.call(operator, "POST", at, { ...report, closures: [{ ways: ["x"] }] });
  assert.deepEqual(
    [wrong.status, wrong.body.code, wrong.body.at],
    [422, "ROAD_REPORT_UNREADABLE", "closures[0].ways[0]"],
  );
  const shop = await bench.call(await bench.key(bench.bakery), "POST", at, report);
  assert.deepEqual([shop.status, shop.body.code], [403, "OPERATOR_ONLY"]);
  assert.equal((await bench.call(operator, "GET", at)).body.sources[0].closures, 1, "what held holds on");
});

const farLane: FoundPlace = {
  point: [-8.6, 41.155],
  label: "Far Lane 3, Elsewhere",
  street: "Far Lane",
  houseNumber: "3",
  city: "Elsewhere",
  postcode: null,
  precision: "house",
  confidence: 0.9,
};

test("an address that the city does not know is asked outside, and silence there costs nothing but the answer", async () => {
  const asked: unknown[] = [];
  const geocoder = (answer: Awaited<ReturnType<Geocoder["find"]>>): Geocoder => ({
    attribution: "© somebody",
    find: async (question) => {
      asked.push(question);
      return answer;
    },
    at: async () => null,
  });
  const found = async (bench: Awaited<ReturnType<typeof openBench>>, text: string): Promise<string[]> => {
    const key = await bench.key(bench.bakery);
    const answer = await bench.call(key, "GET", `/v1/places?text=${encodeURIComponent(text)}`);
    return answer.body.places.map((place: FoundPlace) => place.label);
  };
  const bench = await openBench({ geocoder: geocoder([farLane]) });
  assert.deepEqual(await found(bench, "Mill Lane 7"), ["Mill Lane 7, Testport"]);
  assert.deepEqual(asked, []);
  assert.deepEqual(await found(bench, "Far Lane 3"), ["Far Lane 3, Elsewhere"]);
  const faraway = order({ dropoff: { name: "Ana", address: "Far Lane 3" } });
  const placed = await bench.call(await bench.key(bench.bakery), "POST", "/v1/orders", faraway);
  assert.equal(placed.status, 201, placed.text);
  assert.equal((await bench.call(null, "GET", "/v1/city")).body.attribution, "made up · © somebody");

  const silent = await openBench({ geocoder: geocoder(outage("no answer", true)) });
  assert.deepEqual(await found(silent, "Far Lane 3"), []);
  const refused = await silent.call(await silent.key(silent.bakery), "POST", "/v1/orders", faraway);
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.outsideSilent],
    [422, "ADDRESS_NOT_FOUND", true],
    refused.text,
  );
});

const street = { name: "Mill Lane", kind: "residential", way: 7, forward: 28, backward: null, share: 0.9 } as const;
const roadMap: RoadMap = {
  departure: () => nine,
  view: async (box) => ({
    streets: [
      {
        ...street,
        line: [[box[0], box[1]] as const, [box[2], box[3]] as const],
        zone: null,
        isTimed: false,
        because: null,
      },
    ],
    closed: [],
    left: 2,
    turns: [{ at: [-8.6, 41.15], kind: "no_left_turn", when: null, from: "Mill Lane", to: null }],
    zones: [],
  }),
};
const within = "west=-8.61&south=41.14&east=-8.6&north=41.15&profile=car&hours=evening_peak";

test("whoever reads orders sees the roads of a view, and is told when nothing changed since", async () => {
  const bench = await openBench({ roadMap });
  const key = await bench.key(bench.bakery);
  const first = await bench.call(key, "GET", `/v1/roads?${within}`);
  assert.deepEqual(
    [first.status, first.body.streets[0].name, first.body.streets[0].line[0], first.body.left, first.body.turns.length],
    [200, "Mill Lane", [-8.61, 41.14], 2, 1],
    first.text,
  );
  const tag = String(first.headers["etag"]);
  const again = await bench.call(key, "GET", `/v1/roads?${within}`, undefined, { "if-none-match": tag });
  assert.deepEqual([again.status, again.text], [304, ""]);
  for (const wrong of [
    within.replace("car", "rocket"),
    within.replace("41.14", "141"),
    within.replace("hours=", "at="),
  ])
    assert.equal((await bench.call(key, "GET", `/v1/roads?${wrong}`)).status, 400, wrong);
  const deaf = await bench.key(bench.bakery, ["fleet:read"]);
  assert.equal((await bench.call(deaf, "GET", `/v1/roads?${within}`)).body.code, "NOT_PERMITTED");
  const nowhere = await openBench();
  const empty = await nowhere.call(await nowhere.key(nowhere.bakery), "GET", `/v1/roads?${within}`);
  assert.deepEqual([empty.status, empty.body.streets], [200, []]);
});

test("a point is told its road, or why it has none, and how far one gets from there", async () => {
  const bench = await openBench({ roadMap });
  const key = await bench.key(bench.bakery);
  const at = (longitude: number) => `longitude=${longitude}&latitude=41.15&profile=bicycle`;
  const told = await bench.call(key, "GET", `/v1/roads/at?${at(-8.6)}`);
  assert.deepEqual([told.body.snap.point, told.body.passedOver, told.body.problem], [[-8.6, 41.15], [], null]);
  const outside = await bench.call(key, "GET", `/v1/roads/at?${at(-9)}`);
  assert.deepEqual([outside.status, outside.body.snap, outside.body.problem.code], [200, null, "POINT_OUTSIDE_CITY"]);
  const reach = await bench.call(key, "GET", `/v1/roads/reach?${at(-8.6)}&hours=night&minutes=5&minutes=15`);
  assert.equal(reach.status, 200, reach.text);
  assert.deepEqual(
    [reach.body.source, reach.body.areas.map((area: { minutes: number }) => area.minutes)],
    ["great_circle", [5, 15]],
    reach.text,
  );
  assert.equal((await bench.call(key, "GET", `/v1/roads/reach?${at(-8.6)}&hours=now&minutes=600`)).status, 400);
});

test("a trace is told the way it was driven, and what of it lies on no road", async () => {
  const bench = await openBench({ roadMap });
  const key = await bench.key(bench.bakery);
  const spots = [-8.61, -8.608, -8.606].map((longitude, i) => ({ point: [longitude, 41.15], at: iso(i) }));
  const told = await bench.call(key, "POST", "/v1/roads/match", {
    profile: "van",
    trace: [...spots, { point: [-8.6, 41.15], at: iso(0), accuracy_m: 12 }],
  });
  assert.equal(told.status, 200, told.text);
  const { matched, points, parts, source, distance_m } = told.body;
  assert.deepEqual([matched, points[3].miss, points[0].snap.point], [0.75, "broken", [-8.61, 41.15]]);
  assert.deepEqual([parts.length, parts[0].first, parts[0].last, parts[0].roads], [1, 0, 2, []]);
  assert.ok(distance_m > 300 && distance_m < 350 && source === "great_circle", told.text);

  const wrong = async (trace: unknown): Promise<unknown[]> => {
    const { status, body } = await bench.call(key, "POST", "/v1/roads/match", { profile: "van", trace });
    return [status, body.code, body.field];
  };
  assert.deepEqual(await wrong([{ ...spots[0], point: [181, 0] }]), [400, "FIELD_WRONG", "trace[0].point"]);
  assert.deepEqual((await wrong([{ ...spots[0], at: "2027-13-40T00:00:00Z" }])).slice(0, 2), [400, "FIELD_WRONG"]);
  assert.equal((await wrong([]))[0], 400);
  assert.equal((await wrong(Array.from({ length: 1001 }, () => spots[0])))[0], 400, "a long one is sent in pieces");
});

test("of some places the soonest reached are told first, from a point that can be served", async () => {
  const bench = await openBench({ roadMap });
  const key = await bench.key(bench.bakery);
  const candidates = [-8.605, -8.6, -8.602].map((longitude) => [longitude, 41.15]);
  const asked = { from: [-8.6, 41.15], candidates, count: 2, profile: "bicycle" };
  const told = await bench.call(key, "POST", "/v1/roads/nearest", asked);
  assert.equal(told.status, 200, told.text);
  assert.deepEqual(
    told.body.nearest.map(({ candidate }: { candidate: number }) => candidate),
    [1, 2],
  );
  assert.equal(told.body.nearest[0].durationSeconds, 0);
  const more = { ...asked, candidates: Array.from({ length: 1001 }, () => asked.from) };
  assert.equal((await bench.call(key, "POST", "/v1/roads/nearest", more)).status, 400);
  const deaf = await bench.key(bench.bakery, ["fleet:read"]);
  assert.equal((await bench.call(deaf, "POST", "/v1/roads/nearest", asked)).body.code, "NOT_PERMITTED");
});
