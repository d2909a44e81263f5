import { readPlaces } from "../../../simulators/city/millport/index.ts";
import { streetBounds } from "../../adapters/osm/index.ts";
import type { OsmData } from "../../kernel/osm.ts";
import { greatCircle, type Point } from "../../kernel/point.ts";
import { buildGraph, profiles, type ProfileName, type RoadReport } from "../../roads/index.ts";
import { isZone, turnOf, zoneOf } from "../road-rules.ts";
import { speedTable, type SpeedTable } from "./city-speeds.ts";

/** What a city's data holds, as `milepool city show` tells it. */
export interface CityFacts {
  /** Around all streets; null where there are none. */
  readonly bounds: readonly number[] | null;
  readonly objects: { readonly nodes: number; readonly ways: number; readonly relations: number };
  /** By `highway` value, the longest first: ways and kilometres. */
  readonly streets: Readonly<Record<string, { readonly ways: number; readonly kilometres: number }>>;
  /** Shares of all street length: one-way, with a speed limit of its own, named. */
  readonly shares: { readonly oneWay: number; readonly limited: number; readonly named: number };
  /** Turn restrictions by kind; what has a condition counts as `… by hour`. */
  readonly restrictions: Readonly<Record<string, number>>;
  readonly signals: number;
  readonly crossings: number;
  /** By `barrier` value, on streets or not. */
  readonly barriers: Readonly<Record<string, number>>;
  readonly zones: readonly { readonly name: string; readonly kind: string; readonly rule: string | null }[];
  readonly addresses: number;
  readonly places: Readonly<Record<"depots" | "hubs" | "pickupPoints" | "shops" | "homes" | "districts", number>>;
  /** What each profile's road graph is made of, and what could not be used. */
  readonly profiles: Readonly<Partial<Record<ProfileName, RoadReport>>>;
  /** For each profile that the hour holds up. */
  readonly speeds: Readonly<Partial<Record<ProfileName, SpeedTable>>>;
}

/** Reads everything there is to tell; a graph for each of `wanted` is built, which takes a second each in a city like Porto. */
export function cityFacts(data: OsmData, wanted: readonly ProfileName[] = allProfiles()): CityFacts {
  const places = readPlaces(data);
  // One graph at a time: a large city has room for few.
  const graphs = wanted.map((profile) => {
    const graph = buildGraph(data, profile);
    return { profile, report: graph.report, speeds: speedTable(graph) };
  });
  const roads = data.ways.filter(({ tags }) => tags?.["highway"] !== undefined && tags["area"] !== "yes");
  const tagged = [...data.nodes, ...data.ways].map(({ tags }) => tags).filter((tags) => tags !== undefined);
  return {
    bounds: streetBounds(data),
    objects: { nodes: data.nodes.length, ways: data.ways.length, relations: data.relations.length },
    ...streetFacts(data, roads),
    restrictions: restrictionsOf(data),
    signals: data.nodes.filter(({ tags }) => tags?.["highway"] === "traffic_signals").length,
    crossings: data.nodes.filter(({ tags }) => tags?.["highway"] === "crossing").length,
    barriers: tally(data.nodes.map(({ tags }) => tags?.["barrier"]).filter((barrier) => barrier !== undefined)),
    zones: tagged
      .concat(data.relations.map(({ tags }) => tags).filter((tags) => tags !== undefined))
      .filter(isZone)
      .map(zoneOf),
    addresses: tagged.filter((tags) => tags["addr:housenumber"] !== undefined).length,
    places: {
      depots: places.depots.length,
      hubs: places.hubs.length,
      pickupPoints: places.pickupPoints.length,
      shops: places.shops.length,
      homes: places.homes.length,
      districts: places.districts.length,
    },
    profiles: Object.fromEntries(graphs.map(({ profile, report }) => [profile, report])),
    speeds: Object.fromEntries(
      graphs.flatMap(({ profile, speeds }) => (speeds === null ? [] : [[profile, speeds] as const])),
    ),
  };
}

const allProfiles = (): ProfileName[] => Object.keys(profiles) as ProfileName[];

function streetFacts(data: OsmData, roads: OsmData["ways"]): Pick<CityFacts, "streets" | "shares"> {
  const at = new Map<number, Point>(data.nodes.map(({ id, lon, lat }) => [id, [lon, lat]]));
  const sums = new Map<string, { ways: number; kilometres: number }>();
  const lengths = { all: 0, oneWay: 0, limited: 0, named: 0 };
  for (const { refs, tags = {} } of roads) {
    const line = refs.map((ref) => at.get(ref)).filter((point) => point !== undefined);
    const length = line.reduce((sum, point, i) => (i === 0 ? 0 : sum + greatCircle(line[i - 1]!, point)), 0) / 1000;
    const known = sums.get(tags["highway"]!) ?? { ways: 0, kilometres: 0 };
    sums.set(tags["highway"]!, { ways: known.ways + 1, kilometres: known.kilometres + length });
    lengths.all += length;
    if (["yes", "-1", "1", "true"].includes(tags["oneway"] ?? "")) lengths.oneWay += length;
    if (tags["maxspeed"] !== undefined) lengths.limited += length;
    if (tags["name"] !== undefined) lengths.named += length;
  }
  const share = (part: number): number => (lengths.all === 0 ? 0 : Number((part / lengths.all).toFixed(4)));
  const streets = [...sums].sort(([, a], [, b]) => b.kilometres - a.kilometres);
  return {
    streets: Object.fromEntries(
      streets.map(([kind, { ways, kilometres }]) => [kind, { ways, kilometres: Number(kilometres.toFixed(1)) }]),
    ),
    shares: { oneWay: share(lengths.oneWay), limited: share(lengths.limited), named: share(lengths.named) },
  };
}

function restrictionsOf({ relations }: OsmData): Record<string, number> {
  return tally(
    relations.flatMap(({ tags = {} }) => {
      if (!tags["type"]?.startsWith("restriction")) return [];
      const sign = turnOf(tags);
      if (sign === null) return ["without a rule"];
      return [sign.when === null ? sign.kind : `${sign.kind} by hour`];
    }),
  );
}

function tally(words: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
