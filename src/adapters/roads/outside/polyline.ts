import { isPoint, type Point } from "../../../kernel/point.ts";

/**
 * Google's encoded polyline in 1e-6 degrees, as OSRM calls it `polyline6` and Valhalla writes it: zigzag differences in
 * groups of five bits. Null when the text is none.
 *
 * Source: developers.google.com/maps/documentation/utilities/polylinealgorithm.
 */
export function decodePolyline(text: string): Point[] | null {
  const points: Point[] = [];
  let [at, lat, lon] = [0, 0, 0];
  const next = (): number => {
    let [value, shift, five] = [0, 0, 0];
    do {
      five = text.charCodeAt(at++) - 63;
      // Beyond 32 bits, or beyond the text (NaN), it is no polyline.
      if (!(five >= 0 && five < 64) || shift > 30) return Number.NaN;
      value += (five & 31) * 2 ** shift;
      shift += 5;
    } while (five >= 32);
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  while (at < text.length) {
    lat += next();
    lon += next();
    const point: Point = [lon / 1e6, lat / 1e6];
    if (!isPoint(point)) return null;
    points.push(point);
  }
  return points;
}
