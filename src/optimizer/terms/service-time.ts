import { deliveryOf, pickupOf, type Instance } from "../instance.ts";
import type { Term } from "../walk.ts";

/** How long service takes a vehicle of this kind, where that is not what it takes the others. */
export const serviceTime = (instance: Instance, v: number): Term | null => {
  const seconds = timesOf(instance, v, "service");
  if (seconds === null) return null;
  return {
    line: null,
    constraint: null,
    scope: "bends",
    visit: (walk) => {
      if (walk.node >= 0) walk.departs += seconds[walk.node]! - instance.service[walk.node]!;
    },
  };
};

/** By node, the seconds of vehicle `v`; null where they are the same as everybody's. */
export function timesOf(instance: Instance, v: number, what: "service" | "setup"): Float64Array | null {
  const { problem } = instance;
  const { kind } = problem.vehicles[v]!;
  if (kind === undefined) return null;
  let own: Float64Array | null = null;
  problem.shipments.forEach(({ pickup, delivery }, s) => {
    for (const [node, visit] of [
      [pickupOf(s), pickup],
      [deliveryOf(s), delivery],
    ] as const) {
      const seconds = visit?.byKind?.find((one) => one.kind === kind)?.[what];
      if (seconds === undefined || seconds === instance[what][node]) continue;
      own ??= instance[what].slice();
      own[node] = seconds;
    }
  });
  return own;
}
