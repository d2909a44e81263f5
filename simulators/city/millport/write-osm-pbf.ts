import { deflateSync } from "node:zlib";
import { PbfWriter } from "pbf";
import type { OsmData, OsmNode, OsmRelation, OsmTags, OsmWay } from "../../../src/kernel/osm.ts";

/** Entities in one block; the format's advice is 8,000. */
const perBlock = 8000;
/** Not `writeStringField`: pbf 5.1.2 loses a bit of characters from U+20000 on. */
const utf8 = new TextEncoder();
const memberTypes = { node: 0, way: 1, relation: 2 } as const;

/**
 * OpenStreetMap's binary form: a header, then blocks of dense nodes, of ways and of relations, each deflated.
 *
 * Coordinates are kept to 1e-7 degrees. The data must be ordered by type and id, and the header says so.
 * Source: wiki.openstreetmap.org, "PBF Format", fileformat.proto and osmformat.proto, read 2026-11-21.
 */
export function writeOsmPbf(data: OsmData): Uint8Array {
  const blobs = [blob("OSMHeader", header(data))];
  for (const part of chunks(data.nodes))
    blobs.push(
      blob(
        "OSMData",
        block(part, (pbf, strings) => pbf.writeMessage(2, denseNodes, { nodes: part, strings })),
      ),
    );
  for (const part of chunks(data.ways))
    blobs.push(
      blob(
        "OSMData",
        block(part, (pbf, strings) => part.forEach((way) => pbf.writeMessage(3, writeWay, { way, strings }))),
      ),
    );
  for (const part of chunks(data.relations))
    blobs.push(
      blob(
        "OSMData",
        block(part, (pbf, strings) =>
          part.forEach((relation) => pbf.writeMessage(4, writeRelation, { relation, strings })),
        ),
      ),
    );
  return joined(blobs);
}

function* chunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += perBlock) yield items.slice(from, from + perBlock);
}

/** The strings of one block by number; the first is empty, because 0 ends a dense node's tags. */
class Strings {
  readonly list: string[] = [""];
  readonly #numbers = new Map<string, number>();

  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) this.#numbers.set(text, (number = this.list.push(text) - 1));
    return number;
  }
}

function blob(type: string, content: Uint8Array): Uint8Array {
  const body = new PbfWriter();
  body.writeVarintField(2, content.length);
  body.writeBytesField(3, deflateSync(content));
  const packed = body.finish();
  const head = new PbfWriter();
  head.writeStringField(1, type);
  head.writeVarintField(3, packed.length);
  const heading = head.finish();
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, heading.length);
  return joined([length, heading, packed]);
}

function header(data: OsmData): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeMessage(1, writeBounds, data);
  for (const feature of ["OsmSchema-V0.6", "DenseNodes"]) pbf.writeStringField(4, feature);
  pbf.writeStringField(5, "Sort.Type_then_ID");
  pbf.writeStringField(16, "milepool");
  return pbf.finish();
}

/** The bounding box in units of 1e-9 degrees. */
function writeBounds({ nodes }: OsmData, pbf: PbfWriter): void {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { lon, lat } of nodes) {
    [west, east] = [Math.min(west, lon), Math.max(east, lon)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  if (nodes.length === 0) [west, east, south, north] = [0, 0, 0, 0];
  [west, east, north, south].forEach((edge, i) => pbf.writeSVarintField(i + 1, Math.round(edge * 1e7) * 100));
}

function block<Item>(items: readonly Item[], write: (pbf: PbfWriter, strings: Strings) => void): Uint8Array {
  const strings = new Strings();
  const group = new PbfWriter();
  write(group, strings);
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (list: readonly string[], table) => list.forEach((text) => table.writeBytesField(1, utf8.encode(text))),
    strings.list,
  );
  pbf.writeBytesField(2, group.finish());
  return items.length === 0 ? new Uint8Array() : pbf.finish();
}

interface Dense {
  readonly nodes: readonly OsmNode[];
  readonly strings: Strings;
}

/** The format's own unit is 100 nanodegrees: 1e-7. */
const steps = (degrees: number): number => Math.round(degrees * 1e7);

function denseNodes({ nodes, strings }: Dense, pbf: PbfWriter): void {
  pbf.writePackedSVarint(1, deltas(nodes.map((node) => node.id)));
  pbf.writePackedSVarint(8, deltas(nodes.map((node) => steps(node.lat))));
  pbf.writePackedSVarint(9, deltas(nodes.map((node) => steps(node.lon))));
  if (nodes.some((node) => node.tags !== undefined))
    pbf.writePackedVarint(
      10,
      nodes.flatMap((node) => [...tagNumbers(node.tags, strings).flat(), 0]),
    );
}

function writeWay({ way, strings }: { way: OsmWay; strings: Strings }, pbf: PbfWriter): void {
  pbf.writeVarintField(1, way.id);
  writeTags(pbf, way.tags, strings);
  pbf.writePackedSVarint(8, deltas(way.refs));
}

function writeRelation({ relation, strings }: { relation: OsmRelation; strings: Strings }, pbf: PbfWriter): void {
  pbf.writeVarintField(1, relation.id);
  writeTags(pbf, relation.tags, strings);
  pbf.writePackedVarint(
    8,
    relation.members.map((member) => strings.number(member.role)),
  );
  pbf.writePackedSVarint(9, deltas(relation.members.map((member) => member.ref)));
  pbf.writePackedVarint(
    10,
    relation.members.map((member) => memberTypes[member.type]),
  );
}

function writeTags(pbf: PbfWriter, tags: OsmTags | undefined, strings: Strings): void {
  const numbers = tagNumbers(tags, strings);
  if (numbers.length === 0) return;
  pbf.writePackedVarint(
    2,
    numbers.map(([key]) => key),
  );
  pbf.writePackedVarint(
    3,
    numbers.map(([, value]) => value),
  );
}

const tagNumbers = (tags: OsmTags | undefined, strings: Strings): [number, number][] =>
  Object.entries(tags ?? {}).map(([key, value]) => [strings.number(key), strings.number(value)]);

const deltas = (values: readonly number[]): number[] =>
  values.map((value, i) => value - (i === 0 ? 0 : values[i - 1]!));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}
