import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { PbfReader } from "pbf";
import { makeMillport } from "../../../simulators/city/millport/index.ts";
import type { OsmData, OsmNode } from "../../kernel/osm.ts";
import { openTiles, type Tiles } from "./index.ts";
import { Recent } from "./recent.ts";

const town = makeMillport({ seed: 1, population: 12_000 });
const tiles = openTiles(town.data);

interface Feature {
  readonly kind: number;
  readonly properties: Record<string, unknown>;
  readonly commands: readonly number[];
}

/** Reads a tile by the format's own text (vector-tile-spec 2.1), sharing nothing with its writer. */
function decode(bytes: Uint8Array): Map<string, Feature[]> {
  const layers = new Map<string, Feature[]>();
  new PbfReader(gunzipSync(bytes)).readFields((tag, _, pbf) => void (tag === 3 && readLayer(pbf, layers)), null);
  return layers;
}

function readLayer(pbf: PbfReader, layers: Map<string, Feature[]>): void {
  const layer = {
    name: "",
    keys: [] as string[],
    values: [] as unknown[],
    raw: [] as { kind: number; tags: number[]; commands: number[] }[],
  };
  pbf.readMessage((tag, _, p) => {
    if (tag === 1) layer.name = p.readString();
    else if (tag === 2)
      layer.raw.push(
        p.readMessage(
          (field, feature, q) => {
            if (field === 2) q.readPackedVarint(feature.tags);
            else if (field === 3) feature.kind = q.readVarint();
            else if (field === 4) q.readPackedVarint(feature.commands);
          },
          { kind: 0, tags: [] as number[], commands: [] as number[] },
        ),
      );
    else if (tag === 3) layer.keys.push(p.readString());
    else if (tag === 4)
      layer.values.push(
        p.readMessage(
          (field, held: { value: unknown }, q) => {
            held.value =
              field === 1
                ? q.readString()
                : field === 7
                  ? q.readBoolean()
                  : field === 3
                    ? q.readDouble()
                    : q.readVarint();
          },
          { value: null },
        ).value,
      );
  }, layer);
  layers.set(
    layer.name,
    layer.raw.map(({ kind, tags, commands }) => {
      const pairs = Array.from({ length: tags.length / 2 }, (_, i) => [
        layer.keys[tags[2 * i]!]!,
        layer.values[tags[2 * i + 1]!],
      ]);
      return { kind, commands, properties: Object.fromEntries(pairs) as Record<string, unknown> };
    }),
  );
}

const tileAt = ([lon, lat]: readonly [number, number], z: number): [number, number, number] => [
  z,
  Math.floor(((lon + 180) / 360) * 2 ** z),
  Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z),
];
const at = (of: Tiles, point: readonly [number, number], z: number): Map<string, Feature[]> => {
  const tile = of.tile(...tileAt(point, z));
  assert.ok(tile !== null, `no tile at zoom ${z}`);
  return decode(tile);
};
const classes = (layers: Map<string, Feature[]>, layer: string): Set<unknown> =>
  new Set((layers.get(layer) ?? []).map(({ properties }) => properties.class));

test("T1 the middle of town has every layer at street level", () => {
  const layers = at(tiles, town.centre, 15);
  for (const layer of tiles.layers.filter((name) => name !== "water" && name !== "place"))
    assert.ok((layers.get(layer) ?? []).length > 0, layer);
  assert.ok(layers.get("road")!.some(({ properties }) => properties.oneway === true && properties.name !== undefined));
  assert.ok(layers.get("housenumber")!.every(({ properties }) => /^\d+$/.test(String(properties.number))));
  assert.ok(classes(at(tiles, town.centre, 12), "water").has("sea"));
});

test("T2 far away only what matters is drawn: main roads and places, no houses", () => {
  const far = at(tiles, town.centre, 10);
  assert.ok(!far.has("building") && !far.has("housenumber") && !far.has("poi"));
  assert.deepEqual(
    [...classes(far, "road")].filter((kind) => kind === "residential" || kind === "footway"),
    [],
  );
  assert.ok(classes(far, "place").has("town"));
});

test("T3 whatever tile is asked for: the same bytes again, or null for what is no tile of this city", () => {
  const fresh = openTiles(town.data);
  fc.assert(
    fc.property(fc.integer({ min: 9, max: 15 }), fc.constantFrom(...town.places.homes), (z, home) => {
      const key = tileAt(home.point, z);
      assert.deepEqual(Buffer.from(tiles.tile(...key)!), Buffer.from(fresh.tile(...key)!));
    }),
    { numRuns: 40 },
  );
  fc.assert(fc.property(fc.double(), fc.double(), fc.double(), (z, x, y) => void tiles.tile(z, x, y)));
  for (const [z, x, y] of [
    [16, 0, 0],
    [-1, 0, 0],
    [3, 8, 0],
    [2.5, 1, 1],
    [12, 0, 0],
    [Number.NaN, 0, 0],
  ] as const)
    assert.equal(tiles.tile(z, x, y), null);
});

test("T4 our own city says that it is made up; any other data names OpenStreetMap", () => {
  assert.equal(tiles.attribution, "Millport, a made-up city");
  const other = { ...town.data, nodes: town.data.nodes.filter((node) => node.tags?.source === undefined) };
  assert.equal(openTiles(other).attribution, "© OpenStreetMap contributors, ODbL");
});

test("T5 a one-way against its drawing is turned round, so that arrows point along it", () => {
  const street = (oneway: string): readonly number[] =>
    at(
      openTiles({
        nodes: [node(1, 0.01, 0.01), node(2, 0.012, 0.01)],
        ways: [{ id: 1, refs: [1, 2], tags: { highway: "residential", oneway } }],
        relations: [],
      }),
      [0.011, 0.01],
      14,
    ).get("road")![0]!.commands;
  const [forward, against] = [street("yes"), street("-1")];
  assert.notDeepEqual(forward, against);
  assert.equal(zigzag(forward[4]!), -zigzag(against[4]!));
});

test("T6 areas made of several ways keep their holes", () => {
  const square = (first: number, from: number, to: number): OsmNode[] => [
    node(first, from, from),
    node(first + 1, to, from),
    node(first + 2, to, to),
    node(first + 3, from, to),
  ];
  const lake: OsmData = {
    nodes: [...square(1, 0.01, 0.02), ...square(5, 0.013, 0.017)],
    ways: [
      { id: 1, refs: [1, 2, 3] },
      { id: 2, refs: [1, 4, 3] },
      { id: 3, refs: [5, 6, 7, 8, 5] },
    ],
    relations: [
      {
        id: 1,
        tags: { type: "multipolygon", natural: "water" },
        members: [
          { type: "way", ref: 1, role: "outer" },
          { type: "way", ref: 2, role: "outer" },
          { type: "way", ref: 3, role: "inner" },
        ],
      },
    ],
  };
  const water = at(openTiles(lake), [0.015, 0.015], 13).get("water")!;
  assert.equal(water.length, 1);
  assert.equal(water[0]!.commands.filter((command) => command === 15).length, 2, "two rings are closed");
});

test("T7 a coastline gets its sea on its right, islands left out; one that ends at sea gets none", () => {
  const shore = (east: number): OsmData => ({
    nodes: [
      node(1, -0.01, 0.05),
      node(2, east, 0.05),
      node(3, 0, 0),
      node(4, 0.1, 0.1),
      node(5, 0.04, 0.02),
      node(6, 0.05, 0.02),
      node(7, 0.05, 0.03),
    ],
    ways: [
      { id: 1, refs: [1, 2], tags: { natural: "coastline" } },
      { id: 2, refs: [3, 4], tags: { highway: "primary" } },
      { id: 3, refs: [5, 6, 7, 5], tags: { natural: "coastline" } },
    ],
    relations: [],
  });
  const water = (east: number, lat: number): readonly Feature[] =>
    at(openTiles(shore(east)), [0.085, lat], 13).get("water") ?? [];
  assert.equal(water(0.11, 0.02).length, 1, "heading east, the south is sea");
  assert.equal(openTiles(shore(0.11)).tile(...tileAt([0.02, 0.09], 14)), null, "the north is land");
  assert.equal(openTiles(shore(0.06)).tile(...tileAt([0.09, 0.01], 14)), null, "an unfinished shore");
});

test("T8 kept tiles never exceed their bound, and the one asked for last stays", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ key: fc.nat(30).map(String), size: fc.nat(60) }), { maxLength: 200 }), (steps) => {
      const recent = new Recent<number>(100);
      for (const { key, size } of steps) {
        recent.set(key, size, size);
        assert.ok(recent.size <= 100);
        assert.equal(recent.get(key), size);
      }
    }),
  );
});

test("T9 a tile of the full-size town takes 50 ms at most, typically", (t) => {
  const full = makeMillport({ seed: 1 });
  const open = openTiles(full.data);
  const times: number[] = [];
  for (const home of full.places.homes.filter((_, i) => i % 60 === 0))
    for (const z of [11, 13, 14, 15]) {
      const start = performance.now();
      open.tile(...tileAt(home.point, z));
      times.push(performance.now() - start);
    }
  const fresh = times.filter((time) => time > 0.05).sort((a, b) => a - b);
  t.diagnostic(
    `${fresh.length} tiles made: median ${fresh[fresh.length >> 1]!.toFixed(1)} ms, slowest ${fresh.at(-1)!.toFixed(1)} ms`,
  );
  assert.ok(fresh[fresh.length >> 1]! <= 50);
});

test("T10 tracks are drawn among the roads, sidings only near by", () => {
  const tracks = openTiles({
    nodes: [node(1, 0.01, 0.01), node(2, 0.012, 0.01), node(3, 0.012, 0.011)],
    ways: [
      { id: 1, refs: [1, 2], tags: { railway: "rail" } },
      { id: 2, refs: [2, 3], tags: { railway: "rail", service: "siding" } },
      { id: 3, refs: [1, 3], tags: { railway: "abandoned" } },
    ],
    relations: [],
  });
  const drawn = (z: number): readonly unknown[] =>
    (at(tracks, [0.0115, 0.0102], z).get("road") ?? []).map(({ properties }) => properties.class);
  assert.deepEqual(drawn(12), ["rail"]);
  assert.deepEqual(drawn(15), ["rail", "rail"]);
});

function node(id: number, lon: number, lat: number): OsmNode {
  return { id, lon, lat };
}

const zigzag = (n: number): number => (n >>> 1) ^ -(n & 1);
