import type { OsmData } from "../kernel/osm.ts";
import { isEnding, keyOfArc } from "./arcs.ts";
import { layAsides } from "./asides.ts";
import { atMostOpen, weigh } from "./graph-at.ts";
import { makeGrid } from "./grid.ts";
import { byArc, type Histories } from "./histories.ts";
import type { Traveller } from "./judge-way.ts";
import { kerbsOf } from "./kerbs.ts";
import type { Mainland } from "./mainland.ts";
import type { RoadReport } from "./report.ts";
import type { TimedRule } from "./restrictions.ts";
import { type RoadClass, roadClasses, type RoadGraph } from "./road-graph.ts";
import type { CutStreets } from "./stretches.ts";
import type { Turns } from "./turns.ts";
import type { DrawnZone } from "./zones.ts";

interface City {
  readonly data: OsmData;
  readonly traveller: Traveller;
  readonly report: RoadReport;
  readonly streets: CutStreets;
  readonly zones: readonly DrawnZone[];
  readonly timed: readonly TimedRule[];
  readonly histories: Histories;
}

/** What is left when the islands are gone. */
export interface KeptRoads extends Mainland {
  readonly turns: Turns;
  /** By node: anybody may pass at every hour; `core` says at some hour. */
  readonly steady: Uint8Array;
}

/** Numbers what is kept anew, in the order of the data, and lays it out in typed arrays. */
export function assemble(city: City, roads: KeptRoads): RoadGraph {
  const { streets, report, traveller, data } = city;
  const { stretches } = streets;
  const [kept, core] = [byArc(city.histories, roads.kept), byArc(city.histories, roads.core)];
  const numbering = numberArcs(city, kept);
  const { keptStretches } = numbering;
  const states = layStates(city, roads, numbering);
  const names = new Names(data);
  const layout = layStretches(city, numbering, names);
  const islands = [...stretches.way.keys()].filter(
    (at) => numbering.newArc[2 * at] === -1 && numbering.newArc[2 * at + 1] === -1,
  );
  report.islandStretches = islands.length;
  report.enclosedStretches = keptStretches.filter((at) =>
    [2 * at, 2 * at + 1].every((arc) => !isEnding(stretches, arc) && (kept[arc] !== 1 || core[arc] !== 1)),
  ).length;
  report.arcs = layout.arcSide.length;
  report.turns = states.turnTo.length;
  const asides = layAsides(data, streets.closed, stretches, islands, (way) => names.of(way));
  const graph: RoadGraph = {
    profile: traveller.vehicle.profile,
    vehicle: traveller.vehicle,
    country: traveller.country,
    report,
    names: names.all,
    ...layout,
    ...states,
    shutTurn: new Uint32Array(0),
    shutKey: new Float64Array(0),
    timedRules: city.timed,
    zones: city.zones.map(({ zone }) => zone),
    grid: makeGrid(layout.coords, layout.stretchStart),
    asides,
  };
  return atTheMostOpen(graph);
}

/** Closes what is only open when something else is not. */
function atTheMostOpen(graph: RoadGraph): RoadGraph {
  if (graph.ruledTurn.length === 0 && graph.timedWays.length === 0 && !graph.stretchZone.some((zone) => zone !== -1))
    return graph;
  const { turnKey } = weigh(graph, atMostOpen(graph));
  const shutTurn = Uint32Array.from([...turnKey.keys()].filter((turn) => turnKey[turn] === Infinity));
  return { ...graph, turnKey, shutTurn, shutKey: Float64Array.from(shutTurn, (turn) => graph.turnKey[turn]!) };
}

interface Numbering {
  readonly keptStretches: readonly number[];
  /** By arc while building, -1 where it was left out, and back. */
  readonly newArc: Int32Array;
  readonly oldArcs: readonly number[];
}

function numberArcs({ streets: { stretches } }: City, kept: Uint8Array): Numbering {
  const newArc = new Int32Array(2 * stretches.way.length).fill(-1);
  const [keptStretches, oldArcs] = [[] as number[], [] as number[]];
  for (let at = 0; at < stretches.way.length; at++) {
    if (kept[2 * at] !== 1 && kept[2 * at + 1] !== 1) continue;
    keptStretches.push(at);
    for (const arc of [2 * at, 2 * at + 1]) if (kept[arc] === 1) newArc[arc] = oldArcs.push(arc) - 1;
  }
  return { keptStretches, newArc, oldArcs };
}

/** Street names, each once. */
class Names {
  readonly all: string[] = [];
  readonly #data: OsmData;
  readonly #places = new Map<string, number>();

  constructor(data: OsmData) {
    this.#data = data;
  }

  /** The way's place in `all`; -1 where it has none. */
  of(way: number): number {
    const tags = this.#data.ways[way]!.tags;
    const name = tags?.["name"] ?? tags?.["ref"];
    if (name === undefined) return -1;
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.all.length);
    return this.all.push(name) - 1;
  }
}

function layStretches({ data, traveller, streets: { stretches } }: City, numbering: Numbering, names: Names) {
  const { keptStretches, newArc, oldArcs } = numbering;
  const [coords, start, arcSides, timed] = [[] as number[], [0], [] as number[], new TimedWays(data)];
  const stretchArcs = new Int32Array(2 * keptStretches.length).fill(-1);
  keptStretches.forEach((old, at) => {
    for (let i = 2 * stretches.start[old]!; i < 2 * stretches.start[old + 1]!; i++) coords.push(stretches.coords[i]!);
    start.push(coords.length / 2);
    for (const side of [0, 1]) {
      const arc = newArc[2 * old + side]!;
      if (arc === -1) continue;
      stretchArcs[2 * at + side] = arc;
      arcSides.push(2 * at + side);
    }
  });
  const use = (old: number) => stretches.use[old]!;
  const tags = (old: number) => data.ways[stretches.way[old]!]!.tags!;
  let [lastWay, lastKerbs] = [-1, 0];
  const kerbs = (old: number): number => {
    const way = stretches.way[old]!;
    if (way !== lastWay) [lastWay, lastKerbs] = [way, kerbsOf(tags(old), use(old), traveller.rules)];
    return lastKerbs;
  };
  return {
    coords: Int32Array.from(coords),
    stretchStart: Uint32Array.from(start),
    stretchName: Int32Array.from(keptStretches, (old) => names.of(stretches.way[old]!)),
    stretchWay: Float64Array.from(keptStretches, (old) => data.ways[stretches.way[old]!]!.id),
    stretchClass: Uint8Array.from(keptStretches, (old) => classOf(use(old).ferry ? "ferry" : tags(old)["highway"]!)),
    stretchPassing: Uint8Array.from(keptStretches, (old) => (use(old).stopping ? 0 : 1)),
    stretchToll: Uint8Array.from(keptStretches, (old) => Number(use(old).toll)),
    stretchFerry: Uint8Array.from(keptStretches, (old) => Number(use(old).ferry)),
    stretchRoundabout: Uint8Array.from(keptStretches, (old) => Number(use(old).roundabout)),
    stretchKerbs: Uint8Array.from(keptStretches, kerbs),
    stretchZone: Int32Array.from(keptStretches, (old) => stretches.zone[old]!),
    stretchShut: new Uint8Array(keptStretches.length),
    stretchTimed: Int32Array.from(keptStretches, (old) =>
      stretches.isTimed[old] ? timed.of(stretches.way[old]!) : -1,
    ),
    stretchArcs,
    arcSide: Uint32Array.from(arcSides),
    arcKey: Float64Array.from(oldArcs, (arc) => keyOfArc(stretches, arc)),
    arcWait: Uint32Array.from(oldArcs, (arc) => stretches.waits[arc]!),
    arcEnds: Uint8Array.from(oldArcs, (arc) => Number(isEnding(stretches, arc))),
    timedWays: timed.all,
  };
}

/** Tags of ways with hours of their own, each way once. */
class TimedWays {
  readonly all: Readonly<Record<string, string>>[] = [];
  readonly #data: OsmData;
  readonly #places = new Map<number, number>();

  constructor(data: OsmData) {
    this.#data = data;
  }

  /** -1 for a way whose tags say the same at all hours: it only lies in a zone with hours. */
  of(way: number): number {
    const tags = this.#data.ways[way]!.tags!;
    if (!Object.keys(tags).some((key) => key.endsWith(":conditional"))) return -1;
    const known = this.#places.get(way);
    if (known !== undefined) return known;
    this.#places.set(way, this.all.length);
    return this.all.push(tags) - 1;
  }
}

const likeClass: Readonly<Record<string, RoadClass>> = {
  road: "unclassified",
  corridor: "footway",
  platform: "footway",
  steps: "footway",
  track: "path",
  bridleway: "path",
  busway: "service",
  bus_guideway: "service",
};

function classOf(highway: string): number {
  const plain = highway.replace(/_link$/, "");
  const at = (roadClasses as readonly string[]).indexOf(likeClass[plain] ?? plain);
  return at === -1 ? roadClasses.indexOf("service") : at;
}

/**
 * States of kept nodes, and then for each that is not open to everybody at every hour one more: the way out of it, from
 * there to anywhere, but nobody comes back to it who has passed through elsewhere.
 */
function layStates(city: City, roads: KeptRoads, { newArc, oldArcs }: Numbering) {
  const { histories, streets } = city;
  const { turns, kept, core, steady } = roads;
  const nodes = keptNodes(city, kept, oldArcs);
  const [stateOf, outOf] = [new Int32Array(histories.count).fill(-1), new Int32Array(histories.count).fill(-1)];
  nodes.forEach((node, state) => void (stateOf[node] = state));
  const firstOut = nodes.length;
  const outs = nodes.filter((node) => steady[node] === 0);
  outs.forEach((node, i) => void (outOf[node] = firstOut + i));

  const ruled = new RuledTurns(turns);
  const [turnStart, turnTo, turnKey] = [[0], [] as number[], [] as number[]];
  const add = (turn: number, to: number): void => {
    ruled.copy(turn, turnTo.length);
    turnTo.push(to);
    turnKey.push(turns.key[turn]! + keyOfArc(streets.stretches, histories.arcOf(turns.to[turn]!)));
  };
  [...nodes, ...outs].forEach((node, state) => {
    const leaving = state >= firstOut;
    for (let i = turns.start[node]!; i < turns.start[node + 1]!; i++) {
      const next = turns.to[i]!;
      if (stateOf[next] === -1) continue;
      if (leaving && outOf[next] !== -1) add(i, outOf[next]!);
      if (core[node] === 1 || (leaving ? outOf[next] === -1 : steady[next] === 0)) add(i, stateOf[next]!);
    }
    turnStart.push(turnTo.length);
  });
  return {
    arcSource: Uint32Array.from(oldArcs, (_, arc) => (outOf[nodes[arc]!] === -1 ? arc : outOf[nodes[arc]!]!)),
    stateArc: Uint32Array.from([...nodes, ...outs], (node) => newArc[histories.arcOf(node)]!),
    stateNext: chained(
      [...nodes, ...outs].map((node) => newArc[histories.arcOf(node)]!),
      oldArcs.length,
    ),
    stateOpen: Uint8Array.from(nodes, (node) => core[node]! + (core[node] === 1 ? steady[node]! : 0)),
    firstOut,
    outFrom: Uint32Array.from(outs, (node) => stateOf[node]!),
    turnStart: Uint32Array.from(turnStart),
    turnTo: Uint32Array.from(turnTo),
    turnKey: Float64Array.from(turnKey),
    ruledTurn: Uint32Array.from(ruled.turn),
    ruledBy: Int32Array.from(ruled.by),
  };
}

/**
 * First one for each kept arc, then the others. An arc whose every legal entry lies on a restricted path is left only
 * as from there: where its own node leads nowhere, the first that does stands in for it.
 */
function keptNodes({ histories, streets }: City, kept: Uint8Array, oldArcs: readonly number[]): number[] {
  const firstOf = new Map<number, number>();
  const others: number[] = [];
  for (let node = 2 * streets.stretches.way.length; node < histories.count; node++) {
    const arc = histories.arcOf(node);
    if (kept[node] !== 1) continue;
    if (kept[arc] === 1 || firstOf.has(arc)) others.push(node);
    else firstOf.set(arc, node);
  }
  return [...oldArcs.map((arc) => (kept[arc] === 1 ? arc : firstOf.get(arc)!)), ...others];
}

/** All states of an arc, one after the other; the first has the arc's own number. */
function chained(stateArc: readonly number[], arcs: number): Int32Array {
  const [next, last] = [new Int32Array(stateArc.length).fill(-1), Int32Array.from({ length: arcs }, (_, arc) => arc)];
  for (let state = arcs; state < stateArc.length; state++) {
    const arc = stateArc[state]!;
    next[last[arc]!] = state;
    last[arc] = state;
  }
  return next;
}

/** The rules of turns, handed on to the turns of states. */
class RuledTurns {
  readonly turn: number[] = [];
  readonly by: number[] = [];
  readonly #rules = new Map<number, number[]>();

  constructor({ ruled }: KeptRoads["turns"]) {
    for (const { turn, rule } of ruled) this.#rules.set(turn, [...(this.#rules.get(turn) ?? []), rule]);
  }

  copy(from: number, to: number): void {
    for (const rule of this.#rules.get(from) ?? []) {
      this.turn.push(to);
      this.by.push(rule);
    }
  }
}
