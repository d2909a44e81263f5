import type { Feature } from "geojson";
import { useEffect, useMemo, useRef } from "react";
import { useMap } from "../../../map/city-map.tsx";
import { GeoLayer } from "../../../map/geo-layer.tsx";
import { palettes } from "../../../map/palette.ts";
import { roadDrawings } from "../../../map/road-drawings.ts";
import { boxAround, reachFeatures } from "./road-model.ts";
import type { Asked, Roads } from "./use-roads.ts";

/** The roads on the map: it says what it shows, and asks where it is clicked. */
export function RoadLayers({ roads }: { readonly roads: Roads }) {
  const { map, scheme } = useMap();
  const drawings = useMemo(() => roadDrawings(palettes[scheme]), [scheme]);
  const { look, askAt, asked } = roads;

  useEffect(() => {
    const tell = () => {
      const [bounds, { lng, lat }] = [map.getBounds(), map.getCenter()];
      const seen = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as const;
      look({ box: boxAround(seen, map.getZoom()), middle: placeOf(lng, lat) });
    };
    tell();
    const moved = map.on("moveend", tell);
    return () => moved.unsubscribe();
  }, [map, look]);

  useEffect(() => {
    const cursor = map.getCanvas().style;
    cursor.cursor = "crosshair";
    const clicked = map.on("click", ({ lngLat }) => askAt(placeOf(lngLat.lng, lngLat.lat)));
    return () => {
      cursor.cursor = "";
      clicked.unsubscribe();
    };
  }, [map, askAt]);

  const reach = asked?.reach;
  const areas = useMemo(() => (reach === undefined ? [] : reachFeatures(reach)), [reach]);
  const spots = useMemo(() => spotsOf(asked), [asked]);
  return (
    <>
      <GeoLayer id="reach" below={names} features={areas} drawings={drawings.reach} />
      <GeoLayer id="road-zones" below={names} features={roads.features.zones} drawings={drawings.zones} />
      <GeoLayer id="road-streets" below={names} features={roads.features.streets} drawings={drawings.streets} />
      <GeoLayer id="road-closed" below={names} features={roads.features.closed} drawings={drawings.closed} />
      <GeoLayer id="road-turns" features={roads.features.turns} drawings={drawings.turns} />
      <GeoLayer id="asked" features={spots} drawings={drawings.point} />
      <Follow point={asked?.point ?? null} />
    </>
  );
}

/** The lowest of the map's names: streets stay readable on coloured roads. */
const names = "road-name-main";

/** To a tenth of a metre. */
const placeOf = (longitude: number, latitude: number) =>
  [Number(longitude.toFixed(6)), Number(latitude.toFixed(6))] as const;

function spotsOf(asked: Asked | null): Feature[] {
  if (asked === null) return [];
  const spot = (point: readonly number[], isAsked: boolean): Feature => ({
    type: "Feature",
    properties: { asked: isAsked },
    geometry: { type: "Point", coordinates: [...point] },
  });
  const met = asked.snap?.snap?.point;
  if (met === undefined) return [spot(asked.point, true)];
  const between: Feature = {
    type: "Feature",
    properties: {},
    geometry: { type: "LineString", coordinates: [[...asked.point], [...met]] },
  };
  return [between, spot(met, false), spot(asked.point, true)];
}

/** Brings a place into view that was asked for by its address. */
function Follow({ point }: { readonly point: Asked["point"] | null }) {
  const { map } = useMap();
  const seen = useRef(point);
  useEffect(() => {
    if (point === null || point === seen.current) return;
    seen.current = point;
    if (!map.getBounds().contains([point[0], point[1]])) map.jumpTo({ center: [point[0], point[1]] });
  }, [map, point]);
  return null;
}
