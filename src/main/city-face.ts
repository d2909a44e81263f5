import { basename } from "node:path";
import type { Bounds } from "../adapters/osm/index.ts";
import type { OsmData, OsmTags } from "../kernel/osm.ts";
import { greatCircle, onTheWay, type Point } from "../kernel/point.ts";

/** What one sees of a city first: the part in which most of it happens, and what it is called. */
export interface CityFace {
  /** Null where the data does not say. */
  readonly name: string | null;
  readonly bounds: Bounds;
  readonly centre: Point;
}

/** Metres; a few blocks, so that a park or a river divides no city. */
const square = 500;
/** Of the densest square's neighbourhood: where a city thins out to less, its outskirts begin. */
const sparse = 0.25;
/** Metres from the densest square: cities grow together, and a region is no first view. */
const farthest = 6000;
/** Metres; a name that is written farther from the densest square is a neighbour's. */
const nearby = 8000;

/**
 * Finds the densest part of some data and what hangs together with it: extracts reach out over whole regions, and to sea
 * along boundaries and ferry lines. Null when there is neither a street nor a door.
 *
 * The bounds hold nine of ten places along each axis, and a margin.
 */
export function cityFace(data: OsmData): CityFace | null {
  const spots = busySpots(data);
  const squares = new Squares(spots);
  const peak = squares.densest();
  if (peak === null) return null;
  const settled = squares.around(peak);
  const [west, east] = middleOf(settled, 0);
  const [south, north] = middleOf(settled, 1);
  return {
    name: nameNear(data, peak.middle),
    bounds: [west, south, east, north],
    centre: [(west + east) / 2, (south + north) / 2],
  };
}

const lived = new Set(["residential", "living_street", "pedestrian", "unclassified", "tertiary"]);
const isDoor = (tags: OsmTags): boolean =>
  tags["addr:housenumber"] !== undefined || tags["shop"] !== undefined || tags["amenity"] !== undefined;

/** Degrees of latitude, some 50 metres: doors and streets in the same patch count once, however finely somebody traced them. */
const patch = 0.0005;

/** One spot for each patch with a door, a shop, or a street that people live in: data without addresses has these. */
function busySpots({ nodes, ways }: OsmData): Point[] {
  const at = new Map<number, Point>(nodes.map(({ id, lon, lat }) => [id, [lon, lat]]));
  const spots = new Map<number, Point>();
  const mark = (spot: Point): void => {
    const key = keyOf(Math.round(spot[0] / patch), Math.round(spot[1] / patch));
    if (!spots.has(key)) spots.set(key, spot);
  };
  for (const { tags, lon, lat } of nodes) if (tags !== undefined && isDoor(tags)) mark([lon, lat]);
  for (const { tags, refs } of ways) {
    if (!lived.has(tags?.["highway"] ?? "")) continue;
    for (let i = 1; i < refs.length; i++) {
      const [from, to] = [at.get(refs[i - 1]!), at.get(refs[i]!)];
      if (from === undefined || to === undefined) continue;
      const pieces = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / patch);
      for (let piece = 1; piece <= pieces; piece++) mark(onTheWay(from, to, piece / pieces));
    }
  }
  return [...spots.values()];
}

/** Rows are fewer than a million, whatever the raster. */
const keyOf = (column: number, row: number): number => column * 1_000_000 + row;

interface Square {
  readonly column: number;
  readonly row: number;
  readonly spots: Point[];
}

/** Spots by squares of the map. */
class Squares {
  readonly #squares = new Map<number, Square>();
  readonly #width: number;
  readonly #height = square / 111_195;

  constructor(spots: readonly Point[]) {
    const latitude = spots.length === 0 ? 0 : spots[Math.floor(spots.length / 2)]![1];
    this.#width = this.#height / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
    for (const spot of spots) {
      const [column, row] = [Math.floor(spot[0] / this.#width), Math.floor(spot[1] / this.#height)];
      const known = this.#squares.get(keyOf(column, row));
      if (known === undefined) this.#squares.set(keyOf(column, row), { column, row, spots: [spot] });
      else known.spots.push(spot);
    }
  }

  #near({ column, row }: Square): Square[] {
    const found: Square[] = [];
    for (let i = column - 1; i <= column + 1; i++)
      for (let j = row - 1; j <= row + 1; j++) {
        const one = this.#squares.get(keyOf(i, j));
        if (one !== undefined) found.push(one);
      }
    return found;
  }

  #density = (one: Square): number => this.#near(one).reduce((sum, { spots }) => sum + spots.length, 0);

  /** The square with most in it and around it, the first of equals. */
  densest(): (Square & { readonly middle: Point }) | null {
    let [best, most] = [null as Square | null, 0];
    for (const one of this.#squares.values()) {
      const density = this.#density(one);
      if (density > most) [best, most] = [one, density];
    }
    if (best === null) return null;
    return { ...best, middle: [(best.column + 0.5) * this.#width, (best.row + 0.5) * this.#height] };
  }

  /** All spots of the squares that hang together with one, are not sparse beside it, and not far. */
  around(start: Square): Point[] {
    const least = sparse * this.#density(start);
    const first = this.#squares.get(keyOf(start.column, start.row))!;
    const seen = new Set([first]);
    const open = [first];
    const isFar = ({ column, row }: Square): boolean =>
      Math.hypot(column - start.column, row - start.row) * square > farthest;
    for (let one = open.pop(); one !== undefined; one = open.pop())
      for (const next of this.#near(one)) {
        if (seen.has(next) || isFar(next) || this.#density(next) < least) continue;
        seen.add(next);
        open.push(next);
      }
    return [...seen].flatMap(({ spots }) => spots);
  }
}

/** From the fifth to the ninety-fifth hundredth along an axis, and a tenth of that on either side. */
function middleOf(spots: readonly Point[], axis: 0 | 1): [low: number, high: number] {
  const values = Float64Array.from(spots, (spot) => spot[axis]).toSorted();
  const [low, high] = [0.05, 0.95].map((share) => values[Math.round(share * (values.length - 1))]!) as [number, number];
  const margin = Math.max(0.002, (high - low) * 0.1);
  return [low - margin, high + margin];
}

/** The city or town whose name is written nearest; else the one that addresses there name most often. */
function nameNear({ nodes }: OsmData, centre: Point): string | null {
  let [best, least] = [null as string | null, nearby as number];
  const votes = new Map<string, number>();
  for (const { lon, lat, tags } of nodes) {
    if (tags === undefined) continue;
    const isTown = (tags["place"] === "city" || tags["place"] === "town") && tags["name"] !== undefined;
    const named = tags["addr:city"];
    if (!isTown && named === undefined) continue;
    const off = greatCircle([lon, lat], centre);
    if (isTown && off < least) [best, least] = [tags["name"]!, off];
    if (named !== undefined && off < nearby / 2) votes.set(named, (votes.get(named) ?? 0) + 1);
  }
  return best ?? [...votes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

/** What a file is called, as a name for people: `porto_portugal.osm.pbf` is Porto, `north-bayreuth.osm.pbf` North Bayreuth. */
export function nameOfFile(path: string): string {
  const words = basename(path)
    .replace(/\.(osm|pbf)(?=\.|$)/g, "")
    .split(/[_\s-]+/)
    .filter((word) => word !== "" && !/^(latest|\d+)$/.test(word))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const last = words.at(-1);
  const place = words.length > 1 && last !== undefined && countries().has(last) ? words.slice(0, -1) : words;
  return place.join(" ") || basename(path);
}

/** English names, of one word. */
function countries(): Set<string> {
  const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  const names = new Intl.DisplayNames("en", { type: "region" });
  return new Set(letters.flatMap((first) => letters.map((second) => names.of(first + second) ?? "")));
}
