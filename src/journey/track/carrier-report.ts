import type { FailureReason, LegState, ProofRecord } from "../../domain/index.ts";
import type { Instant } from "../../kernel/quantity.ts";

/** What an own or partner courier says of a leg. */
export interface CourierReport {
  readonly to: Extract<
    LegState,
    | "en_route_to_pickup"
    | "at_pickup"
    | "picked_up"
    | "en_route_to_dropoff"
    | "at_dropoff"
    | "handed_over"
    | "pickup_failed"
    | "dropoff_failed"
  >;
  readonly at: Instant;
  readonly reason: FailureReason | null;
  /** What the door has sealed; required to hand over. A safe place: nobody was there to take it, and it says where it was left. */
  readonly proof: ProofRecord | null;
}

export type ReportRefusal =
  | { readonly code: "LEG_NOT_FOUND" }
  | { readonly code: "NOT_YOUR_LEG" }
  | {
      readonly code: "ILLEGAL_TRANSITION";
      readonly from: LegState;
      readonly to: LegState;
      readonly allowed: readonly LegState[];
    }
  | { readonly code: "PROOF_MISSING" }
  | { readonly code: "REASON_MISSING" }
  /** `not_agreed`: it must be handed to a person, or the order says to bring it back. `not_tried`: a failed try comes first. */
  | { readonly code: "NOT_TO_BE_LEFT"; readonly why: "not_agreed" | "not_tried" };

/** Why a position is not taken. */
export type PositionRefusal =
  | { readonly code: "COURIER_NOT_FOUND" }
  | { readonly code: "POSITION_IN_THE_FUTURE"; readonly by_s: number }
  | { readonly code: "POSITION_OUT_OF_ORDER" }
  | { readonly code: "OFF_DUTY" };
