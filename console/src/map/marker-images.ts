import type { Map as MapLibre } from "maplibre-gl";
import type { MapPalette } from "./palette.ts";

type Shape = "circle" | "square" | "triangle";
type Trust = "fresh" | "ageing" | "old";

const SIZE = 22;
const RATIO = 2;

/**
 * Draws every marker there is: full for a fresh position, pale for an ageing one, hollow for an old one. Pictures rather than
 * circles, because the shape tells own couriers, partners and platforms apart without colour.
 */
export function addMarkerImages(map: MapLibre, palette: MapPalette): void {
  const colors: readonly (readonly [string, string])[] = [
    ...palette.carriers.map((color, i) => [String(i), color] as const),
    ["none", palette.open],
  ];
  for (const [name, color] of colors)
    for (const shape of ["circle", "square", "triangle"] as const)
      for (const trust of ["fresh", "ageing", "old"] as const) {
        const id = `mark-${shape}-${name}-${trust}`;
        if (!map.hasImage(id)) map.addImage(id, marker(shape, trust, color, palette.ring), { pixelRatio: RATIO });
      }
}

function marker(shape: Shape, trust: Trust, color: string, ring: string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * RATIO;
  const context = canvas.getContext("2d")!;
  context.scale(RATIO, RATIO);
  context.translate(SIZE / 2, SIZE / 2);
  context.lineJoin = "round";

  outline(context, shape);
  context.shadowColor = "rgb(0 0 0 / 35%)";
  context.shadowBlur = 3;
  context.shadowOffsetY = 1;
  context.fillStyle = ring;
  context.strokeStyle = ring;
  context.lineWidth = 4.5;
  context.stroke();
  context.fill();
  context.shadowColor = "transparent";

  context.fillStyle = color;
  context.strokeStyle = color;
  context.globalAlpha = trust === "fresh" ? 1 : trust === "ageing" ? 0.5 : 0;
  context.fill();
  context.globalAlpha = trust === "old" ? 0.85 : 1;
  context.lineWidth = trust === "fresh" ? 1 : 1.8;
  if (trust === "old") context.setLineDash([2.4, 2]);
  context.stroke();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function outline(context: CanvasRenderingContext2D, shape: Shape): void {
  context.beginPath();
  if (shape === "circle") context.arc(0, 0, 6, 0, 2 * Math.PI);
  else if (shape === "square") context.roundRect(-5.4, -5.4, 10.8, 10.8, 1.5);
  else {
    context.moveTo(0, -6.6);
    context.lineTo(6.6, 5);
    context.lineTo(-6.6, 5);
    context.closePath();
  }
}
