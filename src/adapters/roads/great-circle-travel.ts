import type { MatchedPoint, MatchedTrace, Profile, Snap, Travel, TravelMatrix } from "../../domain/ports.ts";
import { greatCircle, isPoint, type Point } from "../../kernel/point.ts";
import { meters, seconds } from "../../kernel/quantity.ts";
import { ok } from "../../kernel/result.ts";

/** Streets make a way about this much longer than the crow flies; 1.3 is usual for European cities. */
const detour = 1.3;

/** km/h from door to door in a city, junctions included. */
const speeds: Readonly<Record<Profile, number>> = {
  car: 28,
  van: 26,
  cargo_bike: 13,
  bicycle: 15,
  foot: 4.8,
  robot: 4,
};

/** 36 points counter-clockwise, the first again at the end. */
function circle([lon, lat]: Point, radius: number): Point[] {
  const north = radius / 111_195;
  const east = north / Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: 37 }, (_, i): Point => {
    const angle = ((i % 36) * Math.PI) / 18;
    return [lon + east * Math.cos(angle), lat + north * Math.sin(angle)];
  });
}

const here = (point: Point): Snap => ({ point, distance: meters(0), road: null });

/** Travel where no city is loaded: everything is reachable, and every answer says that it is only a great circle. */
export function greatCircleTravel(): Travel {
  const way = (from: Point, to: Point, profile: Profile): { duration: number; distance: number } => {
    const distance = Math.round(greatCircle(from, to) * detour);
    return { distance, duration: Math.round(distance / (speeds[profile] / 3.6)) };
  };
  return {
    stateAt: () => "great_circle",
    snap: (point) => ok(here(point)),
    explainSnap: (point) => ok({ snap: here(point), way: null, side: null, isTwoWay: true, passedOver: [] }),
    parkingPlaces: (doors) => ({
      places: doors.map((point, door) => ({ snap: here(point), kerb: null, doors: [{ door, walk: seconds(0) }] })),
      unserved: [],
    }),

    async route(from, to, profile) {
      const { duration, distance } = way(from, to, profile);
      return ok({
        duration: seconds(duration),
        distance: meters(distance),
        shape: [from, to],
        elapsed: [0, duration],
        steps: [],
        source: "great_circle",
      });
    },

    async nearest(from, targets, count, profile) {
      const all = targets.map((to, target) => {
        const { duration, distance } = way(from, to, profile);
        return { target, duration: seconds(duration), distance: meters(distance) };
      });
      return ok(all.sort((one, other) => one.duration - other.duration).slice(0, count));
    },

    async isochrones(from, limits, profile) {
      const radius = (limit: number): number => (limit * (speeds[profile] / 3.6)) / detour;
      return ok(limits.map((limit) => ({ limit, polygons: [[circle(from, radius(limit))]], source: "great_circle" })));
    },

    async match(trace): Promise<MatchedTrace> {
      const whole = trace.map(({ point, at }, i) => isPoint(point) && (i === 0 || at >= trace[i - 1]!.at));
      const shape = trace.filter((_, i) => whole[i]).map(({ point }) => point);
      const points = trace.map(({ point }, i): MatchedPoint =>
        whole[i] ? { snap: here(point), confidence: 0, part: 0 } : { miss: "broken" },
      );
      const [first, last] = [whole.indexOf(true), whole.lastIndexOf(true)];
      if (first === -1) return { points, parts: [], source: "great_circle" };
      const distance = meters(shape.reduce((sum, to, i) => sum + greatCircle(shape[Math.max(0, i - 1)]!, to), 0));
      const line = shape.length === 1 ? [shape[0]!, shape[0]!] : shape;
      return { points, parts: [{ first, last, shape: line, distance, brokenBy: null }], source: "great_circle" };
    },

    async matrix(sources, targets, profile): Promise<TravelMatrix> {
      const size = sources.length * targets.length;
      const [times, lengths] = [new Uint32Array(size), new Uint32Array(size)];
      sources.forEach((from, i) =>
        targets.forEach((to, j) => {
          const { duration, distance } = way(from, to, profile);
          times[i * targets.length + j] = duration;
          lengths[i * targets.length + j] = distance;
        }),
      );
      return {
        sources: sources.length,
        targets: targets.length,
        seconds: times,
        meters: lengths,
        source: "great_circle",
      };
    },
  };
}
