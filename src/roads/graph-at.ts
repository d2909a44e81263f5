import { readConditionals, tagsAt } from "./conditions.ts";
import type { Moment } from "./hours.ts";
import { judgeWay, type Traveller, type WayUse } from "./judge-way.ts";
import { decimetersOf, keyOf } from "./key.ts";
import { mainlandOf, type Mainland, type Openness } from "./mainland.ts";
import { lengthBetween } from "./plane.ts";
import { rulesOf } from "./profiles.ts";
import { isInForce } from "./restrictions.ts";
import type { RoadGraph } from "./road-graph.ts";
import { usageOf } from "./usage.ts";
import { zoneEffectAt } from "./zones.ts";

/** Whether anything in a graph depends on the hour: where nothing does, one metric serves all hours. */
export const changesByHour = ({ stretchTimed, stretchZone, ruledBy }: RoadGraph): boolean =>
  stretchTimed.some((at) => at !== -1) || stretchZone.some((at) => at !== -1) || ruledBy.some((rule) => rule !== -1);

/**
 * The graph as it is at some moments of local time: of a band of hours name some moments, and what is closed at one of
 * them is closed, what is slow at one is slow.
 *
 * Same stretches, arcs, states and turns; `arcKey` and `turnKey` are those of that time, `Infinity` where closed, and
 * `stretchArcs` has -1 for directions that nobody can use then, so that nobody snaps there. Every stretch that still
 * has an arc leads to every other. `closed` names arcs that are closed for reasons of their own (1). The graph itself where nothing changes by the hour. Costs two passes over all turns.
 */
export function graphAt(graph: RoadGraph, moments: readonly Moment[], closed: Uint8Array | null = null): RoadGraph {
  if (closed === null && !changesByHour(graph)) return graph;
  const reading = readingAt(graph, moments);
  closed?.forEach((is, arc) => void (is === 1 && (reading.closed[arc] = 1)));
  return { ...graph, ...weigh(graph, reading) };
}

/** What holds at some time, by arc and by rule. */
interface Reading {
  /** 1 for closed, and for ending-only. */
  readonly closed: Uint8Array;
  readonly ends: Uint8Array;
  readonly arcKey: Float64Array;
  readonly isRuleInForce: readonly boolean[];
}

export const atMostOpen = ({ arcEnds, arcKey, timedRules }: RoadGraph): Reading => ({
  closed: new Uint8Array(arcEnds.length),
  ends: arcEnds,
  arcKey,
  isRuleInForce: timedRules.map(() => false),
});

function readingAt(graph: RoadGraph, moments: readonly Moment[]): Reading {
  const traveller: Traveller = { rules: rulesOf(graph.vehicle), vehicle: graph.vehicle, country: graph.country };
  const reading = {
    closed: new Uint8Array(graph.arcEnds.length),
    ends: graph.arcEnds.slice(),
    arcKey: graph.arcKey.slice(),
    isRuleInForce: graph.timedRules.map((rule) => moments.some((moment) => isInForce(rule, moment, traveller))),
  };
  const ways = graph.timedWays.map((tags) => {
    const conditionals = readConditionals(tags, traveller.vehicle)!;
    const most = usageOf(tags, traveller);
    const uses = moments.map((moment) => judgeWay(tagsAt(tags, conditionals, moment, traveller.vehicle), traveller));
    return { most: typeof most === "object" ? most!.use : null, uses };
  });
  const zones = graph.zones.map((zone) => moments.map((moment) => zoneEffectAt(zone, moment, traveller)));
  const avoidsCharges = traveller.vehicle.avoid.charges;
  graph.arcSide.forEach((side, arc) => {
    const effects = zones[graph.stretchZone[side >> 1]!] ?? [];
    if (effects.includes("ban")) reading.closed[arc] = 1;
    if (effects.includes("charge") && avoidsCharges) reading.ends[arc] = 1;
    const way = ways[graph.stretchTimed[side >> 1]!];
    if (way?.most) readArc(reading, graph, arc, way.most, way.uses);
  });
  return reading;
}

type Judged = ReturnType<typeof judgeWay>;

/** The least open and the slowest of what a timed way is at each moment. */
function readArc(reading: Reading, graph: RoadGraph, arc: number, most: WayUse, uses: readonly Judged[]): void {
  const isBack = (graph.arcSide[arc]! & 1) === 1;
  const speed = (use: WayUse): number => (isBack ? use.backward : use.forward);
  const key = graph.arcKey[arc]!;
  const wait = graph.arcWait[arc]!;
  for (const use of uses) {
    if (typeof use !== "object" || use === null || speed(use) === 0) {
      reading.closed[arc] = 1;
      continue;
    }
    if (isBack ? use.endingBackward : use.endingForward) reading.ends[arc] = 1;
    if (use.crossing !== null) continue;
    if (speed(use) === speed(most)) continue;
    const moving = metersOf(graph, graph.arcSide[arc]! >> 1) / (speed(use) / 3.6);
    reading.arcKey[arc] = Math.max(reading.arcKey[arc]!, keyOf(moving * 1000 + wait, decimetersOf(key)));
  }
}

/** As long as when it was cut: the rounded length of its key would move the time by a few milliseconds. */
function metersOf({ coords, stretchStart }: RoadGraph, stretch: number): number {
  let length = 0;
  for (let at = stretchStart[stretch]!; at + 1 < stretchStart[stretch + 1]!; at++)
    length += lengthBetween(coords[2 * at]!, coords[2 * at + 1]!, coords[2 * at + 2]!, coords[2 * at + 3]!);
  return length;
}

/** Keys under a reading, and the arcs that can be used. */
export function weigh(graph: RoadGraph, reading: Reading): Pick<RoadGraph, "arcKey" | "turnKey" | "stretchArcs"> {
  const turnOpen = new Uint8Array(graph.turnTo.length).fill(1);
  graph.ruledBy.forEach((rule, i) => {
    if (rule !== -1 && reading.isRuleInForce[rule] === true) turnOpen[graph.ruledTurn[i]!] = 0;
  });
  const moves = new AllMoves(graph);
  const first = mainlandAt(graph, moves, reading, turnOpen);
  closeRounds(graph, moves, reading, { turnOpen, alive: markArcs(graph, first.kept) });
  const { kept, core } = mainlandAt(graph, moves, reading, turnOpen);
  const usable = markArcs(graph, kept);
  return {
    turnKey: turnKeys(graph, reading, turnOpen, core),
    arcKey: reading.arcKey.map((key, arc) => (reading.closed[arc] === 1 ? Infinity : key)),
    stretchArcs: graph.stretchArcs.map((arc) => (arc !== -1 && usable[arc] === 1 ? arc : -1)),
  };
}

/** `through`: by state that is not on its way out. */
function turnKeys(graph: RoadGraph, reading: Reading, turnOpen: Uint8Array, through: Uint8Array): Float64Array {
  const { stateArc, turnStart, turnTo, firstOut, outFrom, arcKey, shutTurn, shutKey } = graph;
  const keys = graph.turnKey.slice();
  shutTurn.forEach((turn, i) => void (keys[turn] = shutKey[i]!));
  const isThrough = (state: number): boolean => through[state < firstOut ? state : outFrom[state - firstOut]!] === 1;
  for (let state = 0; state < stateArc.length; state++) {
    const [arc, passes] = [stateArc[state]!, isThrough(state)];
    for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) {
      const to = turnTo[i]!;
      const next = stateArc[to]!;
      const isAllowed = state < firstOut ? passes || !isThrough(to) : to < firstOut || !passes;
      const isOpen = isAllowed && turnOpen[i] === 1 && reading.closed[arc] === 0 && reading.closed[next] === 0;
      keys[i] = isOpen ? keys[i]! + reading.arcKey[next]! - arcKey[next]! : Infinity;
    }
  }
  return keys;
}

/** Every turn there is, whoever may make it, between the states that are not on their way out. */
class AllMoves {
  readonly start: Uint32Array;
  readonly to: Uint32Array;
  /** The turn of the graph that each is. */
  readonly turn: Uint32Array;
  readonly stretchOf: (state: number) => number;

  constructor({ firstOut, outFrom, turnStart, turnTo, stateArc, arcSide }: RoadGraph) {
    const outOf = new Int32Array(firstOut).fill(-1);
    outFrom.forEach((state, i) => void (outOf[state] = firstOut + i));
    const [start, to, turn] = [firstOut + 1, turnTo.length, turnTo.length].map((length) => new Uint32Array(length));
    let count = 0;
    for (let state = 0; state < firstOut; state++) {
      // Who is on the way out may make all turns, others only some of them.
      const from = outOf[state] === -1 ? state : outOf[state]!;
      for (let i = turnStart[from]!; i < turnStart[from + 1]!; i++) {
        to![count] = turnTo[i]! < firstOut ? turnTo[i]! : outFrom[turnTo[i]! - firstOut]!;
        turn![count++] = i;
      }
      start![state + 1] = count;
    }
    [this.start, this.to, this.turn] = [start!, to!.subarray(0, count), turn!.subarray(0, count)];
    this.stretchOf = (state) => arcSide[stateArc[state]!]! >> 1;
  }
}

function mainlandAt(
  { stateArc, stateOpen }: RoadGraph,
  moves: AllMoves,
  { closed, ends }: Reading,
  turnOpen: Uint8Array,
): Mainland {
  const openness: Openness = {
    isOpen: (state) => closed[stateArc[state]!] === 0,
    ends: (state) => ends[stateArc[state]!] === 1,
    isTurnOpen: (move) => turnOpen[moves.turn[move]!] === 1,
  };
  // What is open to everybody at every hour is the city, however large a part some closing cuts off.
  const weights = [0, 1, stateArc.length];
  return mainlandOf(moves, openness, (state) => weights[stateOpen[state]!]!);
}

/** Nobody turns round where another way goes on. */
function closeRounds(
  { stateArc, arcSide, turnStart, ruledBy, ruledTurn, firstOut, outFrom }: RoadGraph,
  moves: AllMoves,
  { closed, ends }: Reading,
  { turnOpen, alive }: { readonly turnOpen: Uint8Array; readonly alive: Uint8Array },
): void {
  const goesOn = (state: number): boolean => {
    const arc = stateArc[state]!;
    for (let i = moves.start[state]!; i < moves.start[state + 1]!; i++) {
      const next = stateArc[moves.to[i]!]!;
      const isRound = arcSide[next] === (arcSide[arc]! ^ 1);
      if (isRound || turnOpen[moves.turn[i]!] === 0 || closed[next] === 1 || alive[next] === 0) continue;
      if (ends[arc] === 1 || ends[next] === 0) return true;
    }
    return false;
  };
  const rounds = new Set<number>();
  ruledBy.forEach((rule, i) => void (rule === -1 && rounds.add(ruledTurn[i]!)));
  if (rounds.size === 0) return;
  for (let state = 0; state < stateArc.length; state++)
    for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++)
      if (rounds.has(i) && goesOn(state < firstOut ? state : outFrom[state - firstOut]!)) turnOpen[i] = 0;
}

/** 1 for an arc of which any state is marked. */
function markArcs({ arcEnds, stateArc }: RoadGraph, states: Uint8Array): Uint8Array {
  const arcs = new Uint8Array(arcEnds.length);
  states.forEach((is, state) => void (is === 1 && (arcs[stateArc[state]!] = 1)));
  return arcs;
}
