import type { OsmTags } from "../kernel/osm.ts";
import { sizeOf } from "./clearance.ts";
import type { ProfileRules } from "./profiles.ts";

// What stops a robot on a pavement. Source: wiki.openstreetmap.org, "Key:sidewalk", "Key:kerb", "Key:incline",
// "Key:width"; the limits are those of common six-wheeled delivery robots.

/** Metres; per cent; metres. */
const climbsKerb = 0.04;
const climbsSlope = 12;
const passingRoom = 0.2;

/** Streets whose pavement must be tagged: beside the smaller ones robots roll unless told that there is none. */
const busy = new Set(["primary", "secondary", "tertiary", "unclassified"]);
const without = new Set(["no", "none", "separate"]);

export function isImpassableForRobot(tags: OsmTags, highway: string, { size }: ProfileRules): boolean {
  if (tags["wheelchair"] === "no" || isSteep(tags["incline"])) return true;
  const width = sizeOf(tags["width"] ?? "");
  if (width !== null && size !== null && width < size.width + passingRoom) return true;
  const pavements = [tags["sidewalk"], tags["sidewalk:both"], tags["sidewalk:left"], tags["sidewalk:right"]];
  const known = pavements.filter((pavement) => pavement !== undefined);
  if (known.length > 0) return known.every((pavement) => without.has(pavement));
  return busy.has(highway);
}

/** A number in per cent or degrees; `up` and `down` say nothing of how steep. */
function isSteep(incline: string | undefined): boolean {
  const [, number, unit] = /^-?(\d+(?:\.\d+)?)\s*(%|°)$/.exec(incline ?? "") ?? [];
  if (number === undefined) return false;
  return (unit === "°" ? Math.tan((Number(number) * Math.PI) / 180) * 100 : Number(number)) > climbsSlope;
}

/** A kerb that is too high. On the carriageway's own nodes (`highway=crossing`) the tag speaks of the crossing's ends. */
export function isHighKerb(tags: OsmTags): boolean {
  if (tags["kerb"] === undefined || tags["highway"] !== undefined) return false;
  const height = sizeOf(tags["kerb:height"] ?? "");
  return height === null ? tags["kerb"] === "raised" || tags["kerb"] === "yes" : height > climbsKerb;
}
