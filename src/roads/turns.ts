import { type ArcsAt, arcsAt, headOf, isEnding, keyOfArc, mayEnd, reverseOf, stretchOf, tailOf } from "./arcs.ts";
import type { Histories } from "./histories.ts";
import { keyOf } from "./key.ts";
import { metersPerDegreeEast, metersPerDegree, fixed } from "./plane.ts";
import type { ProfileRules } from "./profiles.ts";
import type { CutStreets, Stretches } from "./stretches.ts";

/**
 * Which nodes (see histories.ts) may follow each node at some hour: `to[i]` after a turn of `key[i]`, for i from
 * `start[node]` to before `start[node + 1]`.
 */
export interface Turns {
  readonly start: Uint32Array;
  readonly to: Uint32Array;
  /** Of the turn alone, without the arc it leads into. */
  readonly key: Float64Array;
  /** Turns that are not always open, by place; several for one turn: all must hold. */
  readonly ruled: readonly RuledTurn[];
}

/** A turn that a timed rule forbids while it is in force, or one round where nothing else goes on. */
export interface RuledTurn {
  readonly turn: number;
  /** Place in the list of timed rules; -1 for turning round. */
  readonly rule: number;
}

export interface TurnRules {
  readonly rules: ProfileRules;
  readonly drivesLeft: boolean;
  readonly histories: Histories;
  /** Every open arc that leaves each junction, islands too: a bend costs where the street forks. */
  readonly leaving: ArcsAt;
  readonly alive: (arc: number) => boolean;
  /**
   * Turning round is allowed anywhere, not only where nothing else is: for finding out what belongs together at all.
   */
  readonly roundAnywhere: boolean;
}

/**
 * Every turn that is allowed at some hour. Turning round is one only where a street goes on nowhere, or only into
 * streets that end there; where that may be so at some hours only, the turn is ruled.
 */
export function makeTurns({ stretches, junctions }: CutStreets, turning: TurnRules): Turns {
  const { alive, histories } = turning;
  const leaving = arcsAt(stretches, junctions.node.length, tailOf, alive);
  const [start, to, key, ruled] = [
    new Uint32Array(histories.count + 1),
    [] as number[],
    [] as number[],
    [] as RuledTurn[],
  ];
  const cost = turnCosts(stretches, junctions.signal, turning);
  for (let node = 0; node < histories.count; node++) {
    const arc = histories.arcOf(node);
    if (alive(arc)) addTurns(node, arc);
    start[node + 1] = to.length;
  }
  return { start, to: Uint32Array.from(to), key: Float64Array.from(key), ruled };

  function addTurns(node: number, arc: number): void {
    const at = headOf(stretches, arc);
    const forbidden = histories.forbidden(node);
    let [goesOn, alwaysGoesOn] = [false, false];
    for (let i = leaving.start[at]!; i < leaving.start[at + 1]!; i++) {
      const next = leaving.arcs[i]!;
      const rules = forbidden?.get(next);
      if (next === reverseOf(arc) || junctions.blocked[at] || rules?.includes(-1)) continue;
      for (const rule of rules ?? []) ruled.push({ turn: to.length, rule });
      to.push(histories.step(node, next));
      key.push(cost(arc, next));
      if (isEnding(stretches, arc) || !isEnding(stretches, next)) goesOn = true;
      const isSteady = rules === undefined && !stretches.isTimed[stretchOf(arc)] && !stretches.isTimed[stretchOf(next)];
      if (isSteady && (isEnding(stretches, arc) || !mayEnd(stretches, next))) alwaysGoesOn = true;
    }
    const round = reverseOf(arc);
    const rules = forbidden?.get(round);
    if ((alwaysGoesOn && !turning.roundAnywhere) || !alive(round) || rules?.includes(-1)) return;
    for (const rule of rules ?? []) ruled.push({ turn: to.length, rule });
    if (goesOn && !turning.roundAnywhere) ruled.push({ turn: to.length, rule: -1 });
    to.push(histories.step(node, round));
    key.push(keyOf(turning.rules.uTurn * 1000, 0));
  }
}

/**
 * Half the profile's turn for a right angle, more across the oncoming lane; signals and ferries wait.
 */
function turnCosts(
  stretches: Stretches,
  signal: CutStreets["junctions"]["signal"],
  { rules, drivesLeft, leaving }: TurnRules,
): (arc: number, next: number) => number {
  const headings = headingsOf(stretches);
  const oncoming = drivesLeft ? -1 : 1;
  return (arc, next) => {
    const at = headOf(stretches, arc);
    const [use, then] = [stretches.use[stretchOf(arc)]!, stretches.use[stretchOf(next)]!];
    let seconds = signalWaits(signal[at]!, arc) && !stretches.isSignalPassed[arc] ? rules.signal : 0;
    if (then.ferry && !use.ferry) seconds += rules.boarding;
    if (rules.turn > 0 && !use.roundabout && !then.roundabout && isFork(leaving, at)) {
      const [x1, y1, x2, y2] = [
        headings[4 * arc + 2]!,
        headings[4 * arc + 3]!,
        headings[4 * next]!,
        headings[4 * next + 1]!,
      ];
      const bend = (1 - (x1 * x2 + y1 * y2)) / 2;
      seconds += rules.turn * bend * ((x1 * y2 - y1 * x2) * oncoming > 0 ? 1.4 : 1);
    }
    return keyOf(seconds * 1000, 0);
  };
}
const isFork = ({ start }: ArcsAt, at: number): boolean => start[at + 1]! - start[at]! > 2;

/** A signal at a way's end that names its side stops only who arrives that way. */
const signalWaits = (side: CutStreets["junctions"]["signal"][number], arc: number): boolean =>
  side === "both" || (side === "forward" && (arc & 1) === 0) || (side === "backward" && (arc & 1) === 1);

/** For each arc the unit vectors (east, north) in which it starts and ends. */
function headingsOf({ coords, start, way }: Stretches): Float64Array {
  const headings = new Float64Array(8 * way.length);
  const write = (at: number, from: number, to: number): void => {
    const east = (coords[2 * to]! - coords[2 * from]!) * metersPerDegreeEast(coords[2 * from + 1]! / fixed);
    const north = (coords[2 * to + 1]! - coords[2 * from + 1]!) * metersPerDegree;
    const length = Math.sqrt(east * east + north * north) || 1;
    headings[at] = east / length;
    headings[at + 1] = north / length;
  };
  for (let stretch = 0; stretch < way.length; stretch++) {
    const [first, last] = [start[stretch]!, start[stretch + 1]! - 1];
    write(8 * stretch, first, first + 1);
    write(8 * stretch + 2, last - 1, last);
    write(8 * stretch + 4, last, last - 1);
    write(8 * stretch + 6, first + 1, first);
  }
  return headings;
}

/** Whether the direction of this arc is open at all. */
export const isOpen =
  (stretches: Stretches) =>
  (arc: number): boolean =>
    keyOfArc(stretches, arc) !== Infinity;
