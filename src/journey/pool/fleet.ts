import type { Employment, Requirement, Vehicle } from "../../domain/index.ts";
import type { CourierId } from "../../kernel/id.ts";
import type { Point } from "../../kernel/point.ts";
import type { Instant } from "../../kernel/quantity.ts";

/** A courier to be taken on. */
export interface CourierRequest {
  readonly name: string;
  readonly phone: string | null;
  readonly employment: Employment;
  readonly vehicle: Vehicle;
  readonly skills: readonly Requirement[];
}

/** A shift to be planned. */
export interface ShiftRequest {
  readonly courier: CourierId;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly start: Point;
  readonly end: Point | null;
}

export type FleetRefusal =
  | { readonly code: "NOT_A_CARRIER" }
  | { readonly code: "COURIER_NOT_FOUND" }
  | { readonly code: "SHIFT_NOT_FOUND" }
  | { readonly code: "SHIFT_ENDS_BEFORE_IT_STARTS" }
  | { readonly code: "SHIFT_TOO_LONG"; readonly limit_h: number }
  | { readonly code: "SHIFTS_OVERLAP"; readonly with: string }
  | { readonly code: "SHIFT_NOT_STARTABLE"; readonly state: string }
  | { readonly code: "STOPS_LEFT"; readonly stops: number };
