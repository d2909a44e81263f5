import type { Rng } from "../../../src/kernel/rng.ts";
import { between, type Vec } from "./plane.ts";
import type { Quarter } from "./terrain.ts";

/** How many houses in a hundred are more than a box. */
const shaped: Readonly<Record<Quarter, number>> = {
  "old town": 0.55,
  inner: 0.5,
  suburb: 0.45,
  harbour: 0.25,
  country: 0.5,
};

/**
 * The outline of a house within its four corners (door side first, anticlockwise): a plain box, one with a wing at the
 * back, one with a wing on each side of a yard, or one with a part standing back from the street.
 */
export function outlineOf(rng: Rng, quarter: Quarter, corners: readonly Vec[]): readonly Vec[] {
  if (rng.next() > shaped[quarter]) return corners;
  const [frontRight, frontLeft, backLeft, backRight] = corners as [Vec, Vec, Vec, Vec];
  /** A point by its shares of the width (from the right) and the depth (from the street). */
  const at = (wide: number, deep: number): Vec =>
    between(between(frontRight, frontLeft, wide), between(backRight, backLeft, wide), deep);
  const [wing, yard] = [rng.between(0.3, 0.5), rng.between(0.45, 0.68)];
  const style = rng.next();
  if (style < 0.34) return [frontRight, frontLeft, backLeft, at(1 - wing, 1), at(1 - wing, yard), at(0, yard)];
  if (style < 0.68) return [frontRight, frontLeft, at(1, yard), at(wing, yard), at(wing, 1), backRight];
  if (style < 0.86)
    return [frontRight, frontLeft, backLeft, at(0.7, 1), at(0.7, yard), at(0.3, yard), at(0.3, 1), backRight];
  return [at(0, 0.18), at(wing, 0.18), at(wing, 0), frontLeft, backLeft, backRight];
}
