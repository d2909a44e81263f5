/** How something moves, as the domain's `Profile`. */
export type ProfileName = "car" | "van" | "cargo_bike" | "bicycle" | "foot" | "robot";

/** Metres and tonnes; what a road asks before it lets somebody pass. */
export interface Size {
  readonly height: number;
  readonly width: number;
  readonly length: number;
  readonly weight: number;
  /** Gross weight that the papers allow, which signs mean more often than what is on the scales. */
  readonly ratedWeight: number;
  readonly axleLoad: number;
}

/** How clean a motor is, as zones ask: the number of its Euro class, or `electric`, which no zone shuts out. */
export type Emission = number | "electric";

/**
 * One vehicle as the roads see it. A graph is built for one, so a tall van and a low one have graphs of their own;
 * what changes by the hour alone does not need another graph (see metric.ts).
 */
export interface Vehicle {
  readonly profile: ProfileName;
  /** Null for who fits everywhere. */
  readonly size: Size | null;
  /** Null where it is not known: rules about it are then left out, and counted. */
  readonly emission: Emission | null;
  /** Carries dangerous goods under a placard. */
  readonly isHazardous: boolean;
  /** Passed only where a journey could not start or end otherwise. */
  readonly avoid: { readonly tolls: boolean; readonly ferries: boolean; readonly charges: boolean };
}

/** What a condition such as `weight>7.5` compares; null for a measure that is not known of this vehicle. */
export function measureOf({ size, emission }: Vehicle, name: string): number | null {
  if (name === "emission" || name === "emissions") return emission === "electric" ? Infinity : emission;
  const key = measures[name];
  return key === undefined || size === null ? null : size[key];
}

/** Source: wiki.openstreetmap.org, "Conditional restrictions" and "Key:maxweightrating". */
const measures: Readonly<Record<string, keyof Size>> = {
  height: "height",
  width: "width",
  length: "length",
  weight: "weight",
  maxweight: "weight",
  weightrating: "ratedWeight",
  maxweightrating: "ratedWeight",
  gvw: "ratedWeight",
  axleload: "axleLoad",
};
