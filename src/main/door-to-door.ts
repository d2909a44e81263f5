import type { Profile, SnapRefusal, Travel, TravelRoute } from "../domain/index.ts";
import { parkedFor, walkOn } from "../journey/plan/index.ts";
import type { Point } from "../kernel/point.ts";
import { meters, seconds, type Instant } from "../kernel/quantity.ts";
import { ok, type Result } from "../kernel/result.ts";

/**
 * The way from one door to another as a courier goes it: who parks walks to the vehicle first and to the door at last, or all the way
 * where that is quicker. `distance` is what is driven; the steps are those of the drive.
 */
export async function doorToDoor(
  travel: Travel,
  from: Point,
  to: Point,
  profile: Profile,
  departure: Instant,
): Promise<Result<TravelRoute, SnapRefusal>> {
  const [start, end] = [parkedFor(travel, from, profile), parkedFor(travel, to, profile)];
  const way = await travel.route(start?.point ?? from, end?.point ?? to, profile, departure);
  if (!way.ok || start === null || end === null) return way;
  const { duration, shape, elapsed, source } = way.value;
  const isSame = from[0] === to[0] && from[1] === to[1];
  const onFoot = isSame ? 0 : start.walk + walkOn(start, to, end);
  const inAll = start.walk + duration + end.walk;
  if (onFoot < inAll) {
    const ends = { shape: [from, to], elapsed: [0, onFoot] };
    return ok({ ...ends, duration: seconds(onFoot), distance: meters(0), steps: [], source });
  }
  return ok({
    ...way.value,
    duration: seconds(inAll),
    shape: [from, ...shape, to],
    elapsed: [0, ...elapsed.map((passed) => start.walk + passed), inAll],
    steps: way.value.steps.map((step) => ({ ...step, at: step.at + 1 })),
  });
}
