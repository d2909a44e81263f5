/** How something moves; the same names as the domain's `Profile`. */
export type ProfileName = "car" | "van" | "cargo_bike" | "bicycle" | "foot";

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
  /** Whether `maxspeed` counts, and the speed never passed. */
  readonly topSpeed: number;
  readonly size: { readonly height: number; readonly width: number; readonly weight: number } | null;
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
  /** Share of the speed kept on loose ground and on setts. */
  readonly loose: number;
  readonly setts: number;
}

/** Free-flow speeds really driven in a city, not limits; `maxspeed` corrects them (see judge-way.ts). */
const motorSpeeds = {
  motorway: 105,
  motorway_link: 50,
  trunk: 80,
  trunk_link: 45,
  primary: 50,
  primary_link: 38,
  secondary: 44,
  secondary_link: 34,
  tertiary: 38,
  tertiary_link: 30,
  unclassified: 32,
  residential: 26,
  living_street: 12,
  road: 25,
  service: 16,
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

const walls = ["wall", "fence", "hedge", "retaining_wall", "city_wall", "guard_rail", "jersey_barrier", "debris"];
const narrow = ["turnstile", "stile", "kissing_gate", "full-height_turnstile", "wicket_gate", "hampshire_gate"];
const motorBlocks = [
  "bollard",
  "block",
  "cycle_barrier",
  "motorcycle_barrier",
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
  size: null,
  restrictionWords: ["bicycle", "vehicle"],
} as const;

const car: ProfileRules = {
  ...motor,
  name: "car",
  keys: ["motorcar", "motor_vehicle", "vehicle", "access"],
  topSpeed: 120,
  size: { height: 1.8, width: 1.9, weight: 2 },
  restrictionWords: ["motorcar", "motor_vehicle", "vehicle"],
};
const van: ProfileRules = {
  ...motor,
  name: "van",
  keys: ["goods", "motor_vehicle", "vehicle", "access"],
  topSpeed: 100,
  size: { height: 2.7, width: 2.1, weight: 3.5 },
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
  stoppedBy: new Set([...walls, ...narrow]),
};
const cargoBike: ProfileRules = {
  ...cycle,
  name: "cargo_bike",
  keys: ["cargo_bike", "bicycle", "vehicle", "access"],
  speeds: { ...cycleSpeeds, path: 8, track: 9 },
  topSpeed: 16,
  size: { height: 2, width: 1, weight: 0.4 },
  stoppedBy: new Set([...walls, ...narrow, "cycle_barrier", "motorcycle_barrier"]),
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
};

export const profiles: Readonly<Record<ProfileName, ProfileRules>> = { car, van, cargo_bike: cargoBike, bicycle, foot };
