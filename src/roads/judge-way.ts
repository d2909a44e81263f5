import type { OsmTags } from "../kernel/osm.ts";
import type { ProfileRules } from "./profiles.ts";

/** `through`: anyone may pass. `ending`: only who starts or ends there (private, delivery, destination). */
export type Access = "through" | "ending" | "closed";

/** What a way is to a profile. Speeds in km/h, 0 where the direction is closed. */
export interface WayUse {
  readonly forward: number;
  readonly backward: number;
  /** Only for journeys that start or end on it. */
  readonly ending: boolean;
  readonly ferry: boolean;
  readonly roundabout: boolean;
  /** Nobody stops on a motorway or a ferry: a point is led there only if it lies on it. */
  readonly stopping: boolean;
  /** For a ferry with a timetable: the crossing from end to end in seconds, else null. */
  readonly crossing: number | null;
}

const through = new Set(["yes", "permissive", "designated", "official", "dismount", "use_sidepath", "permit"]);
const ending = new Set(["destination", "delivery", "customers", "private", "residents", "unloading"]);
const closed = new Set(["no", "agricultural", "forestry", "military", "emergency", "none"]);

/** What one tag value says; null when it says nothing we know. Of a list (`yes;destination`) the first counts. */
function accessOf(value: string | undefined): Access | null {
  if (value === undefined) return null;
  const first = value.split(/[;|]/, 1)[0]!.trim();
  if (through.has(first)) return "through";
  if (ending.has(first)) return "ending";
  return closed.has(first) ? "closed" : null;
}

/** The most specific known tag wins; null when none speaks. */
export function accessBy(tags: OsmTags, keys: readonly string[], suffix = ""): Access | null {
  for (const key of keys) {
    const access = accessOf(tags[key + suffix]);
    if (access !== null) return access;
  }
  return null;
}

/**
 * Null when the way is none, or closed in both directions. Source: wiki.openstreetmap.org, "Key:access", "Key:oneway".
 */
export function judgeWay(tags: OsmTags, rules: ProfileRules): WayUse | null {
  const ferry = tags["route"] === "ferry" && tags["highway"] === undefined;
  const highway = tags["highway"] ?? (ferry ? "ferry" : "");
  if (highway === "" || impassable(tags, rules)) return null;
  const access = wayAccess(tags, highway, rules);
  if (access === "closed") return null;

  const [speed, roundabout] = [classSpeed(tags, highway, rules), isRoundabout(tags)];
  const [open, back] = directions(tags, highway, rules);
  const passable = (suffix: string): boolean => accessBy(tags, rules.keys.slice(0, -1), suffix) !== "closed";
  const forward = open && passable(":forward") ? limited(speed, tags, "forward", rules) : 0;
  const backward = back && passable(":backward") ? limited(speed, tags, "backward", rules) : 0;
  if (forward === 0 && backward === 0) return null;
  const stopping = !ferry && highway !== "motorway" && highway !== "motorway_link";
  const crossing = ferry ? durationOf(tags["duration"]) : null;
  return { forward, backward, ending: access === "ending", ferry, roundabout, stopping, crossing };
}

function wayAccess(tags: OsmTags, highway: string, rules: ProfileRules): Access {
  const own = accessBy(tags, rules.keys.slice(0, -1));
  if (highway === "ferry") return own ?? (rules.ferriesOpen ? (accessOf(tags["access"]) ?? "through") : "closed");
  if (rules.speeds[highway] === undefined) return openable.has(highway) ? (own ?? "closed") : "closed";
  if (tags["motorroad"] === "yes" && rules.topSpeed < 60) return own ?? "closed";
  return own ?? accessOf(tags["access"]) ?? "through";
}

/** Ways that a tag of their own may open to a profile; `construction`, `proposed`, `raceway` and the like never are. */
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

function impassable(tags: OsmTags, rules: ProfileRules): boolean {
  if (tags["impassable"] === "yes" || tags["service"] === "emergency_access") return true;
  if (rules.size === null) return false;
  const below = (key: string, size: number): boolean => {
    const allowed = Number.parseFloat(tags[key] ?? "");
    return Number.isFinite(allowed) && allowed < size;
  };
  return (
    below("maxheight", rules.size.height) ||
    below("maxwidth", rules.size.width) ||
    below("maxweight", rules.size.weight)
  );
}

/** [forward, backward]. */
function directions(tags: OsmTags, highway: string, rules: ProfileRules): readonly [boolean, boolean] {
  const own = rules.keys.map((key) => tags[`oneway:${key}`]).find((value) => value !== undefined);
  if (own === undefined && !rules.onewaysBind) return [true, true];
  const implied = isRoundabout(tags) || highway === "motorway" ? "yes" : "no";
  const value = own ?? tags["oneway"] ?? implied;
  if (value === "yes" || value === "true" || value === "1") return [true, contraflow(tags, rules)];
  if (value === "-1" || value === "reverse") return [contraflow(tags, rules), true];
  return value === "reversible" ? [false, false] : [true, true];
}

/** Streets that cycles may ride against the one-way. Source: wiki.openstreetmap.org, "Key:cycleway". */
function contraflow(tags: OsmTags, rules: ProfileRules): boolean {
  if (!rules.keys.includes("bicycle")) return false;
  const lanes = [tags["cycleway"], tags["cycleway:left"], tags["cycleway:right"], tags["cycleway:both"]];
  if (lanes.some((lane) => lane?.startsWith("opposite"))) return true;
  return (
    tags["cycleway:left:oneway"] === "-1" ||
    tags["cycleway:right:oneway"] === "-1" ||
    tags["cycleway:left:oneway"] === "no"
  );
}

const looseGround = new Set([
  "unpaved",
  "gravel",
  "dirt",
  "ground",
  "earth",
  "grass",
  "sand",
  "mud",
  "pebblestone",
  "fine_gravel",
]);
const settGround = new Set(["sett", "cobblestone", "unhewn_cobblestone", "cobblestone:flattened"]);

/** The speed usual on this kind of way, before limits. */
function classSpeed(tags: OsmTags, highway: string, rules: ProfileRules): number {
  if (highway === "ferry") return 15;
  const usual = rules.speeds[highway] ?? rules.openedSpeed;
  const aisle = tags["service"] === "parking_aisle" || tags["service"] === "driveway" ? Math.min(usual, 10) : usual;
  const pushed = tags["bicycle"] === "dismount" && rules.keys.includes("bicycle") ? 4 : aisle;
  const surface = tags["surface"] ?? "";
  if (looseGround.has(surface)) return pushed * rules.loose;
  return settGround.has(surface) ? pushed * rules.setts : pushed;
}

/** A posted limit moves motor traffic to nine tenths of it, but no street drives 1.4 times faster than its kind. */
function limited(usual: number, tags: OsmTags, direction: "forward" | "backward", rules: ProfileRules): number {
  const limit = limitOf(tags[`maxspeed:${direction}`] ?? tags["maxspeed"]);
  if (limit === null) return Math.min(usual, rules.topSpeed);
  const motor = rules.topSpeed > 60;
  return Math.min(motor ? Math.min(limit * 0.9, usual * 1.4) : Math.min(limit, usual), rules.topSpeed);
}

const zones: Readonly<Record<string, number>> = {
  urban: 50,
  rural: 90,
  trunk: 100,
  motorway: 120,
  living_street: 10,
  bicycle_road: 30,
  zone30: 30,
  "zone:30": 30,
  "30": 30,
};

/** km/h; null when there is none or it cannot be read. Source: wiki.openstreetmap.org, "Key:maxspeed". */
export function limitOf(value: string | undefined): number | null {
  if (value === undefined) return null;
  const text = value.split(";", 1)[0]!.trim();
  if (text === "walk") return 7;
  const zone = zones[text.replace(/^[A-Z]{2}:/, "")];
  if (zone !== undefined) return zone;
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(km\/h|kmh|kph|mph|knots)?$/.exec(text) ?? [];
  if (number === undefined || Number(number) < 1) return null;
  return Number(number) * (unit === "mph" ? 1.609 : unit === "knots" ? 1.852 : 1);
}

/** `MM`, `HH:MM` or `HH:MM:SS` in seconds; null otherwise. Source: wiki.openstreetmap.org, "Key:duration". */
export function durationOf(value: string | undefined): number | null {
  const [, hours, minutes, rest] = /^(?:(\d+):)?(\d+)(?::(\d+))?$/.exec(value ?? "") ?? [];
  if (minutes === undefined) return null;
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(rest ?? 0) || null;
}
