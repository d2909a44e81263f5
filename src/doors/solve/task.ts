import type { Point } from "../../kernel/point.ts";
import type { Cost, Objective, Obstacle, Plan, Problem, Solution, Stop } from "../../optimizer/index.ts";

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
  /** The file asks about this plan as it is; nothing is searched. */
  readonly given?: Solution;
  /** What the file says of its search, where its format can. */
  readonly asked?: { readonly seconds?: number; readonly threads?: number };
  /** The answer in the file's own format; left out: the report. */
  readonly answer?: (outcome: Outcome) => Promise<object>;
  /** How `--out` writes it; left out: as the answer. */
  readonly out?: (report: Report) => string;
}

/** What `--json` prints. The first seven fields are fixed names; the others explain them. */
export interface Report {
  /** Vehicles in use. */
  readonly vehicles: number;
  /** Metres, or the instance's own unit. */
  readonly distance: number;
  readonly cost: number;
  /** Shipment ids; of Li & Lim the pickups' node numbers. */
  readonly unassigned: readonly (number | string)[];
  /** How long the search took. */
  readonly seconds: number;
  readonly iterations: number;
  /** Node numbers or visit ids of each vehicle in use, in order, without start and end. */
  readonly routes: readonly (readonly (number | string)[])[];
  /** The cost by term. */
  readonly terms: Solution["cost"];
  /** The same routes with the vehicle and the times of each stop. */
  readonly plan: readonly PlannedRoute[];
  readonly why: Why;
}

export interface PlannedRoute {
  readonly vehicle: string;
  readonly end: number;
  /** What this route costs, by term. */
  readonly cost: Solution["cost"];
  readonly stops: readonly {
    readonly visit: number | string;
    /** Null at breaks and stations; a break has no place of its own either. */
    readonly shipment: number | string | null;
    readonly location: number | string | null;
    readonly arrival: number;
    readonly start: number;
    readonly departure: number;
    readonly lateness: number;
    readonly load: readonly number[];
  }[];
}

/** What stands between an order and a vehicle: all of it would have to give way, each by so much. */
export interface Hurdle {
  readonly constraint: Obstacle["constraint"];
  readonly by: number;
  /** Of load, for what is about load. */
  readonly dimension: number | null;
  readonly words: string;
}

/** Why a plan is as it is. */
export interface Why {
  /** The first of those left out, each with what stands against it in each vehicle, what is nearest first. */
  readonly leftOut: readonly {
    readonly shipment: number | string;
    readonly vehicles: readonly { readonly vehicle: string; readonly hurdles: readonly Hurdle[] }[];
  }[];
  /** What is better than in the plan that the problem brought along; null where it brought none. */
  readonly change: PlanChange | null;
}

export interface PlanChange {
  readonly moves: readonly {
    readonly shipment: number | string;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  readonly reordered: readonly string[];
  /** What each term of the cost has grown by. */
  readonly cost: Cost;
  readonly words: readonly string[];
}
