import type { Feature, FeatureCollection } from "geojson";
import type { GeoJSONSource, LayerSpecification, MapLayerMouseEvent } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { useReducedMotion } from "@mantine/hooks";
import { useMap } from "./city-map.tsx";
import { Glider, type WayOf } from "./gliding.ts";

/** A layer's drawing rules without its source, which is always its own. */
export type Drawing = DistributeOmit<LayerSpecification, "source">;
type DistributeOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

interface GeoLayerProps {
  /** Names source and layers; unique on the map. */
  readonly id: string;
  readonly features: readonly Feature[];
  /** From the bottom up. Made once: pass a constant or a memo. */
  readonly drawings: readonly Drawing[];
  /** The map's own layer that it lies below; above all when left out. Once for all. */
  readonly below?: string;
  /** Points with an `id` glide to their new places, along the road that this names for them. */
  readonly glide?: WayOf;
  /** A click on a feature, told its `id` property. */
  readonly onPick?: (id: string) => void;
}

/** One source with the layers that draw it; both go when it goes. Siblings lie above each other in their order. */
export function GeoLayer({ id, features, drawings, below, glide, onPick }: GeoLayerProps) {
  const { map } = useMap();
  const newest = useRef(features);
  const pick = useRef(onPick);
  newest.current = features;
  pick.current = onPick;

  useEffect(() => {
    map.addSource(id, { type: "geojson", data: collection(newest.current) });
    for (const drawing of drawings) map.addLayer({ ...drawing, source: id } as LayerSpecification, below);
    return () => {
      if (map.style === undefined) return; // the map went first, and took everything along
      for (const drawing of drawings) if (map.getLayer(drawing.id)) map.removeLayer(drawing.id);
      if (map.getSource(id)) map.removeSource(id);
    };
  }, [map, id, drawings, below]);

  const still = useReducedMotion();
  const glider = useRef<Glider>(null);
  const wayOf = useRef(glide);
  wayOf.current = glide;
  const glides = glide !== undefined && !still && features.length <= MOST_GLIDING;
  useEffect(() => {
    const draw = (what: readonly Feature[]) => void map.getSource<GeoJSONSource>(id)?.setData(collection(what));
    if (!glides) {
      glider.current = null;
      draw(features);
      return;
    }
    glider.current ??= new Glider();
    return glideTo(glider.current, features, wayOf.current!, draw);
  }, [map, id, features, glides]);

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

/** More than these jump: each frame hands all of them to the map anew. */
const MOST_GLIDING = 400;
/** As long as it takes until the next positions come, milliseconds. */
const GLIDE = 1000;
/** Milliseconds between two frames: smooth enough for what moves a few pixels a second. */
const FRAME = 40;

/** Draws the way to the new places frame by frame; answers how to stop. */
function glideTo(
  glider: Glider,
  features: readonly Feature[],
  wayOf: WayOf,
  draw: (features: readonly Feature[]) => void,
): () => void {
  const moves = glider.aim(features, wayOf);
  const start = performance.now();
  let drawnAt = 0;
  let frame = 0;
  const next = (now: number) => {
    const share = moves ? (now - start) / GLIDE : 1;
    if (share >= 1 || now - drawnAt >= FRAME) {
      draw(glider.at(share));
      drawnAt = now;
    }
    if (share < 1) frame = requestAnimationFrame(next);
  };
  next(start);
  return () => cancelAnimationFrame(frame);
}

const collection = (features: readonly Feature[]): FeatureCollection => ({
  type: "FeatureCollection",
  features: [...features],
});
