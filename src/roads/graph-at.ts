import { readConditionals, tagsAt } from "./conditions.ts";
import type { Moment } from "./hours.ts";
import { judgeWay, type Traveller, type WayUse } from "./judge-way.ts";
import { decimetersOf, keyOf, millisecondsOf } from "./key.ts";
import { mainlandOf, type Mainland } from "./mainland.ts";
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
 * has an arc leads to every other. The graph itself where nothing changes by the hour. Costs two passes over all turns.
 */
export function graphAt(graph: RoadGraph, moments: readonly Moment[]): RoadGraph {
  return changesByHour(graph) ? { ...graph, ...weigh(graph, readingAt(graph, moments)) } : graph;
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
    const moving = (millisecondsOf(key) - wait) * (speed(most) / speed(use));
    reading.arcKey[arc] = Math.max(reading.arcKey[arc]!, keyOf(moving + wait, decimetersOf(key)));
  }
}

/** Keys under a reading, and the arcs that can be used. */
export function weigh(graph: RoadGraph, reading: Reading): Pick<RoadGraph, "arcKey" | "turnKey" | "stretchArcs"> {
  const turnOpen = new Uint8Array(graph.turnTo.length).fill(1);
  graph.ruledBy.forEach(
    (rule, i) => void (rule !== -1 && reading.isRuleInForce[rule] && (turnOpen[graph.ruledTurn[i]!] = 0)),
  );
  const first = mainlandAt(graph, reading, turnOpen);
  closeRounds(graph, reading, turnOpen, first.kept);
  const { kept, core } = mainlandAt(graph, reading, turnOpen);
  const [through, usable] = [markArcs(graph, core), markArcs(graph, kept)];
  const turnKey = graph.turnKey.slice();
  graph.shutTurn.forEach((turn, i) => void (turnKey[turn] = graph.shutKey[i]!));
  for (let state = 0; state < graph.stateArc.length; state++) {
    const arc = graph.stateArc[state]!;
    for (let i = graph.turnStart[state]!; i < graph.turnStart[state + 1]!; i++) {
      const to = graph.turnTo[i]!;
      const next = graph.stateArc[to]!;
      const isAllowed =
        state < graph.firstOut ? through[arc] === 1 || through[next] === 0 : to < graph.firstOut || through[arc] === 0;
      const isOpen = isAllowed && turnOpen[i] === 1 && reading.closed[arc] === 0 && reading.closed[next] === 0;
      turnKey[i] = isOpen ? turnKey[i]! + reading.arcKey[next]! - graph.arcKey[next]! : Infinity;
    }
  }
  return {
    turnKey,
    arcKey: reading.arcKey.map((key, arc) => (reading.closed[arc] === 1 ? Infinity : key)),
    stretchArcs: graph.stretchArcs.map((arc) => (arc !== -1 && usable[arc] === 1 ? arc : -1)),
  };
}

function mainlandAt(graph: RoadGraph, { closed, ends }: Reading, turnOpen: Uint8Array): Mainland {
  const { stateArc, turnStart, turnTo, firstOut, arcSide } = graph;
  const moves = {
    start: turnStart.subarray(0, firstOut + 1),
    to: turnTo,
    stretchOf: (state: number) => arcSide[stateArc[state]!]! >> 1,
  };
  return mainlandOf(moves, {
    isOpen: (state) => closed[stateArc[state]!] === 0,
    ends: (state) => ends[stateArc[state]!] === 1,
    isTurnOpen: (turn) => turnOpen[turn] === 1,
  });
}

/** Nobody turns round where another way goes on. */
function closeRounds(graph: RoadGraph, { closed, ends }: Reading, turnOpen: Uint8Array, kept: Uint8Array): void {
  const { stateArc, turnStart, turnTo, arcSide, ruledBy, ruledTurn } = graph;
  const alive = markArcs(graph, kept);
  const goesOn = (state: number): boolean => {
    const arc = stateArc[state]!;
    for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) {
      const next = stateArc[turnTo[i]!]!;
      const isRound = arcSide[next] === (arcSide[arc]! ^ 1);
      if (isRound || turnOpen[i] === 0 || closed[next] === 1 || alive[next] === 0) continue;
      if (ends[arc] === 1 || ends[next] === 0) return true;
    }
    return false;
  };
  const rounds = new Set<number>();
  ruledBy.forEach((rule, i) => void (rule === -1 && rounds.add(ruledTurn[i]!)));
  if (rounds.size === 0) return;
  for (let state = 0; state < stateArc.length; state++)
    for (let i = turnStart[state]!; i < turnStart[state + 1]!; i++) if (rounds.has(i) && goesOn(state)) turnOpen[i] = 0;
}

function markArcs({ arcEnds, stateArc }: RoadGraph, states: Uint8Array): Uint8Array {
  const arcs = new Uint8Array(arcEnds.length);
  states.forEach((is, state) => void (is === 1 && (arcs[stateArc[state]!] = 1)));
  return arcs;
}
