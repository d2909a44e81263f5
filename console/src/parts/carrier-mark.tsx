import { useComputedColorScheme } from "@mantine/core";
import { palettes } from "../map/palette.ts";
import { useCarrierLooks } from "./use-carrier-looks.ts";

interface CarrierMarkProps {
  readonly carrier: string | null | undefined;
  /** `ageing` is pale and `old` hollow, as on the map. */
  readonly trust?: "fresh" | "ageing" | "old" | "none";
  readonly size?: number;
}

/** The carrier's sign, as on the map: colour and shape. The name always stands beside it, so it says nothing aloud. */
export function CarrierMark({ carrier, trust = "fresh", size = 14 }: CarrierMarkProps) {
  const look = useCarrierLooks().get(carrier ?? "");
  const palette = palettes[useComputedColorScheme("light")];
  const color = look === undefined ? palette.open : palette.carriers[look.color]!;
  const hollow = trust === "old" || trust === "none" || look === undefined;
  const paint = {
    fill: hollow ? "none" : color,
    fillOpacity: trust === "ageing" ? 0.45 : 1,
    stroke: color,
    strokeWidth: 1.8,
    strokeLinejoin: "round" as const,
    ...(hollow ? { strokeDasharray: "2.6 2" } : {}),
  };
  return (
    <svg width={size} height={size} viewBox="-9 -9 18 18" aria-hidden="true" style={{ flex: "none", display: "block" }}>
      {look?.shape === "square" ? (
        <rect x="-6" y="-6" width="12" height="12" rx="2" {...paint} />
      ) : look?.shape === "triangle" ? (
        <path d="M0 -7.4 L7.4 5.6 L-7.4 5.6 Z" {...paint} />
      ) : (
        <circle r="6.6" {...paint} />
      )}
    </svg>
  );
}
