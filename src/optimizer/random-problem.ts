import { seeded, type Rng } from "../kernel/rng.ts";
import {
  unreachable,
  type Matrix,
  type Problem,
  type Shipment,
  type Stop,
  type Vehicle,
  type Visit,
  type Window,
} from "./types.ts";

/** What a random problem is like. Everything else about it follows from the seed. */
export interface ProblemSize {
  readonly seed: number;
  readonly vehicles: number;
  readonly shipments: number;
  /** False: one window a stop, one dimension, one profile, no skills, everything reachable, nothing begun. */
  readonly rich: boolean;
}

const side = 1000;
const day = 6000;

/**
 * A problem of couriers in a square town of 1,000 m, for tests and measurements. With `rich`, it uses every field of
 * `Problem`: several windows, soft lateness, two dimensions, two profiles, skills, places nobody can reach, open ends,
 * routes with frozen stops and goods on board. Ways obey the triangle inequality.
 */
export function randomProblem({ seed, vehicles, shipments, rich }: ProblemSize): Problem {
  const rng = seeded(`problem ${seed}`);
  const locations = Math.max(2, Math.ceil((vehicles + 2 * shipments) * rng.between(0.5, 1)));
  const points = Array.from({ length: locations }, () => [rng.below(side), rng.below(side)] as const);
  const cut = points.map(() => rich && rng.next() < 0.03);
  const matrices = (rich ? [1, 3] : [1]).map((speed) => matrix(points, cut, speed));
  const begun = Array.from({ length: shipments }, () => (rich && rng.next() < 0.2 ? rng.below(vehicles) : null));
  const frozen = begun.map((vehicle) => vehicle !== null && rng.next() < 0.5);
  const town: Town = { rng, locations, rich };
  return {
    matrices,
    vehicles: Array.from({ length: vehicles }, (_, v) =>
      randomVehicle(
        town,
        matrices.length,
        begun.flatMap((on, s): Stop[] => (on === v && frozen[s] ? [{ shipment: s, visit: "pickup" }] : [])),
      ),
    ),
    shipments: begun.map((on, s) => randomShipment(town, frozen[s] ? null : on)),
  };
}

interface Town {
  readonly rng: Rng;
  readonly locations: number;
  readonly rich: boolean;
}

/** Distances and times rounded up, which keeps the direct way the shortest. */
function matrix(points: readonly (readonly [number, number])[], cut: readonly boolean[], speed: number): Matrix {
  const size = points.length;
  const seconds = new Uint32Array(size * size);
  const meters = new Uint32Array(size * size);
  points.forEach((a, i) =>
    points.forEach((b, j) => {
      const closed = i !== j && (cut[i] || cut[j]);
      const far = Math.ceil(Math.hypot(a[0] - b[0], a[1] - b[1]));
      meters[i * size + j] = closed ? unreachable : far;
      seconds[i * size + j] = closed ? unreachable : Math.ceil(far / speed);
    }),
  );
  return { size, seconds, meters };
}

function randomVehicle({ rng, locations, rich }: Town, profiles: number, frozen: readonly Stop[]): Vehicle {
  const place = (open: number): number | null => (rich && rng.next() < open ? null : rng.below(locations));
  const earliest = rng.below(day / 4);
  return {
    start: place(0.1),
    end: place(0.5),
    shift: { earliest, latest: rich && rng.next() < 0.2 ? null : earliest + day / 2 + rng.below(day) },
    capacity: rich ? [4 + rng.below(12), 10 + rng.below(10)] : [4 + rng.below(12)],
    matrix: rng.below(profiles),
    fixedCost: rng.below(3) * 500,
    costPerSecond: rng.below(3),
    costPerMeter: 1 + rng.below(2),
    skills: rich ? [0, 1, 2].filter(() => rng.next() < 0.7) : [],
    maxStops: rich && rng.next() < 0.2 ? frozen.length + 2 + rng.below(6) : null,
    frozen,
  };
}

function randomShipment(town: Town, onBoard: number | null): Shipment {
  const { rng, rich } = town;
  return {
    pickup: onBoard === null ? randomVisit(town) : null,
    delivery: randomVisit(town),
    onBoard,
    load: rich ? [rng.below(5), rng.below(8)] : [1 + rng.below(4)],
    needs: rich && rng.next() < 0.3 ? [rng.below(3)] : [],
    release: rich && rng.next() < 0.3 ? rng.below(day / 3) : null,
    penalty: rng.next() < 0.3 ? rng.below(3000) : null,
  };
}

function randomVisit({ rng, locations, rich }: Town): Visit {
  const soft = rich && rng.next() < 0.4;
  return {
    location: rng.below(locations),
    windows: randomWindows(rng, rich),
    service: rng.below(120),
    due: soft ? rng.below(day) : null,
    costPerLateSecond: soft ? 1 + rng.below(3) : 0,
  };
}

function randomWindows(rng: Rng, rich: boolean): Window[] {
  if (rng.next() < 0.3) return [];
  const count = rich && rng.next() < 0.3 ? 2 : 1;
  const ends = Array.from({ length: 2 * count }, () => rng.below(day)).sort((a, b) => a - b);
  return Array.from({ length: count }, (_, w) => ({
    earliest: rich && w === 0 && rng.next() < 0.2 ? null : ends[2 * w]!,
    latest: ends[2 * w + 1]! + (w === count - 1 ? rng.below(day / 2) : 0),
  }));
}
