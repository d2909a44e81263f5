import assert from "node:assert/strict";
import { test } from "node:test";
import type { FoundPlace, Geocoder } from "../../src/domain/index.ts";
import { outage } from "../../src/kernel/result.ts";
import { iso, openBench, order } from "./harness.ts";

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
