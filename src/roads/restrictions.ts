import type { OsmData, OsmRelation, OsmTags } from "../kernel/osm.ts";
import { readConditionals, tagsAt } from "./conditions.ts";
import type { Moment } from "./hours.ts";
import { isBlocked } from "./judge-node.ts";
import type { Traveller } from "./judge-way.ts";
import type { ProfileRules } from "./profiles.ts";
import { count, type RoadReport } from "./report.ts";
import { everyReading } from "./usage.ts";

/** One rule: from these ways into those, forbidden or the only allowed. Ways by place in `OsmData.ways`. */
export interface Restriction {
  /** `relation/12`. */
  readonly id: string;
  readonly kind: "no" | "only" | "no_u_turn";
  /** Over a node, by its OpenStreetMap id, or along these ways, one or more. */
  readonly via: { readonly node: number } | { readonly ways: readonly number[] };
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** Null where it holds at all hours. */
  readonly hours: TimedRule | null;
}

/** A rule that holds at some hours: in force while `tags` bind with this `value`; null for a barrier's, while it is closed. */
export interface TimedRule {
  readonly tags: OsmTags;
  readonly value: string | null;
}

/**
 * The turn restrictions that bind a traveller at some hour.
 * Source: wiki.openstreetmap.org, "Relation:restriction" (`no_*`, `only_*`, `except`, `restriction:<vehicle>`,
 * `restriction:conditional`, via ways).
 */
export function readRestrictions(data: OsmData, traveller: Traveller, report: RoadReport): Restriction[] {
  const waysById = restrictedWays(data);
  return data.relations.flatMap((relation): Restriction[] => {
    if (!relation.tags?.["type"]?.startsWith("restriction")) return [];
    report.restrictions++;
    const id = `relation/${relation.id}`;
    const bindings = bindingsOf(relation.tags, id, traveller, report);
    if (bindings.length === 0) count(report, "restrictionsWithoutEffect", id);
    return bindings.flatMap((binding): Restriction[] => {
      const restriction = readOne(relation, binding, waysById);
      if (restriction === null) count(report, "restrictionsBroken", id);
      else if (binding.hours !== null) count(report, "restrictionsByHour", id);
      return restriction === null ? [] : [restriction];
    });
  });
}

/** Only the ways that restrictions name: most of a city's ways have none. */
function restrictedWays(data: OsmData): Map<number, number> {
  const named = new Set<number>();
  for (const { tags, members } of data.relations)
    if (tags?.["type"]?.startsWith("restriction"))
      for (const { type, ref } of members) if (type === "way") named.add(ref);
  const waysById = new Map<number, number>();
  data.ways.forEach(({ id }, at) => void (named.has(id) && waysById.set(id, at)));
  return waysById;
}

interface Binding {
  readonly value: string;
  readonly hours: TimedRule | null;
}

/** What a relation says to this traveller: nothing, one thing at all hours, or some things by the hour. */
function bindingsOf(written: OsmTags, id: string, traveller: Traveller, report: RoadReport): Binding[] {
  const tags = withConditions(written);
  const conditionals = readConditionals(tags, traveller.vehicle);
  if (conditionals === null) return bindingValue(tags, traveller.rules) === null ? [] : [always(tags, traveller.rules)];
  if (conditionals.unknown > 0) count(report, "conditionsUnknown", id);
  const readings = everyReading(tags, conditionals, traveller);
  const values = [...new Set(readings.map((plain) => bindingValue(plain, traveller.rules)))];
  if (values.length === 1) return values[0] === null ? [] : [always(readings[0]!, traveller.rules)];
  return values.flatMap((value) => (value === null ? [] : [{ value, hours: { tags, value } }]));
}

const always = (tags: OsmTags, rules: ProfileRules): Binding => ({ value: bindingValue(tags, rules)!, hours: null });

/** Hours written into the plain tag, or in the old tags for them, are conditions all the same. */
function withConditions(tags: OsmTags): OsmTags {
  const rewritten: Record<string, string> = {};
  const [day, hour] = ["day", "hour"].map((of) => [tags[`${of}_on`], tags[`${of}_off`]] as const);
  const old = day![0] !== undefined || hour![0] !== undefined;
  for (const [key, value] of Object.entries(tags))
    if (!key.startsWith("restriction") || key.endsWith(":conditional")) rewritten[key] = value;
    else if (value.includes("@")) rewritten[`${key}:conditional`] = value;
    else if (old) rewritten[`${key}:conditional`] = `${value} @ (${oldHours(day!)} ${oldHours(hour!)})`;
    else rewritten[key] = value;
  return rewritten;
}

/** `day_on=Monday` and `day_off=Friday` as `Mo-Fr`; hours as they are. */
const oldHours = ([on, off]: readonly [string | undefined, string | undefined]): string =>
  on === undefined ? "" : [on, off ?? on].map((word) => (/^\d/.test(word) ? word : word.slice(0, 2))).join("-");

/** Whether a timed rule is in force. */
export function isInForce({ tags, value }: TimedRule, moment: Moment, traveller: Traveller): boolean {
  const conditionals = readConditionals(tags, traveller.vehicle);
  if (conditionals === null) return false;
  const plain = tagsAt(tags, conditionals, moment, traveller.vehicle);
  return value === null ? isBlocked(plain, traveller) : bindingValue(plain, traveller.rules) === value;
}

function readOne({ id, members }: OsmRelation, { value, hours }: Binding, waysById: ReadonlyMap<number, number>) {
  const kind = kindOf(value);
  const vias = members.filter(({ role }) => role === "via");
  const ways = (wanted: string): number[] =>
    members.filter(({ type, role }) => type === "way" && role === wanted).map(({ ref }) => waysById.get(ref) ?? -1);
  const [from, to, along] = [ways("from"), ways("to"), ways("via")];
  if (kind === null || vias.length === 0 || from.length === 0 || to.length === 0) return null;
  if ([...from, ...to, ...along].includes(-1) || (kind === "only" && to.length > 1)) return null;
  const node = vias[0]!.type === "node" && vias.length === 1 ? vias[0]!.ref : null;
  if (node === null && along.length !== vias.length) return null;
  const via = node === null ? { ways: along } : { node };
  return { id: `relation/${id}`, kind, via, from, to, hours } satisfies Restriction;
}

const kindOf = (value: string): Restriction["kind"] | null =>
  value === "no_u_turn" ? value : value.startsWith("no_") ? "no" : value.startsWith("only_") ? "only" : null;

/** The tag that binds: the profile's own before the general one, unless `except` frees it; null where none does. */
function bindingValue(tags: OsmTags, { restrictionWords: words }: ProfileRules): string | null {
  const [, only] = tags["type"]!.split(":", 2);
  if (words.length === 0 || (only !== undefined && !words.includes(only))) return null;
  const own = words.map((word) => tags[`restriction:${word}`]).find((value) => value !== undefined);
  const excepted = (tags["except"] ?? "").split(/[;,]/).map((word) => word.trim());
  const value = own ?? (words.some((word) => excepted.includes(word)) ? null : (tags["restriction"] ?? null));
  const isSaid = Object.keys(tags).some((key) => key.startsWith("restriction"));
  return value === "none" ? null : (value ?? (isSaid ? null : "broken"));
}
