import type {
  ExpressionFilterSpecification,
  LayerSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import { palettes, type MapPalette, type Scheme } from "./palette.ts";

/** The families that must have been loaded before text is drawn: without `glyphs`, the map writes with the page's own fonts. */
export const mapFonts = ["Noto Sans"];
const regular = ["Noto Sans"];

/**
 * The city below everything else, from our own vector tiles: layers water, landuse, building, road, place, poi, housenumber.
 * No sprite, no glyphs, no outside host.
 */
export function basemap(scheme: Scheme, tiles: string, attribution: string): StyleSpecification {
  const color = palettes[scheme];
  return {
    version: 8,
    name: `milepool-${scheme}`,
    sources: { city: { type: "vector", tiles: [tiles], minzoom: 8, maxzoom: 15, attribution } },
    layers: [...ground(color), ...roads(color), ...labels(color)],
    transition: { duration: 0, delay: 0 },
  };
}

/** Below which zoom a street's class is left out, and how wide it is at zooms 12, 15 and 18, pixels. */
interface RoadClass {
  readonly classes: readonly string[];
  readonly minzoom: number;
  readonly widths: readonly [number, number, number];
  readonly color: (palette: MapPalette) => string;
}

const roadClasses: Readonly<Record<string, RoadClass>> = {
  path: {
    classes: ["footway", "path", "cycleway", "steps", "pedestrian", "track", "bridleway", "corridor"],
    minzoom: 14,
    widths: [0.5, 1, 4],
    color: (palette) => palette.path,
  },
  service: { classes: ["service"], minzoom: 14, widths: [0.4, 1.6, 8], color: (palette) => palette.minor },
  minor: {
    classes: ["residential", "living_street", "unclassified", "road"],
    minzoom: 12,
    widths: [0.7, 3.2, 16],
    color: (palette) => palette.minor,
  },
  tertiary: {
    classes: ["tertiary", "tertiary_link"],
    minzoom: 11,
    widths: [1.3, 4.6, 20],
    color: (palette) => palette.major,
  },
  major: {
    classes: ["primary", "primary_link", "secondary", "secondary_link"],
    minzoom: 9,
    widths: [2, 6.2, 24],
    color: (palette) => palette.major,
  },
  motorway: {
    classes: ["motorway", "motorway_link", "trunk", "trunk_link"],
    minzoom: 7,
    widths: [2.6, 7.5, 28],
    color: (palette) => palette.motorway,
  },
};

const width = ([far, mid, near]: RoadClass["widths"], extra = 0): unknown => [
  "interpolate",
  ["exponential", 1.5],
  ["zoom"],
  9,
  far * 0.35 + extra * 0.4,
  12,
  far + extra,
  15,
  mid + extra * 1.2,
  18,
  near + extra * 1.6,
];

const ground = (color: MapPalette): LayerSpecification[] => [
  { id: "land", type: "background", paint: { "background-color": color.land } },
  {
    id: "landuse",
    type: "fill",
    source: "city",
    "source-layer": "landuse",
    paint: {
      "fill-color": [
        "match",
        ["get", "class"],
        [
          "park",
          "grass",
          "forest",
          "wood",
          "meadow",
          "garden",
          "cemetery",
          "recreation_ground",
          "village_green",
          "pitch",
          "golf_course",
          "nature_reserve",
          "scrub",
          "orchard",
          "farmland",
          "green",
          "allotments",
          "playground",
          "wetland",
          "heath",
          "grassland",
          "grave_yard",
          "common",
        ],
        color.green,
        color.built,
      ],
    },
  },
  {
    id: "water",
    type: "fill",
    source: "city",
    "source-layer": "water",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": color.water },
  },
  {
    id: "stream",
    type: "line",
    source: "city",
    "source-layer": "water",
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": color.water, "line-width": ["interpolate", ["linear"], ["zoom"], 11, 0.6, 16, 4] },
  },
  {
    id: "building",
    type: "fill",
    source: "city",
    "source-layer": "building",
    minzoom: 13,
    paint: {
      "fill-color": color.building,
      "fill-outline-color": color.buildingEdge,
      "fill-opacity": ["interpolate", ["linear"], ["zoom"], 13, 0.4, 15, 1],
    },
  },
];

const roads = (color: MapPalette): LayerSpecification[] => {
  const line = (id: string, name: string, part: "casing" | "fill"): LayerSpecification => {
    const road = roadClasses[name]!;
    return {
      id,
      type: "line",
      source: "city",
      "source-layer": "road",
      minzoom: road.minzoom,
      filter: ["match", ["get", "class"], [...road.classes], true, false],
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": part === "casing" ? color.casing : road.color(color),
        "line-width": width(road.widths, part === "casing" ? 1.2 : 0) as number,
        ...(name === "path" ? { "line-dasharray": [2, 1.5] } : {}),
      },
    };
  };
  const rail: LayerSpecification = {
    id: "rail",
    type: "line",
    source: "city",
    "source-layer": "road",
    minzoom: 10,
    filter: ["==", ["get", "class"], "rail"],
    paint: {
      "line-color": color.quietLabel,
      "line-opacity": 0.6,
      "line-width": ["interpolate", ["linear"], ["zoom"], 10, 0.5, 14, 1, 18, 2.5],
    },
  };
  const ties: LayerSpecification = {
    ...rail,
    id: "rail-ties",
    minzoom: 13,
    paint: {
      ...rail.paint,
      "line-width": ["interpolate", ["linear"], ["zoom"], 13, 3, 18, 9],
      "line-dasharray": [0.25, 2],
    },
  };
  const names = Object.keys(roadClasses);
  const cased = names.filter((name) => name !== "path");
  return [
    rail,
    ties,
    ...cased.map((name) => line(`road-${name}-casing`, name, "casing")),
    ...names.map((name) => line(`road-${name}`, name, "fill")),
    oneways(color),
  ];
};

const oneways = (color: MapPalette): LayerSpecification => ({
  id: "oneway",
  type: "symbol",
  source: "city",
  "source-layer": "road",
  minzoom: 16,
  filter: ["match", ["to-string", ["get", "oneway"]], ["true", "1", "yes"], true, false],
  layout: {
    "symbol-placement": "line",
    "symbol-spacing": 140,
    "text-field": "→",
    "text-font": regular,
    "text-size": 12,
    "text-keep-upright": false,
    "text-rotation-alignment": "map",
  },
  paint: { "text-color": color.quietLabel, "text-opacity": 0.7 },
});

const mainRoads = ["motorway", "trunk", "primary", "secondary", "tertiary"];

/** Small streets say their name when there is room. */
const roadNames = (
  id: string,
  minzoom: number,
  which: ExpressionFilterSpecification,
  paint: SymbolLayerSpecification["paint"],
): LayerSpecification => ({
  id,
  type: "symbol",
  source: "city",
  "source-layer": "road",
  minzoom,
  filter: ["all", ["has", "name"], which],
  layout: {
    "symbol-placement": "line",
    "symbol-spacing": 320,
    "text-field": ["get", "name"],
    "text-font": regular,
    "text-size": ["interpolate", ["linear"], ["zoom"], 13, 10, 17, 13],
    "text-max-angle": 32,
    "text-padding": 6,
  },
  paint: paint!,
});

const labels = (color: MapPalette): LayerSpecification[] => {
  const text = (quiet: boolean) => ({
    "text-color": quiet ? color.quietLabel : color.label,
    "text-halo-color": color.halo,
    "text-halo-width": 1.4,
    "text-halo-blur": 0.4,
  });
  return [
    roadNames("road-name-main", 12.5, ["in", ["get", "class"], ["literal", mainRoads]], text(true)),
    roadNames("road-name", 14, ["!", ["in", ["get", "class"], ["literal", mainRoads]]], text(true)),
    {
      id: "housenumber",
      type: "symbol",
      source: "city",
      "source-layer": "housenumber",
      minzoom: 17,
      layout: {
        "text-field": ["coalesce", ["get", "number"], ["get", "housenumber"], ""],
        "text-font": regular,
        "text-size": 10,
        "text-padding": 4,
      },
      paint: { ...text(true), "text-halo-width": 1 },
    },
    {
      id: "poi",
      type: "symbol",
      source: "city",
      "source-layer": "poi",
      minzoom: 16,
      layout: {
        "text-field": ["coalesce", ["get", "name"], ""],
        "text-font": regular,
        "text-size": 11,
        "text-max-width": 8,
        "text-padding": 8,
      },
      paint: text(true),
    },
    {
      id: "water-name",
      type: "symbol",
      source: "city",
      "source-layer": "water",
      minzoom: 11,
      filter: ["has", "name"],
      layout: { "text-field": ["get", "name"], "text-font": regular, "text-size": 12, "text-letter-spacing": 0.08 },
      paint: { ...text(true), "text-color": color.waterLabel, "text-halo-width": 0 },
    },
    {
      id: "place",
      type: "symbol",
      source: "city",
      "source-layer": "place",
      filter: ["has", "name"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": regular,
        "text-size": [
          "match",
          ["coalesce", ["get", "class"], ["get", "place"], ""],
          ["city"],
          19,
          ["town"],
          16,
          ["suburb", "quarter", "neighbourhood", "district"],
          12.5,
          12,
        ],
        "text-letter-spacing": 0.04,
        "text-max-width": 7,
        "text-padding": 10,
      },
      paint: text(false),
    },
  ];
};
