import type { OsmData } from "../kernel/osm.ts";
import { keyOfArc } from "./arcs.ts";
import { makeGrid } from "./grid.ts";
import type { ProfileName } from "./profiles.ts";
import type { RoadReport } from "./report.ts";
import type { RoadGraph } from "./road-graph.ts";
import type { Stretches } from "./stretches.ts";
import type { Turns } from "./turns.ts";

/** What is left when the islands are gone. */
export interface Mainland {
  readonly turns: Turns;
  readonly kept: (arc: number) => boolean;
  /** Kept arcs that anybody may pass. */
  readonly through: (arc: number) => boolean;
}

interface City {
  readonly data: OsmData;
  readonly profile: ProfileName;
  readonly report: RoadReport;
  readonly stretches: Stretches;
}

/** Numbers what is kept anew, in the order of the data, and lays it out in typed arrays. */
export function assemble(city: City, mainland: Mainland): RoadGraph {
  const { stretches, report } = city;
  const layout = layStretches(city, mainland.kept);
  const states = layStates(stretches, mainland, layout);
  const used = layout.keptStretches;
  report.islandStretches = stretches.way.length - used.length;
  report.enclosedStretches = used.filter((stretch) => isEnclosed(stretches, mainland, stretch)).length;
  report.arcs = layout.arcSide.length;
  report.turns = states.turnTo.length;
  const { keptStretches: _, newArc: __, oldArcs: ___, ...arrays } = layout;
  return { profile: city.profile, report, ...arrays, ...states, grid: makeGrid(layout.coords, layout.stretchStart) };
}

const isEnclosed = ({ use }: Stretches, { kept, through }: Mainland, stretch: number): boolean =>
  !use[stretch]!.ending && [2 * stretch, 2 * stretch + 1].every((arc) => !kept(arc) || !through(arc));

interface Layout extends Pick<
  RoadGraph,
  "names" | "coords" | "stretchStart" | "stretchName" | "stretchPassing" | "stretchArcs" | "arcSide" | "arcKey"
> {
  readonly keptStretches: readonly number[];
  /** By arc while building, -1 where it was left out, and back. */
  readonly newArc: Int32Array;
  readonly oldArcs: readonly number[];
}

function layStretches({ data, stretches }: City, kept: (arc: number) => boolean): Layout {
  const count = stretches.way.length;
  const [names, placeOf] = [[] as string[], new Map<string, number>()];
  const nameAt = (way: number): number => {
    const name = data.ways[way]!.tags?.["name"] ?? data.ways[way]!.tags?.["ref"];
    if (name === undefined) return -1;
    if (!placeOf.has(name)) placeOf.set(name, names.push(name) - 1);
    return placeOf.get(name)!;
  };
  const keptStretches = [...Array(count).keys()].filter((stretch) => kept(2 * stretch) || kept(2 * stretch + 1));
  const [coords, start, arcSides, oldArcs] = [[] as number[], [0], [] as number[], [] as number[]];
  const [newArc, stretchArcs] = [new Int32Array(2 * count).fill(-1), new Int32Array(2 * keptStretches.length).fill(-1)];
  keptStretches.forEach((old, at) => {
    for (let i = 2 * stretches.start[old]!; i < 2 * stretches.start[old + 1]!; i++) coords.push(stretches.coords[i]!);
    start.push(coords.length / 2);
    for (const side of [0, 1]) {
      if (!kept(2 * old + side)) continue;
      newArc[2 * old + side] = stretchArcs[2 * at + side] = oldArcs.length;
      oldArcs.push(2 * old + side);
      arcSides.push(2 * at + side);
    }
  });
  return {
    names,
    coords: Int32Array.from(coords),
    stretchStart: Uint32Array.from(start),
    stretchName: Int32Array.from(keptStretches, (stretch) => nameAt(stretches.way[stretch]!)),
    stretchPassing: Uint8Array.from(keptStretches, (stretch) => (stretches.use[stretch]!.stopping ? 0 : 1)),
    stretchArcs,
    arcSide: Uint32Array.from(arcSides),
    arcKey: Float64Array.from(oldArcs, (arc) => keyOfArc(stretches, arc)),
    keptStretches,
    newArc,
    oldArcs,
  };
}

type States = Pick<RoadGraph, "arcSource" | "stateArc" | "turnStart" | "turnTo" | "turnKey">;

/**
 * States beyond the arcs are the ways out of ending-only arcs: from there to anywhere, but nobody comes back to them.
 */
function layStates(stretches: Stretches, { turns, through }: Mainland, { newArc, oldArcs }: Layout): States {
  const stateArc = oldArcs.map((_, arc) => arc);
  const arcSource = Uint32Array.from(oldArcs, (old, arc) => (through(old) ? arc : stateArc.push(arc) - 1));
  const [turnStart, turnTo, turnKey] = [[0], [] as number[], [] as number[]];
  stateArc.forEach((arc, state) => {
    const old = oldArcs[arc]!;
    const leaving = state >= oldArcs.length;
    for (let i = turns.start[old]!; i < turns.start[old + 1]!; i++) {
      const next = turns.to[i]!;
      const nextArc = newArc[next]!;
      if (nextArc === -1 || (through(next) && !through(old) && !leaving)) continue;
      turnTo.push(leaving ? arcSource[nextArc]! : nextArc);
      turnKey.push(turns.key[i]! + keyOfArc(stretches, next));
    }
    turnStart.push(turnTo.length);
  });
  return {
    arcSource,
    stateArc: Uint32Array.from(stateArc),
    turnStart: Uint32Array.from(turnStart),
    turnTo: Uint32Array.from(turnTo),
    turnKey: Float64Array.from(turnKey),
  };
}
