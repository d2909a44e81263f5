import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { writeOsmPbf } from "../../simulators/city/millport/index.ts";
import type { Point } from "../kernel/point.ts";
import { cityChoice, loadCity } from "./city.ts";
import { sentenceOf } from "./run.ts";
import { StartRefused } from "./settings.ts";

const home = mkdtempSync(join(tmpdir(), "milepool-city-"));
const chosen = (env: NodeJS.ProcessEnv) => cityChoice(env, home, ["car"]);

test("without a city everything is reachable, and every time says that it is only a great circle", async () => {
  const { travel, city, places } = await loadCity(chosen({ MILEPOOL_CITY: "none", MILEPOOL_CITY_CURRENCY: "JPY" }));
  const [here, there]: readonly Point[] = [
    [9.99, 53.55],
    [10.01, 53.56],
  ];
  const { source, seconds } = await travel.matrix([here!], [there!], "bicycle");
  assert.equal(source, "great_circle");
  assert.ok(seconds[0]! > 0);
  assert.equal(city.currency, "JPY");
  assert.deepEqual(places.find("Harbour Street 1", 3), []);
  await travel.close();
});

test("Millport declares its own zone, law and currency, whatever the environment says of others", async () => {
  const { city, travel } = await loadCity(chosen({ MILEPOOL_CITY_ZONE: "Europe/Berlin" }));
  assert.deepEqual([city.zone, city.jurisdiction, city.currency], ["Atlantic/Azores", "PT", "EUR"]);
  await travel.close();
});

test("a zone or currency that does not exist is refused with what to give instead", () => {
  assert.throws(() => chosen({ MILEPOOL_CITY_ZONE: "Mars/Base" }), StartRefused);
  assert.throws(() => chosen({ MILEPOOL_CITY_CURRENCY: "euros" }), /ISO 4217/);
});

test("a city file that does not do is one sentence that says why", async () => {
  const nodes = [1, 2, 3].map((id) => ({ id, lon: -8.6 + id / 100, lat: 41.15 }));
  const path = { id: 1, refs: [1, 2, 3], tags: { highway: "footway" } };
  const whole = writeOsmPbf({ nodes, ways: [path], relations: [] });
  const files: readonly (readonly [name: string, content: string | Uint8Array | null, why: RegExp])[] = [
    ["missing", null, /does not exist/],
    ["cut", whole.subarray(0, whole.length - 20), /was cut short/],
    ["text", "streets", /is not an OpenStreetMap PBF file/],
    ["nothing", writeOsmPbf({ nodes: [], ways: [], relations: [] }), /holds no streets/],
    ["pedestrian", whole, /has no roads for car/],
  ];
  for (const [name, content, why] of files) {
    const file = join(home, `${name}.osm.pbf`);
    if (content !== null) writeFileSync(file, content);
    const error: unknown = await loadCity(chosen({ MILEPOOL_CITY: file })).catch((reason: unknown) => reason);
    const sentence = sentenceOf(error);
    assert.match(sentence ?? String(error), why);
    assert.ok(sentence!.startsWith(`The city file ${file}`) && !sentence!.includes("\n"));
  }
});

test("settings of the roads that are not understood are one sentence that names the file and the place in it", () => {
  const file = join(home, "roads.json");
  writeFileSync(file, '{ "vehicles": { "van": { "height": 3.2 } } }');
  assert.equal(chosen({ MILEPOOL_ROADS: file }).roads?.vehicles?.van?.size?.height, 3.2);
  writeFileSync(file, '{ "vehicles": { "van": { "height": "tall" } } }');
  assert.throws(() => chosen({ MILEPOOL_ROADS: file }), { message: new RegExp(`^${file}.*vehicles.van.height`) });
  writeFileSync(file, "{");
  assert.throws(() => chosen({ MILEPOOL_ROADS: file }), /is not JSON/);
  assert.throws(() => chosen({ MILEPOOL_ROADS: join(home, "none.json") }), /cannot be read/);
});
