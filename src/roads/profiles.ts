import type { ProfileName, Size, Vehicle } from "./vehicle.ts";

/**
 * What one profile may use, how fast, and what it loses at junctions. Speeds in km/h, times in seconds, sizes in metres
 * and tonnes.
 */
export interface ProfileRules {
  readonly name: ProfileName;
  /**
   * Access tags, the most specific first: `motorcar` overrules `motor_vehicle`, and that `vehicle`, and that `access`.
   */
  readonly keys: readonly string[];
  /** Speed by `highway` value; a value not named is closed unless one of `keys` (not `access`) opens it. */
  readonly speeds: Readonly<Record<string, number>>;
  /** On a way that only its own tag opens, such as a pedestrian street with `motor_vehicle=delivery`. */
  readonly openedSpeed: number;
  readonly topSpeed: number;
  /** Of the usual vehicle, where none is named; null for who fits everywhere. */
  readonly size: Size | null;
  readonly onewaysBind: boolean;
  /** The tag suffixes of `restriction:…` that bind it, and the words in `except` that free it; empty: none bind. */
  readonly restrictionWords: readonly string[];
  /** A turn by 180° at a junction; one by 90° costs half of it, across the oncoming lane 1.4 times as much. */
  readonly turn: number;
  readonly uTurn: number;
  readonly signal: number;
  /** Waiting for and boarding a ferry. */
  readonly boarding: number;
  readonly ferriesOpen: boolean;
  /** Nodes tagged `barrier=…` that stop it unless one of `keys` opens them. */
  readonly stoppedBy: ReadonlySet<string>;
  /** Share of the speed kept on loose ground and on setts; 0 closes it. */
  readonly loose: number;
  readonly setts: number;
  /** Rolls on pavements, so that kerbs, steep and narrow ways and missing pavements stop it. */
  readonly onPavements: boolean;
}

/**
 * Free-flow speeds where no limit is posted (`maxspeed` corrects them, see judge-way.ts). Fitted so that times by car
 * agree with Valhalla's on Porto (bench/RESULTS.md, bench:roads); traffic is taken off by the hour, in bands.ts.
 */
const motorSpeeds = {
  motorway: 95,
  motorway_link: 65,
  trunk: 82,
  trunk_link: 60,
  primary: 68,
  primary_link: 45,
  secondary: 55,
  secondary_link: 40,
  tertiary: 46,
  tertiary_link: 38,
  unclassified: 41,
  residential: 33,
  living_street: 12,
  road: 25,
  service: 20,
};
const cycleSpeeds = {
  primary: 17,
  primary_link: 16,
  secondary: 17,
  secondary_link: 16,
  tertiary: 17,
  tertiary_link: 16,
  unclassified: 17,
  residential: 17,
  living_street: 14,
  road: 15,
  service: 14,
  cycleway: 18,
  track: 12,
  path: 11,
  pedestrian: 8,
};
const walk = 5;
const footSpeeds = {
  primary: walk,
  primary_link: walk,
  secondary: walk,
  secondary_link: walk,
  tertiary: walk,
  tertiary_link: walk,
  unclassified: walk,
  residential: walk,
  living_street: walk,
  road: walk,
  service: walk,
  cycleway: walk,
  track: 4.5,
  path: 4.5,
  pedestrian: walk,
  footway: walk,
  bridleway: 4.5,
  steps: 2.5,
  platform: walk,
  corridor: 4,
};
/** Steps, tracks and cycleways are left out: never for a robot. */
const roll = 4.5;
const robotSpeeds = {
  primary: roll,
  secondary: roll,
  tertiary: roll,
  unclassified: roll,
  residential: roll,
  living_street: roll,
  service: roll,
  pedestrian: roll,
  footway: roll,
  path: 4,
};

const walls = ["wall", "fence", "hedge", "retaining_wall", "city_wall", "guard_rail", "jersey_barrier", "debris"];
const narrow = ["turnstile", "stile", "kissing_gate", "full-height_turnstile", "wicket_gate", "hampshire_gate"];
const chicanes = ["cycle_barrier", "motorcycle_barrier"];
const motorBlocks = [
  "bollard",
  "block",
  ...chicanes,
  "bus_trap",
  "sump_buster",
  "chain",
  "log",
  "planter",
  "barrier",
  "yes",
];

const motor = {
  speeds: motorSpeeds,
  openedSpeed: 8,
  onewaysBind: true,
  turn: 8,
  uTurn: 20,
  signal: 7,
  boarding: 300,
  ferriesOpen: false,
  stoppedBy: new Set([...walls, ...narrow, ...motorBlocks]),
  loose: 0.6,
  setts: 0.85,
  onPavements: false,
} as const;

const cycle = {
  openedSpeed: 8,
  onewaysBind: true,
  turn: 4,
  uTurn: 6,
  signal: 7,
  boarding: 180,
  ferriesOpen: true,
  loose: 0.7,
  setts: 0.75,
  restrictionWords: ["bicycle", "vehicle"],
  onPavements: false,
} as const;

const car: ProfileRules = {
  ...motor,
  name: "car",
  keys: ["motorcar", "motor_vehicle", "vehicle", "access"],
  topSpeed: 112,
  size: { height: 1.8, width: 1.9, length: 4.6, weight: 2, ratedWeight: 2.2, axleLoad: 1.1 },
  restrictionWords: ["motorcar", "motor_vehicle", "vehicle"],
};
const van: ProfileRules = {
  ...motor,
  name: "van",
  keys: ["goods", "motor_vehicle", "vehicle", "access"],
  topSpeed: 100,
  size: { height: 2.7, width: 2.1, length: 6, weight: 3.5, ratedWeight: 3.5, axleLoad: 2.2 },
  restrictionWords: ["goods", "motor_vehicle", "vehicle"],
  turn: 9,
  uTurn: 30,
};
const bicycle: ProfileRules = {
  ...cycle,
  name: "bicycle",
  keys: ["bicycle", "vehicle", "access"],
  speeds: cycleSpeeds,
  topSpeed: 20,
  size: null,
  stoppedBy: new Set([...walls, ...narrow]),
};
const cargoBike: ProfileRules = {
  ...cycle,
  name: "cargo_bike",
  keys: ["cargo_bike", "bicycle", "vehicle", "access"],
  speeds: { ...cycleSpeeds, path: 8, track: 9 },
  topSpeed: 16,
  size: { height: 2, width: 1, length: 2.6, weight: 0.4, ratedWeight: 0.4, axleLoad: 0.25 },
  stoppedBy: new Set([...walls, ...narrow, ...chicanes]),
  turn: 5,
  uTurn: 10,
};
const foot: ProfileRules = {
  name: "foot",
  keys: ["foot", "access"],
  speeds: footSpeeds,
  openedSpeed: walk,
  topSpeed: 6,
  size: null,
  onewaysBind: false,
  restrictionWords: [],
  turn: 0,
  uTurn: 0,
  signal: 12,
  boarding: 180,
  ferriesOpen: true,
  stoppedBy: new Set(walls),
  loose: 1,
  setts: 1,
  onPavements: false,
};
const robot: ProfileRules = {
  ...foot,
  name: "robot",
  speeds: robotSpeeds,
  openedSpeed: 4,
  size: { height: 1.3, width: 0.7, length: 0.9, weight: 0.08, ratedWeight: 0.08, axleLoad: 0.05 },
  turn: 1,
  uTurn: 2,
  signal: 15,
  ferriesOpen: false,
  stoppedBy: new Set([...walls, ...narrow, ...chicanes, "kerb", "chain", "log", "debris"]),
  loose: 0,
  setts: 0.6,
  onPavements: true,
};

export const profiles: Readonly<Record<ProfileName, ProfileRules>> = {
  car,
  van,
  cargo_bike: cargoBike,
  bicycle,
  foot,
  robot,
};

/** A vehicle by its profile; whatever is not said is that of the profile's usual one, with clean papers unknown. */
export const vehicleOf = (profile: ProfileName, known: Partial<Omit<Vehicle, "profile">> = {}): Vehicle => ({
  profile,
  size: profiles[profile].size,
  emission: null,
  isHazardous: false,
  avoid: { tolls: false, ferries: false, charges: false },
  ...known,
});

/**
 * The rules of a vehicle. Above 3.5 t a goods vehicle is a heavy one: it reads `hgv` where a van reads `goods`.
 *
 * Source: wiki.openstreetmap.org, "Key:hgv" (heavy above 3.5 t) and "Key:goods" (up to 3.5 t).
 */
export function rulesOf({ profile, size }: Vehicle): ProfileRules {
  const rules = profiles[profile];
  if (profile !== "van" || size === null || size.ratedWeight <= 3.5) return rules;
  const heavy = (word: string): string => (word === "goods" ? "hgv" : word);
  return { ...rules, keys: rules.keys.map(heavy), restrictionWords: rules.restrictionWords.map(heavy), topSpeed: 85 };
}
