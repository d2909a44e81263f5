import type { Life } from "./life.ts";
import type { LalamoveOrder, Status } from "./order.ts";

/**
 * The status-change function of the partner portal: a person's next click. Moves one order one step on (driver matched, picked up,
 * completed); false when there is no next step. The sandbox produces no proof.
 */
export function advance(order: LalamoveOrder, life: Life): boolean {
  const steps: Partial<Record<Status, () => void>> = {
    ASSIGNING_DRIVER: () => life.assigned(),
    ON_GOING: () => life.pickedUp(),
    PICKED_UP: () => life.delivered(),
  };
  const step = steps[order.life.state];
  step?.();
  return step !== undefined;
}
