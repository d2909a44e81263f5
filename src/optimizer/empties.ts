import { classesOf } from "./compile-vehicles.ts";
import { mayCarry, type Instance } from "./instance.ts";
import { newPlaceSearch, type PlaceSearch } from "./delivery-detours.ts";
import { cheapestPlace } from "./place-search.ts";
import { openRoutes, type Routes } from "./routes.ts";

/**
 * Unused vehicles, cheapest for a shipment first. What a shipment costs alone in a vehicle never changes, so it is worked
 * out once; of vehicles that differ in nothing, one stands for all.
 */
export interface Empties {
  readonly instance: Instance;
  readonly classes: readonly (readonly number[])[];
  /** By shipment, made when first asked for: the classes that can carry it alone, ascending by what that costs. */
  readonly order: (Int32Array | null)[];
  /** By class: no member before this one is empty. */
  readonly first: Int32Array;
  readonly alone: Routes;
  readonly search: PlaceSearch;
  readonly key: Float64Array;
}

export function newEmpties(instance: Instance): Empties {
  const classes = classesOf(instance.problem);
  return {
    instance,
    classes,
    order: Array.from({ length: instance.shipments }, () => null),
    first: new Int32Array(classes.length),
    alone: openRoutes(instance),
    search: newPlaceSearch(),
    key: new Float64Array(classes.length),
  };
}

export function orderFor(empties: Empties, shipment: number): Int32Array {
  return (empties.order[shipment] ??= sorted(empties, shipment));
}

function sorted({ instance, classes, alone, search, key }: Empties, shipment: number): Int32Array {
  const able: number[] = [];
  for (let c = 0; c < classes.length; c++) {
    const v = classes[c]![0]!;
    if (alone.length[v]! > 0 || !mayCarry(instance, shipment, v)) continue;
    key[c] = cheapestPlace(search, alone, shipment, v);
    if (key[c]! < Infinity) able.push(c);
  }
  return Int32Array.from(able.sort((a, b) => key[a]! - key[b]!));
}

/** An unused vehicle of class `c`; -1: all are in use. */
export function emptyOf({ classes, first }: Empties, routes: Routes, c: number): number {
  const members = classes[c]!;
  let k = first[c]!;
  while (k < members.length && routes.length[members[k]!]! > 0) k++;
  first[c] = k;
  return k < members.length ? members[k]! : -1;
}
