import type { CourierId, Id, LegId, ParticipantId, ShiftId, SubjectId } from "../kernel/id.ts";
import type { Point } from "../kernel/point.ts";
import type { Grams, Instant, Liters, Seconds } from "../kernel/quantity.ts";
import type { Requirement } from "./order.ts";
import type { Place } from "./place.ts";
import type { Profile } from "./ports.ts";

/** `staff` and `contractor` are contracted by us or a partner; `gig` couriers are known only when their platform reveals them. */
export type Employment = "staff" | "contractor" | "gig" | "robot";

/** Whoever carries, whatever the employment. The name and phone are in the vault under `subject`. */
export interface Courier {
  readonly id: CourierId;
  readonly carrier: ParticipantId;
  readonly subject: SubjectId;
  readonly employment: Employment;
  readonly vehicle: Vehicle;
  /** Requirements this courier may serve beyond the ordinary ones. */
  readonly skills: readonly Requirement[];
  readonly active: boolean;
  readonly version: number;
}

export interface Vehicle {
  readonly profile: Profile;
  readonly maxWeight: Grams;
  readonly maxVolume: Liters;
  readonly maxParcels: number;
}

/** When, where from and with which vehicle a Courier works. */
export interface Shift {
  readonly id: ShiftId;
  readonly courier: CourierId;
  readonly carrier: ParticipantId;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly start: Point;
  /** Where it ends; null: wherever the last stop is. */
  readonly end: Point | null;
  readonly state: "planned" | "on_duty" | "over";
}

/** One visit to one place, as the running plan has it. */
export interface Stop {
  readonly leg: LegId;
  readonly kind: "pickup" | "dropoff";
  readonly place: Place;
  readonly service: Seconds;
  readonly arrive: Instant;
  readonly depart: Instant;
}

/** The ordered stops of one shift in the running plan; those already served are gone from it. */
export interface Route {
  readonly id: Id<"plan">;
  readonly shift: ShiftId;
  readonly carrier: ParticipantId;
  /** Counts changes: a commitment against another version is stale and priced again. */
  readonly version: number;
  readonly stops: readonly Stop[];
  /** Where and when the next stretch starts: the last served stop, or the shift's start. */
  readonly from: Point;
  readonly readyAt: Instant;
  /** The courier's odometer at the last served stop, metres. */
  readonly odometer_m: number;
}

/** The newest position of a courier. Never an event: too many for a log. */
export interface Position {
  readonly courier: CourierId;
  readonly carrier: ParticipantId;
  readonly point: Point;
  readonly at: Instant;
  readonly receivedAt: Instant;
}
