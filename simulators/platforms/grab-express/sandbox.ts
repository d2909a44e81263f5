import type { GrabDelivery, Status } from "./delivery.ts";
import type { Life } from "./life.ts";

/**
 * The developer console: a person's next click. Moves one delivery one step on (driver found, picking up, collected, at the recipient's,
 * completed); false when there is no next step, as for what is scheduled.
 */
export function advance(delivery: GrabDelivery, life: Life): boolean {
  const collected = (): void => life.arrived("dropoff");
  const steps: Partial<Record<Status, () => void>> = {
    ALLOCATING: () => life.assigned(),
    PENDING_PICKUP: () => life.moving("pickup"),
    PICKING_UP: () => life.pickedUp(),
    PENDING_DROP_OFF: collected,
    IN_DELIVERY: () => life.delivered(),
  };
  const step = steps[delivery.life.state];
  step?.();
  return step !== undefined;
}
