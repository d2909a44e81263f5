import type { OsmTags } from "../src/kernel/osm.ts";

const kinds: Readonly<Record<string, string>> = {
  motorway: "motorways, trunk roads",
  trunk: "motorways, trunk roads",
  primary: "main roads",
  secondary: "main roads",
  tertiary: "main roads",
  unclassified: "streets",
  residential: "streets",
  living_street: "streets",
};

const bad = /^(unpaved|gravel|fine_gravel|ground|dirt|earth|grass|sand|compacted|sett|.*cobblestone.*)$/;

/** By what a street's speed is known: its ground, its bend, its sign, or its kind and whether it is in a town. */
export function streetKind(tags: OsmTags, density: number): string {
  const highway = tags["highway"] ?? "";
  if (highway === "track" || bad.test(tags["surface"] ?? "")) return "tracks, setts, loose ground";
  if (tags["junction"] === "roundabout") return "roundabouts";
  if (tags["maxspeed"] !== undefined) return "a limit is posted";
  if (highway.endsWith("_link")) return "ramps, no limit posted";
  const kind = kinds[highway];
  if (kind === undefined) return "service roads and others";
  return `${kind}, no limit posted${density < townDensity ? ", it takes them for the country" : ""}`;
}

/** Valhalla's measure of how dense roads are, 0 to 15. Source: valhalla.github.io/valhalla/speeds. */
const townDensity = 8;
