import { type ArcsAt, arcsAt, headOf, keyOfArc, reverseOf, stretchOf, tailOf } from "./arcs.ts";
import type { ForbiddenTurns } from "./forbidden-turns.ts";
import { keyOf } from "./key.ts";
import { metersPerDegreeEast, metersPerDegree, fixed } from "./plane.ts";
import type { ProfileRules } from "./profiles.ts";
import type { Junctions, Stretches } from "./stretches.ts";

/**
 * Which arcs may follow each arc: `to[i]` after a turn of `key[i]`, for i from `start[arc]` to before `start[arc + 1]`.
 */
export interface Turns {
  readonly start: Uint32Array;
  readonly to: Uint32Array;
  /** Of the turn alone, without the arc it leads into. */
  readonly key: Float64Array;
}

export interface TurnRules {
  readonly rules: ProfileRules;
  readonly forbidden: ForbiddenTurns;
  readonly alive: (arc: number) => boolean;
  /**
   * Turning round is allowed anywhere, not only where nothing else is: for finding out what belongs together at all.
   */
  readonly roundAnywhere: boolean;
}

/**
 * Every allowed turn. Turning round is one only where a street goes on nowhere, or only into streets that end there.
 */
export function makeTurns(stretches: Stretches, junctions: Junctions, turning: TurnRules): Turns {
  const { alive, forbidden } = turning;
  const leaving = arcsAt(stretches, junctions.node.length, tailOf, alive);
  const count = 2 * stretches.way.length;
  const [start, to, key] = [new Uint32Array(count + 1), [] as number[], [] as number[]];
  const isEnding = (arc: number): boolean => stretches.use[stretchOf(arc)]!.ending;
  const cost = turnCosts(stretches, junctions, leaving, turning.rules);
  for (let arc = 0; arc < count; arc++) {
    if (alive(arc)) {
      const at = headOf(stretches, arc);
      const not = forbidden.get(arc);
      let goesOn = false;
      for (let i = leaving.start[at]!; i < leaving.start[at + 1]!; i++) {
        const next = leaving.arcs[i]!;
        if (next === reverseOf(arc) || junctions.blocked[at] || not?.has(next)) continue;
        to.push(next);
        key.push(cost(arc, next));
        if (isEnding(arc) || !isEnding(next)) goesOn = true;
      }
      const round = reverseOf(arc);
      if ((!goesOn || turning.roundAnywhere) && alive(round) && !not?.has(round)) {
        to.push(round);
        key.push(keyOf(turning.rules.uTurn * 1000, 0));
      }
    }
    start[arc + 1] = to.length;
  }
  return { start, to: Uint32Array.from(to), key: Float64Array.from(key) };
}

/**
 * Half the profile's turn for a right angle, more across the oncoming lane (traffic keeps right); signals and ferries
 * wait.
 */
function turnCosts(
  stretches: Stretches,
  { signal }: Junctions,
  leaving: ArcsAt,
  rules: ProfileRules,
): (arc: number, next: number) => number {
  const headings = headingsOf(stretches);
  return (arc, next) => {
    const at = headOf(stretches, arc);
    const [use, then] = [stretches.use[stretchOf(arc)]!, stretches.use[stretchOf(next)]!];
    let seconds = signalWaits(signal[at]!, arc) ? rules.signal : 0;
    if (then.ferry && !use.ferry) seconds += rules.boarding;
    if (rules.turn > 0 && !use.roundabout && !then.roundabout && isFork(leaving, at)) {
      const [x1, y1, x2, y2] = [
        headings[4 * arc + 2]!,
        headings[4 * arc + 3]!,
        headings[4 * next]!,
        headings[4 * next + 1]!,
      ];
      const bend = (1 - (x1 * x2 + y1 * y2)) / 2;
      seconds += rules.turn * bend * (x1 * y2 - y1 * x2 > 0 ? 1.4 : 1);
    }
    return keyOf(seconds * 1000, 0);
  };
}

const isFork = ({ start }: ArcsAt, at: number): boolean => start[at + 1]! - start[at]! > 2;

/** A signal at a way's end that names its side stops only who arrives that way. */
const signalWaits = (side: Junctions["signal"][number] | null, arc: number): boolean =>
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
