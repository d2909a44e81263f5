import type { OsmData, OsmNode, OsmTags } from "../kernel/osm.ts";
import { accessBy } from "./access.ts";
import { readConditionals, tagsAt } from "./conditions.ts";
import type { Moment } from "./hours.ts";
import type { Traveller } from "./judge-way.ts";
import { count, type RoadReport } from "./report.ts";
import { everyReading } from "./usage.ts";

/** An area with rules of its own: who may enter when, and who pays for it. */
export interface Zone {
  /** `relation/12` or `way/12`. */
  readonly id: string;
  readonly name: string | null;
  /** The rules, in OpenStreetMap's own words: access tags, `toll`, `charge`, and their conditional kin. */
  readonly tags: OsmTags;
}

/** What a zone does to a vehicle at some moment. */
export type ZoneEffect = "none" | "charge" | "ban";

/**
 * Rules that the map does not have, by zone id or name: tags that overrule the zone's own, from the operator's
 * settings, e.g. `{ "Centre": { "motor_vehicle:conditional": "no @ (emission<euro_4 AND Mo-Fr 07:00-19:00)" } }`.
 */
export type ZoneRules = Readonly<Record<string, OsmTags>>;

/** A zone with its border. */
export interface DrawnZone {
  readonly zone: Zone;
  /** Closed rings, longitude and latitude in turn, degrees; inside is what an odd number of them surrounds. */
  readonly rings: readonly (readonly number[])[];
  readonly box: readonly [west: number, south: number, east: number, north: number];
  /** All that it ever does to this vehicle; more than one where it changes with the hour. */
  readonly effects: ReadonlySet<ZoneEffect>;
}

const kinds = new Set(["low_emission_zone", "limited_traffic_zone"]);
const isZone = (tags: OsmTags | undefined): boolean =>
  kinds.has(tags?.["boundary"] ?? "") || tags?.["low_emission_zone"] === "yes";

/**
 * The zones of a city that do something to this traveller. What cannot be used is counted.
 *
 * `emission<euro_4` is read as: of an older class than Euro 4. Source: wiki.openstreetmap.org,
 * "Tag:boundary=low_emission_zone", "Conditional restrictions".
 */
export function readZones(data: OsmData, traveller: Traveller, rules: ZoneRules, report: RoadReport): DrawnZone[] {
  const drawn = bordersOf(data).flatMap(({ id, tags, rings }): DrawnZone[] => {
    const name = tags["name"] ?? null;
    const zone: Zone = { id, name, tags: { ...tags, ...rules[name ?? ""], ...rules[id] } };
    if (rings === null) count(report, "zonesBroken", id);
    else if (!hasRule(zone.tags)) count(report, "zonesWithoutRule", id);
    else {
      const conditionals = readConditionals(zone.tags, traveller.vehicle);
      if (conditionals !== null && conditionals.unknown > 0) count(report, "conditionsUnknown", id);
      const readings = conditionals === null ? [zone.tags] : everyReading(zone.tags, conditionals, traveller);
      return [
        { zone, rings, box: boxOf(rings), effects: new Set(readings.map((plain) => effectOf(plain, traveller))) },
      ];
    }
    return [];
  });
  return drawn.filter(({ effects }) => effects.size > 1 || !effects.has("none"));
}

const ruleWords = /^(access|vehicle|motor_vehicle|motorcar|goods|hgv|bicycle|foot|toll|fee|charge)(:|$)/;
const hasRule = (tags: OsmTags): boolean => Object.keys(tags).some((key) => ruleWords.test(key));

/** What a zone does at a moment. */
export function zoneEffectAt({ tags }: Zone, moment: Moment, traveller: Traveller): ZoneEffect {
  const conditionals = readConditionals(tags, traveller.vehicle);
  return effectOf(conditionals === null ? tags : tagsAt(tags, conditionals, moment, traveller.vehicle), traveller);
}

function effectOf(tags: OsmTags, { rules }: Traveller): ZoneEffect {
  if (accessBy(tags, rules.keys) === "closed") return "ban";
  const pays = ["toll", "fee", "charge"].some((tag) =>
    [...rules.keys.slice(0, -1).map((key) => `${tag}:${key}`), tag].some((key) => (tags[key] ?? "no") !== "no"),
  );
  return pays && rules.topSpeed > 60 ? "charge" : "none";
}

interface Border {
  readonly id: string;
  readonly tags: OsmTags;
  /** Null where it does not close. */
  readonly rings: number[][] | null;
}

function bordersOf({ nodes, ways, relations }: OsmData): Border[] {
  const closed = ways.filter(({ tags }) => isZone(tags));
  const outlined = relations.filter(({ tags }) => isZone(tags));
  if (closed.length + outlined.length === 0) return [];
  const members = new Set(outlined.flatMap((relation) => relation.members.map(({ ref }) => ref)));
  const wayById = new Map(ways.filter(({ id }) => members.has(id)).map((way) => [way.id, way.refs]));
  const wanted = new Set([...closed.map(({ refs }) => refs), ...wayById.values()].flat());
  const nodeById = new Map(nodes.filter(({ id }) => wanted.has(id)).map((node) => [node.id, node]));
  const ringsOf = (runs: readonly (readonly number[])[]): number[][] | null => pointsOf(joinRings(runs), nodeById);
  return [
    ...closed.map(({ id, tags, refs }): Border => ({ id: `way/${id}`, tags: tags!, rings: ringsOf([refs]) })),
    ...outlined.map(({ id, tags, members: parts }): Border => {
      const lines = parts.filter(({ type }) => type === "way").map(({ ref }) => wayById.get(ref) ?? []);
      return { id: `relation/${id}`, tags: tags!, rings: ringsOf(lines) };
    }),
  ];
}

/** Joins lines end to end into rings; null when an end is left over. */
function joinRings(lines: readonly (readonly number[])[]): number[][] | null {
  const [open, rings] = [lines.map((line) => [...line]), [] as number[][]];
  for (let ring = open.pop(); ring !== undefined; ring = open.pop()) {
    while (ring.length < 2 || ring[0] !== ring.at(-1)) {
      const end = ring.at(-1);
      const at = open.findIndex((line) => line[0] === end || line.at(-1) === end);
      if (at === -1 || end === undefined) return null;
      const [line] = open.splice(at, 1);
      ring.push(...(line![0] === end ? line! : line!.reverse()).slice(1));
    }
    rings.push(ring);
  }
  return rings.length === 0 ? null : rings;
}

function pointsOf(rings: number[][] | null, nodes: ReadonlyMap<number, OsmNode>): number[][] | null {
  if (rings === null || rings.some((ring) => ring.length < 4 || ring.some((id) => !nodes.has(id)))) return null;
  return rings.map((ring) => ring.flatMap((id) => [nodes.get(id)!.lon, nodes.get(id)!.lat]));
}

function boxOf(rings: readonly (readonly number[])[]): DrawnZone["box"] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 2) {
      [west, east] = [Math.min(west, ring[i]!), Math.max(east, ring[i]!)];
      [south, north] = [Math.min(south, ring[i + 1]!), Math.max(north, ring[i + 1]!)];
    }
  return [west, south, east, north];
}

/** The first zone that a point lies in, by its place in the list; -1 for none. */
export function zoneOf(zones: readonly DrawnZone[], lon: number, lat: number): number {
  return zones.findIndex(({ rings, box: [west, south, east, north] }) => {
    if (lon < west || lon > east || lat < south || lat > north) return false;
    return rings.reduce((inside, ring) => inside !== isInRing(ring, lon, lat), false);
  });
}

/** Whether a line from the point to the west crosses the ring an odd number of times. */
function isInRing(ring: readonly number[], lon: number, lat: number): boolean {
  let inside = false;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x1, y1, x2, y2] = [ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!];
    if (y1 > lat !== y2 > lat && lon > x1 + ((x2 - x1) * (lat - y1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}
