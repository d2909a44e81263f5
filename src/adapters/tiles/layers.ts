import type { OsmTags } from "../../kernel/osm.ts";
import type { Shape } from "./shapes.ts";

export const layers = ["landuse", "water", "building", "road", "place", "poi", "housenumber"] as const;
export type Layer = (typeof layers)[number];

/** What the map draws of a shape: in which layer, from which zoom on, with which properties. */
export interface Drawn {
  readonly layer: Layer;
  readonly from: number;
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  /** Draw the line the other way round: an `oneway=-1` points along its arrows. */
  readonly reversed?: true;
}

/** From which zoom on a class of road is drawn; small ones appear when there is room. */
const roadFrom: Readonly<Record<string, number>> = {
  motorway: 6,
  trunk: 7,
  primary: 8,
  secondary: 9,
  tertiary: 11,
  residential: 12,
  unclassified: 12,
  living_street: 13,
  road: 12,
  pedestrian: 13,
  service: 14,
  track: 14,
  cycleway: 14,
  footway: 14,
  path: 14,
  steps: 14,
  bridleway: 14,
};
const placeFrom: Readonly<Record<string, number>> = {
  city: 6,
  town: 7,
  village: 10,
  suburb: 11,
  quarter: 12,
  neighbourhood: 13,
  hamlet: 13,
  square: 15,
};
/** Areas of water by tag, with their class; null: what `water=*` says. */
const waters: readonly (readonly [key: string, value: string, kind: string | null])[] = [
  ["natural", "water", null],
  ["natural", "bay", "sea"],
  ["natural", "sea", "sea"],
  ["waterway", "riverbank", "river"],
  ["waterway", "dock", "dock"],
  ["leisure", "marina", "harbour"],
  ["landuse", "reservoir", "reservoir"],
  ["landuse", "basin", "basin"],
];
const rails = new Set(["rail", "light_rail", "narrow_gauge", "subway", "tram"]);
const waterways = new Set(["river", "canal", "stream"]);
const greens = new Set(["wood", "scrub", "heath", "grassland", "beach", "sand", "wetland", "bare_rock"]);
const grounds = new Set(["school", "university", "college", "hospital", "parking", "grave_yard"]);
const poiKeys = ["shop", "amenity", "tourism", "office", "historic", "industrial", "logistics", "craft", "railway"];

/** All the layers a shape is drawn in; a house with a shop below is three. Empty for what this map leaves out. */
export function draw(shape: Shape): Drawn[] {
  const { tags } = shape;
  if (shape.kind === "line") return [road(tags) ?? railway(tags) ?? stream(tags)].filter((drawn) => drawn !== null);
  if (shape.kind === "area")
    return [...[water(tags) ?? building(tags) ?? ground(tags)].filter((drawn) => drawn !== null), ...labels(tags)];
  const place = placeFrom[tags.place ?? ""];
  const name = tags.name;
  if (place !== undefined && name !== undefined)
    return [{ layer: "place", from: place, properties: { class: tags.place!, name } }];
  return labels(tags);
}

function road(tags: OsmTags): Drawn | null {
  const kind = tags.highway;
  const from = roadFrom[kind?.replace(/_link$/, "") ?? ""];
  if (kind === undefined || from === undefined) return null;
  const against = tags.oneway === "-1" || tags.oneway === "reverse";
  const oneWay =
    against ||
    ["yes", "1", "true"].includes(tags.oneway ?? "") ||
    tags.junction === "roundabout" ||
    (kind.startsWith("motorway") && tags.oneway !== "no");
  const name = tags.name ?? tags.ref;
  const properties = {
    class: kind,
    ...(name === undefined ? {} : { name }),
    ...(oneWay ? { oneway: true } : {}),
    ...(tags.bridge !== undefined && tags.bridge !== "no" ? { bridge: true } : {}),
    ...(tags.tunnel !== undefined && tags.tunnel !== "no" ? { tunnel: true } : {}),
  };
  return {
    layer: "road",
    from: kind.endsWith("_link") ? Math.max(from, 11) : from,
    properties,
    ...(against ? { reversed: true } : {}),
  };
}

/** Tracks are drawn among the roads; sidings and yards where there is room. */
function railway({ railway: kind, service, tunnel, bridge }: OsmTags): Drawn | null {
  if (kind === undefined || !rails.has(kind)) return null;
  const properties = {
    class: "rail",
    ...(bridge !== undefined && bridge !== "no" ? { bridge: true } : {}),
    ...(tunnel !== undefined && tunnel !== "no" ? { tunnel: true } : {}),
  };
  return { layer: "road", from: service === undefined ? 10 : 14, properties };
}

const named = (tags: OsmTags): { name?: string } => (tags.name === undefined ? {} : { name: tags.name });

function stream(tags: OsmTags): Drawn | null {
  if (!waterways.has(tags.waterway ?? "")) return null;
  return {
    layer: "water",
    from: tags.waterway === "river" ? 10 : 13,
    properties: { class: tags.waterway!, ...named(tags) },
  };
}

function water(tags: OsmTags): Drawn | null {
  const known = waters.find(([key, value]) => tags[key] === value);
  if (known === undefined) return null;
  const kind = known[2] ?? tags.water ?? "water";
  return {
    layer: "water",
    from: kind === "sea" || kind === "river" ? 0 : 10,
    properties: { class: kind, ...named(tags) },
  };
}

const building = (tags: OsmTags): Drawn | null =>
  tags.building === undefined || tags.building === "no"
    ? null
    : { layer: "building", from: 14, properties: { class: tags.building } };

function ground(tags: OsmTags): Drawn | null {
  const { natural = "", amenity = "" } = tags;
  const nature = greens.has(natural) ? natural : null;
  const yard = grounds.has(amenity) ? amenity : null;
  const square = tags.highway === "pedestrian" ? "square" : null;
  const kind = tags.landuse ?? tags.leisure ?? nature ?? yard ?? square;
  return kind === null ? null : { layer: "landuse", from: 10, properties: { class: kind } };
}

/** What is written at a point or in the middle of an area: a house number, and the name of what is there. */
function labels(tags: OsmTags): Drawn[] {
  const drawn: Drawn[] = [];
  const number = tags["addr:housenumber"];
  if (number !== undefined) drawn.push({ layer: "housenumber", from: 15, properties: { number } });
  const key = poiKeys.find((one) => tags[one] !== undefined) ?? (tags.leisure === "park" ? "leisure" : undefined);
  if (key !== undefined && tags.name !== undefined)
    drawn.push({ layer: "poi", from: key === "leisure" ? 14 : 15, properties: { class: tags[key]!, name: tags.name } });
  return drawn;
}
