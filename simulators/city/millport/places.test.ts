import assert from "node:assert/strict";
import { test } from "node:test";
import { readOsm } from "../../../src/adapters/osm/index.ts";
import { greatCircle } from "../../../src/kernel/point.ts";
import { makeMillport, readPlaces, type CityPlaces } from "./index.ts";
import { givenData } from "../../../test/given-data.ts";

const { path: porto, missing } = givenData("osm/porto_portugal.osm.pbf");

test(
  "M7 a city without addresses still has depots, shops and homes, on its streets around its middle",
  { skip: missing },
  async () => {
    const places = readPlaces(await readOsm(porto));
    complete(places);
    const middle = places.districts.find((district) => district.name === "Centre")!.centre;
    assert.ok(greatCircle(middle, [-8.62, 41.155]) < 4000, "the middle of Porto is Porto");
    assert.ok(places.homes.every((home) => home.houseNumber === null && greatCircle(home.point, middle) < 9000));
    assert.ok(new Set(places.shops.map((shop) => shop.kind)).size >= 5);
  },
);

test("M7 Millport with its house numbers taken away is such a city", () => {
  const { data } = makeMillport({ seed: 2, population: 8000 });
  const bare = data.nodes.map(({ id, lon, lat }) => ({ id, lon, lat }));
  complete(readPlaces({ ...data, nodes: bare }));
});

test("M7 data without a single street has no places, and no error", () => {
  const places = readPlaces({ nodes: [], ways: [], relations: [] });
  assert.deepEqual(Object.values(places).flat(), []);
});

function complete(places: CityPlaces): void {
  for (const [name, list] of Object.entries(places)) assert.ok(list.length > 0, name);
  assert.ok(places.homes.length > 300);
  assert.ok(Math.abs(places.districts.reduce((sum, district) => sum + district.homes, 0) - 1) < 1e-9);
  for (const list of [places.depots, places.hubs, places.shops])
    assert.equal(new Set(list.map(({ point }) => point.join())).size, list.length, "no two in one spot");
}
