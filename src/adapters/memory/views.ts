import { cellToLatLng } from "h3-js";
import {
  legIsOver,
  type Standing,
  type Cell,
  type Decision,
  type Leg,
  type Order,
  type Participant,
  type Place,
  type Scope,
} from "../../domain/index.ts";
import type { ParticipantId } from "../../kernel/id.ts";
import type { Point } from "../../kernel/point.ts";

/** The middle of a cell: where something is said to be once nobody may know it better. */
export function centreOf(cell: Cell): Point {
  const [latitude, longitude] = cellToLatLng(cell);
  return [longitude, latitude];
}

/** The place to the precision of its cell. */
export const coarse = (place: Place): Place => ({ ...place, point: centreOf(place.cell) });

/** Whether the viewer sees a row of this owner whole: it is its own, or the viewer is the operator. */
export const isWhole = (scope: Scope, owner: ParticipantId): boolean =>
  scope.viewer === "network" || scope.viewer === owner;

/**
 * What a carrier sees of a leg that is, or was, committed to it: while it carries, everything but the others' names; where the
 * parcels came from and went is cut to the cell once it is over. A carrier that has lost the leg sees it as cancelled, and
 * nothing of who has it now.
 */
export function legAsSeenBy(carrier: ParticipantId, leg: Leg): Leg {
  const seen = { ...leg, excluded: [], offer: null, latency_ms: [], quoteWait_ms: [] };
  if (isCarrying(carrier, leg)) return seen;
  const cut = { ...seen, from: coarse(leg.from), to: coarse(leg.to) };
  if (leg.assignment?.carrier === carrier) return cut;
  const nothingKnown = { pickedUpAt: null, handedOverAt: null, driven_m: 0, drivenEstimated_m: 0 };
  return { ...cut, ...nothingKnown, state: "cancelled", assignment: null, estimate: null };
}

/** What the viewer may know of who has an order, from the newest of its legs that it sees. */
export function standingAsSeenBy(scope: Scope, leg: Leg): Standing {
  const seen = isWhole(scope, leg.shipper) ? leg : legAsSeenBy(scope.viewer as ParticipantId, leg);
  const { id, order, kind, state, assignment, estimate } = seen;
  return { id, order, kind, state, assignment, estimate };
}

/** The leg is the carrier's, now, and not over: only then it needs the address. */
export const isCarrying = (carrier: ParticipantId, leg: Leg): boolean =>
  leg.assignment?.carrier === carrier && !legIsOver(leg.state);

/** What a carrier sees of an order of which `legs` are, or were, its own: not the shipper's price and number, not the others' legs and parcels. */
export function orderAsSeenBy(carrier: ParticipantId, order: Order, legs: readonly Leg[]): Order {
  const carried = new Set(legs.flatMap(({ parcels }) => parcels));
  const seen: Order = {
    ...order,
    reference: null,
    price: null,
    importedBy: null,
    legs: legs.map(({ id }) => id),
    parcels: order.parcels.filter(({ id }) => carried.has(id)),
  };
  if (legs.some((leg) => isCarrying(carrier, leg))) return seen;
  return { ...seen, pickup: coarse(order.pickup), dropoff: coarse(order.dropoff) };
}

/** A carrier sees its own line of a decision, and not what it was compared with. */
export const decisionAsSeenBy = (carrier: ParticipantId, decision: Decision): Decision => ({
  ...decision,
  inputs: [],
  candidates: decision.candidates.filter((candidate) => candidate.carrier === carrier),
});

/** Others are known by name and role; how they carry and at which price is theirs. */
export const participantAsSeenBy = (scope: Scope, participant: Participant): Participant =>
  isWhole(scope, participant.id) ? participant : { ...participant, carriage: null };

/** Those who carry are listed for everyone; a shipper is seen by itself and by those who carry, or carried, for it. */
export const isListed = ({ roles }: Participant): boolean => roles.some((role) => role !== "shipper");
