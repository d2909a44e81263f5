import { decimetersOf, type Key, millisecondsOf } from "./key.ts";

// What the parts of a matching cost: negative logarithms of their likelihood, up to constants.
// Source: Newson and Krumm, Hidden Markov Map Matching Through Noise and Sparseness, 2009. Added to it: the deviation of
// each point instead of one for all, driving times, turning round anywhere, and points that nothing explains.

/** Metres within which roads are looked for, and how many at most. */
export const searchRadius = (deviation: number): number => Math.max(40, 4 * deviation);
export const mostRoads = 12;

/** Of a point that was `distance` metres off the road. */
export const missCost = (distance: number, deviation: number): number => 0.5 * (distance / deviation) ** 2;

/** Leaving a point out as an outlier, wherever it lies. */
export const skipCost = 10;
/** Turning round between two junctions, where the road allows both directions. */
export const turnRoundCost = 8;

/** From one point of the trace to a later one. */
export interface Move {
  /** Metres as the crow flies. */
  readonly crow: number;
  readonly seconds: number;
  /** The larger of both points' deviations. */
  readonly deviation: number;
}

/**
 * Driving a way of this key between the two points. People drive about as far as the crow flies, and hardly faster than
 * the road is: more than that is a jump of the receiver.
 */
export function driveCost(way: Key, { crow, seconds, deviation }: Move): number {
  const detour = Math.abs(decimetersOf(way) / 10 - crow) / (3 + 0.4 * deviation + 0.2 * seconds + silence(seconds));
  const hurry = Math.max(0, (0.6 * millisecondsOf(way)) / 1000 - seconds - 4) / 4;
  return detour + hurry;
}

/** After half a minute nobody knows any longer how straight the way was. */
const silence = (seconds: number): number => Math.max(0, Math.min(seconds, 300) - 30);

/** How far along its road a point may seem to go back although nothing moved. */
export const backwards = (deviation: number): number => 10 + 3 * deviation;

/** Farther than so is not searched for a way, metres. */
export const farthest = ({ crow, seconds }: Move): number =>
  Math.min(1.5 * crow + 300 + 5 * Math.min(seconds, 60) + 20 * silence(seconds), 10_000);

/** Of a gap's start, so many roads are followed across it: a longer gap is a wider search. */
export const mostFollowed = ({ crow }: Move): number => (crow < 300 ? 24 : crow < 1000 ? 10 : 5);

/** A road that is so much less likely than the best is not followed. */
export const hopeless = 30;

/** Whether too much is unknown between two points to guess a way. */
export const isGap = ({ crow, seconds }: Move): boolean => crow > 6000 || (seconds > 300 && crow > 200);
