import type { ParticipantId } from "../kernel/id.ts";
import type { Zone } from "../kernel/local-time.ts";
import type { Currency } from "../kernel/money.ts";

/** The organisation that runs the exchange: every network has it from its first minute. */
export const operatorId: ParticipantId = "participant_00000000000000000000000000";

/** What an organisation does in the network; one participant may have several roles. The `operator` runs the exchange itself. */
export type ParticipantRole = "shipper" | "carrier" | "platform" | "hub_operator" | "operator";

/** An organisation in the network. Every row belongs to one, every read passes the policy of one. */
export interface Participant {
  readonly id: ParticipantId;
  readonly name: string;
  readonly roles: readonly ParticipantRole[];
  /** Where its days begin and end, and the currency its books are kept in. */
  readonly zone: Zone;
  readonly currency: Currency;
  /** How it carries legs; null for one that does not. */
  readonly carriage: Carriage | null;
}

/**
 * How a carrier is asked: its own couriers are planned and assigned by us (`own`), a partner is offered a leg at its tariff and says yes
 * or no (`partner`), a platform is asked for a quote and booked through its connector (`platform`).
 */
export type Carriage =
  | { readonly kind: "own"; readonly cost: OwnCost }
  | { readonly kind: "partner"; readonly tariff: Tariff }
  | { readonly kind: "platform"; readonly connector: string };

/**
 * What an own courier's work costs, in minor units of the carrier's currency: per hour of driving and serving, and per kilometre, by
 * pedal or on foot and by motor.
 */
export interface OwnCost {
  readonly perHour: number;
  readonly perKilometer: number;
  readonly perMotorKilometer: number;
}

/** A partner's price for a leg by agreement: `base` plus `perKilometer` of road distance, minor units, at least `minimum`. */
export interface Tariff {
  readonly base: number;
  readonly perKilometer: number;
  readonly minimum: number;
  /** How long the partner may think about an offer, seconds. */
  readonly answerWithin: number;
}
