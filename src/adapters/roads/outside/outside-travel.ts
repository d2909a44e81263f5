import {
  type NearTarget,
  type Profile,
  type SnapRefusal,
  type Travel,
  type TravelMatrix,
  type TravelRoute,
  unreachable,
} from "../../../domain/ports.ts";
import type { Point } from "../../../kernel/point.ts";
import { meters, seconds } from "../../../kernel/quantity.ts";
import { ok, refuse, type Outage, type Result } from "../../../kernel/result.ts";
import { isOutage } from "../../outside/index.ts";
import type { Router, ServedRoute } from "./router.ts";

/**
 * Travel by an outside server: its times, lengths and shapes, while the city's own roads snap, match, draw isochrones, and
 * stand in where the server is silent or does not know the profile. One answer is of one of them, never of both. A server
 * knows neither our hours nor what is closed now: `departure` reaches only the own roads.
 *
 * `silent` hears of every outage.
 */
export function outsideTravel(router: Router, city: Travel, silent: (outage: Outage) => void): Travel {
  const outside: Travel = {
    stateAt: (profile, departure) => city.stateAt(profile, departure),
    snap: (point, profile) => city.snap(point, profile),
    explainSnap: (point, profile) => city.explainSnap(point, profile),
    parkingPlaces: (doors, profile) => city.parkingPlaces(doors, profile),
    match: (trace, profile) => city.match(trace, profile),
    isochrones: (from, limits, profile, departure) => city.isochrones(from, limits, profile, departure),

    async route(from, to, profile, departure) {
      const ends = [city.snap(from, profile), city.snap(to, profile)] as const;
      for (const end of ends) if (!end.ok) return end;
      const [start, end] = ends.map((snap) => (snap.ok ? snap.value.point : from)) as [Point, Point];
      const answer = router.serves(profile) ? await router.route(start, end, profile) : null;
      if (answer !== null && !isOutage(answer)) return ok(routeOf(answer));
      if (answer !== null) silent(answer);
      return city.route(from, to, profile, departure);
    },

    async matrix(sources, targets, profile, departure) {
      const answer = router.serves(profile) ? await matrixOf(router, city, sources, targets, profile) : null;
      if (answer !== null && !isOutage(answer)) return answer;
      if (answer !== null) silent(answer);
      return city.matrix(sources, targets, profile, departure);
    },

    async nearest(from, targets, count, profile, departure) {
      const start = city.snap(from, profile);
      if (!start.ok) return refuse(start.refusal);
      return nearestIn(await outside.matrix([from], targets, profile, departure), count);
    },
  };
  return outside;
}

const routeOf = ({ seconds: duration, meters: distance, shape, elapsed, steps }: ServedRoute): TravelRoute => ({
  duration: seconds(Math.round(duration)),
  distance: meters(Math.round(distance)),
  shape,
  elapsed,
  steps,
  source: "roads",
});

/** Asks block by block, one after the other: a server of one's own is no less busy for being asked at once. */
async function matrixOf(
  router: Router,
  city: Travel,
  sources: readonly Point[],
  targets: readonly Point[],
  profile: Profile,
): Promise<TravelMatrix | Outage> {
  const onRoads = (points: readonly Point[]) =>
    points.flatMap((point, at) => {
      const snap = city.snap(point, profile);
      return snap.ok ? [{ at, point: snap.value.point }] : [];
    });
  const [from, to] = [onRoads(sources), onRoads(targets)];
  const size = sources.length * targets.length;
  const [times, lengths] = [new Uint32Array(size).fill(unreachable), new Uint32Array(size).fill(unreachable)];
  const [high, wide] = blockSize(router, from.length, to.length);
  for (let row = 0; row < from.length; row += high)
    for (let column = 0; column < to.length; column += wide) {
      const [rows, columns] = [from.slice(row, row + high), to.slice(column, column + wide)];
      const block = await router.block(
        rows.map(({ point }) => point),
        columns.map(({ point }) => point),
        profile,
      );
      if (isOutage(block)) return block;
      rows.forEach(({ at: i }, r) =>
        columns.forEach(({ at: j }, c) => {
          const [time, length] = [block.seconds[r * columns.length + c], block.meters[r * columns.length + c]];
          if (time === null || time === undefined) return;
          times[i * targets.length + j] = Math.round(time);
          lengths[i * targets.length + j] = Math.round(length ?? 0);
        }),
      );
    }
  return { sources: sources.length, targets: targets.length, seconds: times, meters: lengths, source: "roads" };
}

/** The largest block that fits, by halving the longer side. */
function blockSize({ fits }: Router, sources: number, targets: number): [number, number] {
  let [high, wide] = [Math.max(1, sources), Math.max(1, targets)];
  while (!fits(high, wide) && high * wide > 1)
    if (high >= wide) high = Math.ceil(high / 2);
    else wide = Math.ceil(wide / 2);
  return [high, wide];
}

function nearestIn(
  { seconds: times, meters: lengths, targets }: TravelMatrix,
  count: number,
): Result<readonly NearTarget[], SnapRefusal> {
  const reached = Array.from({ length: targets }, (_, target) => target).filter(
    (target) => times[target] !== unreachable,
  );
  reached.sort((a, b) => times[a]! - times[b]! || lengths[a]! - lengths[b]! || a - b);
  return ok(
    reached.slice(0, count).map((target) => ({
      target,
      duration: seconds(times[target]!),
      distance: meters(lengths[target]!),
    })),
  );
}
