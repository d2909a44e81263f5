import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { getHeapStatistics } from "node:v8";
import { OSMTransform } from "osm-pbf-parser-node";
import type { OsmData, OsmNode, OsmRelation, OsmWay } from "../../kernel/osm.ts";
import { OsmFileError } from "./osm-file-error.ts";

/** What the parser hands out: elements marked by their type, and the file's header, which has none. */
type Item =
  | ({ readonly type: "node" } & OsmNode)
  | ({ readonly type: "way" } & OsmWay)
  | ({ readonly type: "relation" } & OsmRelation)
  | { readonly type?: undefined };

/** Large enough that a block rarely spans two reads: the parser copies what is left over. */
const readAtOnce = 4 * 1024 * 1024;

/**
 * Reads a whole `.osm.pbf` extract into memory: nodes, ways and relations in file order, tags included, version
 * information left out. The file is streamed; what is kept takes about 140 bytes of memory for each node, 16 times the file.
 *
 * Throws `OsmFileError` with one sentence when the file is missing, empty, cut short, no OpenStreetMap PBF, too large for
 * the memory that there is, or when it holds no way at all. What is wrong inside the data (a way over a missing node) is kept: readers count it.
 *
 * Source: wiki.openstreetmap.org, "PBF Format".
 */
export async function readOsm(path: string): Promise<OsmData> {
  await refuseOtherFiles(path);
  const nodes: OsmNode[] = [];
  const ways: OsmWay[] = [];
  const relations: OsmRelation[] = [];
  const keep = (item: Item): void => {
    if (item.type === "node") nodes.push(nodeOf(item));
    else if (item.type === "way") ways.push({ id: item.id, refs: item.refs, ...tagged(item) });
    else if (item.type === "relation") relations.push({ id: item.id, members: item.members, ...tagged(item) });
  };

  await parse(path, keep);
  if (ways.length === 0) throw new OsmFileError("empty", path, "holds no streets: the extract is empty");
  return { nodes, ways, relations };
}

/** Own literals, so that the nodes of a city share one shape whatever the parser adds. */
const nodeOf = ({ id, lon, lat, tags }: OsmNode): OsmNode => (tags ? { id, lon, lat, tags } : { id, lon, lat });
const tagged = ({ tags }: { readonly tags?: OsmNode["tags"] }): { readonly tags?: NonNullable<OsmNode["tags"]> } =>
  tags ? { tags } : {};

/** A PBF file begins with a length of four bytes and a blob header that names its type: `OSMHeader`. */
async function refuseOtherFiles(path: string): Promise<void> {
  const file = await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw new OsmFileError("missing", path, "does not exist", cause);
    throw new OsmFileError("unreadable", path, `cannot be read (${cause.code ?? cause.message})`, cause);
  });
  try {
    const { size, isFolder } = await file.stat().then((stat) => ({ size: stat.size, isFolder: stat.isDirectory() }));
    if (isFolder) throw new OsmFileError("unreadable", path, "is a folder, not a file");
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    if (bytesRead === 0) throw new OsmFileError("truncated", path, "has no content");
    // Other formats first: gzip leaves what it cannot pack as it is, so that the header's name stands in there, too.
    const isOther = formatOf(buffer) !== unknownFormat || !buffer.subarray(4, 64).includes("OSMHeader");
    if (isOther) throw new OsmFileError("wrong_format", path, formatOf(buffer));
    refuseTooLarge(path, size);
  } finally {
    await file.close();
  }
}

/** What other file it is, as far as its first bytes tell, and what to do about it. */
function formatOf(start: Buffer): string {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, i) => start[i] === byte);
  const wanted = "an OpenStreetMap PBF file (.osm.pbf) is needed";
  if (begins(0x1f, 0x8b)) return `is packed with gzip: unpack it first, and ${wanted}`;
  if (begins(0x42, 0x5a, 0x68)) return `is packed with bzip2: unpack it first, and ${wanted}`;
  if (begins(0x50, 0x4b)) return `is a zip archive: unpack it first, and ${wanted}`;
  if (/^\s*<(\?xml|osm)/.test(start.toString("latin1").replace(/^\u00ef\u00bb\u00bf/, "")))
    return `is XML: ${wanted}, which \`osmium cat\` makes of it`;
  if (begins(0xff, 0xe0)) return `is an o5m file: ${wanted}, which \`osmconvert\` makes of it`;
  return unknownFormat;
}

const unknownFormat = "is not an OpenStreetMap PBF file (.osm.pbf)";

/** Measured on Porto: 16 for each byte of its file, and as much again while a graph is built of it. */
const memoryPerByte = 32;

/** Better one sentence now than a process out of memory in a minute. */
function refuseTooLarge(path: string, size: number): void {
  const [needed, given] = [size * memoryPerByte, getHeapStatistics().heap_size_limit];
  if (needed <= given) return;
  const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);
  const advice = "cut the city out with `osmium extract`, or give Node more with --max-old-space-size";
  const because = `would take about ${gigabytes(needed)} GB of memory of ${gigabytes(given)} GB: ${advice}`;
  throw new OsmFileError("too_large", path, because);
}

async function parse(path: string, keep: (item: Item) => void): Promise<void> {
  const parser = new CarefulParser();
  try {
    await pipeline(createReadStream(path, { highWaterMark: readAtOnce }), parser, async (batches) => {
      for await (const batch of batches as AsyncIterable<Item[]>) batch.forEach(keep);
    });
  } catch (cause) {
    if (parser.ended)
      throw new OsmFileError("truncated", path, "ends in the middle of a block: it was cut short", cause);
    throw new OsmFileError("wrong_format", path, `holds a block that cannot be read (${reasonOf(cause)})`, cause);
  }
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** The package throws from inside its stream callbacks, which would end the process; here it fails the stream. */
class CarefulParser extends OSMTransform {
  /** Whether the whole file had been handed over when it failed. */
  ended = false;

  override _transform(chunk: Buffer, encoding: BufferEncoding, next: (error?: Error | null) => void): void {
    try {
      super._transform(chunk, encoding, next);
    } catch (cause) {
      next(cause as Error);
    }
  }

  override _flush(next: (error?: Error | null) => void): void {
    this.ended = true;
    try {
      super._flush(next);
    } catch (cause) {
      next(cause as Error);
    }
  }
}
