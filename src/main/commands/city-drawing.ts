import type { OsmData, OsmTags } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";

interface DrawnWay {
  readonly tags: OsmTags;
  readonly line: readonly Point[];
}

const isRoad = (tags: OsmTags): boolean => tags["highway"] !== undefined;
const isWater = (tags: OsmTags): boolean => tags["natural"] === "water" || tags["waterway"] === "riverbank";
const greens = new Set(["park", "wood", "scrub", "cemetery", "grass", "forest", "meadow", "allotments", "garden"]);
const isGreen = (tags: OsmTags): boolean =>
  ["leisure", "natural", "landuse"].some((key) => greens.has(tags[key] ?? ""));

function waysOf(data: OsmData, fits: (tags: OsmTags) => boolean): DrawnWay[] {
  const at = new Map<number, Point>(data.nodes.map(({ id, lon, lat }) => [id, [lon, lat]]));
  return data.ways.flatMap(({ refs, tags }) => {
    if (tags === undefined || !fits(tags)) return [];
    const line = refs.map((ref) => at.get(ref)).filter((point) => point !== undefined);
    return line.length < 2 ? [] : [{ tags, line }];
  });
}

/** The streets as GeoJSON (RFC 7946), one LineString for each way, with the way's tags as its properties. */
export const asGeoJson = (data: OsmData): string =>
  JSON.stringify({
    type: "FeatureCollection",
    features: waysOf(data, isRoad).map(({ tags, line }) => ({
      type: "Feature",
      properties: tags,
      geometry: { type: "LineString", coordinates: line },
    })),
  });

/** Pixels wide; the height follows from the city's shape. */
const width = 1600;
const strokes: readonly (readonly [kinds: RegExp, color: string, width: number])[] = [
  [/^(footway|path|cycleway|steps|pedestrian|track|bridleway)/, "#d9c9b4", 0.4],
  [/^service/, "#cfcfcf", 0.5],
  [/^(residential|living_street|unclassified|road)/, "#a9a9a9", 0.8],
  [/^tertiary/, "#8d8d8d", 1.2],
  [/^(secondary|primary)/, "#d7a24a", 1.8],
  [/^(trunk|motorway)/, "#c9573f", 2.4],
];

/** A picture of the city by itself: water, green, buildings, streets by class (Mercator's projection is not worth it at this size). */
export function asSvg(data: OsmData): string {
  const roads = waysOf(data, isRoad);
  const paper = paperFor(roads);
  const path = ({ line }: DrawnWay): string =>
    line.map((point, i) => `${i === 0 ? "M" : "L"}${paper.place(point)}`).join("");
  const areas = (fits: (tags: OsmTags) => boolean, color: string): string =>
    `<path fill="${color}" d="${waysOf(data, fits).map(path).join("")}"/>`;
  const lines = strokes.map(([kinds, color, stroke]) => {
    const its = roads.filter(({ tags }) => kinds.test(tags["highway"]!));
    return `<path fill="none" stroke="${color}" stroke-width="${stroke}" d="${its.map(path).join("")}"/>`;
  });
  const size = `width="${width}" height="${paper.height}" viewBox="0 0 ${width} ${paper.height}"`;
  const ground = `<rect width="100%" height="100%" fill="#f6f4ef"/>`;
  const below = [areas(isWater, "#b9d7e6"), areas(isGreen, "#d5e6c8"), areas((tags) => "building" in tags, "#e0dad0")];
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${ground}${[...below, ...lines].join("")}</svg>\n`;
}

interface Paper {
  readonly height: number;
  place(point: Point): string;
}

/** As large as the streets; what lies farther out, such as the open sea, runs over the edge. */
function paperFor(roads: readonly DrawnWay[]): Paper {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { line } of roads)
    for (const [lon, lat] of line) {
      [west, east] = [Math.min(west, lon), Math.max(east, lon)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
  if (roads.length === 0) [west, south, east, north] = [0, 0, 1, 1];
  const scale = width / (east - west);
  const stretch = scale / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return {
    height: Math.max(1, Math.ceil((north - south) * stretch)),
    place: ([lon, lat]) => `${((lon - west) * scale).toFixed(1)} ${((north - lat) * stretch).toFixed(1)}`,
  };
}
