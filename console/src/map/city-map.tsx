import "maplibre-gl/dist/maplibre-gl.css";
import { useComputedColorScheme, useDirection } from "@mantine/core";
import {
  AttributionControl,
  Map as MapLibre,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type LngLatBoundsLike,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { createContext, use, useEffect, useRef, useState, type ReactNode } from "react";
import { useSession } from "../app/session.tsx";
import { useLocale } from "../i18n/locale.tsx";
import { basemap, mapFonts } from "./basemap.ts";
import classes from "./city-map.module.css";
import type { Scheme } from "./palette.ts";

setWorkerUrl(workerUrl);

const MapContext = createContext<{ readonly map: MapLibre; readonly scheme: Scheme } | null>(null);

/** The map that a layer lies on. */
export function useMap() {
  const context = use(MapContext);
  if (context === null) throw new Error("a map layer stands outside of CityMap");
  return context;
}

interface CityMapProps {
  /** What a screen reader says of it. */
  readonly label: string;
  /** What it shows first; the whole city when left out. */
  readonly bounds?: LngLatBoundsLike;
  /** Without buttons, for a small map in a form. */
  readonly plain?: boolean;
  /** Layers and controls: they live only while the map does. */
  readonly children?: ReactNode;
}

/** The loaded city, with whatever layers it is given. A change between light and dark makes a new map that looks where the old one did. */
export function CityMap({ label, bounds, plain = false, children }: CityMapProps) {
  const { city } = useSession();
  const { t, language } = useLocale();
  const scheme = useComputedColorScheme("light");
  const { dir } = useDirection();
  const frame = useRef<HTMLDivElement>(null);
  const first = useRef<LngLatBoundsLike>(bounds ?? [...city.bounds]);
  const [ready, setReady] = useState<MapLibre | null>(null);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    let map: MapLibre | null = null;
    let dropped = false;
    const open = async () => {
      await Promise.all(mapFonts.map((family) => document.fonts.load(`16px "${family}"`)));
      if (dropped || frame.current === null) return;
      try {
        map = openMap(frame.current, {
          scheme,
          tiles: absolute(city.tiles),
          attribution: city.attribution,
          bounds: first.current,
          plain,
          label,
          end: dir === "rtl" ? "left" : "right",
        });
      } catch {
        setBroken(true); // no WebGL on this machine: the list beside does the same job
        return;
      }
      map.once("style.load", () => setReady(map));
    };
    void open();
    return () => {
      dropped = true;
      setReady(null);
      if (map !== null) first.current = map.getBounds();
      map?.remove();
    };
  }, [scheme, city, plain, label, language, dir]);

  return (
    <div className={classes.frame}>
      <div ref={frame} className={classes.map} data-testid="map" data-ready={ready !== null} />
      {broken && <p className={classes.broken}>{t("map.broken")}</p>}
      {ready !== null && <MapContext value={{ map: ready, scheme }}>{children}</MapContext>}
    </div>
  );
}

interface Opening {
  readonly scheme: Scheme;
  readonly tiles: string;
  readonly attribution: string;
  readonly bounds: LngLatBoundsLike;
  readonly plain: boolean;
  readonly label: string;
  /** The side where lines end: buttons and attribution stand there. */
  readonly end: "left" | "right";
}

function openMap(container: HTMLElement, { scheme, tiles, attribution, bounds, plain, label, end }: Opening): MapLibre {
  const map = new MapLibre({
    container,
    style: basemap(scheme, tiles, attribution),
    bounds,
    fitBoundsOptions: { padding: 16 },
    maxZoom: 19,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new AttributionControl({ compact: plain }), `bottom-${end}`);
  if (!plain) {
    map.addControl(new NavigationControl({ showCompass: false }), `top-${end}`);
    map.addControl(new ScaleControl({ maxWidth: 90 }), `bottom-${end}`);
    // A number before its unit, in a page that reads from the right, too.
    container.querySelector(".maplibregl-ctrl-scale")?.setAttribute("dir", "ltr");
  }
  map.getCanvas().setAttribute("aria-label", label);
  return map;
}

/** The worker that loads tiles has no page of its own to be relative to. */
const absolute = (template: string): string => (template.startsWith("/") ? location.origin + template : template);
