import type { OsmTags } from "../kernel/osm.ts";
import { seeded } from "../kernel/rng.ts";
import type { Place, Rule, Street, Town } from "./test-town.ts";

/** Blocks from west to east, and from south to north. */
export const side = 6;
const letterAt = (east: number, north: number): string => String.fromCodePoint(0x41 + north * side + east);
/** Every second town on an exact grid, full of equal ways; the others crooked. */
const placesOf = (seed: number): Readonly<Record<string, Place>> => {
  const rng = seeded(`${seed}/places`);
  const off = (): number => (seed % 2 === 0 ? 0 : rng.between(-0.3, 0.3));
  const letters = [...Array(side * side).keys()].map((at): [string, Place] => {
    const [east, north] = [at % side, Math.floor(at / side)];
    return [letterAt(east, north), [east + off(), north + off()]];
  });
  return Object.fromEntries(letters);
};

const tagChoices: readonly OsmTags[] = [
  {},
  {},
  {},
  { oneway: "yes" },
  { oneway: "-1" },
  { highway: "primary" },
  { access: "private" },
  { maxspeed: "10" },
  { highway: "motorway" },
];
const ruleChoices: readonly OsmTags[] = [
  { restriction: "no_left_turn" },
  { restriction: "no_u_turn" },
  { restriction: "only_straight_on" },
  { restriction: "no_straight_on", except: "bicycle" },
];

/**
 * A town of random walks over a grid, with one-ways, private streets, barriers, signals and restrictions where they may
 * hurt.
 */
export function randomTown(seed: number): Town {
  const rng = seeded(seed);
  const places = placesOf(seed);
  const streets = Array.from({ length: 25 }, (): Street => {
    let [east, north] = [rng.below(side), rng.below(side)];
    let nodes = letterAt(east, north);
    for (let i = rng.below(4); i >= 0; i--) {
      const [stepEast, stepNorth] = rng.pick([
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const);
      east = Math.min(side - 1, Math.max(0, east + stepEast));
      north = Math.min(side - 1, Math.max(0, north + stepNorth));
      nodes += letterAt(east, north);
    }
    return { nodes, tags: rng.pick(tagChoices) };
  });
  const rules = Array.from({ length: 12 }, (): Rule => {
    const from = rng.below(streets.length);
    const via = rng.pick([streets[from]!.nodes[0]!, streets[from]!.nodes.at(-1)!]);
    const meeting = streets.flatMap(({ nodes }, at) => (nodes.includes(via) ? [at] : []));
    return { from, via, to: rng.pick(meeting), tags: rng.pick(ruleChoices) };
  });
  const nodeTags: Record<string, OsmTags> = {};
  for (let i = 0; i < 2; i++) nodeTags[rng.pick(Object.keys(places))] = { barrier: "bollard" };
  for (let i = 0; i < 3; i++) nodeTags[rng.pick(Object.keys(places))] = { highway: "traffic_signals" };
  return { places, streets, rules, nodeTags };
}

/** What changes with the hour, where it may hurt. */
export const slowed: readonly OsmTags[] = [{ "maxspeed:conditional": "10 @ (08:00-10:00)" }];
const timedChoices: readonly OsmTags[] = [
  ...slowed,
  { "oneway:foot:conditional": "yes @ (08:00-10:00)" },
  { "access:conditional": "private @ (08:00-10:00)" },
  { access: "private", "access:conditional": "yes @ (08:00-10:00)" },
  { "motor_vehicle:conditional": "no @ (Mo-Fr 08:00-10:00)" },
  { motor_vehicle: "no", "motor_vehicle:conditional": "delivery @ (08:00-10:00)" },
  { "oneway:conditional": "yes @ (08:00-10:00)" },
  { oneway: "yes", "oneway:conditional": "-1 @ (08:00-10:00)" },
];

/**
 * The same with hours on some streets, and rules by the hour and along streets; one rule for each street and junction,
 * and none along a street that an `only_*` rule leads out of: two may contradict each other and leave no way on.
 */
export function timedTown(seed: number, choices = timedChoices): Town {
  const { streets, rules = [], ...rest } = randomTown(seed);
  const rng = seeded(`${seed}/hours`);
  const timed = streets.map((street) => (rng.below(3) > 0 ? street : { ...street, tags: rng.pick(choices) }));
  const single = rules.filter(({ from, via }, at) => rules.findIndex((r) => r.from === from && r.via === via) === at);
  const byHour = single.map((rule): Rule => {
    const value = rule.tags["restriction"]!;
    return rng.below(2) > 0
      ? rule
      : { ...rule, tags: { ...rule.tags, restriction: "none", "restriction:conditional": `${value} @ (08:00-10:00)` } };
  });
  const bound = new Set(single.flatMap(({ from, tags }) => (tags["restriction"]!.startsWith("only_") ? [from] : [])));
  const along = rulesAlong(streets, seed).filter((rule) => !rule.along!.some((street) => bound.has(street)));
  return { ...rest, streets: timed, rules: [...byHour, ...along] };
}

/** Rules over one street between two others that meet it; most are in nobody's way. */
export function rulesAlong(streets: readonly Street[], seed: number): Rule[] {
  const rng = seeded(`${seed}/along`);
  const meeting = (letter: string, but: number): number[] =>
    streets.flatMap(({ nodes }, at) => (at !== but && (nodes[0] === letter || nodes.at(-1) === letter) ? [at] : []));
  return streets.flatMap(({ nodes }, via): Rule[] => {
    const [before, after] = [meeting(nodes[0]!, via), meeting(nodes.at(-1)!, via)];
    if (before.length === 0 || after.length === 0) return [];
    const tags = { restriction: rng.pick(["no_left_turn", "no_u_turn"]) };
    return [{ from: rng.pick(before), via: "", along: [via], to: rng.pick(after), tags }];
  });
}
