import type { Feature } from "geojson";
import type { SymbolLayerSpecification } from "maplibre-gl";
import { useMemo, useState } from "react";
import type { LiveCourier, LiveLeg, OrderDetail } from "../../../../src/doors/api/contract.ts";
import { useLive } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CityMap, useMap } from "../../map/city-map.tsx";
import { GeoLayer, type Drawing } from "../../map/geo-layer.tsx";
import { addMarkerImages } from "../../map/marker-images.ts";
import type { WayOf } from "../../map/gliding.ts";
import { carrierColor, palettes, type MapPalette } from "../../map/palette.ts";
import { useCarrierLooks } from "../../parts/use-carrier-looks.ts";
import { markerName } from "../live/live-features.ts";
import { trustOf } from "../live/live-model.ts";
import classes from "./order.module.css";
import { grown, merged } from "./trail.ts";

/** Both places, the road between them, where the courier went, and where the carrier is now. */
export function OrderMap({ detail }: { readonly detail: OrderDetail }) {
  const { t } = useLocale();
  const bounds = useMemo(() => boundsOf(detail), [detail]);
  if (bounds === null) return null;
  return (
    <CityMap label={t("order.map")} bounds={bounds}>
      <Layers detail={detail} />
    </CityMap>
  );
}

function boundsOf({ order, ways }: OrderDetail): [number, number, number, number] | null {
  const points = [order.pickup.point, order.dropoff.point, ...ways.flatMap(({ way }) => way)].filter(
    (point) => point !== null,
  );
  if (points.length === 0) return null;
  const pad = 0.0025;
  return [
    Math.min(...points.map(([x]) => x)) - pad,
    Math.min(...points.map(([, y]) => y)) - pad,
    Math.max(...points.map(([x]) => x)) + pad,
    Math.max(...points.map(([, y]) => y)) + pad,
  ];
}

function Layers({ detail }: { readonly detail: OrderDetail }) {
  const { map, scheme } = useMap();
  const { t, f } = useLocale();
  const palette = palettes[scheme];
  useMemo(() => addMarkerImages(map, palette), [map, palette]); // before the layers that name them
  const drawings = useMemo(
    () => ({
      ways: ways(palette),
      trails: trails(palette),
      places: places(palette),
      carrier: carrier(palette),
    }),
    [palette],
  );
  const now = useCarrierNow(detail);
  const went = useTrails(detail, now);
  const features = useMemo(() => fixed(detail, t("stop.pickup"), t("stop.dropoff")), [detail, t]);
  return (
    <>
      <GeoLayer id="order-ways" features={features.ways} drawings={drawings.ways} />
      <GeoLayer id="order-trails" features={went} drawings={drawings.trails} />
      <GeoLayer id="order-places" features={features.places} drawings={drawings.places} />
      <GeoLayer id="order-carrier" features={now.mark} drawings={drawings.carrier} glide={now.wayOf} />
      {now.heard !== null && (
        <p className={classes.heard}>
          {now.heard.name} · {t("live.ago", { age: f.age(now.heard.age_s) })}
        </p>
      )}
    </>
  );
}

interface CarrierNow {
  readonly leg: LiveLeg | undefined;
  readonly courier: LiveCourier | undefined;
  readonly mark: readonly Feature[];
  readonly wayOf: WayOf;
  /** Whose position is drawn, and how old it is. */
  readonly heard: { readonly name: string; readonly age_s: number } | null;
}

/** Whoever carries it now, where the live view last saw it. */
function useCarrierNow({ order }: OrderDetail): CarrierNow {
  const looks = useCarrierLooks();
  const live = useLive((state) => state.live);
  const ways = useLive((state) => state.ways);
  return useMemo(() => {
    const leg = live?.legs.find((leg) => leg.order === order.id);
    const courier = live?.couriers.find(({ id }) => id === leg?.courier);
    const position = leg?.carrierPosition ?? courier?.position ?? null;
    const wayOf = () => (courier === undefined ? undefined : ways.get(courier.shift)?.way);
    if (leg === undefined || position === null) return { leg, courier, mark: [], wayOf, heard: null };
    const icon = markerName(leg.carrier === null ? undefined : looks.get(leg.carrier.id), trustOf(position.ageSeconds));
    const name = courier?.name ?? leg.carrier?.name ?? "";
    return {
      leg,
      courier,
      mark: [point(position.point, { id: leg.id, icon, name })],
      wayOf,
      heard: { name, age_s: position.ageSeconds },
    };
  }, [live, ways, looks, order.id]);
}

/** Where the goods went, as the record and the live view know it. It ends where the mark sets out from, never ahead of it. */
function useTrails({ ways, legs }: OrderDetail, { leg, courier }: CarrierNow): readonly Feature[] {
  const looks = useCarrierLooks();
  const [seen] = useState(() => new Map<string, OrderDetail["ways"][number]["trail"]>());
  return useMemo(
    () =>
      ways.flatMap((way) => {
        const known = merged(way.trail, seen.get(way.leg) ?? []);
        const trail = leg?.id === way.leg ? grown(known, leg, courier) : known;
        seen.set(way.leg, [...trail]);
        const carrier = legs.find(({ id }) => id === way.leg)?.assignment?.carrier.id;
        const color = carrier === undefined ? -1 : (looks.get(carrier)?.color ?? -1);
        return line(
          known.map((step) => step.point),
          { color },
        );
      }),
    [ways, legs, leg, courier, looks, seen],
  );
}

const point = (coordinates: readonly number[], properties: Feature["properties"]): Feature => ({
  type: "Feature",
  geometry: { type: "Point", coordinates: [...coordinates] },
  properties,
});

const line = (coordinates: readonly (readonly number[])[], properties: Feature["properties"]): Feature[] =>
  coordinates.length < 2
    ? []
    : [
        {
          type: "Feature",
          geometry: { type: "LineString", coordinates: coordinates.map((at) => [...at]) },
          properties,
        },
      ];

function fixed({ order, ways }: OrderDetail, pickup: string, dropoff: string) {
  return {
    ways: ways.flatMap(({ way }) => line(way, {})),
    places: [
      ...(order.pickup.point === null ? [] : [point(order.pickup.point, { end: "pickup", name: pickup })]),
      ...(order.dropoff.point === null ? [] : [point(order.dropoff.point, { end: "dropoff", name: dropoff })]),
    ],
  };
}

const text = (palette: MapPalette) => ({
  "text-color": palette.label,
  "text-halo-color": palette.halo,
  "text-halo-width": 1.6,
});
const label = (offset: number): NonNullable<SymbolLayerSpecification["layout"]> => ({
  "text-field": ["get", "name"],
  "text-font": ["Noto Sans"],
  "text-size": 12,
  "text-anchor": "top",
  "text-offset": [0, offset],
});

const ways = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "order-way",
    type: "line",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": palette.open, "line-width": 3, "line-opacity": 0.75, "line-dasharray": [0.2, 1.8] },
  },
];

const trails = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "order-trail",
    type: "line",
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": carrierColor(palette), "line-width": 4, "line-opacity": 0.85 },
  },
];

const places = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "order-place",
    type: "circle",
    paint: {
      "circle-radius": 7,
      "circle-color": ["match", ["get", "end"], "pickup", palette.ring, palette.label],
      "circle-stroke-color": palette.label,
      "circle-stroke-width": 3,
    },
  },
  { id: "order-place-name", type: "symbol", layout: label(0.8), paint: text(palette) },
];

const carrier = (palette: MapPalette): readonly Drawing[] => [
  {
    id: "order-carrier-mark",
    type: "symbol",
    layout: { "icon-image": ["get", "icon"], "icon-size": 1.2, "icon-allow-overlap": true },
  },
  { id: "order-carrier-name", type: "symbol", layout: label(0.9), paint: text(palette) },
];
