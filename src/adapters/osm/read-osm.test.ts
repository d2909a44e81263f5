import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { greatCircle } from "../../kernel/point.ts";
import { bounds, OsmFileError, readOsm, streetBounds, type OsmFileFault, widened } from "./index.ts";
import { givenData } from "../../../test/given-data.ts";

const { path: extracts, missing } = givenData("osm");
const onRealCities = { skip: missing };
const monaco = join(extracts, "monaco.osm.pbf");

let folder = "";
before(async () => void (folder = await mkdtemp(join(tmpdir(), "milepool-osm-"))));
after(() => rm(folder, { recursive: true }));

const faultOf = async (path: string): Promise<OsmFileFault> => {
  const error: unknown = await readOsm(path).then(
    () => assert.fail("the file was read"),
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof OsmFileError, String(error));
  assert.match(error.message, /^The city file .*\.$/s);
  return error.fault;
};

test("O1 every node, way and relation of an extract is read, in file order, with its tags", onRealCities, async () => {
  const data = await readOsm(monaco);
  assert.deepEqual([data.nodes.length, data.ways.length, data.relations.length], [13_739, 1_944, 77]);
  assert.ok(data.ways.some((way) => way.tags?.["name"] === "Boulevard des Moulins"));
  assert.ok(data.nodes.every((node, i) => i === 0 || node.id > data.nodes[i - 1]!.id));
  const porto = await readOsm(join(extracts, "porto_portugal.osm.pbf"));
  assert.deepEqual([porto.nodes.length, porto.ways.length, porto.relations.length], [347_944, 51_458, 357]);
});

test("O2 the bounds hold every node, and there are none without nodes", onRealCities, async () => {
  const data = await readOsm(monaco);
  const [west, south, east, north] = bounds(data)!;
  assert.ok(data.nodes.every(({ lon, lat }) => lon >= west && lon <= east && lat >= south && lat <= north));
  assert.ok(west > 7 && east < 8 && south > 43 && north < 44);
  assert.equal(bounds({ nodes: [] }), null);
});

test("O2 the streets' bounds hold every node of a street or ferry, and not the sea", () => {
  const at = (id: number, lon: number, lat: number) => ({ id, lon, lat });
  const nodes = [at(1, 7, 43), at(2, 7.1, 43.1), at(3, 7.2, 43), at(4, 9, 40)];
  const ways = [
    { id: 1, refs: [1, 2], tags: { highway: "residential" } },
    { id: 2, refs: [2, 3], tags: { route: "ferry" } },
    { id: 3, refs: [1, 4], tags: { natural: "coastline" } },
  ];
  assert.deepEqual(streetBounds({ nodes, ways }), [7, 43, 7.2, 43.1]);
  assert.equal(streetBounds({ nodes, ways: ways.slice(2) }), null);
  const [west, south, east, north] = widened([7, 43, 7.2, 43.1], 400);
  const meters = [
    greatCircle([west, 43.1], [7, 43.1]),
    greatCircle([7, south], [7, 43]),
    greatCircle([east, 43], [7.2, 43]),
    greatCircle([7, north], [7, 43.1]),
  ];
  assert.ok(
    meters.every((one) => one >= 400 && one < 410),
    String(meters),
  );
});

test("O3 a missing file, a folder, an empty file and another format are told apart", async () => {
  const file = join(folder, "other.osm.pbf");
  assert.equal(await faultOf(join(folder, "nowhere.osm.pbf")), "missing");
  assert.equal(await faultOf(folder), "unreadable");
  await writeFile(file, "");
  assert.equal(await faultOf(file), "truncated");
  await writeFile(file, '<?xml version="1.0"?><osm version="0.6"></osm>');
  assert.equal(await faultOf(file), "wrong_format");
});

test("O3 another format is named, with what makes an extract of it", async () => {
  const file = join(folder, "format.osm.pbf");
  const named: readonly (readonly [content: Buffer, word: RegExp])[] = [
    [gzipSync("<osm></osm>"), /gzip/],
    [gzipSync(Buffer.from("\0\0\0\u000d\n\tOSMHeader\u0018"), { level: 0 }), /gzip/],
    [Buffer.from("BZh91AY&SY"), /bzip2/],
    [Buffer.from("PK\u0003\u0004"), /zip archive/],
    [Buffer.from("\ufeff<?xml version='1.0'?><osm/>"), /XML.*osmium cat/],
    [Buffer.from('<osm version="0.6"/>'), /XML/],
    [Buffer.from([0xff, 0xe0, 4]), /o5m.*osmconvert/],
    [Buffer.from("street,number\nElm,4\n"), /is not an OpenStreetMap PBF file/],
  ];
  for (const [content, word] of named) {
    await writeFile(file, content);
    await assert.rejects(readOsm(file), (error) => {
      assert.ok(error instanceof OsmFileError && error.fault === "wrong_format");
      assert.match(error.message, word);
      return true;
    });
  }
});

test("O7 an extract that memory cannot hold is refused before it is read, with what to do", async () => {
  const file = join(folder, "planet.osm.pbf");
  await writeFile(file, Buffer.concat([Buffer.from([0, 0, 0, 13, 10, 9]), Buffer.from("OSMHeader")]));
  await truncate(file, 80e9);
  assert.equal(await faultOf(file), "too_large");
  await assert.rejects(readOsm(file), /about 2560\.0 GB of memory.*osmium extract/);
});

test("O4 an extract cut anywhere is either refused as cut short or ends between two blocks", onRealCities, async () => {
  const whole = await readFile(monaco);
  const all = await readOsm(monaco);
  const file = join(folder, "cut.osm.pbf");
  const cut = fc.integer({ min: 64, max: whole.length - 1 });
  await fc.assert(
    fc.asyncProperty(cut, async (length) => {
      await writeFile(file, whole.subarray(0, length));
      const outcome = await readOsm(file).catch((cause: unknown) => cause);
      if (outcome instanceof OsmFileError) assert.match(outcome.fault, /^(truncated|empty)$/);
      else assert.ok((outcome as typeof all).nodes.length <= all.nodes.length);
    }),
    { numRuns: 25 },
  );
});

test("O5 a damaged block is refused and never ends the process", onRealCities, async () => {
  const file = join(folder, "damaged.osm.pbf");
  const damaged = Buffer.from(await readFile(monaco));
  damaged.fill(0xff, 20_000, 20_400);
  await writeFile(file, damaged);
  assert.equal(await faultOf(file), "wrong_format");
});

test("O6 an extract without any way is refused as empty", onRealCities, async () => {
  const whole = await readFile(monaco);
  const file = join(folder, "header-only.osm.pbf");
  await writeFile(file, whole.subarray(0, headerLength(whole)));
  assert.equal(await faultOf(file), "empty");
});

/** Length of the first block: four bytes, the blob header, then as many bytes as its last field, `datasize`, says. */
function headerLength(file: Buffer): number {
  const blobHeader = file.readUInt32BE(0);
  const type = file.subarray(4, 4 + blobHeader);
  let [at, size, shift] = [type.indexOf(0x18) + 1, 0, 0];
  for (;;) {
    const byte = type[at++]!;
    size |= (byte & 0x7f) << shift;
    shift += 7;
    if (byte < 0x80) return 4 + blobHeader + size;
  }
}
