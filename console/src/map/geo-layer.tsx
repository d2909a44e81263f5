import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, LayerSpecification, MapLayerMouseEvent } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { useMap } from "./city-map.tsx";

/** A layer's drawing rules without its source, which is always its own. */
export type Drawing = DistributeOmit<LayerSpecification, "source">;
type DistributeOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

interface GeoLayerProps {
  /** Names source and layers; unique on the map. */
  readonly id: string;
  readonly features: readonly Feature[];
  /** From the bottom up. Made once: pass a constant or a memo. */
  readonly drawings: readonly Drawing[];
  /** A click on a feature, told its `id` property. */
  readonly onPick?: (id: string) => void;
}

/** One source with the layers that draw it; both go when it goes. Siblings lie above each other in their order. */
export function GeoLayer({ id, features, drawings, onPick }: GeoLayerProps) {
  const { map } = useMap();
  const newest = useRef(features);
  const pick = useRef(onPick);
  newest.current = features;
  pick.current = onPick;

  useEffect(() => {
    map.addSource(id, { type: "geojson", data: collection(newest.current) });
    for (const drawing of drawings) map.addLayer({ ...drawing, source: id } as LayerSpecification);
    return () => {
      if (map.style === undefined) return; // the map went first, and took everything along
      for (const drawing of drawings) if (map.getLayer(drawing.id)) map.removeLayer(drawing.id);
      if (map.getSource(id)) map.removeSource(id);
    };
  }, [map, id, drawings]);

  useEffect(() => {
    void map.getSource<GeoJSONSource>(id)?.setData(collection(features));
  }, [map, id, features]);

  const picks = onPick !== undefined;
  useEffect(() => {
    if (!picks) return;
    const layers = drawings.map((drawing) => drawing.id);
    const clicked = (event: MapLayerMouseEvent) => {
      const found = event.features?.[0]?.properties["id"] as string | undefined;
      if (found !== undefined) pick.current?.(found);
    };
    const pointer = (cursor: string) => () => void (map.getCanvas().style.cursor = cursor);
    const subscriptions = [
      map.on("click", layers, clicked),
      map.on("mouseenter", layers, pointer("pointer")),
      map.on("mouseleave", layers, pointer("")),
    ];
    return () => subscriptions.forEach((subscription) => subscription.unsubscribe());
  }, [map, drawings, picks]);

  return null;
}

const collection = (features: readonly Feature[]): FeatureCollection => ({
  type: "FeatureCollection",
  features: [...features],
});
