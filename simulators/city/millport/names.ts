import type { Rng } from "../../../src/kernel/rng.ts";
import { rank, type StreetGraph } from "./graph.ts";
import { kindOf, lineOf, type Street } from "./streets.ts";
import type { Terrain } from "./terrain.ts";
import { yardLane } from "./yards.ts";
import { streetWords, suffixes, villageWords } from "./words.ts";

/** One name per street, no name twice in town; null where nobody gave one (paths, the motorway's slip roads). */
export function nameStreets(
  rng: Rng,
  graph: StreetGraph,
  terrain: Terrain,
  streets: readonly Street[],
): (string | null)[] {
  const words = shuffled(rng.fork("words"), streetWords);
  const villages = shuffled(rng.fork("villages"), villageWords);
  const roads = new Map<string, string>();
  const taken = new Set(streets.map((street) => street.label));
  let [next, round] = [0, 0];
  /** A name nobody has; when a round through all words finds few new ones, they get a word in front. */
  const fresh = (endings: readonly string[]): string => {
    for (;;) {
      if (next >= words.length * 3) [next, round] = [0, round + 1];
      const front = round < prefixes.length ? prefixes[round]! : `${ordinal(round - prefixes.length + 2)} `;
      const name = `${front}${words[next++ % words.length]!} ${rng.pick(endings)}`;
      if (!taken.has(name)) return taken.add(name) && name;
    }
  };
  return streets.map((street) => {
    if (street.label === yardLane) return null;
    if (rank(kindOf(street)) > rank("pedestrian") || kindOf(street).endsWith("_link"))
      return street.label === "" ? null : street.label;
    if (/^(Radial|Lane) /.test(street.label)) {
      if (!roads.has(street.label))
        roads.set(
          street.label,
          `${villages[roads.size % villages.length]!} ${street.label.startsWith("Lane") ? "Lane" : "Road"}`,
        );
      return roads.get(street.label)!;
    }
    return street.label !== "" ? street.label : fresh(endingsFor(graph, terrain, street));
  });
}

const prefixes = [
  "",
  "Upper ",
  "Lower ",
  "New ",
  "Old ",
  "North ",
  "South ",
  "East ",
  "West ",
  "Little ",
  "Great ",
  "St ",
];

function endingsFor(graph: StreetGraph, terrain: Terrain, street: Street): readonly string[] {
  const line = lineOf(graph, street);
  const quarter = terrain.quarter(line[Math.floor(line.length / 2)]!);
  const ends = [street.nodes[0]!, street.nodes[street.nodes.length - 1]!];
  if (kindOf(street) === "unclassified") return suffixes.country;
  if (quarter === "harbour") return suffixes.harbour;
  if (kindOf(street) === "tertiary") return suffixes.collectors;
  if (quarter === "old town") return suffixes.lanes;
  if (street.length < 260 && ends.some((node) => graph.at[node]!.length === 1)) return suffixes.closes;
  return quarter === "inner" ? suffixes.town : suffixes.suburb;
}

const ordinal = (n: number): string => {
  const tail = n % 100 > 10 && n % 100 < 14 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${tail}`;
};

export function shuffled<Item>(rng: Rng, items: readonly Item[]): Item[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = rng.below(i + 1);
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}
