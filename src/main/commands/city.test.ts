import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { drawMillport, writeOsmPbf } from "../../../simulators/city/millport/index.ts";
import { asGeoJson, asSvg } from "./city-drawing.ts";
import { cityCommand } from "./city.ts";
import { cityFacts } from "./city-facts.ts";

const folder = mkdtempSync(join(tmpdir(), "milepool-city-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("city make writes the town that was asked for", async () => {
  const file = join(folder, "village.osm.pbf");
  assert.equal(await cityCommand(["make", "--seed", "5", "--population", "2000", "--out", file]), 0);
  assert.deepEqual(readFileSync(file), Buffer.from(writeOsmPbf(drawMillport({ seed: 5, population: 2000 }))));
  assert.equal(await cityCommand(["make", "--population", "12"]), 2, "too few people for a town");
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
