import { type Band, momentsOf, usualShare } from "./bands.ts";
import { whereConnected } from "./connected.ts";
import { changesByHour, graphAt } from "./graph-at.ts";
import { asUsual, type RoadConditions } from "./road-conditions.ts";
import { type RoadGraph, roadClasses } from "./road-graph.ts";
import { atShares } from "./speeds.ts";
import { PlaceFinder } from "./stretches-at.ts";
import type { ProfileName } from "./vehicle.ts";

/** A band of hours in some month (1 to 12). */
export interface BandOfYear {
  readonly band: Band;
  readonly month: number;
}

/** Whether a band's hours are any different for this graph from a road that is open and free. */
export const dependsOnBand = (graph: RoadGraph): boolean =>
  changesByHour(graph) || roadClasses.some((kind) => usualShare(graph.profile, "day", kind) < 1);

/**
 * The graph as it is in a band of hours (null: every hour's most open, traffic flowing freely) under some conditions:
 * the same states and turns with other keys, so that one skeleton serves all of them.
 */
export function graphUnder(graph: RoadGraph, when: BandOfYear | null, conditions: RoadConditions = asUsual): RoadGraph {
  const moments = when === null ? [] : momentsOf(when.band, when.month);
  const shut = shutStretches(graph, conditions);
  const closed = shut && Uint8Array.from(graph.arcSide, (side) => shut[side >> 1]!);
  const open = graphAt(graph, moments, closed);
  const then = shut === null ? open : withShut(whereConnected(open), shut);
  const live = liveShares(graph, conditions);
  const usual = roadClasses.map((kind) => (when === null ? 1 : usualShare(graph.profile, when.band, kind)));
  if (live === null && usual.every((share) => share === 1)) return then;
  return atShares(then, (arc) => {
    const stretch = graph.arcSide[arc]! >> 1;
    return usual[graph.stretchClass[stretch]!]! * (live?.[stretch] ?? 1);
  });
}

const concerns = (profile: ProfileName, profiles: readonly ProfileName[] | null): boolean =>
  profiles === null || profiles.includes(profile);

/** 1 for the stretches that closures name; null when nothing is closed. */
function shutStretches(graph: RoadGraph, { closures }: RoadConditions): Uint8Array | null {
  const own = closures.filter(({ profiles }) => concerns(graph.profile, profiles));
  if (own.length === 0) return null;
  const finder = new PlaceFinder(graph);
  const shut = new Uint8Array(graph.stretchShut.length);
  for (const { where } of own) for (const stretch of finder.at(where)) shut[stretch] = 1;
  return shut;
}

/** Marks what the closures shut themselves, and what they cut off: of what nobody may use, all that no hour explains. */
function withShut(graph: RoadGraph, shut: Uint8Array): RoadGraph {
  const stretchShut = graph.stretchShut.map((_, stretch) => {
    const arcs = graph.stretchArcs.subarray(2 * stretch, 2 * stretch + 2);
    const isByHour = graph.stretchTimed[stretch] !== -1 || graph.stretchZone[stretch] !== -1;
    return Number(arcs.every((arc) => arc === -1) && (!isByHour || shut[stretch] === 1));
  });
  return { ...graph, stretchShut };
}

/** Of each stretch the share that it keeps; null when traffic is as usual everywhere. */
function liveShares(graph: RoadGraph, { slowdowns }: RoadConditions): Float64Array | null {
  const own = slowdowns.filter(({ profiles }) => concerns(graph.profile, profiles));
  if (own.length === 0) return null;
  const finder = new PlaceFinder(graph);
  const shares = new Float64Array(graph.stretchWay.length).fill(Infinity);
  for (const { where, classes, share } of own) {
    const isMeant = roadClasses.map((kind) => classes === null || classes.includes(kind));
    for (const stretch of where === null ? shares.keys() : finder.at(where))
      if (isMeant[graph.stretchClass[stretch]!]) shares[stretch] = Math.min(shares[stretch]!, share);
  }
  return shares.map((share) => (share === Infinity ? 1 : share));
}
