import { unreachable, type Matrix, type Shipment, type Vehicle, type Visit } from "../../optimizer/index.ts";

// What the benchmark formats share: nodes on a plane, equal vehicles, goods from one depot.

/** In shared memory, so that every thread reads the same one. */
export const floats = (length: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(length * 8));
export const wholes = (length: number): Uint32Array<SharedArrayBuffer> =>
  new Uint32Array(new SharedArrayBuffer(length * 4));

/** As `wholes` holds it: what is too much for a cell is no way. */
export const cellOf = (amount: number): number => (amount < unreachable ? amount : unreachable);

/** Distance and time alike, between all places. */
export function planeMatrix(
  places: readonly (readonly [x: number, y: number])[],
  rounded: (far: number) => number,
): Matrix {
  const size = places.length;
  const table = floats(size * size);
  places.forEach(([x, y], i) =>
    places.forEach(([u, v], j) => {
      table[i * size + j] = rounded(Math.hypot(x - u, y - v));
    }),
  );
  return { size, seconds: table, meters: table };
}

/** A vehicle of a benchmark: a metre costs 1, and nothing else does. */
export const plainVehicle = (
  depot: number,
  capacity: readonly number[],
  shift: Vehicle["shift"],
  more: Partial<Vehicle> = {},
): Vehicle => ({
  start: depot,
  end: depot,
  shift,
  capacity,
  matrix: 0,
  fixedCost: 0,
  costPerSecond: 0,
  costPerMeter: 1,
  skills: [],
  maxStops: null,
  frozen: [],
  ...more,
});

/** Of equal vehicles no more can be used than there are shipments. */
export const plainFleet = (count: number, vehicle: Vehicle, shipments: readonly Shipment[]): Vehicle[] =>
  Array.from({ length: Math.min(count, shipments.length) }, () => vehicle);

export const plainVisit = (location: number, windows: Visit["windows"], service: number): Visit => ({
  location,
  windows,
  service,
  due: null,
  costPerLateSecond: 0,
});

export const plainShipment = (pickup: Visit | null, delivery: Visit | null, load: readonly number[]): Shipment => ({
  pickup,
  delivery,
  onBoard: null,
  load,
  needs: [],
  release: null,
  penalty: null,
});
