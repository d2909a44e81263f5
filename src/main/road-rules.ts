import type { OsmData, OsmTags } from "../kernel/osm.ts";
import type { Point } from "../kernel/point.ts";

/** A turn restriction, as its sign stands there. */
export interface TurnRule {
  /** The junction; of a restriction along streets the beginning of what lies between. */
  readonly at: Point;
  /** OpenStreetMap's word, e.g. `no_left_turn`, `only_straight_on`. */
  readonly kind: string;
  /** When it holds, in the map's words; null: always. */
  readonly when: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** An area with rules of its own. */
export interface ZoneRule {
  readonly name: string;
  readonly kind: string;
  /** In the map's words; null where it says nothing that is read. */
  readonly rule: string | null;
  /** Its border: rings where it closes, with the first point again at the end. */
  readonly lines: readonly (readonly Point[])[];
}

export interface RoadRules {
  readonly turns: readonly TurnRule[];
  readonly zones: readonly ZoneRule[];
}

/** The signs of a city that are no property of one street. What lacks a place on the map is left out. */
export function readRules(data: OsmData): RoadRules {
  const turns = data.relations.filter(({ tags }) => tags?.["type"]?.startsWith("restriction") === true);
  const zones = [...data.ways, ...data.relations].filter(({ tags }) => tags !== undefined && isZone(tags));
  const members = [...turns, ...zones].flatMap((thing) => ("members" in thing ? thing.members : []));
  const used = new Set(members.filter(({ type }) => type === "way").map(({ ref }) => ref));
  const ways = new Map(data.ways.filter(({ id }) => used.has(id)).map((way) => [way.id, way]));
  const refs = new Set([...ways.values(), ...zones].flatMap((thing) => ("refs" in thing ? thing.refs : [])));
  for (const { type, ref } of members) if (type === "node") refs.add(ref);
  const at = new Map<number, Point>();
  for (const { id, lon, lat } of data.nodes) if (refs.has(id)) at.set(id, [lon, lat]);
  const lineOf = (nodes: readonly number[]): Point[] =>
    nodes.map((ref) => at.get(ref)).filter((point) => point !== undefined);

  return {
    turns: turns.flatMap(({ tags, members: its }): TurnRule[] => {
      const member = (role: string) => its.find((one) => one.role === role);
      const via = member("via");
      const point = at.get((via?.type === "way" ? ways.get(via.ref)?.refs[0] : via?.ref) ?? -1);
      const nameOf = (role: string): string | null => ways.get(member(role)?.ref ?? -1)?.tags?.["name"] ?? null;
      const sign = turnOf(tags!);
      return point === undefined || sign === null
        ? []
        : [{ at: point, ...sign, from: nameOf("from"), to: nameOf("to") }];
    }),
    zones: zones.map((thing) => {
      const drawn = "refs" in thing ? [thing.refs] : thing.members.map(({ ref }) => ways.get(ref)?.refs ?? []);
      return { ...zoneOf(thing.tags!), lines: joined(drawn.map(lineOf).filter((line) => line.length > 1)) };
    }),
  };
}

/** Lines that meet at their ends as one, turned round where they have to be: a border is drawn way by way, in any order. */
function joined(lines: readonly (readonly Point[])[]): readonly (readonly Point[])[] {
  const isSame = (a: Point | undefined, b: Point | undefined): boolean => a?.[0] === b?.[0] && a?.[1] === b?.[1];
  const left = [...lines];
  const whole: (readonly Point[])[] = [];
  for (let line = left.shift(); line !== undefined; line = left.shift()) {
    for (;;) {
      const end = line.at(-1);
      const next = isSame(end, line[0]) ? -1 : left.findIndex((one) => isSame(one[0], end) || isSame(one.at(-1), end));
      if (next === -1) break;
      const [more] = left.splice(next, 1) as [readonly Point[]];
      line = [...line, ...(isSame(more[0], end) ? more : more.toReversed()).slice(1)];
    }
    whole.push(line);
  }
  return whole;
}

/** Null when the relation names no rule. */
export function turnOf(tags: OsmTags): Pick<TurnRule, "kind" | "when"> | null {
  const key = Object.keys(tags).find((one) => one.startsWith("restriction"));
  if (key === undefined) return null;
  const [kind, ...when] = tags[key]!.split("@");
  return { kind: kind!.trim(), when: key.endsWith(":conditional") ? when.join("@").trim() || null : null };
}

export const isZone = (tags: OsmTags): boolean =>
  ["low_emission_zone", "limited_traffic_zone"].includes(tags["boundary"] ?? "") || tags["low_emission_zone"] === "yes";

export function zoneOf(tags: OsmTags): Omit<ZoneRule, "lines"> {
  const rule = Object.entries(tags).find(([key]) => /^(access|.*vehicle|motorcar|hgv|toll|charge)(:|$)/.test(key));
  return {
    name: tags["name"] ?? "(no name)",
    kind: tags["boundary"] ?? "low_emission_zone",
    rule: rule === undefined ? null : `${rule[0]}=${rule[1]}`,
  };
}
