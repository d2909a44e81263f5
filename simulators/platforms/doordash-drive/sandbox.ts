import type { Clock } from "../../../src/kernel/clock.ts";
import type { DoordashDelivery } from "./delivery.ts";
import type { Life } from "./life.ts";

/**
 * The Delivery Simulator of the developer portal: a person's next click. Moves one delivery one step on
 * (Dasher confirmed, arrived at pickup, picked up, arrived at dropoff, delivered); false when there is no next step.
 */
export function advance(delivery: DoordashDelivery, life: Life, clock: Clock): boolean {
  const steps: Partial<Record<DoordashDelivery["status"], () => void>> = {
    created: () => life.assigned(clock.now()),
    confirmed: () => life.arrived("pickup"),
    arrived_at_pickup: () => life.pickedUp(),
    picked_up: () => life.arrived("dropoff"),
    arrived_at_dropoff: () => life.delivered(),
  };
  const step = steps[delivery.status];
  step?.();
  return step !== undefined;
}
