import { seeded, type Rng } from "../kernel/rng.ts";
import {
  isCall,
  type Break,
  type Energy,
  type Problem,
  type Shipment,
  type Station,
  type Vehicle,
  type Visit,
} from "./types.ts";

const day = 6000;

/** The problem with everything else that can be asked, each now and then: for tests of all constraints together. */
export function withExtras(problem: Problem, seed: number): Problem {
  const rng = seeded(`extras ${seed}`);
  const some = (share: number): boolean => rng.next() < share;
  const size = problem.matrices[0]!.size;
  const begun = new Set(problem.vehicles.flatMap((v) => v.frozen.filter(isCall).map((stop) => stop.shipment)));
  const stations: Station[] = Array.from({ length: rng.below(3) }, () => ({
    location: rng.below(size),
    windows: some(0.3) ? [{ earliest: rng.below(day / 2), latest: null }] : [],
    service: rng.below(100),
    power: some(0.7) ? 1 + rng.below(4) : null,
    hub: some(0.7),
  }));
  const used = { rng, some, stations: stations.length };
  return {
    ...problem,
    matrices: [...problem.matrices, slower(problem)],
    vehicles: problem.vehicles.map((v) => richerVehicle(v, problem, used)),
    shipments: problem.shipments.map((s, i) => richerShipment(s, i, problem, begun.has(i), rng)),
    stations,
    ...(some(0.2) ? { balance: { of: some(0.5) ? ("stops" as const) : ("seconds" as const), price: 1 } } : {}),
  };
}

/** The first matrix in the rush hour: whoever leaves later arrives later still, because all that grows is a constant. */
function slower({ matrices }: Problem) {
  const { size, seconds, meters } = matrices[0]!;
  const ascent = Uint32Array.from({ length: size * size }, (_, k) => (k * 7) % 5);
  return { size, meters, ascent, seconds: Uint32Array.from(seconds, (s) => (s === 0 || s > 2 ** 31 ? s : s + 30)) };
}

interface Used {
  readonly rng: Rng;
  readonly some: (share: number) => boolean;
  readonly stations: number;
}

function richerVehicle(vehicle: Vehicle, problem: Problem, { rng, some, stations }: Used): Vehicle {
  const { earliest } = vehicle.shift;
  const breaks: Break[] = Array.from({ length: some(0.4) ? 1 + rng.below(2) : 0 }, (_, k) => {
    const from = earliest + 1000 * k + rng.below(1500);
    const light = some(0.3) ? { maxLoad: vehicle.capacity.map((most) => rng.below(most)) } : {};
    return { windows: [{ earliest: from, latest: from + rng.below(1200) }], duration: 50 + rng.below(300), ...light };
  });
  const energy: Energy = {
    perMeter: 1 + rng.below(2),
    perMeterAndLoad: rng.below(2),
    dimension: 0,
    perAscent: rng.below(3),
    costPerUnit: rng.below(2),
    emissionCostPerUnit: rng.below(2),
    store: some(0.6)
      ? { capacity: 6000 + rng.below(9000), atStart: 3000 + rng.below(3000), reserve: rng.below(500) }
      : null,
  };
  // Prices by the hour leave fractions, of which sums are not exact.
  const fraction = earliest % 3 === 0 ? 1 / 3.6 : 1;
  return {
    ...vehicle,
    fixedCost: vehicle.fixedCost * fraction,
    costPerSecond: vehicle.costPerSecond * fraction,
    ...(breaks.length > 0 ? { breaks } : {}),
    ...(some(0.3) ? { energy } : {}),
    ...(some(0.7) && stations > 0
      ? { stations: Array.from({ length: stations }, (_, k) => k).filter(() => some(0.8)) }
      : {}),
    ...(some(0.2) && vehicle.matrix === 0
      ? { slices: [{ from: day / 4 + rng.below(day / 2), matrix: problem.matrices.length }] }
      : {}),
    ...(some(0.3) ? { kind: rng.below(2) } : {}),
    ...(some(0.2) ? { costPerServiceSecond: 1 + rng.below(2) } : {}),
    ...(some(0.2) ? { shift: { ...vehicle.shift, leaveBy: earliest + rng.below(600) } } : {}),
    ...(some(0.2) ? { maxMeters: 1500 + rng.below(5000) } : {}),
    ...(some(0.2) ? { maxTravel: 1500 + rng.below(5000) } : {}),
    ...(some(0.3)
      ? {
          duty: {
            costPerSecond: rng.below(2),
            overtimeAfter: some(0.5) ? rng.below(4000) : null,
            overtimePerSecond: rng.below(3),
            longest: some(0.5) ? 2000 + rng.below(5000) : null,
          },
        }
      : {}),
  };
}

function richerShipment(shipment: Shipment, index: number, problem: Problem, begun: boolean, rng: Rng): Shipment {
  const some = (share: number): boolean => rng.next() < share;
  const withSetup = (visit: Visit | null): Visit | null => {
    if (visit === null) return null;
    const own = { kind: rng.below(2), service: rng.below(200), ...(some(0.5) ? { setup: rng.below(100) } : {}) };
    return {
      ...visit,
      ...(some(0.2) ? { setup: rng.below(100) } : {}),
      ...(some(0.2) ? { byKind: [own] } : {}),
    };
  };
  const { pickup, delivery, onBoard } = shipment;
  const free = !begun && onBoard === null;
  const side = free && some(0.3) ? (some(0.5) ? "from" : "to") : "both";
  return {
    ...shipment,
    pickup: side === "from" ? null : withSetup(pickup),
    delivery: side === "to" ? null : withSetup(delivery),
    ...(some(0.1) && delivery !== null && side !== "to" ? { collects: shipment.load.map(() => rng.below(4)) } : {}),
    ...(some(0.2) ? { priority: rng.below(5) } : {}),
    ...(free && some(0.15) ? { forbidden: [rng.below(problem.vehicles.length)] } : {}),
    ...(some(0.15) ? { apart: [(index + 1 + rng.below(3)) % problem.shipments.length] } : {}),
    ...(some(0.2) ? { maxRide: 200 + rng.below(2500) } : {}),
    ...(some(0.2) ? { held: { vehicle: rng.below(problem.vehicles.length), price: rng.below(1000) } } : {}),
  };
}
