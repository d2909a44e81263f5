import type { ExpressionSpecification } from "maplibre-gl";

/** Every colour of the map, once for light and once for dark. */
export interface MapPalette {
  readonly land: string;
  readonly water: string;
  readonly waterLabel: string;
  readonly green: string;
  readonly built: string;
  readonly building: string;
  readonly buildingEdge: string;
  readonly casing: string;
  readonly minor: string;
  readonly major: string;
  readonly motorway: string;
  readonly path: string;
  readonly label: string;
  readonly quietLabel: string;
  readonly halo: string;
  /** Ring around whatever lies on the map. */
  readonly ring: string;
  readonly late: string;
  readonly open: string;
  /** From the slowest streets to the fastest: six, each readable on land (3:1), apart in lightness or hue for who sees few colours. */
  readonly speeds: readonly string[];
  /** What can be reached in some minutes. */
  readonly reach: string;
  /** By carrier, in order of appearance; each stands out on land and water (3:1 and more, WCAG 1.4.11). */
  readonly carriers: readonly string[];
}

const light: MapPalette = {
  land: "#f1f1ed",
  water: "#c4dce7",
  waterLabel: "#3f7288",
  green: "#dfead8",
  built: "#ebebe6",
  building: "#e5e3de",
  buildingEdge: "#d8d5ce",
  casing: "#d6d6d0",
  minor: "#ffffff",
  major: "#fffdf6",
  motorway: "#fbe7b8",
  path: "#d5d3cb",
  label: "#46525c",
  quietLabel: "#6b7781",
  halo: "#ffffff",
  ring: "#ffffff",
  late: "#c92a2a",
  open: "#5b6874",
  speeds: ["#8f0f3c", "#cf3f16", "#b27700", "#3a8757", "#13799b", "#2a4fb3"],
  reach: "#6b3fb0",
  carriers: ["#0a6f96", "#c25a05", "#2b7d46", "#a82c63", "#6b4bb8", "#806314", "#2f5fc4", "#0b7470"],
};

const dark: MapPalette = {
  land: "#171d23",
  water: "#0e2836",
  waterLabel: "#6fa3b8",
  green: "#1a2822",
  built: "#1b2228",
  building: "#222a31",
  buildingEdge: "#2b343c",
  casing: "#11161b",
  minor: "#2b343d",
  major: "#36414b",
  motorway: "#4b4a3c",
  path: "#262e35",
  label: "#b4c0ca",
  quietLabel: "#84919d",
  halo: "#12171c",
  ring: "#0f1418",
  late: "#ff6b6b",
  open: "#a7b3be",
  speeds: ["#ff6f91", "#ff955f", "#efbf4d", "#7fd394", "#58c4de", "#93b4ff"],
  reach: "#c6a7ff",
  carriers: ["#47b6de", "#f59f4a", "#63c585", "#f083ae", "#b39bf5", "#d8b44a", "#83a8ff", "#4fc7c0"],
};

/** The colour of the carrier whose index is a feature's `color`. */
export const carrierColor = (palette: MapPalette): ExpressionSpecification =>
  [
    "match",
    ["get", "color"],
    ...palette.carriers.flatMap((color, i) => [i, color]),
    palette.open,
  ] as unknown as ExpressionSpecification;

export const palettes = { light, dark };
export type Scheme = keyof typeof palettes;
