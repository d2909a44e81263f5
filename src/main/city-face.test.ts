import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { makeMillport } from "../../simulators/city/millport/index.ts";
import { givenData } from "../../test/given-data.ts";
import { readOsm } from "../adapters/osm/index.ts";
import { greatCircle, type Point } from "../kernel/point.ts";
import { cityFace, nameOfFile } from "./city-face.ts";

const { path: extracts, missing } = givenData("osm");

/** Kilometres that one sees at first, across and up. */
function seen([west, south, east, north]: readonly [number, number, number, number]): [number, number] {
  const across = greatCircle([west, south], [east, south]);
  return [across / 1000, greatCircle([west, south], [west, north]) / 1000];
}

test(
  "a city is looked at where its doors and streets are dense, not where its extract ends",
  { skip: missing },
  async () => {
    const [avenida, casino]: readonly Point[] = [
      [-8.611, 41.148],
      [7.428, 43.739],
    ];
    const porto = cityFace(await readOsm(join(extracts, "porto_portugal.osm.pbf")))!;
    assert.ok(greatCircle(porto.centre, avenida!) < 2500, String(porto.centre));
    assert.ok(
      seen(porto.bounds).every((km) => km > 5 && km < 15),
      String(seen(porto.bounds)),
    );
    const monaco = cityFace(await readOsm(join(extracts, "monaco.osm.pbf")))!;
    assert.equal(monaco.name, "Monaco");
    assert.ok(greatCircle(monaco.centre, casino!) < 1500, String(monaco.centre));
    assert.ok(
      seen(monaco.bounds).every((km) => km > 1 && km < 5),
      String(seen(monaco.bounds)),
    );
  },
);

test("Millport is called so, and most of it is seen at once", () => {
  const { data, places } = makeMillport({ seed: 1, population: 20_000 });
  const { name, bounds } = cityFace(data)!;
  const [west, south, east, north] = bounds;
  const inside = places.homes.filter(
    ({ point: [lon, lat] }) => lon >= west && lon <= east && lat >= south && lat <= north,
  );
  assert.equal(name, "Millport");
  assert.ok(inside.length > 0.8 * places.homes.length, `${inside.length} of ${places.homes.length} homes`);
});

test("data without a street or a door has no face, and a file that does not say is called after itself", () => {
  assert.equal(cityFace({ nodes: [{ id: 1, lon: 1, lat: 2 }], ways: [], relations: [] }), null);
  assert.deepEqual(
    ["/data/porto_portugal.osm.pbf", "north-bayreuth.osm.pbf", "monaco-latest.osm.pbf", "portugal.osm.pbf"].map(
      nameOfFile,
    ),
    ["Porto", "North Bayreuth", "Monaco", "Portugal"],
  );
});
