import type { OsmTags } from "../kernel/osm.ts";
import { accessBy } from "./judge-way.ts";
import type { ProfileRules } from "./profiles.ts";

/** In which drawing direction of its way a traffic signal stands. */
export type SignalSide = "both" | "forward" | "backward";

/**
 * Whether nobody of this profile passes the node. A barrier that only some may open stops everybody else, so it stops
 * us.
 */
export function isBlocked(tags: OsmTags, rules: ProfileRules): boolean {
  const access = accessBy(tags, rules.keys);
  const barrier = tags["barrier"];
  if (barrier === undefined) return access === "closed" && tags["highway"] === undefined;
  return access === null ? rules.stoppedBy.has(barrier) : access !== "through";
}

/** Source: wiki.openstreetmap.org, "Tag:highway=traffic_signals". */
export function signalOf(tags: OsmTags): SignalSide | null {
  if (tags["highway"] !== "traffic_signals" && tags["crossing"] !== "traffic_signals") return null;
  const side = tags["traffic_signals:direction"];
  return side === "forward" || side === "backward" ? side : "both";
}
