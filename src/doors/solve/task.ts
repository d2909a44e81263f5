import type { Objective, Problem, Stop } from "../../optimizer/index.ts";

/** A problem as read from a file, with the names its owner knows. */
export interface Task {
  readonly problem: Problem;
  /** What is made small when nobody says: Li & Lim's tables count vehicles first. */
  readonly objective: Objective;
  readonly vehicleName: (vehicle: number) => string;
  /** Node number or visit id: what `routes` lists. */
  readonly stopName: (stop: Stop) => number | string;
  readonly shipmentName: (shipment: number) => number | string;
  readonly locationName: (location: number) => number | string;
  /** How `--out` writes the answer. */
  readonly form: "sintef" | "json";
}
