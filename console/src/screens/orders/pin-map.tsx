import { Text } from "@mantine/core";
import { Marker } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import { ask } from "../../app/api.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { CityMap, useMap } from "../../map/city-map.tsx";
import { palettes } from "../../map/palette.ts";
import { wordsOf } from "../../parts/problem.tsx";
import type { OrderDraft, PlaceDraft } from "./order-draft.ts";

interface PinMapProps {
  readonly pickup: PlaceDraft;
  readonly dropoff: PlaceDraft;
  readonly change: (part: Partial<OrderDraft>) => void;
}

/** Where both ends lie; a pin is dragged to where the door really is, and the network says whether a road reaches it. */
export function PinMap({ pickup, dropoff, change }: PinMapProps) {
  const { t } = useLocale();
  const [problem, setProblem] = useState<string | null>(null);
  const drop = (end: "pickup" | "dropoff", place: PlaceDraft) => (point: readonly [number, number]) => {
    change({ [end]: { ...place, point } });
    ask("placeAt", { query: { longitude: point[0], latitude: point[1] } })
      .then((answer) => {
        setProblem(answer.problem === null ? null : `${answer.problem.detail} ${answer.problem.mend}`);
        // The pin says where, the address what people read: one that was typed stays.
        if (place.address.trim() === "" && answer.place !== null)
          change({ [end]: { ...place, point, address: answer.place.label } });
      })
      .catch((error: Error) => setProblem(wordsOf(error, t).happened));
  };
  return (
    <div style={{ position: "relative", blockSize: "100%" }}>
      <CityMap label={t("new.map")} plain>
        <Pin end="pickup" point={pickup.point} drop={drop("pickup", pickup)} />
        <Pin end="dropoff" point={dropoff.point} drop={drop("dropoff", dropoff)} />
        <Both points={[pickup.point, dropoff.point]} />
      </CityMap>
      {problem !== null && (
        <Text
          size="xs"
          role="alert"
          p={6}
          style={{
            position: "absolute",
            insetBlockStart: 6,
            insetInline: 6,
            background: "var(--mp-warn-soft)",
            color: "var(--mp-warn)",
            borderRadius: 6,
          }}
        >
          {problem}
        </Text>
      )}
    </div>
  );
}

interface PinProps {
  readonly end: "pickup" | "dropoff";
  readonly point: PlaceDraft["point"];
  readonly drop: (point: readonly [number, number]) => void;
}

function Pin({ end, point, drop }: PinProps) {
  const { map, scheme } = useMap();
  const { t } = useLocale();
  const newest = useRef(drop);
  newest.current = drop;
  const marker = useRef<Marker | null>(null);
  const there = point !== null;

  useEffect(() => {
    if (!there) return;
    const pin = new Marker({
      color: palettes[scheme].carriers[end === "pickup" ? 0 : 1]!,
      draggable: true,
      scale: 0.85,
    });
    pin.setLngLat([0, 0]).addTo(map);
    pin.getElement().setAttribute("aria-label", t(end === "pickup" ? "new.pinPickup" : "new.pinDropoff"));
    pin.on("dragend", () => {
      const { lng, lat } = pin.getLngLat();
      newest.current([Number(lng.toFixed(6)), Number(lat.toFixed(6))]);
    });
    marker.current = pin;
    return () => {
      pin.remove();
      marker.current = null;
    };
  }, [map, scheme, end, there, t]);

  useEffect(() => {
    if (point !== null) marker.current?.setLngLat([point[0], point[1]]);
  }, [point, there]);
  return null;
}

/** Keeps both ends in view while they are being chosen. */
function Both({ points }: { readonly points: readonly PlaceDraft["point"][] }) {
  const { map } = useMap();
  const key = JSON.stringify(points);
  useEffect(() => {
    const there = (JSON.parse(key) as PlaceDraft["point"][]).filter((point) => point !== null);
    if (there.length === 0) return;
    const [west, east] = [Math.min(...there.map(([x]) => x)), Math.max(...there.map(([x]) => x))];
    const [south, north] = [Math.min(...there.map(([, y]) => y)), Math.max(...there.map(([, y]) => y))];
    const bounds = map.getBounds();
    if (bounds.contains([west, south]) && bounds.contains([east, north]) && map.getZoom() >= 13) return;
    map.fitBounds([west, south, east, north], { padding: 44, maxZoom: 16, animate: false });
  }, [map, key]);
  return null;
}
