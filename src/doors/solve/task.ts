import type { Point } from "../../kernel/point.ts";
import type { Objective, Plan, Problem, Solution, Stop } from "../../optimizer/index.ts";
import type { Report } from "./report.ts";

/** What came out of a search, for who writes it down. */
export interface Outcome {
  readonly solution: Solution;
  /** How long reading and searching took. */
  readonly loading_ms: number;
  readonly solving_ms: number;
}

/** A problem as read from a file, with the names its owner knows, and how it is answered. */
export interface Task {
  readonly problem: Problem;
  /** What is made small when nobody says: Li & Lim's tables count vehicles first. */
  readonly objective: Objective;
  /** The problem's units in one of the file's: VRPLIB's distances are searched in whole tenths or thousandths. */
  readonly unit: number;
  readonly vehicleName: (vehicle: number) => string;
  /** Node number or visit id: what `routes` lists. */
  readonly stopName: (stop: Stop) => number | string;
  readonly shipmentName: (shipment: number) => number | string;
  readonly locationName: (location: number) => number | string;
  /** Where the locations are, in degrees or, when not `isMap`, in the file's plane; null where the file does not say. */
  readonly points: readonly (Point | null)[];
  readonly isMap: boolean;
  /** What whoever asked should know of how the file was read. */
  readonly remarks: readonly string[];
  /** The plan to begin from, where the file has one. */
  readonly start?: Plan;
  /** What the file says of its search, where its format can. */
  readonly asked?: { readonly seconds?: number; readonly threads?: number };
  /** The answer in the file's own format; left out: the report. */
  readonly answer?: (outcome: Outcome) => Promise<object>;
  /** How `--out` writes it; left out: as the answer. */
  readonly out?: (report: Report) => string;
}
