import type { OsmTags } from "../../../src/kernel/osm.ts";
import type { Rng } from "../../../src/kernel/rng.ts";
import { forCars, rank, type Edge, type Kind, type StreetGraph } from "./graph.ts";
import type { Street } from "./streets.ts";
import type { Quarter } from "./terrain.ts";
import { yardLane } from "./yards.ts";

/** Kilometres per hour where a sign stands; the smaller kinds live by the rule of the place. */
const limits: Partial<Record<Kind, string>> = {
  motorway: "100",
  trunk: "80",
  motorway_link: "60",
  trunk_link: "50",
  primary: "50",
  secondary: "50",
  tertiary: "50",
  unclassified: "50",
  residential: "30",
  living_street: "20",
  service: "10",
};
const lanes: Partial<Record<Kind, string>> = { motorway: "2", trunk: "2", primary: "2" };

/** By day nobody drives there; shops are supplied before ten. */
const walkersOnly: OsmTags = {
  motor_vehicle: "no",
  "motor_vehicle:conditional": "delivery @ (Mo-Sa 05:30-10:00)",
  bicycle: "yes",
};

export interface SignedStreet {
  readonly street: Street;
  readonly edge: Edge;
  readonly name: string | null;
  readonly quarter: Quarter;
  readonly oneWay: boolean;
}

/** What stands on a street's signs, and what it is made of, as OpenStreetMap tags. */
export function streetTags(rng: Rng, { street, edge, name, quarter, oneWay }: SignedStreet): OsmTags {
  const { kind, bridge, level } = edge;
  const limit = quarter === "country" && kind === "tertiary" ? "70" : limits[kind];
  return {
    highway: kind,
    ...(name === null ? {} : kind === "motorway" ? { ref: name } : kind === "trunk" ? { name, ref: "A31" } : { name }),
    ...(limit === undefined ? {} : { maxspeed: limit }),
    ...(name === "Inner Ring" ? { "maxspeed:conditional": "30 @ (22:00-06:00)" } : {}),
    ...(lanes[kind] === undefined || (oneWay && kind === "primary") ? {} : { lanes: lanes[kind] }),
    ...(oneWay ? { oneway: "yes" } : {}),
    ...(oneWay && kind === "residential" && rng.next() < 0.6 ? { "oneway:bicycle": "no" } : {}),
    ...(bridge ? { bridge: "yes", layer: String(Math.max(1, level)) } : {}),
    ...(kind === "trunk" || kind === "motorway" ? { motorroad: "yes" } : {}),
    ...surfaceOf(kind),
    ...pavement(rng, kind, quarter),
    ...(kind === "pedestrian" ? walkersOnly : {}),
    ...closedTo(rng, street, kind, quarter),
  };
}

const surfaceOf = (kind: Kind): OsmTags =>
  kind === "motorway"
    ? {}
    : kind === "pedestrian" || kind === "living_street"
      ? { surface: "sett", lit: "yes" }
      : kind === "cycleway"
        ? { surface: "asphalt", foot: "designated", bicycle: "designated", segregated: "no" }
        : { surface: kind === "footway" ? "paving_stones" : "asphalt" };

/** On which sides people may walk. */
function pavement(rng: Rng, kind: Kind, quarter: Quarter): OsmTags {
  if (rank(kind) > rank("residential") || kind.endsWith("_link")) return {};
  if (kind === "motorway" || kind === "trunk" || quarter === "country") return { sidewalk: "no" };
  if (quarter === "harbour") return { sidewalk: rng.pick(["left", "right", "no"]) };
  const both = kind !== "residential" || quarter !== "suburb" || rng.next() < 0.75;
  return { sidewalk: both ? "both" : rng.pick(["left", "right"]) };
}

/** Yards that are somebody's, lanes for those who live there, streets that no lorry may use. */
function closedTo(rng: Rng, { label, length }: Street, kind: Kind, quarter: Quarter): OsmTags {
  if (label === yardLane) {
    const access = rng.pick(["customers", "customers", "private", "permissive"]);
    return { service: "parking_aisle", ...(access === "permissive" ? {} : { access }) };
  }
  if (kind !== "residential") return {};
  if (quarter === "old town" && rng.next() < 0.3) return { maxweight: "3.5" };
  if (quarter === "inner" && length < 300 && rng.next() < 0.04) return { motor_vehicle: "destination" };
  return quarter === "inner" && rng.next() < 0.1 ? { hgv: "destination" } : {};
}

/** Lights, and where walkers cross: lowered kerbs in most places, a raised one here and there. */
export function nodeTags(graph: StreetGraph, node: number, signals: ReadonlySet<number>): OsmTags {
  const arms = graph.edgesAt(node);
  const walkers = arms.some(({ kind }) => rank(kind) > rank("service"));
  if (signals.has(node))
    return { highway: "traffic_signals", ...(walkers ? { crossing: "traffic_signals", kerb: "lowered" } : {}) };
  const road = arms.find(({ kind }) => forCars(kind) && kind !== "service");
  if (!walkers || road === undefined || arms.every(({ kind }) => kind !== "footway" && kind !== "cycleway")) return {};
  const marked = rank(road.kind) <= rank("tertiary");
  return {
    highway: "crossing",
    crossing: marked ? "zebra" : "unmarked",
    kerb: marked || node % 5 !== 0 ? "lowered" : "raised",
    ...(marked ? { tactile_paving: "yes" } : {}),
  };
}

/** What stands in the middle of a footpath between houses; most have nothing. */
export function pathBarrier(rng: Rng): OsmTags | null {
  const chance = rng.next();
  if (chance < 0.2) return { barrier: "bollard", foot: "yes", bicycle: "yes" };
  if (chance < 0.26) return { barrier: "cycle_barrier", foot: "yes" };
  return chance < 0.3 ? { barrier: "gate", access: "permissive" } : null;
}
