import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { readOsm } from "../../../src/adapters/osm/index.ts";
import type { OsmData } from "../../../src/kernel/osm.ts";
import { makeMillport, millportFile, writeOsmPbf } from "./index.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "millport-"));
  await use(folder).finally(() => rm(folder, { recursive: true }));
}

async function written(data: OsmData): Promise<OsmData> {
  let back: OsmData | undefined;
  await inFolder(async (folder) => {
    await writeFile(join(folder, "city.osm.pbf"), writeOsmPbf(data));
    back = await readOsm(join(folder, "city.osm.pbf"));
  });
  return back!;
}

const plain = (data: OsmData): unknown => JSON.parse(JSON.stringify(data));

test("M9 what is written is read back the same, tags, turns and coordinates included", async () => {
  const { data } = makeMillport({ seed: 3, population: 4000 });
  const back = await written(data);
  assert.equal(back.nodes.length, data.nodes.length);
  assert.deepEqual(tagless(back), tagless(data));
  assert.ok(data.relations.length > 0, "a town this size has forbidden turns");
});

test("M9 any ids, names and places survive the file", async () => {
  const degrees = (most: number): fc.Arbitrary<number> =>
    fc.integer({ min: -most * 1e7, max: most * 1e7 }).map((n) => n / 1e7);
  const tags = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== "__proto__"),
    fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }),
    { minKeys: 1, maxKeys: 3 },
  );
  const node = fc.record({ id: fc.integer({ min: 1, max: 2 ** 45 }), lon: degrees(180), lat: degrees(90), tags });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(node, { selector: (one) => one.id, minLength: 1, maxLength: 30 }),
      async (drawn) => {
        const nodes = drawn.sort((a, b) => a.id - b.id);
        const data: OsmData = {
          nodes,
          ways: [{ id: 7, refs: nodes.map((one) => one.id), tags: { highway: "service" } }],
          relations: [],
        };
        assert.deepEqual(tagless(await written(data)), tagless(data));
      },
    ),
    { numRuns: 40 },
  );
});

test("M10 the file is drawn once, whole, and the same for the same seed", () =>
  inFolder(async (folder) => {
    const [first, second] = await Promise.all([millportFile(folder, 5, 2000), millportFile(folder, 5, 2000)]);
    assert.equal(first, second);
    assert.deepEqual(await readdir(folder), [first.slice(folder.length + 1)], "no draft is left behind");
    assert.equal((await readOsm(first)).ways.length, makeMillport({ seed: 5, population: 2000 }).data.ways.length);
  }));

/** A reader may drop nodes' empty tags and round to the file's 1e-7 degrees. */
function tagless(data: OsmData): unknown {
  const round = (degrees: number): number => Math.round(degrees * 1e7) + 0;
  return plain({
    ...data,
    nodes: data.nodes.map((node) => ({
      id: node.id,
      lon: round(node.lon),
      lat: round(node.lat),
      tags: node.tags ?? {},
    })),
  });
}
