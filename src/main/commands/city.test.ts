import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { drawMillport, writeOsmPbf } from "../../../simulators/city/millport/index.ts";
import { asGeoJson, asSvg } from "./city-drawing.ts";
import { cityFace } from "../city-face.ts";
import { cityCommand } from "./city.ts";
import { cityFacts } from "./city-facts.ts";
import { asPage } from "./city-page.ts";
import { sightsOf } from "./city-sights.ts";

const folder = mkdtempSync(join(tmpdir(), "milepool-city-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("city make writes the town that was asked for", async () => {
  const file = join(folder, "village.osm.pbf");
  assert.equal(await cityCommand(["make", "--seed", "5", "--population", "2000", "--out", file]), 0);
  assert.deepEqual(readFileSync(file), Buffer.from(writeOsmPbf(drawMillport({ seed: 5, population: 2000 }))));
  assert.equal(await cityCommand(["make", "--population", "12"]), 2, "too few people for a town");
});

test("city says in a sentence that a file cannot be written, and takes no words that it does not read", async () => {
  const refused = { name: "CommandRefused", message: /cannot be written \(E/ };
  const [nowhere, village] = [join(folder, "no", "such.osm.pbf"), join(folder, "small.osm.pbf")];
  await assert.rejects(cityCommand(["make", "--population", "1000", "--out", nowhere]), refused);
  await assert.rejects(cityCommand(["make", "--population", "1000", "--out", folder]), refused);
  assert.equal(await cityCommand(["make", "--population", "1000", "--out", village]), 0);
  for (const drawing of ["--svg", "--html", "--geojson"])
    await assert.rejects(cityCommand(["show", village, drawing, nowhere]), refused);
  assert.equal(await cityCommand(["show", village, village]), 2);
  assert.equal(await cityCommand(["make", village]), 2, "the file is named by --out");
});

test("city show counts what is there, once", () => {
  const data = drawMillport({ seed: 1, population: 24_000 });
  const facts = cityFacts(data, ["car"]);
  const ways = data.ways.filter(({ tags }) => tags?.["highway"] !== undefined && tags["area"] !== "yes");
  assert.equal(
    Object.values(facts.streets).reduce((sum, { ways: count }) => sum + count, 0),
    ways.length,
  );
  assert.equal(
    Object.values(facts.restrictions).reduce((sum, count) => sum + count, 0),
    data.relations.filter(({ tags }) => tags?.["type"] === "restriction").length,
  );
  assert.equal(facts.zones.length, 1);
  assert.match(facts.zones[0]!.rule!, /emission/);
  assert.equal(facts.profiles.car!.islandStretches, 0);
  const { all, primary } = facts.speeds.car!;
  assert.ok(all!.evening_peak! < all!.day! && all!.day! < all!.free!, JSON.stringify(all));
  assert.ok(primary!.evening_peak! < 0.75 * primary!.free!, "main roads are slow in the evening");
  assert.ok(facts.shares.oneWay > 0 && facts.shares.oneWay < 1);
});

test("city show draws every street, and the file is whole", () => {
  const data = drawMillport({ seed: 1, population: 2000 });
  const streets = data.ways.filter(({ tags }) => tags?.["highway"] !== undefined);
  const drawn = JSON.parse(asGeoJson(data)) as { features: { geometry: { coordinates: number[][] } }[] };
  assert.equal(drawn.features.length, streets.length);
  assert.equal(drawn.features[0]!.geometry.coordinates.length, streets[0]!.refs.length);
  const svg = asSvg(data);
  assert.ok(svg.startsWith("<svg") && svg.endsWith("</svg>\n") && !svg.includes("NaN"));
  assert.equal(svg.match(/M/g)!.length > streets.length, true);
});

test("city show draws zones, restrictions, what is within reach, and each street's speed at each hour", () => {
  const data = drawMillport({ seed: 1, population: 24_000 });
  const { centre } = cityFace(data)!;
  const sights = sightsOf(data, "car", centre, [3, 6]);
  const [zone] = sights.zones;
  assert.deepEqual(zone!.lines[0]!.at(-1), zone!.lines[0]![0], "its border closes");
  assert.deepEqual(
    [...sights.streets.keys()].filter((paces) => !/^[0-5x]{6}$/.test(paces)),
    [],
  );
  const slower = [...sights.streets.keys()].filter((paces) => paces[4]! < paces[0]!);
  assert.ok(slower.length > 0, "some streets are slower in the evening");

  const page = asPage(data, sights, null, "a <b> & c");
  const count = (what: RegExp): number => page.match(what)?.length ?? 0;
  assert.equal(count(/<path data-pace=/g), sights.streets.size);
  assert.ok(sights.turns.length > 0 && count(/<circle[^>]*><title>/g) === sights.turns.length);
  assert.equal(count(/class="minutes"/g), 2);
  assert.ok(page.includes("a &lt;b> &amp; c") && page.includes(zone!.name) && !page.includes("NaN"));
  const bare = sightsOf(data, "car", null, [3]);
  assert.deepEqual([bare.from, bare.areas], [null, []]);
  assert.ok(!asSvg(data, bare).includes("NaN"));
});

test("city show says what is wrong with what it was asked to draw", async () => {
  for (const wrong of [
    ["--profile", "rocket"],
    ["--from", "here"],
    ["--from", "200,1"],
    ["--minutes", "0"],
    ["--minutes", "x"],
  ])
    assert.equal(await cityCommand(["show", "none.osm.pbf", ...wrong]), 2, wrong.join(" "));
});
