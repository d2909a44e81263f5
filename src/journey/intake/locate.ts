import { ok, refuse, type Outage, type Result } from "../../kernel/result.ts";
import { isPoint, type Point } from "../../kernel/point.ts";
import type { FoundPlace, Places, Travel } from "../../domain/index.ts";
import type { IntakeRefusal, PlaceRequest } from "./order-request.ts";

/** What the world outside said of addresses that the loaded city does not know, by the address. */
export type OutsideAnswers = ReadonlyMap<string, readonly FoundPlace[] | Outage>;

/** A place that can be served: on the map, within reach of a road. */
export interface Located {
  readonly point: Point;
  readonly address: string;
}

/** Below this the address search is guessing, and a person should look at the pin. */
const sureEnough = 0.6;
export const isSure = (found: FoundPlace | undefined): found is FoundPlace =>
  found !== undefined && found.confidence >= sureEnough && found.precision !== "place";

/** I2, I3: finds a place by its point or else by its address; says how to mend it when it cannot. */
export function locate(
  place: PlaceRequest,
  field: string,
  ports: { places: Places; travel: Travel },
  outside: OutsideAnswers,
): Result<Located, IntakeRefusal> {
  if (place.point) return onRoad(place.point, place.address, `${field}.point`, ports);
  if (!place.address) return refuse({ code: "PLACE_MISSING", field });

  const answer = outside.get(place.address) ?? [];
  const isSilent = "kind" in answer;
  const found = [...ports.places.find(place.address, 3), ...(isSilent ? [] : answer)];
  const best = found.find(isSure);
  if (!best) {
    return refuse({
      code: "ADDRESS_NOT_FOUND",
      field: `${field}.address`,
      suggestions: found.map(({ label }) => label),
      outsideSilent: isSilent,
    });
  }
  return onRoad(best.point, place.address, `${field}.address`, ports);
}

/** What people read of a place that was given by its point alone. */
export const addressAt = (point: Point, places: Pick<Places, "at">): string =>
  places.at(point)?.label ?? point.join(", ");

function onRoad(
  point: Point,
  address: string | null,
  field: string,
  { places, travel }: { places: Places; travel: Travel },
): Result<Located, IntakeRefusal> {
  const snap = isPoint(point) ? travel.snap(point, "foot") : refuse({ code: "POINT_OUTSIDE_CITY" as const });
  if (snap.ok) return ok({ point, address: address ?? addressAt(point, places) });
  if (swapped(point, travel)) return refuse({ code: "COORDINATES_SWAPPED", field });
  return snap.refusal.code === "POINT_OUTSIDE_CITY"
    ? refuse({ code: "POINT_OUTSIDE_CITY", field })
    : refuse({ ...snap.refusal, field });
}

/** Latitude first is the commonest mistake with coordinates: it shows when the turned point would be fine. */
const swapped = ([a, b]: Point, travel: Travel): boolean => isPoint([b, a]) && travel.snap([b, a], "foot").ok;
