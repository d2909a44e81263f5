/** Local plane geometry: fine within a few kilometres, and the same everywhere in this module. */

/** Metres in one degree of latitude on the sphere of `kernel/point.ts`. */
export const metersPerDegree = (6_371_008.8 * Math.PI) / 180;

/** Coordinates are kept as whole 1e-7 degrees, OpenStreetMap's own resolution (about 1 cm). */
export const fixed = 1e7;

/** Metres in one degree of longitude at this latitude. */
export const metersPerDegreeEast = (latitude: number): number => metersPerDegree * Math.cos((latitude * Math.PI) / 180);

/** Metres between two points in 1e-7 degrees. */
export function lengthBetween(x1: number, y1: number, x2: number, y2: number): number {
  const east = ((x2 - x1) / fixed) * metersPerDegreeEast((y1 + y2) / 2 / fixed);
  const north = ((y2 - y1) / fixed) * metersPerDegree;
  return Math.sqrt(east * east + north * north);
}
