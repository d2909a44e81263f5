import { useReducedMotion } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { useMap } from "../../map/city-map.tsx";
import { whereIs, type Row } from "./live-model.ts";

/** Brings what was chosen into view, once; where motion is unwelcome, at a jump. */
export function Fly({ to }: { readonly to: Row | undefined }) {
  const { map } = useMap();
  const still = useReducedMotion();
  const row = useRef(to);
  row.current = to;
  const id = to?.id;

  useEffect(() => {
    const place = row.current === undefined ? null : whereIs(row.current);
    if (id === undefined || place === null) return;
    const [longitude, latitude] = [place[0]!, place[1]!];
    const inView = map.getBounds().contains([longitude, latitude]) && map.getZoom() >= 13.5;
    if (inView) return;
    map.flyTo({
      center: [longitude, latitude],
      zoom: Math.max(14, map.getZoom()),
      duration: still ? 0 : 700,
      essential: false,
    });
  }, [map, id, still]);
  return null;
}
