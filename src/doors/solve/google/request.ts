import type { Problem } from "../../../optimizer/index.ts";
import type { GoogleShipment } from "./read-shipment.ts";
import type { GoogleVehicle } from "./read-vehicle.ts";

/** What is read of a request beside the optimizer's own view of it: whatever its answer repeats. */
export interface Google {
  readonly problem: Problem;
  /** By shipment of the problem: ignored ones are not among them. */
  readonly shipments: readonly GoogleShipment[];
  readonly vehicles: readonly GoogleVehicle[];
  /** The types of load, in the order of the dimensions. */
  readonly loads: readonly string[];
  /** Seconds since 1970. */
  readonly origin: number;
  readonly label: string | null;
}
