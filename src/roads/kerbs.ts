import type { OsmTags } from "../kernel/osm.ts";
import type { WayUse } from "./judge-way.ts";
import type { ProfileRules } from "./profiles.ts";

const leftKerb = 1;
const rightKerb = 2;

/**
 * On which sides of a way, as drawn, this traveller may stop to unload: bit 1 left, bit 2 right. Where parking alone is
 * forbidden, unloading is not.
 *
 * Source: wiki.openstreetmap.org, "Street parking" (`parking:<side>:restriction`, and the older `parking:condition` and
 * `parking:lane`).
 */
export function kerbsOf(tags: OsmTags, use: WayUse, rules: ProfileRules): number {
  if (!use.stopping) return 0;
  if (rules.topSpeed < 60) return leftKerb | rightKerb;
  if (use.roundabout || tags["tunnel"] === "yes" || tags["bridge"] === "yes" || tags["motorroad"] === "yes") return 0;
  return (mayStop(tags, "left") ? leftKerb : 0) | (mayStop(tags, "right") ? rightKerb : 0);
}

const mayStop = (tags: OsmTags, side: "left" | "right"): boolean =>
  [...signs[side], ...signs.both].every((key) => tags[key] !== "no_stopping" && tags[key] !== "fire_lane");

const signsAt = (side: string): readonly string[] => [
  `parking:${side}:restriction`,
  `parking:condition:${side}`,
  `parking:lane:${side}`,
];
const signs = { left: signsAt("left"), right: signsAt("right"), both: signsAt("both") };
