import { greatCircleTravel } from "../adapters/roads/index.ts";
import type { Travel } from "../domain/index.ts";
import type { City } from "../doors/network.ts";
import type { Point } from "../kernel/point.ts";

/** The city's roads where it holds all the points, else great circles, which say so. */
export function within(
  { city, travel }: { readonly city: City; readonly travel: Travel },
  points: readonly Point[],
): Travel {
  const [west, south, east, north] = city.bounds;
  const isInside = ([longitude, latitude]: Point): boolean =>
    longitude >= west && longitude <= east && latitude >= south && latitude <= north;
  return points.every(isInside) ? travel : greatCircleTravel();
}
