import type { ExpressionSpecification } from "maplibre-gl";
import type { Drawing } from "./geo-layer.tsx";
import type { MapPalette } from "./palette.ts";

/** How the roads are drawn, from the bottom up: what is within reach, borders, streets by speed, what is closed, signs. */
export const roadDrawings = (palette: MapPalette) => ({
  reach: reach(palette),
  zones: zones(palette),
  streets: streets(palette),
  closed: closed(palette),
  turns: turns(palette),
  point: point(palette),
});

const main = ["motorway", "trunk", "primary"];
const middle = ["secondary", "tertiary"];

/** Pixels: important roads are wider, all grow with the zoom. */
const width = (extra: number): ExpressionSpecification => {
  const at = (wide: number, usual: number, small: number): ExpressionSpecification => [
    "match",
    ["get", "kind"],
    main,
    wide + extra,
    middle,
    usual + extra,
    small + extra,
  ];
  return ["interpolate", ["exponential", 1.4], ["zoom"], 11, at(2.2, 1.5, 0.7), 14, at(4.5, 3.2, 2), 18, at(11, 9, 7)];
};

const pace = ({ speeds }: MapPalette): ExpressionSpecification =>
  [
    "match",
    ["get", "pace"],
    ...speeds.flatMap((color, i) => [i, color]),
    speeds[0],
  ] as unknown as ExpressionSpecification;

const streets = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "roads-casing",
    type: "line",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": palette.ring, "line-width": width(1.6), "line-opacity": 0.85 },
  },
  {
    id: "roads-speed",
    type: "line",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": pace(palette), "line-width": width(0) },
  },
  {
    id: "roads-oneway",
    type: "symbol",
    minzoom: 14.5,
    filter: ["boolean", ["get", "oneWay"], false],
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 90,
      "text-field": "→",
      "text-font": ["Noto Sans"],
      "text-size": 15,
      "text-keep-upright": false,
      "text-rotation-alignment": "map",
    },
    paint: { "text-color": palette.label, "text-halo-color": palette.halo, "text-halo-width": 1.6 },
  },
];

const closed = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "roads-closed",
    type: "line",
    minzoom: 12,
    paint: {
      "line-color": palette.late,
      "line-width": ["interpolate", ["linear"], ["zoom"], 12, 1, 16, 3],
      "line-dasharray": [1.2, 1.2],
    },
  },
];

const zones = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "roads-zone-area",
    type: "fill",
    filter: ["==", ["geometry-type"], "Polygon"],
    paint: { "fill-color": palette.reach, "fill-opacity": 0.09 },
  },
  {
    id: "roads-zone",
    type: "line",
    paint: { "line-color": palette.quietLabel, "line-width": 2.5, "line-dasharray": [3, 2] },
  },
  {
    id: "roads-zone-name",
    type: "symbol",
    layout: {
      "symbol-placement": "line",
      "symbol-spacing": 500,
      "text-field": ["get", "words"],
      "text-font": ["Noto Sans"],
      "text-size": 12,
      "text-offset": [0, -0.9],
    },
    paint: { "text-color": palette.label, "text-halo-color": palette.halo, "text-halo-width": 1.6 },
  },
];

/** A forbidden turn is red, one that must be taken blue; who holds at some hours only is paler. */
const turns = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "roads-turn",
    type: "circle",
    minzoom: 13.5,
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 13.5, 5, 17, 9],
      "circle-color": palette.ring,
      "circle-stroke-color": ["case", ["boolean", ["get", "only"], false], palette.speeds[5]!, palette.late],
      "circle-stroke-width": 2,
      "circle-stroke-opacity": ["case", ["boolean", ["get", "timed"], false], 0.55, 1],
    },
  },
  {
    id: "roads-turn-sign",
    type: "symbol",
    minzoom: 13.5,
    layout: {
      "text-field": ["get", "sign"],
      "text-font": ["Noto Sans"],
      "text-size": ["interpolate", ["linear"], ["zoom"], 13.5, 8, 17, 13],
      "text-allow-overlap": true,
      "text-ignore-placement": true,
    },
    paint: { "text-color": palette.label },
  },
];

const reach = (palette: MapPalette): readonly Drawing[] => [
  { id: "reach-area", type: "fill", paint: { "fill-color": palette.reach, "fill-opacity": 0.1 } },
  {
    id: "reach-rim",
    type: "line",
    paint: { "line-color": palette.reach, "line-width": ["match", ["get", "step"], 0, 2.4, 1, 1.6, 1] },
  },
];

/** The asked point, the spot where it meets the road, and the line between. */
const point = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "asked-line",
    type: "line",
    filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": palette.label, "line-width": 2, "line-dasharray": [1, 1] },
  },
  {
    id: "asked-spot",
    type: "circle",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": ["case", ["boolean", ["get", "asked"], false], 7, 4.5],
      "circle-color": ["case", ["boolean", ["get", "asked"], false], palette.reach, palette.label],
      "circle-stroke-color": palette.ring,
      "circle-stroke-width": 2.5,
    },
  },
];
