import { classesOf } from "./compile-vehicles.ts";
import { deliveryOf, mayCarry, pickupOf, type Instance } from "./instance.ts";
import type { Routes } from "./routes.ts";

/**
 * Unused vehicles in the order of the least that a shipment can cost there: the ways from the start over its stops to the
 * end, and the vehicle's fixed cost. That never changes, so it is worked out once; of vehicles that differ in nothing, one
 * stands for all.
 */
export interface Empties {
  readonly classes: readonly (readonly number[])[];
  /** By shipment, made when first asked for. */
  readonly order: (EmptyOrder | null)[];
  /** By class: no member before this one is empty. */
  readonly first: Int32Array;
  /** Scratch. */
  readonly key: Float64Array;
}

/** Classes that may carry a shipment, ascending by the least that it costs there; and that cost, by class. */
export interface EmptyOrder {
  readonly classes: Int32Array;
  readonly least: Float64Array;
}

export function newEmpties({ problem, shipments }: Instance): Empties {
  const classes = classesOf(problem);
  return {
    classes,
    order: Array.from({ length: shipments }, () => null),
    first: new Int32Array(classes.length),
    key: new Float64Array(classes.length),
  };
}

export const orderFor = (empties: Empties, routes: Routes, shipment: number): EmptyOrder =>
  (empties.order[shipment] ??= sorted(empties, routes, shipment));

function sorted({ classes, key }: Empties, routes: Routes, shipment: number): EmptyOrder {
  const least = new Float64Array(classes.length);
  let count = 0;
  let most = 0;
  for (let c = 0; c < classes.length; c++) {
    const v = classes[c]![0]!;
    if (!mayCarry(routes.instance, shipment, v)) continue;
    least[c] = leastAlone(routes, shipment, v);
    most = Math.max(most, least[c]!);
    key[count++] = c;
  }
  // Cost and class in one number: sorting numbers in place is many times as fast as sorting by a function.
  const scale = most > 0 ? 2 ** 32 / most : 0;
  for (let k = 0; k < count; k++) key[k]! += Math.floor(least[key[k]!]! * scale) * 2 ** 20;
  key.subarray(0, count).sort();
  return { classes: Int32Array.from({ length: count }, (_, k) => key[k]! % 2 ** 20), least };
}

/** No more than what the shipment costs alone in vehicle `v`. Where a term bends the times, a way's cost is not known. */
function leastAlone({ instance, terms }: Routes, shipment: number, v: number): number {
  const { single, place, from, to, fixed } = instance;
  if (terms.bent[v] === 1) return fixed[v]!;
  const first = place[single[shipment]! < 0 ? pickupOf(shipment) : single[shipment]!]!;
  const last = place[single[shipment]! < 0 ? deliveryOf(shipment) : single[shipment]!]!;
  const between = first === last ? 0 : wayCost(instance, v, first, last);
  return fixed[v]! + wayCost(instance, v, from[v]!, first) + between + wayCost(instance, v, last, to[v]!);
}

function wayCost(instance: Instance, v: number, here: number, there: number): number {
  if (here < 0 || there < 0) return 0;
  const { price, price2, factor, factor2, locations } = instance;
  const way = here * locations + there;
  return factor[v]! * price[v]![way]! + (factor2[v] === 0 ? 0 : factor2[v]! * price2[v]![way]!);
}

/** An unused vehicle of class `c`; -1: all are in use. */
export function emptyOf({ classes, first }: Empties, routes: Routes, c: number): number {
  const members = classes[c]!;
  let k = first[c]!;
  while (k < members.length && routes.length[members[k]!]! > 0) k++;
  first[c] = k;
  return k < members.length ? members[k]! : -1;
}
