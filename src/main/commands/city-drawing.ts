import type { OsmData, OsmTags } from "../../kernel/osm.ts";
import type { Point } from "../../kernel/point.ts";
import type { Sights } from "./city-sights.ts";

interface DrawnWay {
  readonly tags: OsmTags;
  readonly line: readonly Point[];
}

const isRoad = (tags: OsmTags): boolean => tags["highway"] !== undefined;
const isPedestrian = (tags: OsmTags): boolean => tags["highway"] === "pedestrian";
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

/** A picture of the city: water, green, buildings, streets by class, and on it what there is to see of its roads. */
export function asSvg(data: OsmData, sights: Sights | null = null): string {
  const { size, ground, streets, paper } = drawn(data);
  const over =
    sights === null ? "" : `${zonesOver(sights, paper)}${reachOver(sights, paper)}${turnsOver(sights, paper)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${ground}${streets}${over}</svg>\n`;
}

/** The same for a page: streets by their speed, each layer in a group of its own. */
export function asLayers(data: OsmData, sights: Sights): string {
  const { size, ground, paper } = drawn(data);
  const streets = [...sights.streets].map(
    ([paces, lines]) =>
      `<path data-pace="${paces}" stroke="${paceColor(paces[0]!)}" d="${lines.map((line) => path(line, paper)).join("")}"/>`,
  );
  const group = (id: string, inside: string): string => `<g id="${id}">${inside}</g>`;
  const layers = [
    group("zones", zonesOver(sights, paper)),
    group("reach", reachOver(sights, paper)),
    `<g id="streets" fill="none" stroke-width="1.6">${streets.join("")}</g>`,
    group("turns", turnsOver(sights, paper)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="The city's roads" ${size}>${ground}${layers.join("")}</svg>`;
}

function drawn(data: OsmData): { size: string; ground: string; streets: string; paper: Paper } {
  const roads = waysOf(data, isRoad);
  const paper = paperFor(roads);
  const all = (ways: readonly DrawnWay[]): string => ways.map(({ line }) => path(line, paper)).join("");
  const areas = (fits: (tags: OsmTags) => boolean, color: string): string =>
    `<path fill="${color}" d="${all(waysOf(data, fits))}"/>`;
  const lines = strokes.map(([kinds, color, stroke]) => {
    const its = roads.filter(({ tags }) => kinds.test(tags["highway"]!));
    return `<path fill="none" stroke="${color}" stroke-width="${stroke}" d="${all(its)}"/>`;
  });
  const below = [
    areas(isWater, "#b9d7e6"),
    areas(isGreen, "#d5e6c8"),
    areas((tags) => "building" in tags, "#e0dad0"),
    areas((tags) => isPedestrian(tags) && tags["area"] === "yes", "#e6d9ee"),
    `<path fill="none" stroke="#d3b8e2" stroke-width="2" d="${all(roads.filter(({ tags }) => isPedestrian(tags)))}"/>`,
  ];
  return {
    size: `width="${width}" height="${paper.height}" viewBox="0 0 ${width} ${paper.height}"`,
    ground: `<rect width="100%" height="100%" fill="#f6f4ef"/>${below.join("")}`,
    streets: lines.join(""),
    paper,
  };
}

const path = (line: readonly Point[], paper: Paper): string =>
  line.map((point, i) => `${i === 0 ? "M" : "L"}${paper.place(point)}`).join("");

/** Slow is red, fast blue; a closed street is grey. Colours that people who see no red or green can tell apart. */
export const paceColors: readonly string[] = ["#9e2a2b", "#d9622b", "#e9a23b", "#8fb8a8", "#4c8fbd", "#2b5c9e"];
const paceColor = (pace: string): string => paceColors[Number(pace)] ?? "#bbbbbb";

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;");

/** Zones by their border, tinted where it closes, with their name and rule for who points there. */
function zonesOver({ zones }: Sights, paper: Paper): string {
  return zones
    .map(({ name, rule, lines }) => {
      const words = `<title>${escaped(`${name}: ${rule ?? "no rule that is read"}`)}</title>`;
      const border = lines.map((line) => path(line, paper)).join("");
      return `<path fill="#7b4fa3" fill-opacity="0.13" stroke="#7b4fa3" stroke-width="2" stroke-dasharray="8 5" d="${border}">${words}</path>`;
    })
    .join("");
}

/** The largest area below; a rim and its minutes at its northernmost point. */
function reachOver({ areas, from }: Sights, paper: Paper): string {
  const rims = areas
    .toSorted((a, b) => b.minutes - a.minutes)
    .map(({ minutes, polygons }) => {
      const rings = polygons.flat();
      const top = rings
        .flat()
        .reduce<Point | null>((best, point) => (best && best[1] >= point[1] ? best : point), null);
      const [x, y] = top === null ? ["0", "0"] : paper.place(top).split(" ");
      const word = top === null ? "" : `<text x="${x}" y="${y}" dy="-4" class="minutes">${minutes} min</text>`;
      return `<path fill="#0b7285" fill-opacity="0.08" fill-rule="evenodd" stroke="#0b7285" stroke-width="1.5" d="${rings.map((ring) => path(ring, paper)).join("")}"/>${word}`;
    });
  const [x, y] = from === null ? ["0", "0"] : paper.place(from).split(" ");
  const spot = from === null ? "" : `<circle cx="${x}" cy="${y}" r="6" fill="#0b7285" stroke="#fff" stroke-width="2"/>`;
  return `<g font-family="sans-serif" font-size="14" fill="#0b4b58" text-anchor="middle">${rims.join("")}${spot}</g>`;
}

/** A forbidden turn is red, one that must be taken blue; who holds at some hours only is hollow. */
function turnsOver({ turns }: Sights, paper: Paper): string {
  return turns
    .map(({ at, kind, when, from, to }) => {
      const [x, y] = paper.place(at).split(" ");
      const color = kind.startsWith("only") ? "#2b5c9e" : "#c1121f";
      const words = [kind.replaceAll("_", " "), from && `from ${from}`, to && `to ${to}`, when].filter((word) => word);
      return `<circle cx="${x}" cy="${y}" r="2.6" stroke="${color}" fill="${when === null ? color : "#fff"}"><title>${escaped(words.join(", "))}</title></circle>`;
    })
    .join("");
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
