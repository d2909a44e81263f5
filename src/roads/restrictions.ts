import type { OsmData, OsmRelation, OsmTags } from "../kernel/osm.ts";
import type { ProfileRules } from "./profiles.ts";
import type { RoadReport } from "./report.ts";

/** One rule at one node: from these ways into those, forbidden or the only allowed. Ways by place in `OsmData.ways`. */
export interface Restriction {
  readonly kind: "no" | "only" | "no_u_turn";
  readonly via: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * The turn restrictions that bind a profile, by OpenStreetMap node id.
 * Source: wiki.openstreetmap.org, "Relation:restriction" (`no_*`, `only_*`, `except`, `restriction:<vehicle>`).
 */
export function readRestrictions(data: OsmData, rules: ProfileRules, report: RoadReport): Map<number, Restriction[]> {
  const byNode = new Map<number, Restriction[]>();
  const waysById = restrictedWays(data);
  for (const relation of data.relations) {
    if (!relation.tags?.["type"]?.startsWith("restriction")) continue;
    report.restrictions++;
    const restriction = readOne(relation, rules, waysById);
    if (restriction === "broken") report.restrictionsBroken++;
    else if (restriction === "unsupported") report.restrictionsUnsupported++;
    else if (restriction === "free") report.restrictionsWithoutEffect++;
    else byNode.set(restriction.via, [...(byNode.get(restriction.via) ?? []), restriction]);
  }
  return byNode;
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

type Reading = Restriction | "free" | "broken" | "unsupported";

function readOne(
  { tags = {}, members }: OsmRelation,
  rules: ProfileRules,
  waysById: ReadonlyMap<number, number>,
): Reading {
  const value = bindingValue(tags, rules);
  if (value === "free" || value === "unsupported") return value;
  const kind =
    value === "no_u_turn" ? "no_u_turn" : value.startsWith("no_") ? "no" : value.startsWith("only_") ? "only" : null;
  if (kind === null) return "broken";

  const vias = members.filter(({ role }) => role === "via");
  if (vias.some(({ type }) => type === "way")) return "unsupported";
  const ways = (wanted: string): number[] =>
    members.filter(({ type, role }) => type === "way" && role === wanted).map(({ ref }) => waysById.get(ref) ?? -1);
  const [from, to] = [ways("from"), ways("to")];
  const [via] = vias;
  if (vias.length !== 1 || via?.type !== "node" || from.length === 0 || to.length === 0) return "broken";
  if (from.includes(-1) || to.includes(-1) || (kind === "only" && to.length > 1)) return "broken";
  return { kind, via: via.ref, from, to };
}

/** The tag that binds this profile: its own before the general one, unless `except` frees it. */
function bindingValue(tags: OsmTags, rules: ProfileRules): string {
  const [, only] = tags["type"]!.split(":", 2);
  if (rules.restrictionWords.length === 0 || (only !== undefined && !rules.restrictionWords.includes(only)))
    return "free";
  const own = rules.restrictionWords.map((word) => tags[`restriction:${word}`]).find((value) => value !== undefined);
  if (own !== undefined) return withoutHours(own);
  const excepted = (tags["except"] ?? "").split(/[;,]/).map((word) => word.trim());
  if (rules.restrictionWords.some((word) => excepted.includes(word))) return "free";
  const general = tags["restriction"];
  if (general !== undefined)
    return tags["day_on"] === undefined && tags["hour_on"] === undefined ? withoutHours(general) : "unsupported";
  if (Object.keys(tags).some((key) => key.endsWith(":conditional"))) return "unsupported";
  return Object.keys(tags).some((key) => key.startsWith("restriction:")) ? "free" : "broken";
}

const withoutHours = (value: string): string => (value.includes("@") ? "unsupported" : value);
