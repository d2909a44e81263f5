import type { Requirement, RoadClosedBecause, ServiceLevel, TimeWindow } from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import type { Money } from "../../kernel/money.ts";
import type { Point } from "../../kernel/point.ts";
import type { Grams, Instant, Liters, Meters } from "../../kernel/quantity.ts";

/** A place as the shipper gives it: an address, a point, or both (then the point counts and the address is what people read). */
export interface PlaceRequest {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly point: Point | null;
  readonly notes: string | null;
}

export interface ParcelRequest {
  readonly weight: Grams;
  readonly volume: Liters;
  readonly contents: string | null;
}

/** What a shipper asks for, its form already checked by the door. */
export interface OrderRequest {
  readonly reference: string | null;
  readonly pickup: PlaceRequest;
  readonly dropoff: PlaceRequest;
  readonly pickupWindow: TimeWindow;
  readonly dropoffWindow: TimeWindow;
  /** Null: at once. */
  readonly readyAt: Instant | null;
  readonly parcels: readonly ParcelRequest[];
  readonly value: Money | null;
  readonly requirements: readonly Requirement[];
  /** Null: planned when the drop-off window opens more than an hour ahead, else on demand. */
  readonly serviceLevel: ServiceLevel | null;
  readonly ifUndeliverable: "return" | "leave_safe";
}

/** What may still be changed, and until when: drop-off notes and window and contact until pickup, readiness until pickup. */
export interface OrderChanges {
  readonly readyAt?: Instant;
  readonly dropoffWindow?: TimeWindow;
  readonly dropoffNotes?: string | null;
  readonly dropoffPhone?: string | null;
}

/** Why an order does not enter. `field` is the path in the request, e.g. `dropoff.point`. */
export type IntakeRefusal =
  | { readonly code: "NOT_A_SHIPPER"; readonly participant: ParticipantId }
  /** `order`: which has it; null for another of those that are only looked at, which is no order yet. */
  | { readonly code: "REFERENCE_TAKEN"; readonly field: "reference"; readonly order: string | null }
  | { readonly code: "WINDOW_ENDS_BEFORE_IT_STARTS"; readonly field: string }
  | { readonly code: "WINDOW_IS_PAST"; readonly field: string; readonly latest: Instant; readonly now: Instant }
  | { readonly code: "WINDOW_TOO_FAR_AHEAD"; readonly field: string; readonly limit_days: number }
  | { readonly code: "WINDOWS_CANNOT_BE_MET"; readonly field: string; readonly earliestPossible: Instant }
  | { readonly code: "READY_TOO_FAR_AHEAD"; readonly field: "readyAt"; readonly limit_days: number }
  | { readonly code: "READY_TOO_LONG_AGO"; readonly field: "readyAt"; readonly limit_days: number }
  | { readonly code: "PHONE_WRONG"; readonly field: string }
  | { readonly code: "LEAVE_SAFE_REFUSED"; readonly field: "ifUndeliverable"; readonly requirement: Requirement }
  | { readonly code: "SAME_PLACE"; readonly field: "dropoff" }
  | { readonly code: "PLACE_MISSING"; readonly field: string }
  /** `outsideSilent`: whoever knows more than the loaded city was asked, and did not answer. */
  | {
      readonly code: "ADDRESS_NOT_FOUND";
      readonly field: string;
      readonly suggestions: readonly string[];
      readonly outsideSilent: boolean;
    }
  | { readonly code: "COORDINATES_SWAPPED"; readonly field: string }
  | { readonly code: "POINT_OUTSIDE_CITY"; readonly field: string }
  | {
      readonly code: "POINT_FAR_FROM_ROAD";
      readonly field: string;
      readonly limit: Meters;
      readonly nearest: Meters | null;
    }
  | {
      readonly code: "POINT_ON_ISLAND";
      readonly field: string;
      readonly road: string | null;
      readonly nearest: Meters;
    }
  | {
      readonly code: "POINT_ROADS_CLOSED";
      readonly field: string;
      readonly limit: Meters;
      readonly nearest: Meters;
      readonly road: string | null;
      readonly because: RoadClosedBecause;
    }
  | { readonly code: "NO_PARCELS"; readonly field: "parcels" }
  | { readonly code: "PARCEL_TOO_HEAVY"; readonly field: string; readonly limit_g: number }
  | { readonly code: "PARCEL_TOO_LARGE"; readonly field: string; readonly limit_l: number };

/** Why a change or a cancellation is refused. */
export type ChangeRefusal =
  | { readonly code: "ORDER_NOT_FOUND" }
  | { readonly code: "ORDER_IS_CLOSED"; readonly state: string }
  /** Personal data is erased once nobody has to find the door any more. */
  | { readonly code: "ORDER_STILL_OPEN"; readonly state: string }
  | { readonly code: "TOO_LATE_TO_CHANGE"; readonly field: string; readonly until: string }
  | { readonly code: "STALE_EDIT"; readonly yours: number; readonly current: number }
  | { readonly code: "ALREADY_PICKED_UP" }
  | { readonly code: "WINDOW_ENDS_BEFORE_IT_STARTS"; readonly field: string }
  | { readonly code: "WINDOW_IS_PAST"; readonly field: string; readonly latest: Instant; readonly now: Instant }
  | { readonly code: "WINDOW_TOO_FAR_AHEAD"; readonly field: string; readonly limit_days: number }
  | { readonly code: "WINDOWS_CANNOT_BE_MET"; readonly field: string; readonly earliestPossible: Instant }
  | { readonly code: "READY_TOO_FAR_AHEAD"; readonly field: "readyAt"; readonly limit_days: number }
  | { readonly code: "READY_TOO_LONG_AGO"; readonly field: "readyAt"; readonly limit_days: number }
  | { readonly code: "PHONE_WRONG"; readonly field: string };
