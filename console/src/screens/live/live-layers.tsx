import { useMemo } from "react";
import type { ExpressionSpecification } from "maplibre-gl";
import { useMap } from "../../map/city-map.tsx";
import { GeoLayer, type Drawing } from "../../map/geo-layer.tsx";
import { addMarkerImages } from "../../map/marker-images.ts";
import { carrierColor, palettes, type MapPalette } from "../../map/palette.ts";
import type { LiveMap } from "./use-live-map.ts";

interface LiveLayersProps {
  readonly features: LiveMap;
  readonly choose: (kind: "courier" | "order", id: string) => void;
}

/** Everything that moves, from the bottom up: roads ahead, the chosen order's line, places, carriers, couriers. */
export function LiveLayers({ features, choose }: LiveLayersProps) {
  const { map, scheme } = useMap();
  const palette = palettes[scheme];
  const drawings = useMemo(() => allDrawings(palette), [palette]);
  useMemo(() => addMarkerImages(map, palette), [map, palette]); // before the layers that name them

  return (
    <>
      <GeoLayer id="ways" features={features.ways} drawings={drawings.ways} />
      <GeoLayer id="line" features={features.line} drawings={drawings.line} />
      <GeoLayer
        id="places"
        features={features.places}
        drawings={drawings.places}
        onPick={(id) => choose("order", id)}
      />
      <GeoLayer
        id="carriers"
        features={features.carriers}
        drawings={drawings.carriers}
        glide={straight}
        onPick={(id) => choose("order", id)}
      />
      <GeoLayer
        id="couriers"
        features={features.couriers}
        drawings={drawings.couriers}
        glide={features.wayOf}
        onPick={(id) => choose("courier", id)}
      />
    </>
  );
}

/** The network does not know which road a platform's courier takes. */
const straight = () => undefined;

const chosen: ExpressionSpecification = ["boolean", ["get", "chosen"], false];

const allDrawings = (palette: MapPalette) => ({
  ways: ways(palette),
  line: line(palette),
  places: places(palette),
  carriers: marks("carriers", palette),
  couriers: marks("couriers", palette),
});

const ways = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "ways-halo",
    type: "line",
    filter: chosen,
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": palette.ring, "line-width": 8, "line-opacity": 0.9 },
  },
  {
    id: "ways-line",
    type: "line",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": carrierColor(palette),
      "line-width": ["case", chosen, 4.5, 2],
      "line-opacity": ["case", chosen, 1, 0.42],
    },
  },
];

const line = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "line-halo",
    type: "line",
    layout: { "line-cap": "round" },
    paint: { "line-color": palette.ring, "line-width": 5, "line-opacity": 0.8 },
  },
  {
    id: "line-dash",
    type: "line",
    paint: { "line-color": palette.label, "line-width": 2, "line-dasharray": [1.5, 1.6] },
  },
];

/** A pickup is a ring, a drop-off a dot; what runs late wears red around it. */
const places = (palette: MapPalette): readonly Drawing[] => {
  const late: ExpressionSpecification = ["boolean", ["get", "late"], false];
  const size: ExpressionSpecification = [
    "interpolate",
    ["linear"],
    ["zoom"],
    11,
    ["case", chosen, 6, 2.4],
    15,
    ["case", chosen, 8, 5],
  ];
  return [
    {
      id: "places-late",
      type: "circle",
      filter: late,
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 11, 6, 15, 10],
        "circle-color": palette.late,
        "circle-opacity": 0.16,
        "circle-stroke-color": palette.late,
        "circle-stroke-width": 1.4,
      },
    },
    {
      id: "places-dropoff",
      type: "circle",
      filter: ["==", ["get", "end"], "dropoff"],
      paint: {
        "circle-radius": size,
        "circle-color": carrierColor(palette),
        "circle-stroke-color": palette.ring,
        "circle-stroke-width": 1.5,
      },
    },
    {
      id: "places-pickup",
      type: "circle",
      filter: ["==", ["get", "end"], "pickup"],
      paint: {
        "circle-radius": size,
        "circle-color": palette.ring,
        "circle-stroke-color": carrierColor(palette),
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 11, 1.4, 15, 2.4],
      },
    },
  ];
};

const marks = (id: string, palette: MapPalette): readonly Drawing[] => [
  {
    id: `${id}-chosen`,
    type: "circle",
    filter: chosen,
    paint: {
      "circle-radius": 17,
      "circle-color": palette.label,
      "circle-opacity": 0.14,
      "circle-stroke-color": palette.label,
      "circle-stroke-width": 2,
    },
  },
  {
    id: `${id}-mark`,
    type: "symbol",
    layout: {
      "icon-image": ["get", "icon"],
      "icon-size": ["interpolate", ["linear"], ["zoom"], 10, 0.7, 13, 1, 17, 1.25],
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "symbol-sort-key": ["case", chosen, 1, 0],
    },
  },
  {
    id: `${id}-name`,
    type: "symbol",
    minzoom: 14,
    layout: {
      "text-field": ["get", "name"],
      "text-font": ["Noto Sans"],
      "text-size": 11.5,
      "text-anchor": "top",
      "text-offset": [0, 0.9],
      "text-optional": true,
    },
    paint: { "text-color": palette.label, "text-halo-color": palette.halo, "text-halo-width": 1.6 },
  },
];
