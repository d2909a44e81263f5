import type { OsmTags } from "../kernel/osm.ts";
import { accessBy } from "./access.ts";
import { isTooBig } from "./clearance.ts";
import type { Traveller } from "./judge-way.ts";
import { isHighKerb } from "./pavement.ts";

/** In which drawing direction of its way a traffic signal stands. */
export type SignalSide = "both" | "forward" | "backward";

/**
 * Whether nobody of this kind passes the node. A barrier that only some may open stops everybody else, so it stops us.
 */
export function isBlocked(tags: OsmTags, { rules, vehicle }: Traveller): boolean {
  const access = accessBy(tags, rules.keys);
  const barrier = tags["barrier"];
  if (rules.onPavements && isHighKerb(tags)) return true;
  if (barrier === undefined) return access === "closed" && tags["highway"] === undefined;
  if (isTooBig(tags, vehicle)) return true;
  return access === null ? rules.stoppedBy.has(barrier) : access !== "through";
}

/** Source: wiki.openstreetmap.org, "Tag:highway=traffic_signals". */
export function signalOf(tags: OsmTags): SignalSide | null {
  if (tags["highway"] !== "traffic_signals" && tags["crossing"] !== "traffic_signals") return null;
  const side = tags["traffic_signals:direction"];
  return side === "forward" || side === "backward" ? side : "both";
}
