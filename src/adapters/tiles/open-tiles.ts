import { gzipSync } from "node:zlib";
import { geoJSONToTile } from "@maplibre/geojson-vt";
import { fromGeojsonVt } from "@maplibre/vt-pbf";
import Flatbush from "flatbush";
import type { Feature, Geometry, Position } from "geojson";
import type { OsmData } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";
import { draw, layers, type Layer } from "./layers.ts";
import { Recent } from "./recent.ts";
import { seaOf } from "./sea.ts";
import { shapes, type Shape } from "./shapes.ts";

/** The basemap of a loaded city. */
export interface Tiles {
  /**
   * A gzipped vector tile (Mapbox Vector Tile 2.1, extent 4096), XYZ numbering, zoom 0 to 15.
   * Null outside the city, above zoom 15, and for numbers that name no tile.
   */
  tile(z: number, x: number, y: number): Uint8Array | null;
  /** What must be shown on the map. */
  readonly attribution: string;
  /** Degrees: west, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly layers: readonly Layer[];
}

/** Beyond, the map enlarges the tiles of this zoom. */
const maxZoom = 15;
/** Finished tiles are kept up to this many bytes. */
const keptBytes = 32 * 1024 * 1024;
/** Tiles reach over their edge by this many of their 4,096 units, so that lines and names meet. */
const [extent, buffer] = [4096, 80];
/** The mark of our own city in its data. */
const ownSource = "milepool:millport";

interface Item {
  readonly layer: Layer;
  readonly from: number;
  readonly feature: Feature;
}

export function openTiles(data: OsmData): Tiles {
  const items = itemsOf(data);
  const bounds = boundsOf(data);
  const near = indexOf(items);
  const recent = new Recent<Uint8Array>(keptBytes);
  const tile = (z: number, x: number, y: number): Uint8Array | null => {
    if (!isTile(z, x, y)) return null;
    const key = `${z}/${x}/${y}`;
    const known = recent.get(key);
    if (known !== undefined) return known;
    const made = makeTile(near(boxOf(z, x, y)), z, x, y);
    if (made !== null) recent.set(key, made, made.length);
    return made;
  };
  const own = data.nodes.some((node) => node.tags?.source === ownSource);
  return { tile, attribution: own ? "Millport, a made-up city" : "© OpenStreetMap contributors, ODbL", bounds, layers };
}

const isTile = (z: number, x: number, y: number): boolean =>
  [z, x, y].every((n) => Number.isInteger(n) && n >= 0) && z <= maxZoom && x < 2 ** z && y < 2 ** z;

function makeTile(found: readonly Item[], z: number, x: number, y: number): Uint8Array | null {
  const drawn = found.filter((item) => item.from <= z);
  if (drawn.length === 0) return null;
  const parts: Record<string, ReturnType<typeof geoJSONToTile>> = {};
  for (const layer of layers) {
    const features = drawn.filter((item) => item.layer === layer).map((item) => item.feature);
    if (features.length === 0) continue;
    const part = geoJSONToTile({ type: "FeatureCollection", features }, z, x, y, {
      clip: true,
      maxZoom,
      extent,
      buffer,
      tolerance: 4,
      wrap: false,
    });
    if (part.features.length > 0) parts[layer] = part;
  }
  return Object.keys(parts).length === 0 ? null : gzipSync(fromGeojsonVt(parts, { version: 2, extent }));
}

function itemsOf(data: OsmData): Item[] {
  const items: Item[] = [];
  for (const shape of [...seaOf(data), ...shapes(data)])
    for (const { layer, from, properties, reversed } of draw(shape)) {
      const geometry = geometryOf(shape, layer, reversed === true);
      items.push({ layer, from, feature: { type: "Feature", properties: { ...properties }, geometry } });
    }
  return items;
}

const asPosition = ([longitude, latitude]: Point): Position => [longitude, latitude];

/** Names and numbers of areas stand at a point in their middle. */
function geometryOf(shape: Shape, layer: Layer, reversed: boolean): Geometry {
  if (shape.kind === "point") return { type: "Point", coordinates: asPosition(shape.point) };
  if (shape.kind === "line") {
    const line = shape.line.map(asPosition);
    return { type: "LineString", coordinates: reversed ? line.reverse() : line };
  }
  if (layer === "poi" || layer === "housenumber")
    return { type: "Point", coordinates: asPosition(middleOf(shape.rings[0]!)) };
  return { type: "Polygon", coordinates: shape.rings.map((ring) => ring.map(asPosition)) };
}

function middleOf(ring: readonly Point[]): Point {
  const corners = ring.slice(1);
  const sum = corners.reduce(([x, y], [lon, lat]) => [x + lon, y + lat] as const, [0, 0] as const);
  return [sum[0] / corners.length, sum[1] / corners.length];
}

type Box = readonly [west: number, south: number, east: number, north: number];

function indexOf(items: readonly Item[]): (box: Box) => Item[] {
  if (items.length === 0) return () => [];
  const tree = new Flatbush(items.length);
  for (const { feature } of items) tree.add(...extentOf(feature.geometry));
  tree.finish();
  // By number, so that a tile's features come in the data's order: the same city gives the same bytes.
  return (box) =>
    tree
      .search(...box)
      .sort((a, b) => a - b)
      .map((i) => items[i]!);
}

function positionsOf(geometry: Geometry): readonly Position[] {
  if (geometry.type === "Point") return [geometry.coordinates];
  if (geometry.type === "LineString") return geometry.coordinates;
  return geometry.type === "Polygon" ? geometry.coordinates[0]! : [];
}

function extentOf(geometry: Geometry): [number, number, number, number] {
  const positions = positionsOf(geometry);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    [west, east] = [Math.min(west, lon!), Math.max(east, lon!)];
    [south, north] = [Math.min(south, lat!), Math.max(north, lat!)];
  }
  return [west, south, east, north];
}

/** A tile's box in degrees, its buffer included (web Mercator). */
function boxOf(z: number, x: number, y: number): Box {
  const [size, more] = [2 ** z, buffer / extent];
  const longitude = (at: number): number => (at / size) * 360 - 180;
  const latitude = (at: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * at) / size))) * 180) / Math.PI;
  return [longitude(x - more), latitude(y + 1 + more), longitude(x + 1 + more), latitude(y - more)];
}

function boundsOf({ nodes }: OsmData): Box {
  let [west, south, east, north] = nodes.length === 0 ? [0, 0, 0, 0] : [180, 90, -180, -90];
  for (const { lon, lat } of nodes) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return [west, south, east, north];
}
