import type { OsmTags } from "../kernel/osm.ts";
import { type Access, accessBy, accessOf, narrower } from "./access.ts";
import { isTooBig } from "./clearance.ts";
import { isImpassableForRobot } from "./pavement.ts";
import type { ProfileRules } from "./profiles.ts";
import { legalLimit, limitOf } from "./speed-limits.ts";
import type { Vehicle } from "./vehicle.ts";

/** Everything that a way is judged by, besides its tags. */
export interface Traveller {
  readonly rules: ProfileRules;
  readonly vehicle: Vehicle;
  /** ISO 3166-1 alpha-2 of the city; null where it is not known. */
  readonly country: string | null;
}

/** What a way is to a traveller. Speeds in km/h, 0 where the direction is closed. */
export interface WayUse {
  readonly forward: number;
  readonly backward: number;
  /** Only for journeys that start or end on it, by direction. */
  readonly endingForward: boolean;
  readonly endingBackward: boolean;
  readonly ferry: boolean;
  readonly toll: boolean;
  readonly roundabout: boolean;
  /** Nobody stops on a motorway or a ferry: a point is led there only if it lies on it. */
  readonly stopping: boolean;
  /** For a ferry with a timetable: the crossing from end to end in seconds, else null. */
  readonly crossing: number | null;
}

/** Why a way that others use is closed to a traveller. */
export type Closure =
  /** This kind of way is not for the profile: a footway for a car. */
  | "kind"
  /** A sign says no. */
  | "access"
  /** Too low, narrow, short or weak, or no dangerous goods. */
  | "size"
  /** A zone shuts this vehicle out (see zones.ts). */
  | "zone";

/**
 * The use of a way, or why there is none; null when it is no way at all, or being built.
 *
 * Source: wiki.openstreetmap.org, "Key:access", "Key:oneway".
 */
export function judgeWay(tags: OsmTags, traveller: Traveller): WayUse | Closure | null {
  const { rules, vehicle } = traveller;
  const ferry = tags["route"] === "ferry" && tags["highway"] === undefined;
  const highway = tags["highway"] ?? (ferry ? "ferry" : "");
  if (!isWay(highway) || tags["impassable"] === "yes") return null;
  if (tags["service"] === "emergency_access") return "access";
  if (isTooBig(tags, vehicle) || (rules.onPavements && isImpassableForRobot(tags, highway, rules))) return "size";
  const access = wayAccess(tags, highway, rules);
  if (access === "closed") return rules.speeds[highway] === undefined ? "kind" : "access";

  const toll = tags["toll"] === "yes" || accessOf(tags[`toll:${rules.keys[0]!}`]) === "through";
  const avoided = (toll && vehicle.avoid.tolls) || (ferry && vehicle.avoid.ferries);
  const whole: Access = avoided ? "ending" : access;
  const roundabout = isRoundabout(tags);
  const [open, back] = directions(tags, highway, rules);
  const [there, here] = [sideAccess(tags, whole, ":forward", rules), sideAccess(tags, whole, ":backward", rules)];
  const speed = classSpeed(tags, highway, rules);
  const forward = open && there !== "closed" ? limited(speed, tags, ":forward", highway, traveller) : 0;
  const backward = back && here !== "closed" ? limited(speed, tags, ":backward", highway, traveller) : 0;
  if (forward === 0 && backward === 0) return "access";
  const stopping = !ferry && highway !== "motorway" && highway !== "motorway_link";
  const crossing = ferry ? durationOf(tags["duration"]) : null;
  const [endingForward, endingBackward] = [there === "ending", here === "ending"];
  return { forward, backward, endingForward, endingBackward, ferry, toll, roundabout, stopping, crossing };
}

const built = new Set([
  "",
  "construction",
  "proposed",
  "planned",
  "abandoned",
  "razed",
  "raceway",
  "elevator",
  "rest_area",
]);
const points = new Set([
  "services",
  "bus_stop",
  "platform_edge",
  "street_lamp",
  "traffic_signals",
  "crossing",
  "via_ferrata",
]);

const isWay = (highway: string): boolean => !built.has(highway) && !points.has(highway);

/** A direction's own tag overrules the way's; without one it is as open as the way. */
function sideAccess(tags: OsmTags, whole: Access, suffix: string, rules: ProfileRules): Access {
  const own = accessBy(tags, rules.keys, suffix);
  return own === null ? whole : own === "closed" ? "closed" : narrower(own, whole);
}

function wayAccess(tags: OsmTags, highway: string, rules: ProfileRules): Access {
  const own = accessBy(tags, rules.keys.slice(0, -1)) ?? forDeliveries(tags, rules);
  if (highway === "ferry") return own ?? (rules.ferriesOpen ? (accessOf(tags["access"]) ?? "through") : "closed");
  if (rules.speeds[highway] === undefined) return openable.has(highway) ? (own ?? "closed") : "closed";
  if (tags["motorroad"] === "yes" && rules.topSpeed < 60) return own ?? "closed";
  return own ?? accessOf(tags["access"]) ?? "through";
}

/** `delivery=yes` opens a closed way to who delivers there. */
const forDeliveries = (tags: OsmTags, rules: ProfileRules): Access | null =>
  accessOf(tags["delivery"]) === "through" && rules.onewaysBind ? "ending" : null;

/** Ways that a tag of their own may open to a profile; others that it does not use never are. */
const openable = new Set([
  "trunk",
  "trunk_link",
  "pedestrian",
  "footway",
  "cycleway",
  "path",
  "track",
  "bridleway",
  "busway",
  "bus_guideway",
]);

const isRoundabout = (tags: OsmTags): boolean => tags["junction"] === "roundabout" || tags["junction"] === "circular";

/** [forward, backward]. */
function directions(tags: OsmTags, highway: string, rules: ProfileRules): readonly [boolean, boolean] {
  const own = rules.keys.map((key) => tags[`oneway:${key}`]).find((value) => value !== undefined);
  if (own === undefined && !rules.onewaysBind) return [true, true];
  const implied = isRoundabout(tags) || highway === "motorway" ? "yes" : "no";
  const value = own ?? tags["oneway"] ?? implied;
  if (value === "yes" || value === "true" || value === "1") return [true, contraflow(tags, rules)];
  if (value === "-1" || value === "reverse") return [contraflow(tags, rules), true];
  return value === "reversible" || value === "alternating"
    ? [value === "alternating", value === "alternating"]
    : [true, true];
}

/** Streets that cycles may ride against the one-way. Source: wiki.openstreetmap.org, "Key:cycleway". */
function contraflow(tags: OsmTags, rules: ProfileRules): boolean {
  if (!rules.keys.includes("bicycle")) return false;
  const lanes = [tags["cycleway"], tags["cycleway:left"], tags["cycleway:right"], tags["cycleway:both"]];
  return lanes.some((lane) => lane?.startsWith("opposite") === true);
}

const looseGround = new Set([
  "unpaved",
  "gravel",
  "ground",
  "dirt",
  "earth",
  "grass",
  "sand",
  "mud",
  "pebblestone",
  "fine_gravel",
]);
const settGround = new Set(["sett", "cobblestone", "unhewn_cobblestone", "cobblestone:flattened"]);
const roughness = new Set(["very_bad", "horrible", "very_horrible", "impassable"]);

/** The speed usual on this kind of way, before limits. */
function classSpeed(tags: OsmTags, highway: string, rules: ProfileRules): number {
  if (highway === "ferry") return 15;
  const usual = rules.speeds[highway] ?? rules.openedSpeed;
  const aisle = tags["service"] === "parking_aisle" || tags["service"] === "driveway" ? Math.min(usual, 10) : usual;
  const pushed = tags["bicycle"] === "dismount" && rules.keys.includes("bicycle") ? 4 : aisle;
  const surface = tags["surface"] ?? "";
  if (looseGround.has(surface) || roughness.has(tags["smoothness"] ?? "")) return pushed * rules.loose;
  return settGround.has(surface) ? pushed * rules.setts : pushed;
}

/**
 * Motor traffic flows at a posted limit, but no street drives 1.4 times faster than its kind. What
 * law sets where no sign does only holds back.
 */
function limited(usual: number, tags: OsmTags, side: string, highway: string, { rules, country }: Traveller): number {
  const motor = rules.topSpeed > 60;
  const posted = postedLimit(tags, side, rules, country);
  const most = motor ? Math.min(rules.topSpeed, roundaboutSpeed(tags)) : rules.topSpeed;
  if (posted !== null) return Math.min(posted, motor ? usual * 1.4 : usual, most);
  const legal = motor ? (legalLimit(highway, country) ?? Infinity) : Infinity;
  return Math.min(usual, legal, most);
}

/**
 * What the bend allows: roundabouts are built for 35 km/h in one lane and 40 in several.
 *
 * Source: Federal Highway Administration, Roundabouts: An Informational Guide, FHWA-RD-00-067, 2000, exhibit 6-4
 * (recommended maximum entry design speeds, urban).
 */
function roundaboutSpeed(tags: OsmTags): number {
  if (tags["junction"] !== "roundabout") return Infinity;
  return Number(tags["lanes"] ?? 1) > 1 ? 40 : 35;
}

/** The most specific readable limit: by profile and direction, by either, for all; then the kind of place. */
function postedLimit(tags: OsmTags, side: string, rules: ProfileRules, country: string | null): number | null {
  for (const key of rules.keys.slice(0, -1)) {
    const own = limitOf(tags[`maxspeed:${key}${side}`] ?? tags[`maxspeed:${key}`], country);
    if (own !== null) return own;
  }
  const limit = limitOf(tags[`maxspeed${side}`], country) ?? limitOf(tags["maxspeed"], country);
  if (limit !== null) return limit;
  const place = tags["maxspeed:type"] ?? tags["source:maxspeed"] ?? tags["zone:maxspeed"] ?? tags["zone:traffic"];
  return place?.includes(":") === true ? limitOf(place, country) : null;
}

/** `MM`, `HH:MM` or `HH:MM:SS` in seconds; null otherwise. Source: wiki.openstreetmap.org, "Key:duration". */
export function durationOf(value: string | undefined): number | null {
  const [, hours, minutes, rest] = /^(?:(\d+):)?(\d+)(?::(\d+))?$/.exec(value ?? "") ?? [];
  if (minutes === undefined) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest ?? 0) || null;
}
