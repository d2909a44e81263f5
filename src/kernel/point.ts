import { meters, type Meters } from "./quantity.ts";

/** A place on the map: `[longitude, latitude]` in WGS 84 degrees, in this order everywhere. */
export type Point = readonly [longitude: number, latitude: number];

/** Mean Earth radius of the IUGG, metres. */
const earthRadius = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export const isPoint = ([longitude, latitude]: Point): boolean =>
  Number.isFinite(longitude) && Number.isFinite(latitude) && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;

/** Great-circle distance by the haversine formula, rounded to whole metres; within 0.6 % of the ellipsoid. */
export function greatCircle(from: Point, to: Point): Meters {
  const halfLatitude = radians(to[1] - from[1]) / 2;
  const halfLongitude = radians(to[0] - from[0]) / 2;
  const h =
    Math.sin(halfLatitude) ** 2 + Math.cos(radians(from[1])) * Math.cos(radians(to[1])) * Math.sin(halfLongitude) ** 2;
  return meters(Math.round(2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)))));
}

/** The point `share` (0 to 1) of the way from `from` to `to`, on a straight line in degrees: for short stretches of road. */
export const onTheWay = (from: Point, to: Point, share: number): Point => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
];
