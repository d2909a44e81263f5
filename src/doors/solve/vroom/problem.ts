import type { Problem } from "../../../optimizer/index.ts";
import type { Places } from "./places.ts";
import type { VroomTask } from "./read-tasks.ts";
import type { VroomVehicle } from "./read-vehicles.ts";

/** What is read of a VROOM problem beside the optimizer's own view of it: whatever its answer repeats. */
export interface Vroom {
  readonly problem: Problem;
  /** By shipment. */
  readonly tasks: readonly VroomTask[];
  readonly vehicles: readonly VroomVehicle[];
  readonly places: Places;
  /** `options.g`: with the shape of each route and its length. */
  readonly geometry: boolean;
  /** `options.c`: the steps are the routes; times are asked for, and what they break. */
  readonly isPlanned: boolean;
  readonly hasDistances: boolean;
}
