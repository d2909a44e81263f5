import { bandOfYear } from "../adapters/roads/index.ts";
import type { RoadHours, RoadMap } from "../doors/network.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Point } from "../kernel/point.ts";
import { after, type Instant, minutes } from "../kernel/quantity.ts";
import type { LoadedCity } from "./city.ts";
import { readRules } from "./road-rules.ts";

/** Streets in a view: what a map draws smoothly, and a few hundred kilobytes. */
const mostStreets = 3000;
const mostTurns = 300;

/** The loaded city's roads as people look at them; undefined where none are loaded. */
export function openRoadMap(
  { city: { zone }, data, roads }: Pick<LoadedCity, "city" | "data" | "roads">,
  clock: Clock,
): RoadMap | undefined {
  if (roads === undefined) return undefined;
  const rules = readRules(data);
  const departure = (hours: RoadHours): Instant => (hours === "now" ? clock.now() : nextOf(hours, clock.now(), zone));
  return {
    departure,
    async view(box, profile, hours) {
      const [west, south, east, north] = box;
      const holds = ([lon, lat]: Point): boolean => lon >= west && lon <= east && lat >= south && lat <= north;
      const seen = await roads.streetsIn(box, profile, departure(hours), mostStreets);
      return {
        ...seen,
        turns: rules.turns.filter(({ at }) => holds(at)).slice(0, mostTurns),
        zones: rules.zones.filter(({ lines }) => lines.some((line) => line.some(holds) || surrounds(line, box))),
      };
    },
  };
}

/** Whether a border goes round all of a box: then none of its points lies within. */
function surrounds(line: readonly Point[], [west, south, east, north]: readonly number[]): boolean {
  const [lons, lats] = [line.map(([lon]) => lon), line.map(([, lat]) => lat)];
  return (
    Math.min(...lons) <= west! &&
    Math.max(...lons) >= east! &&
    Math.min(...lats) <= south! &&
    Math.max(...lats) >= north!
  );
}

/** The middle of the next half hour that lies in a band; every band comes within a week. */
function nextOf(band: Exclude<RoadHours, "now">, now: Instant, zone: string): Instant {
  let at = after(now, minutes(15));
  while (bandOfYear(at, zone).band !== band) at = after(at, minutes(30));
  return at;
}
